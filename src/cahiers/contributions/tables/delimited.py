"""Tables out of separated values (CSV, TSV, LimeSurvey's VV), of any usual encoding, separator and quotes."""

import csv
import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

from cahiers.contributions.tables import decoding, dialects
from cahiers.contributions.tables.heads import VV, Head
from cahiers.contributions.tables.lines import tabled
from cahiers.contributions.tables.model import Line, Table
from cahiers.contributions.tables.streams import Opener

#: Lines by which the separator is found, and their characters in all.
SAMPLE_LINES: Final = 600
SAMPLE_SIZE: Final = 1 << 20
#: Twice the longest text: one a little too long still gets its own sentence.
LONGEST_CELL: Final = 2 << 20

UNCLOSED: Final = "Une cellule est démesurée : un guillemet ouvert n’est sans doute jamais fermé."
_MARKS: Final = re.compile(r"\{(lbrace|rbrace|newline|cr|tab|quote|question_not_shown)\}")
_MEANT: Final = {"lbrace": "{", "rbrace": "}", "newline": "\n", "cr": "\r", "tab": "\t", "quote": '"'}


def table(opener: Opener, name: str) -> Table:
    """Table of a file of separated values. Raises Unreadable."""
    encoding = decoding.detect(opener)
    with opener() as stream:
        sample = list(_sample(decoding.text_lines(stream, encoding, [])))
    announced = dialects.announced(sample[0]) if sample else ""
    first = 1 if announced else 0
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_CELL))
    dialect = dialects.find(sample[first:])
    if announced:
        dialect = dialects.Dialect(separator=announced, quote=dialect.quote, escape=dialect.escape)

    def raw() -> Iterator[Line]:
        return _records(opener, encoding, dialect, first)

    return tabled(
        raw,
        name=name,
        format="csv",
        exact=True,
        clean=_vv_cells,
        separator=dialect.separator if dialect.separator != dialects.NONE else ";",
        encoding=encoding.name,
        remarks=(encoding.remark,) if encoding.remark else (),
    )


def _sample(lines: Iterator[str]) -> Iterator[str]:
    size = 0
    for line in islice(lines, SAMPLE_LINES):
        yield line
        size += len(line)
        if size > SAMPLE_SIZE:
            return


def _records(
    opener: Opener, encoding: decoding.Encoding, dialect: dialects.Dialect, first: int
) -> Iterator[Line]:
    """Every record; `first` lines are skipped."""
    # The limit is the process's: another reader may have lowered it since.
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_CELL))
    recoded: list[int] = []
    with opener() as stream:
        lines = decoding.text_lines(stream, encoding, recoded)
        reader = dialect.reader(islice(lines, first, None) if first else lines)
        start = first + 1
        while True:
            try:
                for cells in reader:
                    if recoded:
                        yield Line(start, cells, "", _recoded(encoding.legacy))
                        recoded.clear()
                    else:
                        yield Line(start, cells)
                    start = reader.line_num + first + 1
                return
            except csv.Error:
                yield Line(start, ("",), UNCLOSED)
                start = reader.line_num + first + 1


def _recoded(legacy: str) -> str:
    return f"La ligne n’est pas en UTF-8 comme le reste : elle est lue en {decoding.NAMES[legacy]}."


def _vv_cells(head: Head) -> Callable[[str], str] | None:
    """What undoes the marks of LimeSurvey's VV files (its export controller names them)."""
    return _unmarked if head.used == 2 and head.labels and VV & set(head.names) else None


def _unmarked(cell: str) -> str:
    return _MARKS.sub(lambda mark: _MEANT.get(mark[1], ""), cell) if "{" in cell else cell
