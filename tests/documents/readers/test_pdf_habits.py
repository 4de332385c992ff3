"""How far the lines of a PDF document reach."""

from cahiers.documents.readers.pdf.habits import habits_of
from cahiers.documents.readers.pdf.lines import Line
from cahiers.documents.readers.pdf.tables import CellText, RowText, TableText
from cahiers.documents.readers.pdfium.pieces import Piece


def line(x1: float, y: float) -> Line:
    text = "Une ligne du récit"
    return Line((Piece(text, 50.0, x1, y, 10.0, False, False, True, None),), 1)


def table(side: float) -> TableText:
    return TableText(page=1, last_page=1, bottom=500.0, xs=[50.0, side], rows=[])


def test_full_lines_show_where_they_end() -> None:
    rights = [520.0, 534.0, 531.0, 536.5, 528.0]
    assert habits_of([], [*(line(x, 20.0 * at) for at, x in enumerate(rights)), table(548.0)]).right == 536.5


def test_where_few_lines_are_full_they_may_reach_as_far_as_cells() -> None:
    assert habits_of([], [line(210.0, 20.0), line(530.0, 40.0), table(548.0)]).right == 544.0


def test_a_dash_that_opens_one_cell_of_many_is_no_bullet() -> None:
    """The page parts a statement before its dash."""

    def bullets(texts: list[str]) -> frozenset[str]:
        pieces = [Piece(text, 50.0, 90.0, 20.0, 10.0, False, False, True, None) for text in texts]
        cells = [
            CellText(column=0, span=1, x0=46.0, x1=154.0, lines=[Line((piece,), 1)], continues=False)
            for piece in pieces
        ]
        one = table(154.0)
        one.rows = [
            RowText(page=1, cells=[cell], height=12.0, closed=True, tags=frozenset()) for cell in cells
        ]
        return habits_of([], [one]).bullets

    assert "–" not in bullets(["– affiché au foyer", *["Un calendrier"] * 60])
    assert "–" in bullets(["– Un calendrier"] * 20 + ["Le foyer"] * 40)


def test_boxes_to_tick_are_no_bullets_of_statements() -> None:
    def capitals(texts: list[str]) -> bool:
        pieces = [Piece(text, 50.0, 90.0, 20.0, 10.0, False, False, True, None) for text in texts]
        cells = [
            CellText(column=0, span=1, x0=46.0, x1=80.0, lines=[Line((piece,), 1)], continues=False)
            for piece in pieces
        ]
        one = TableText(page=1, last_page=1, bottom=500.0, xs=[46.0, 80.0, 120.0, 154.0], rows=[])
        one.rows = [
            RowText(page=1, cells=[cell], height=12.0, closed=True, tags=frozenset()) for cell in cells
        ]
        return habits_of([], [one]).capitals

    assert capitals(["☒ Présentiel"] * 4 + ["Un calendrier"] * 20)
    assert not capitals(["– Présentiel"] * 4 + ["Un calendrier"] * 20)
