"""Tables that go over a page's end: a row that begins on the next page, and the rest of one."""

from collections.abc import Sequence

import pytest

from cahiers.documents.readers.pdf.lines import Line
from cahiers.documents.readers.pdf.paragraphs import Setting
from cahiers.documents.readers.pdf.tables import CellText, RowText, TableText, finish
from cahiers.documents.readers.pdfium.pieces import Piece

THEME = "Travailler ensemble"


def row(words: Sequence[str], y: float, page: int = 1) -> RowText:
    cells = []
    for column, text in enumerate(words):
        x = 50.0 + 200 * column
        piece = Piece(text, x + 5, x + 100, y, 10.0, False, False, True, None)
        lines = [Line((piece,), page)] if text else []
        cells.append(CellText(column=column, span=1, x0=x, x1=x + 200, lines=lines, continues=False))
    return RowText(page=page, cells=cells, height=12.0, closed=True, tags=frozenset())


def table(rows: list[RowText], breaks: list[int]) -> TableText:
    xs = [50.0, 250.0, 450.0, 650.0]
    return TableText(page=1, last_page=2, bottom=500.0, xs=xs, rows=rows, header_rows=1, breaks=breaks)


@pytest.mark.parametrize("shared", [True, False])
def test_other_tables_tell_whether_a_row_without_theme_is_the_rest_of_one(shared: bool) -> None:
    """The theme's cell is empty on the second page: there it is shared by rows, or that of a row that was cut."""
    header = ("Thématique", "Irritants", "Points forts")
    kin = [
        row((THEME if at == 0 or not shared else "", "► Une salle", "► Le café"), 20.0 * at)
        for at in range(4)
    ]
    cut = [
        row(header, 0),
        row((THEME, "► Un poste", "► Un jardin"), 20),
        row((THEME if not shared else "", "► Un car", "► Une règle"), 40),
        row(("", "► Un débit", "► Un relevé"), 20, page=2),
    ]
    tables = [table([row(header, 0), *kin], []), table(cut, [3])]
    found = finish(tables[1], Setting(left=50.0, right=650.0), tables)
    assert len(found.rows) == (4 if shared else 3)
