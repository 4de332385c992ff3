"""Tables known by the words of their header rows."""

from cahiers.documents.readers.pdf.headed import HeadedTables
from cahiers.documents.readers.pdf.lines import lines_of
from cahiers.documents.readers.pdfium.pieces import Area, Page, Piece
from cahiers.methods import get

XS = (50.0, 170.0, 290.0, 410.0, 530.0, 650.0)
HEADER = (
    ("Thématique", "Axes", "Actions à", "Acteurs", "Temporalité", "Indicateurs et"),
    ("concernée", "d’amélioratio", "mener", "mobilisés", "souhaitée", "facteurs de"),
    ("", "n principaux", "", "", "", "réussite"),
)
ROW = ("► Le lien", "► Un relais", "► Ouvrir", "► Un maire", "► Mai", "► Dix prêts")


def _rows(*rows: tuple[str, ...]) -> list[list[str]]:
    """Rows of the one table that these lines make: the last words of each cell."""
    pieces = [
        Piece(text, x, x + 5 * len(text), 60 + 12 * at, 10.0, False, False, True, None)
        for at, texts in enumerate(rows)
        for x, text in zip(XS, texts, strict=False)
        if text
    ]
    page = Page(1, 842.0, 595.0, tuple(pieces), (), (), (), ())
    (grid,), rest = HeadedTables(get("etats-generaux"), frozenset()).grids(page, lines_of(pieces, 1))
    assert rest == []
    return [[cell.pieces[-1].text if cell.pieces else "" for cell in row.cells] for row in grid.rows]


def test_a_heading_may_be_broken_inside_a_word() -> None:
    assert _rows(*HEADER, ROW) == [
        ["concernée", "n principaux", "mener", "mobilisés", "souhaitée", "réussite"],
        list(ROW),
    ]


def test_a_statement_of_words_that_other_headings_have_is_in_no_header() -> None:
    header = ("Thématique", "RETEX", "Irritants", "Points forts")
    rest = ("", "", "", "en a besoin")
    assert _rows(header, rest) == [list(header), list(rest)]


def test_rows_reach_as_far_above_a_name_in_their_middle_as_below() -> None:
    header = ("Thématique", "RETEX", "Irritants", "Points forts")
    lines = [
        ("", "", "► Un car", ""),
        ("Le lien", "1", "qui part", "► Un relais"),
        ("", "", "trop tôt", ""),
        ("", "", "► Un banc", ""),
        ("Le calme", "2", "qui manque", "► Une salle"),
        ("", "", "en salle", ""),
    ]
    assert _rows(header, *lines) == [
        list(header),
        ["Le lien", "1", "trop tôt", "► Un relais"],
        ["Le calme", "2", "en salle", "► Une salle"],
    ]


def test_columns_are_as_wide_as_the_painted_cells_of_their_headings_up_to_the_caption() -> None:
    method = get("etats-generaux")
    caption = method.stages[0].caption
    texts = [
        (("Thématique", 53), ("RETEX", 173), ("Irritants", 233), ("Points forts", 443)),
        (("Le lien", 53), ("1", 173), ("► Un car qui part", 233), ("► Un relais", 443)),
        (("pour tous", 53), ("trop tôt", 245)),
        ((caption, 310),),
    ]
    pieces = [
        Piece(text, x, x + 5 * len(text), 60 + 12 * at, 10.0, False, False, True, None)
        for at, line in enumerate(texts)
        for text, x in line
    ]
    heads = [Area(50, 50, 170, 64), Area(170, 50, 230, 64), Area(230, 50, 440, 64), Area(440, 50, 700, 64)]
    # The header of another table on the page.
    others = [Area(50, 300, 300, 320), Area(300, 300, 436, 320), Area(436, 300, 700, 320)]
    page = Page(1, 842.0, 595.0, tuple(pieces), (), (), (*others, *heads), ())
    (grid,), rest = HeadedTables(method, frozenset()).grids(page, lines_of(pieces, 1))
    assert grid.xs == [50, 170, 230, 440, 700]
    assert [line.text for line in rest] == [caption]
