"""Lines of a PDF document that go on with those before, or begin a statement."""

import pytest

from cahiers.documents.readers.pdf.habits import habits_of
from cahiers.documents.readers.pdf.lines import CERTAIN, NUMBER, Line
from cahiers.documents.readers.pdf.paragraphs import Setting, paragraphs_of
from cahiers.documents.readers.pdf.tables import CellText, RowText, TableText
from cahiers.documents.readers.pdfium.pieces import Piece, Tag

COLUMN = Setting(left=50.0, right=150.0)


def line(text: str, y: float, *, x0: float = 50.0, x1: float = 149.0) -> Line:
    return Line((Piece(text, x0, x1, y, 10.0, False, False, True, None),), 1)


def numbered(number: str, text: str, y: float, x1: float = 149.0) -> Line:
    return Line((*line(number, y, x0=32.0, x1=42.0).pieces, *line(text, y, x1=x1).pieces), 1)


def texts(lines: list[Line], setting: Setting) -> list[str]:
    return [" ".join(paragraph.text.split()) for paragraph in paragraphs_of(lines, setting)]


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("https://", "recits.example/atelier", "https://recits.example/atelier"),
        ("https://recits.example/", "2026-10/salle", "https://recits.example/2026-10/salle"),
        ("https://recits.example/", "(en accès libre)", "https://recits.example/ (en accès libre)"),
    ],
)
def test_an_address_goes_on_after_the_signs_at_which_it_is_wrapped(
    first: str, second: str, whole: str
) -> None:
    lines = [line("► Le récit :", 0.0), line(first, 12.0, x1=140.0), line(second, 24.0)]
    assert texts(lines, COLUMN) == [f"► Le récit : {whole}"]


def test_an_address_that_is_wrapped_after_its_scheme_stands_by_itself() -> None:
    lines = [line("Un récit de la salle.", 0.0), line("https://", 12.0, x1=85.0)]
    assert texts([*lines, line("recits.example/atelier/1", 24.0)], COLUMN) == [
        "Un récit de la salle.",
        "https://recits.example/atelier/1",
    ]


def test_numbers_that_are_drawn_before_statements_are_no_text() -> None:
    lines = [numbered("9.", "Un car plus tôt", 0.0), numbered("10.", "Une salle", 12.0), line("calme", 24.0)]
    setting = Setting(left=32.0, right=150.0, bullets=CERTAIN | {NUMBER})
    found = paragraphs_of(lines, setting)
    assert [(" ".join(one.text.split()), one.listed) for one in found] == [
        ("Un car plus tôt", True),
        ("Une salle calme", True),
    ]


def test_where_no_bullet_opens_statements_a_capital_does_unless_it_is_a_name() -> None:
    """The space at which a line was wrapped is kept, where it had room."""
    words = ["Les élèves de Vireux ", "demandent un car", "Le soir, une salle", "Vireux a la sienne"]
    lines = [
        line(text, 12.0 * at, x1=145.0 if text.endswith(" ") else 149.0) for at, text in enumerate(words)
    ]
    cells = [
        CellText(column=at, span=1, x0=46.0, x1=154.0, lines=list(lines), continues=False) for at in range(3)
    ]
    rows = [RowText(page=1, cells=cells, height=60.0, closed=True, tags=frozenset()) for _ in range(3)]
    table = TableText(page=1, last_page=1, bottom=90.0, xs=[46.0, 154.0, 262.0, 370.0], rows=rows)
    habits = habits_of([], [table])
    assert habits.capitals
    setting = Setting(left=50.0, right=150.0, spaced=True, capitals=True, vocabulary=habits.vocabulary)
    assert texts(lines, setting) == [
        "Les élèves de Vireux demandent un car",
        "Le soir, une salle Vireux a la sienne",
    ]


def test_a_word_alone_on_its_line_is_short_in_a_justified_text() -> None:
    lines = [
        line("Une salle et", 0.0),
        line("quelques", 12.0, x1=85.0),
        line("enregistrements ensemble", 24.0),
    ]
    lines.append(line("un car", 36.0, x1=90.0))
    lines.append(line("Les cars", 48.0, x1=90.0))
    setting = Setting(left=50.0, right=150.0, justified=True)
    assert texts(lines, setting) == ["Une salle et quelques enregistrements ensemble un car", "Les cars"]


def test_a_line_that_is_not_stretched_ends_its_paragraph_however_full_it_is() -> None:
    lines = [line("RETEX 2 (Livet)", 0.0, x1=147.0), line("Récit : la salle", 12.0)]
    setting = Setting(left=50.0, right=150.0, justified=True)
    assert texts(lines, setting) == ["RETEX 2 (Livet)", "Récit : la salle"]


def test_an_opening_mark_ends_no_paragraph() -> None:
    lines = [line("Le guide «", 0.0, x1=145.0), line("pas à pas » du soir", 12.0)]
    assert texts(lines, Setting(left=50.0, right=150.0, spaced=True)) == ["Le guide « pas à pas » du soir"]


def test_a_little_more_white_after_a_line_that_no_space_ends_parts_statements() -> None:
    lines = [
        line("Pas de prises au ", 0.0, x1=145.0),
        line("lycée des Saules", 11.6),
        line("Un référent", 26.0),
    ]
    setting = Setting(left=50.0, right=150.0, spaced=True)
    assert texts(lines, setting) == ["Pas de prises au lycée des Saules", "Un référent"]


