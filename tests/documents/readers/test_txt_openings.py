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
    keep_dashes(lines, (0,))
    return [cell for _, cell in lines]


def test_a_dash_that_a_full_line_leaves_to_the_next_opens_no_statement() -> None:
    full = ["► Une progression commune école", "– collège", "► Un débit garanti"]
    assert kept(*full) == ["► Une progression commune école –", "collège", "► Un débit garanti"]
    other = ["- Une progression commune école", "– collège", "- Un débit garanti"]
    assert kept(*other) == ["- Une progression commune école –", "collège", "- Un débit garanti"]


def test_dashes_of_a_list_open_statements() -> None:
    for cells in (
        ["► Former", "– en présentiel", "– à distance et par petits groupes"],
        ["► Prévoir pour les sorties de fin d’année :", "– un car de plus par semaine"],
        ["– Une progression commune école", "– collège", "– Un débit garanti"],
    ):
        assert kept(*cells) == cells


def test_a_dash_that_hardly_any_statement_begins_with_opens_none() -> None:
    others = [f"► Un accueil calme {number}" for number in range(30)]
    cells = ["► Messages lus le soir", "", "– objectif : moins", "de dix", *others]
    assert kept(*cells) == ["► Messages lus le soir –", "", "objectif : moins", "de dix", *others]


def test_a_dash_inside_a_cell_leaves_its_table_without_bullets() -> None:
    assert marked("On connaît les élèves du village", "– à conserver", "Au bourg", tops=(0, 2)) == [
        "• On connaît les élèves du village –",
        "à conserver",
        "• Au bourg",
    ]


def test_a_capital_opens_a_statement_below_a_word_that_ends_few_where_it_had_room_beside_it() -> None:
    cells = [
        "La référente a réglé les tablettes avec",
        "élèves, une par une",
        "Chacun peut réécouter le soir",
    ]
    assert marked(*cells, "Au bourg", tops=(0, 3))[2] == "• Chacun peut réécouter le soir"


def test_one_line_that_holds_words_of_two_columns_does_not_make_its_own_wider() -> None:
    cells = ["Un relevé au bourg ERUN du territoire de vie", "tenu à chaque rentrée", "par les élèves"]
    assert marked(*cells, "Au bourg chaque mardi", tops=(0, 3))[1:3] == [
        "tenu à chaque rentrée",
        "par les élèves",
    ]
