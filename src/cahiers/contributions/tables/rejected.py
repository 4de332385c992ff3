"""The file of rejected lines: the same columns and one that says what is wrong, to be corrected and sent again."""

import csv
import io
from collections.abc import Mapping
from typing import BinaryIO, Final

from cahiers.contributions.tables.bodies import ACTIVE
from cahiers.contributions.tables.model import PROBLEM_COLUMN, Table

MEDIA_TYPE: Final = "text/csv; charset=utf-8"


def write(table: Table, problems: Mapping[int, str], stream: BinaryIO) -> int:
    """Write the lines of those numbers with what is said of them; how many were written.

    UTF-8 with its mark and the table's own separator, as spreadsheets open it at a double click; what they would
    compute stands behind an apostrophe, which reading takes off. The file is gone through once more.
    """
    text = io.TextIOWrapper(
        stream, encoding="utf-8-sig", errors="surrogatepass", newline="", write_through=False
    )
    lines = csv.writer(text, delimiter=table.separator, lineterminator="\r\n")
    lines.writerow([*(inert(column.name) for column in table.columns), PROBLEM_COLUMN])
    written = 0
    for line in table.rows():
        if (problem := problems.get(line.number)) is None or not line.cells:
            continue
        width = len(line.cells)
        if line.problem:
            # Its cells cannot be told apart: they stay in their order, those past the header in the last column.
            cells = [line.cells[at] if at < width else "" for at in range(table.width)]
            extra = list(line.cells[table.width :])
            row = [cells[column.index] for column in table.columns]
            if extra and row:
                row[-1] = table.separator.join([row[-1], *extra])
        else:
            row = [line.cells[column.index] for column in table.columns]
        lines.writerow([*map(inert, row), inert(problem)])
        written += 1
    text.flush()
    text.detach()
    return written


def inert(cell: str) -> str:
    """The cell, behind an apostrophe where a spreadsheet would compute it."""
    return f"'{cell}" if cell.startswith(ACTIVE) else cell
