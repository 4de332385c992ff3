"""What a PDF's tables hold and no statement, theme or warning has is told."""

from cahiers.documents.blocks import Block, Cell, Paragraph, Run, Table
from cahiers.documents.interpret import interpret
from cahiers.documents.model import Source
from cahiers.documents.readers.pdf.remains import LEFT_OUT, remains
from cahiers.methods import get

METHOD = get("etats-generaux")
THEME = METHOD.themes[0].title
DIAGNOSIS = METHOD.stages[0]


def cell(*texts: str) -> Cell:
    return Cell(paragraphs=tuple(Paragraph(runs=(Run(text=text),)) for text in texts), source=Source(page=4))


def told(*row: Cell) -> list[tuple[str, str | None, str]]:
    """Warnings about a document of one table of one row."""
    head = tuple(cell(text) for text in (METHOD.theme_heading, *(c.heading for c in DIAGNOSIS.columns)))
    blocks: list[Block] = [
        Paragraph(runs=(Run(text=f"{METHOD.theme_word} N°1 : {THEME}"),)),
        Table(rows=(head, row), header_rows=1),
    ]
    synthesis = interpret(blocks, METHOD)
    return [(left.message, left.text, str(left.source)) for left in remains(blocks, synthesis, METHOD)]


def test_a_row_that_is_read_leaves_nothing() -> None:
    assert told(cell(THEME), cell("► Un car trop tard"), cell("► Une salle claire")) == []


def test_statements_that_fell_into_a_theme_s_cell_are_told() -> None:
    fallen = [f"► Une remarque sur le car de {hour} h, au départ du collège" for hour in range(6, 12)]
    (left,) = told(cell(THEME, *fallen), cell(), cell())
    assert left == (LEFT_OUT, " ".join(text.removeprefix("► ") for text in fallen), "page 4")
