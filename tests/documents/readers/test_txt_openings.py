"""Tables kept in columns whose cells open statements without any bullet."""

from cahiers.documents.readers.txt.spaced.openings import keep_dashes, mark


def marked(*cells: str, tops: tuple[int, ...] = (0,)) -> list[str]:
    lines = [["", cell] for cell in cells]
    mark(lines, tops)
    return [cell for _, cell in lines]


def test_capitals_and_lines_left_short_open_statements() -> None:
    cells = [
        "Le car de Vaurelle part trop tôt,",
        "Vaurelle",
        "Un trajet",
        "forfaits épuisés dès le quinze du",
        "Mois",
    ]
    opened = marked(*cells, "Au bourg", tops=(0, 5))
    # A name that keeps its capital inside of lines opens none, nor does what an open end calls for.
    assert [cell.startswith("• ") for cell in opened] == [True, False, True, True, False, True]


def test_brackets_go_on_with_the_words_above() -> None:
    assert marked("Les élèves", "(CVC, CVL).", "Le rectorat.", "(À préciser.)", tops=(0, 2)) == [
        "• Les élèves",
        "(CVC, CVL).",
        "• Le rectorat.",
        "• (À préciser.)",
    ]


def test_each_row_opens_one() -> None:
    assert marked("Le soir", "Au bourg", tops=(0, 1)) == ["• Le soir", "• Au bourg"]


def test_where_a_bullet_stands_capitals_open_nothing() -> None:
    assert marked("• Le car de", "Vaurelle", tops=(0,)) == ["• Le car de", "Vaurelle"]


def kept(*cells: str) -> list[str]:
    lines = [["", cell] for cell in cells]
    keep_dashes(lines)
    return [cell for _, cell in lines]


def test_a_dash_that_a_full_line_leaves_to_the_next_opens_no_statement() -> None:
    full = ["► Une progression commune école", "– collège", "► Un débit garanti"]
    assert kept(*full) == ["► Une progression commune école –", "collège", "► Un débit garanti"]


def test_dashes_of_a_list_open_statements() -> None:
    for cells in (
        ["► Former", "– en présentiel", "– à distance et par petits groupes"],
        ["► Prévoir pour les sorties de fin d’année :", "– un car de plus par semaine"],
        ["– Une progression commune école", "– collège", "– Un débit garanti"],
    ):
        assert kept(*cells) == cells
