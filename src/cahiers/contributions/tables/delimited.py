"""Tables out of separated values (CSV, TSV, LimeSurvey's VV), of any usual encoding, separator and quotes."""

import csv
import re
from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

from cahiers.contributions.tables import decoding, dialects
from cahiers.contributions.tables.heads import VV, Head
from cahiers.contributions.tables.lines import tabled
from cahiers.contributions.tables.model import Line, Table
from cahiers.contributions.tables.streams import Opener
from cahiers.documents.errors import Unreadable

#: Lines by which the separator is found, and their characters in all.
SAMPLE_LINES: Final = 600
SAMPLE_SIZE: Final = 1 << 20
#: Twice the longest text: one a little too long still gets its own sentence.
LONGEST_CELL: Final = 2 << 20

#: Lines with wrong quotes after which the file is given up.
MAX_WRONG: Final = 10_000
UNCLOSED: Final = "Un guillemet ouvert n’est jamais fermé, ou une cellule est démesurée."
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
    """Every record; `first` lines are skipped.

    A quote that is opened and never closed would swallow the lines below it: its own line is a problem, and reading
    goes on with the next.
    """
    # The limit is the process's: another reader may have lowered it since.
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_CELL))
    recoded: list[int] = []
    #: Lines of the record that is being read, and those that are to be read again.
    held: list[str] = []
    again: deque[str] = deque()
    with opener() as stream:
        lines = islice(decoding.text_lines(stream, encoding, recoded), first, None)

        def source() -> Iterator[str]:
            while again:
                held.append(again.popleft())
                yield held[-1]
            for line in lines:
                held.append(line)
                yield line

        number, wrong = first + 1, 0
        while wrong < MAX_WRONG:
            try:
                for cells in dialect.reader(source(), strict=True):
                    yield Line(number, cells, "", _recoded(encoding.legacy) if recoded else "")
                    number += len(held)
                    held.clear()
                    recoded.clear()
                return
            except csv.Error:
                culprit, *others = held
                again.extendleft(reversed(others))
                held.clear()
                alone = _alone(culprit, number, dialect)
                yield alone
                wrong += bool(alone.problem)
                number += 1
        raise Unreadable(
            "Trop de lignes ont des guillemets mal placés : enregistrez de nouveau la feuille en CSV."
        )


def _alone(line: str, number: int, dialect: dialects.Dialect) -> Line:
    """A line whose quotes are wrong, read on its own: as it is where they go by two, else a problem."""
    try:
        cells: list[str] = next(dialect.reader(iter([line])), [])
    except csv.Error:
        return Line(number, ("",), UNCLOSED)
    return Line(number, cells, UNCLOSED if line.count(dialect.quote) % 2 else "")


def _recoded(legacy: str) -> str:
    return f"La ligne n’est pas en UTF-8 comme le reste : elle est lue en {decoding.NAMES[legacy]}."


def _vv_cells(head: Head) -> Callable[[str], str] | None:
    """What undoes the marks of LimeSurvey's VV files (its export controller names them)."""
    return _unmarked if head.used == 2 and head.labels and VV & set(head.names) else None


def _unmarked(cell: str) -> str:
    return _MARKS.sub(lambda mark: _MEANT.get(mark[1], ""), cell) if "{" in cell else cell
