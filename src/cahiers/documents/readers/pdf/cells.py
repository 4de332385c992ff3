"""What a table on a page is: rows of cells with the pieces of text in them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from cahiers.documents.readers.pdf.bands import WHITE
from cahiers.documents.readers.pdfium.pieces import Piece


@dataclass(slots=True, kw_only=True)
class GridCell:
    """`x0` and `x1` are the cell's sides. `continues` means that the cell began in a row above."""

    column: int
    span: int
    x0: float
    x1: float
    pieces: list[Piece] = field(default_factory=list)
    continues: bool = False


@dataclass(slots=True, kw_only=True)
class GridRow:
    """`closed` says whether a line ends the row below, `paint` what colour stands behind it."""

    page: int
    y0: float
    y1: float
    cells: list[GridCell]
    closed: bool = True
    paint: int = WHITE

    @property
    def pieces(self) -> Iterator[Piece]:
        for cell in self.cells:
            yield from cell.pieces


@dataclass(slots=True, kw_only=True)
class Grid:
    """`goes_on` says that it is known for the rest of the table that the page before ended with."""

    page: int
    xs: list[float]
    rows: list[GridRow]
    goes_on: bool = False

    @property
    def y0(self) -> float:
        return self.rows[0].y0

    @property
    def y1(self) -> float:
        return self.rows[-1].y1
