"""What the turn of a page parts: each statement is placed or told whole."""

import io
from operator import itemgetter

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cahiers import methods
from cahiers.documents.model import Synthesis
from cahiers.documents.readers.txt import READER
from cahiers.documents.readers.txt.hyphens import hyphenated_words

METHOD = methods.get("etats-generaux")
START = "THEMATIQUE N°1 : Travailler ensemble autrement\n1. Retour d’expérience\n"
HEADER = "Thématique concernée (parmi les 5)\n\nRETEX\n\nIrritants\n\nPoints forts\n\n"
ROW = "► Travailler ensemble autrement\n\n► 1\n\n"
END = "\n\nDiagnostic des points forts et irritants\n\f"
WORDS = st.sampled_from(["salle", "cahier", "matin", "calme", "groupe", "projet", "voisin", "banc"])
LINE = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
#: The lines of a cell's one statement.
CELL = st.lists(LINE, min_size=1, max_size=4)
#: A statement's last line on a page, which leaves no room for the next word, and its line on the next page.
CUT = st.tuples(LINE, LINE).map(lambda cut: (cut[0], " ".join(cut[1].split()[: len(cut[0].split())])))


def read(body: str) -> Synthesis:
    return READER.read(io.BytesIO(f"{START}{HEADER}{body}{END}".encode()), METHOD)


def placed(synthesis: Synthesis) -> list[str]:
    rows = synthesis.themes[0].stages["diagnosis"]
    cited = [text for row in rows for text in row.feedback_text]
    return [item.text for row in rows for items in row.cells.values() for item in items] + cited


def told(synthesis: Synthesis) -> set[str | None]:
    """What is placed, or alone in a warning."""
    return {*placed(synthesis), *(warning.text for warning in synthesis.warnings)}


@settings(max_examples=25)
@given(
    # Of the same words twice, nobody could tell which is lost.
    st.lists(CUT, min_size=1, max_size=4, unique_by=(itemgetter(0), itemgetter(1))),
    st.lists(LINE, max_size=3),
    st.permutations(range(4)),
)
def test_whatever_a_page_cuts_is_placed_or_told_whole(
    cut: list[tuple[str, str]], others: list[str], order: list[int]
) -> None:
    # What makes another statement word for word is taken for it.
    begun = [*others, *(head for head, _ in cut)]
    assume(not {f"{head} {rest}" for head in begun for _, rest in cut} & set(begun))
    heads = "\n\n".join(f"► {head.capitalize()}" for head, _ in cut)
    rests = "\n\n".join(cut[at][1] for at in order if at < len(cut))
    before = "".join(f"► {other.capitalize()}\n\n" for other in others)
    synthesis = read(f"{ROW}{before}{heads}\n\f{HEADER}{rests}")
    assert {f"{head.capitalize()} {rest}" for head, rest in cut} <= told(synthesis)


def test_a_cell_that_ends_within_a_line_may_go_on_over_the_page() -> None:
    synthesis = read(f"{ROW}► Une aide dès la ► Un cahier tenu\n\n► Une table\n\f{HEADER}sixième\n")
    assert {"Une aide dès la sixième", "Un cahier tenu"} <= told(synthesis)


def test_a_word_that_had_room_on_the_page_before_is_not_its_statements() -> None:
    row = f"{ROW}► Pas de salle où travailler ensemble après les cours\n► Trop peu\n\n► Un lieu ouvert à des"
    texts = {warning.text for warning in read(f"{row}\n\f{HEADER}heures très commodes\n").warnings}
    assert "Trop peu heures très commodes" not in texts


def test_a_fragment_before_the_first_theme_cell_of_its_table_is_in_its_first_row() -> None:
    synthesis = read(f"► Un lieu calme\n\n{ROW}► Pas de salle\n\n► Se connaître\n")
    assert "Un lieu calme" in placed(synthesis)


def test_a_header_row_that_touches_the_last_statement_of_a_page_is_no_part_of_it() -> None:
    top = HEADER.partition("\n\n")[2]
    synthesis = read(
        f"{ROW}► Pas de salle\n\n► Se connaître\nThématique concernée\n(parmi les 5)\nTravailler ensemble autrement\n\f"
        f"{top}► 2\n\n► Rien le soir\n"
    )
    assert {"Pas de salle", "Se connaître", "Rien le soir"} <= set(placed(synthesis))


