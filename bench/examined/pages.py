"""What a document is made of before a word processor writes it: paragraphs, tables, cells."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Characters of one look; a line feed in the text is a line break of the author's."""

    text: str
    bold: bool = False
    green: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Runs; `size` in points, `level` of a list that the word processor draws, `after` in points."""

    runs: tuple[Run, ...] = ()
    size: float
    align: str = "left"
    level: int | None = None
    indent: float = 0.0
    after: float = 0.0
    heading: int | None = None
    breaks: bool = False
    shade: str | None = None
    comment: str | None = None

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """`rows` and `columns` that it covers; a covered cell is written as such and says nothing."""

    paragraphs: tuple[Paragraph, ...] = ()
    rows: int = 1
    columns: int = 1
    covered: bool = False
    shade: str | None = None
    middle: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Widths in centimetres; `borders` is `all`, `outer`, `rows` or `none`."""

    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    headers: int = 0
    borders: str = "all"
    whole_rows: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Blocks in order; sizes in centimetres; `footer` before the page's number."""

    blocks: tuple[Paragraph | Table, ...]
    font: str
    size: float
    landscape: bool = True
    margin: float = 1.5
    footer: str | None = None
    page_header: str | None = None
    bullets: tuple[str, str] = ("►", "–")
    fragments: bool = field(default=False)