def test_a_word_broken_by_a_narrow_column_is_whole_where_the_file_keeps_spaces() -> None:
    """The space after a word that is whole is there, however far its line goes."""

    def tagged(text: str, y: float, x1: float) -> Line:
        return Line((Piece(text, 50.0, x1, y, 10.0, False, False, True, Tag((1,), None, None)),), 1)

    setting = Setting(left=50.0, right=101.0, spaced=True, exact=True)
    lines = [tagged("Trois ans ", 0.0, 96.0), tagged("renouvela", 12.0, 92.0), tagged("bles", 24.0, 70.0)]
    assert texts(lines, setting) == ["Trois ans renouvelables"]
    # A line that the author broke stays one.
    lines = [tagged("Rectorat", 0.0, 92.0), tagged("Communes", 12.0, 95.0)]
    assert texts(lines, setting) == ["Rectorat Communes"]


def test_a_capital_after_a_line_that_its_author_broke_opens_a_statement_where_no_bullet_does() -> None:
    """The tree of a tagged file has one paragraph for statements that line breaks alone part."""
    texts_of = ["Un relais ", "en mairie", "Équipes de", "Vireux en 2022-", "2023 au plus", "Chefs de cour"]
    lines = [
        Line((Piece(text, 50.0, 147.0, 12.0 * at, 10.0, False, False, True, Tag((1,), None, None)),), 1)
        for at, text in enumerate(texts_of)
    ]
    setting = Setting(
        left=50.0, right=150.0, spaced=True, exact=True, capitals=True, vocabulary=frozenset({"Vireux"})
    )
    assert texts(lines, setting) == [
        "Un relais en mairie",
        "Équipes de Vireux en 2022-2023 au plus",
        "Chefs de cour",
    ]


def test_a_bullet_that_hangs_before_its_text_opens_a_statement_further_in() -> None:
    lines = [line("▪ Un discours que portent", 0.0), line("les adultes", 12.0, x1=148.0)]
    sign = Piece("o", 61.0, 66.0, 24.0, 10.0, False, False, True, None)
    lower = Line((sign, *line("Un seul numéro", 24.0, x0=72.0, x1=140.0).pieces), 1)
    assert texts([*lines, lower], COLUMN) == [
        "▪ Un discours que portent les adultes",
        "o Un seul numéro",
    ]


def test_no_statement_begins_with_a_comma() -> None:
    setting = Setting(left=50.0, right=150.0, spaced=True)
    lines = [line("Progressivement", 0.0, x1=130.0), line(", deux niveaux par an", 12.0)]
    assert texts(lines, setting) == ["Progressivement, deux niveaux par an"]


def test_an_arrow_that_opens_cells_opens_statements() -> None:
    setting = Setting(left=50.0, right=150.0, bullets=CERTAIN | {"→"})
    lines = [line("→ Un élève qui décroche", 0.0), line("→ du temps", 12.0, x1=90.0)]
    assert texts(lines, setting) == ["→ Un élève qui décroche", "→ du temps"]


def test_where_a_stop_ends_statements_none_ends_without_it() -> None:
    setting = Setting(left=50.0, right=150.0, stops=True)
    lines = [line("Nommer un correspondant", 0.0, x1=90.0), line("RGPD par bassin.", 12.0, x1=120.0)]
    assert texts(lines, setting) == ["Nommer un correspondant RGPD par bassin."]
    below = Line(line("Avant Noël.", 0.0).pieces, 2)
    assert texts([line("Mercredi après-midi.", 12.0), below], setting) == [
        "Mercredi après-midi.",
        "Avant Noël.",
    ]


def test_where_each_line_is_a_statement_the_usual_distance_of_lines_tells() -> None:
    lines = [line("Mairies.", 0.0), line("CNIL.", 18.0), line("Formateurs.", 36.0)]
    assert texts(lines, Setting(left=50.0, right=150.0, pitch=1.2)) == ["Mairies.", "CNIL.", "Formateurs."]


def test_an_address_alone_on_its_line_goes_on_with_the_bracket_that_holds_it() -> None:
    lines = [line("Retenir l’indice (source :", 0.0), line("https://achats.example/indice)", 12.0)]
    assert texts(lines, COLUMN) == ["Retenir l’indice (source : https://achats.example/indice)"]


def test_a_dash_below_the_words_of_a_statement_opens_none() -> None:
    setting = Setting(left=50.0, right=150.0, bullets=CERTAIN | {"–"})
    lines = [line("– Un car plus tôt", 0.0), line("le mardi au bourg", 12.0, x0=60.0)]
    lines += [line("– à conserver", 24.0, x0=60.0, x1=120.0), line("– Un relais", 36.0)]
    assert texts(lines, setting) == ["– Un car plus tôt le mardi au bourg – à conserver", "– Un relais"]


@pytest.mark.parametrize(("tight", "whole"), [(True, "prérentrée; oui"), (False, "prérentrée ; oui")])
def test_a_double_sign_touches_the_word_above_where_the_author_sets_no_space(tight: bool, whole: str) -> None:
    lines = [line("prérentrée", 0.0), line("; oui", 12.0)]
    assert texts(lines, Setting(left=50.0, right=150.0, tight=tight)) == [whole]
