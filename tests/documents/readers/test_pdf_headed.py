"""Tables known by the words of their header rows."""

from cahiers.documents.readers.pdf.headed import HeadedTables
from cahiers.documents.readers.pdf.lines import lines_of
from cahiers.documents.readers.pdfium.pieces import Page, Piece
from cahiers.methods import get

XS = (50.0, 170.0, 290.0, 410.0, 530.0, 650.0)
HEADER = (
    ("Thématique", "Axes", "Actions à", "Acteurs", "Temporalité", "Indicateurs et"),
    ("concernée", "d’amélioratio", "mener", "mobilisés", "souhaitée", "facteurs de"),
    ("", "n principaux", "", "", "", "réussite"),
)
ROW = ("► Le lien", "► Un relais", "► Ouvrir", "► Un maire", "► Mai", "► Dix prêts")


def test_a_heading_may_be_broken_inside_a_word() -> None:
    pieces = [
        Piece(text, x, x + 5 * len(text), 60 + 12 * at, 10.0, False, False, True, None)
        for at, texts in enumerate((*HEADER, ROW))
        for x, text in zip(XS, texts, strict=True)
        if text
    ]
    page = Page(1, 842.0, 595.0, tuple(pieces), (), (), (), ())
    (grid,), rest = HeadedTables(get("etats-generaux"), frozenset()).grids(page, lines_of(pieces, 1))
    assert [[cell.pieces[-1].text for cell in row.cells] for row in grid.rows] == [
        ["concernée", "n principaux", "mener", "mobilisés", "souhaitée", "réussite"],
        list(ROW),
    ]
    assert rest == []
