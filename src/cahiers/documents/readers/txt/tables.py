"""Pieces in their columns as the tables that they come from, with what is doubtful about them."""

from collections.abc import Sequence
from typing import Final

from cahiers.documents.blocks import Cell, Paragraph, Run, Table, TableKind
from cahiers.documents.matching import FEEDBACK_COLUMN
from cahiers.documents.model import Source, Warning
from cahiers.documents.readers.txt.doubts import statements
from cahiers.documents.readers.txt.fragments import join
from cahiers.documents.readers.txt.pieces import RowPieces
from cahiers.documents.readers.txt.placing import Place
from cahiers.methods import Method, Stage

MERGED: Final = (
    "La cellule de cette thématique couvre peut-être plusieurs lignes du tableau : {} trouvée(s), là où le texte"
    " reprend dans une colonne à la hauteur des autres."
)


def header_of(stage: Stage, columns: Sequence[str], method: Method) -> tuple[Cell, ...]:
    """Header row of the stage's table with these columns after the theme's."""
    names = {column.kind: column.heading for column in stage.columns}
    if method.feedback is not None:
        names[FEEDBACK_COLUMN] = method.feedback.word
    headings = [method.theme_heading, *(names[column] for column in columns)]
    return tuple(Cell(paragraphs=(Paragraph(runs=(Run(text=heading),)),)) for heading in headings)


def row_of(row: RowPieces, places: Sequence[Place], columns: Sequence[str]) -> tuple[Cell, ...]:
    """The row's cells; a fragment without bullet goes on with the statement before it in its column."""
    cells = [
        [
            (statement[0][0].source, [line for piece, _ in statement for line in piece.lines])
            for statement in cell
        ]
        for cell in statements(row, places, len(columns))
    ]
    theme = Paragraph(runs=(Run(text=join(row.theme)),), source=row.source)
    return (
        Cell(paragraphs=(theme,) if row.theme else (), source=row.source),
        *(
            Cell(paragraphs=tuple(_item(lines, source) for source, lines in own if join(lines)))
            for own in cells
        ),
    )


def _item(lines: Sequence[str], source: Source) -> Paragraph:
    return Paragraph(runs=(Run(text=join(lines)),), listed=True, source=source)


def table_of(stage: Stage, columns: Sequence[str], rows: Sequence[tuple[Cell, ...]], method: Method) -> Table:
    header = header_of(stage, columns, method)
    return Table(rows=(header, *rows), header_rows=1, kind=TableKind.STAGE)


def merged_rows(rows: Sequence[tuple[RowPieces, Sequence[Place]]]) -> list[Warning]:
    """A warning for each theme cell that may stand for several rows: for those found below it, or for none found."""
    found: list[Warning] = []
    for index, (row, places) in enumerate(rows):
        if not row.theme:
            continue
        after = next((at for at in range(index + 1, len(rows)) if rows[at][0].theme), len(rows)) - index
        several = len({spot.column for spot in places}) < len(places)
        if after > 1 or several:
            found.append(Warning(message=MERGED.format(after), text=join(row.theme), source=row.source))
    return found
