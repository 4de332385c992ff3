"""Rows whose cells stand in their middle, in a text that keeps its columns: where each begins."""

from cahiers import methods
from cahiers.documents.readers.txt.reader import read_text
from cahiers.documents.readers.txt.spaced.centred import tops

#: A line a line of text, a mark a column, the theme's first: a cell begins at ►, goes on at -, is empty at a dot;
#: A is one without a bullet.
Drawn = list[str]

PAGE = """
THEMATIQUE N°1 : Travailler ensemble autrement
1. Retour d’expérience :
Thématique concernée        RETEX        Irritants                       Points forts
(parmi les 5)
                                         ► Le car passe trop tôt et
► Travailler ensemble                    repart trop tard
                            ► 1                                          ► Une salle
autrement                                ► Aucune salle libre
                                         ► Un seul poste
                                         ► Des clés perdues depuis
                                         la rentrée
► Travailler ensemble                                                    ► Un atelier ouvert
                            ► 2          ► Trop de réunions
autrement                                                                le samedi
                                         ► Personne à joindre
                                         le soir
"""


def found(drawn: Drawn) -> list[int] | None:
    """Where rows begin; a line has "|" where its page ends after it."""
    texts = {"►": "► Une salle", "-": "au bourg", ".": "", "A": "Aucune"}
    levels, themes, page = [], [], 0
    for at, line in enumerate(drawn):
        levels.append(([texts[mark] for mark in line.rstrip("|")], page))
        if line[0] == "►":
            themes.append((at, at))
        elif line[0] == "-":
            themes[-1] = (themes[-1][0], at)
        page += line.endswith("|")
    return tops(levels, themes, [first for first, _ in themes])


def test_a_row_begins_above_its_theme_where_its_cells_have_one_middle() -> None:
    assert found([".►.", "►-►", "-►.", ".-.", ".►.", ".-►", "►--", "-►-", ".-.", ".-."]) == [0, 4]


def test_cells_that_stand_at_the_top_of_their_rows_are_left_there() -> None:
    assert found(["►►►", "---", ".►.", "►►►", "---", ".-.", ".►."]) is None


def test_a_row_that_a_page_s_end_cuts_has_a_middle_on_the_next_one() -> None:
    assert found(["►►►", "--.|", ".►.", ".-►", ".►.", ".►.", "►-►", "-►.", ".-."]) == [0, 5]


def test_a_row_never_begins_inside_of_a_statement() -> None:
    assert found(["►►", ".-", ".-", ".-", "►-"]) is None


def test_statements_beside_a_theme_in_the_middle_are_whole_and_in_its_row() -> None:
    synthesis = read_text(PAGE, methods.get("etats-generaux"))
    (theme,) = synthesis.themes
    rows = [
        [[item.text for item in row.cells[kind]] for kind in ("irritant", "strength")]
        for row in theme.stages["diagnosis"]
    ]
    assert rows == [
        [["Le car passe trop tôt et repart trop tard", "Aucune salle libre", "Un seul poste"], ["Une salle"]],
        [
            ["Des clés perdues depuis la rentrée", "Trop de réunions", "Personne à joindre le soir"],
            ["Un atelier ouvert le samedi"],
        ],
    ]


def test_a_cell_without_a_bullet_may_be_the_first_of_its_row() -> None:
    assert found([".►.", ".-.", ".►.", "►.A", ".-.", ".►.", ".-."] * 2) == [0, 7]