def test_a_word_of_a_statement_is_no_header_row() -> None:
    synthesis = read(f"{ROW}► Un relevé qui dit chaque\nirritant\n\f{HEADER}{ROW}► Rien le soir\n")
    assert "Un relevé qui dit chaque irritant" in placed(synthesis)


def test_a_closing_quotation_mark_alone_on_its_line_ends_its_statement() -> None:
    assert "« On ferme à midi »" in placed(read(f"{ROW}► « On ferme à midi\n»\n► Se connaître\n"))


@pytest.mark.parametrize("year", ["2027", "2026-2027"])
def test_a_year_alone_on_its_line_ends_its_statement(year: str) -> None:
    assert f"Premier relevé en janvier {year}" in placed(
        read(f"{ROW}►\nPremier relevé en janvier\n{year}\n►\nSe connaître\n")
    )


def test_a_compound_said_again_and_again_has_its_hyphen_back() -> None:
    words = hyphenated_words(
        f"trois demijournées par {unit}" for unit in ("an", "mois", "jour", "trajet", "classe")
    )
    assert words["demijournées"] == "demi-journées"


def test_a_short_line_that_ends_pages_is_no_running_foot() -> None:
    page = "► Portes closes dès\n7 h\n\n"
    synthesis = read(f"{ROW}{page}\f{HEADER}{ROW}{page}\f{HEADER}{ROW}► Rien le soir\n")
    assert placed(synthesis).count("Portes closes dès 7 h") == 2


def test_the_lines_of_a_theme_cell_that_open_a_page_are_of_no_statement() -> None:
    title = "Mettre en place de nouvelles formes de gouvernance et de nouveaux outils d’anticipation"
    start = START.replace("1 : Travailler ensemble autrement", f"5 : {title}")
    rest = "de nouvelles\nformes de\ngouvernance et\nde nouveaux\noutils\nd’anticipation"
    row = f"► Mettre en place\n\n► 1\n\n► Trop de réunions sans\n\f{HEADER}{rest}\n\nordre du jour\n\n► Un bon accueil"
    synthesis = READER.read(io.BytesIO(f"{start}{HEADER}{row}{END}".encode()), METHOD)
    (theme,) = synthesis.themes
    assert len(theme.stages["diagnosis"]) == 1
    assert placed(synthesis) == ["Trop de réunions sans ordre du jour", "Un bon accueil"]


def test_a_dash_that_begins_a_line_is_of_the_words_where_others_are_the_bullets() -> None:
    others = "".join(f"► Un accueil calme dans la salle {number}\n" for number in range(30))
    synthesis = read(f"{ROW}► Les messages lus hors horaires\n– objectif : moins de dix en mars\n\n{others}")
    assert "Les messages lus hors horaires – objectif : moins de dix en mars" in placed(synthesis)


def test_a_theme_cell_is_cut_where_it_begins_and_not_where_a_statement_has_its_words() -> None:
    name = "Favoriser le développement d’un numérique responsable et souverain"
    start = START.replace("1 : Travailler ensemble autrement", f"4 : {name}")
    title = "Favoriser le\ndéveloppement\nd’un numérique"
    rest = "responsable et\nsouverain\n\n"
    body = (
        f"{title}\n{rest}► 1\n\n► Trop d’écrans\n\n{title}\n\n► 2\n\n► Soutenir la parentalité\nnumérique\n"
    )
    body += f"\f{HEADER}{rest}► Un tri suivi"
    synthesis = READER.read(io.BytesIO(f"{start}{HEADER}{body}{END}".encode()), METHOD)
    assert "Soutenir la parentalité numérique" in placed(synthesis)


def test_a_sentence_may_end_in_a_negation() -> None:
    body = "► Les exercices en ligne notent, ils n’expliquent pas\n► On passe plus de temps à préparer des parcours\n"
    body += "différents qu’à écouter les élèves\n► Un bon accueil"
    assert "Les exercices en ligne notent, ils n’expliquent pas" in placed(read(f"{ROW}{body}"))


def test_cells_above_the_theme_cell_of_their_row_are_in_it() -> None:
    body = f"{ROW}► Trop de bruit dans la cour et\n\n► Une salle calme\n\f{HEADER}"
    body += "► Un jardin partagé\n\ndans les couloirs\n\n► Travailler ensemble autrement\n\n► 2\n\n"
    body += "► Pas de salle\n► Peu de temps"
    rows = read(body).themes[0].stages["diagnosis"]
    assert [[item.text for item in row.cells["strength"]] for row in rows] == [
        ["Une salle calme"],
        ["Un jardin partagé"],
    ]
