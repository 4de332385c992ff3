"""Raw records into a table: the header taken off, each line held against it, columns described."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

from cahiers.contributions.tables import contents, heads
from cahiers.contributions.tables.heads import Head
from cahiers.contributions.tables.model import PROBLEM_COLUMN, Column, Line, Table, column_key
from cahiers.contributions.tables.streams import guarded
from cahiers.documents.errors import Unreadable

Raw = Callable[[], Iterator[Line]]

REPEATED: Final = "L’en-tête est répété : la ligne est laissée de côté."


def tabled(
    raw: Raw,
    *,
    name: str,
    format: str,
    exact: bool,
    clean: Callable[[Head], Callable[[str], str] | None] | None = None,
    separator: str = ";",
    encoding: str = "",
    remarks: tuple[str, ...] = (),
) -> Table:
    """Table of the records that each call of `raw` gives from the first on.

    `exact`: a line shorter than the header is a problem, as in separated values; a sheet only leaves out what is
    empty. `clean` makes, for the header found, what every cell goes through. Raises Unreadable.
    """
    sentence = f"Le fichier « {name} » est abîmé : son contenu ne se lit pas jusqu’au bout."
    head = heads.find([line.cells for line in islice(guarded(raw(), sentence), heads.TOP)])
    if not any(head.names):
        raise Unreadable(f"Le tableau « {name} » est vide : il n’a ni intitulés ni lignes.")
    cleaned = clean(head) if clean else None

    def rows() -> Iterator[Line]:
        lines = islice(raw(), head.used, None)
        held = _held(lines, head, exact=exact)
        return guarded(_cleaned(held, cleaned) if cleaned else held, sentence)

    return Table(
        name=name,
        format=format,
        columns=columns(head, rows),
        source=rows,
        width=len(head.cells),
        separator=separator,
        returned=bool(head.cells) and column_key(head.cells[-1]) == column_key(PROBLEM_COLUMN),
        encoding=encoding,
        remarks=(*remarks, head.remark) if head.remark else remarks,
    )


def columns(head: Head, rows: Raw) -> tuple[Column, ...]:
    """Columns of a header, described by the first lines."""
    cells = [line.cells for line in islice(rows(), contents.LINES) if not line.problem and line.cells]
    found = []
    for index, name in enumerate(head.names):
        if name:
            label = head.labels[index] if index < len(head.labels) else ""
            values = [row[index] for row in cells]
            column = Column(
                index=index,
                name=name,
                label=label if label != name else "",
                content=contents.guess(label or name, values),
                samples=contents.samples(values),
            )
            found.append(column)
    return tuple(found)


def _held(lines: Iterator[Line], head: Head, *, exact: bool) -> Iterator[Line]:
    """Lines that are as wide as the header; empty ones are left out."""
    header = list(head.cells)
    width = len(header)
    for line in lines:
        cells = line.cells
        if len(cells) != width and not line.problem:
            line = _fitted(line, width, exact=exact)
            cells = line.cells
            if not any(cells):
                continue
        elif not any(cells) and not line.problem:
            continue
        if not line.problem and cells[0] == header[0] and [cell.strip() for cell in cells] == header:
            line = Line(line.number, (), "", REPEATED)
        yield line


def _fitted(line: Line, width: int, *, exact: bool) -> Line:
    cells = list(line.cells)
    while len(cells) > width and not cells[-1].strip():
        cells.pop()
    missing = width - len(cells)
    if missing == 0 or (missing > 0 and not (exact and any(cells))):
        return line._replace(cells=cells + [""] * missing)
    shown = "cellule" if len(cells) == 1 else "cellules"
    problem = (
        f"La ligne a {len(cells)} {shown}, l’en-tête en a {width} :"
        " un séparateur ou un guillemet manque ou est en trop."
    )
    return line._replace(cells=cells, problem=problem)


def _cleaned(lines: Iterator[Line], clean: Callable[[str], str]) -> Iterator[Line]:
    for line in lines:
        yield line._replace(cells=[clean(cell) for cell in line.cells])
