"""A table out of any file: its columns, what they seem to hold, and its lines one after the other."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple

from cahiers.documents.matching import fold

#: Characters of the longest text that is taken in, and of a sample shown beside a column.
MAX_TEXT: Final = 1024 * 1024
MAX_SAMPLE: Final = 200
#: Column that the file of rejected lines adds; it is left aside when that file comes back.
PROBLEM_COLUMN: Final = "Problème"


class Content(StrEnum):
    """What the cells of a column seem to hold."""

    EMPTY = "empty"
    TEXT = "text"
    CHOICE = "choice"
    DATE = "date"
    NUMBER = "number"
    EMAIL = "email"
    PLACE = "place"
    URL = "url"
    ID = "id"


class Line(NamedTuple):
    """A record of the file. `number` is where it begins in an editor or a spreadsheet, its rank in JSON, from 1.

    There are as many cells as the header has, save where `problem` says in French why they cannot be told apart.
    `remark` says what was put right on the way. No cells at all: nothing to take, and the remark says why.
    """

    number: int
    cells: Sequence[str]
    problem: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """`name` is the header, made unique; `label` the question in full where the header is a code.

    `choices` are the labels of answers by the code that cells hold; empty where cells hold what they say.
    """

    index: int
    name: str
    label: str = ""
    content: Content = Content.EMPTY
    samples: tuple[str, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return column_key(self.name)

    @property
    def question(self) -> str:
        return self.label or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A sheet or file. `width` counts cells of the header, columns that are left aside among them.

    `returned`: its last column is the one that files of rejected lines have.
    `remarks` are French sentences about the file as a whole; `others` are the other tables of the same file.
    """

    name: str
    format: str
    columns: tuple[Column, ...]
    source: Callable[[], Iterator[Line]] = field(repr=False)
    width: int = 0
    separator: str = ";"
    returned: bool = False
    encoding: str = ""
    remarks: tuple[str, ...] = ()
    others: tuple["Table", ...] = ()

    @property
    def tables(self) -> tuple["Table", ...]:
        """Every table of the file, the likeliest first."""
        return (self, *self.others)

    def rows(self) -> Iterator[Line]:
        """Lines below the header, read from the file as they are asked for; each call begins anew.

        Raises Unreadable where the file turns out to be damaged further down.
        """
        return self.source()

    def column(self, name: str) -> Column | None:
        """Column of that name, whatever its case, accents and punctuation."""
        key = column_key(name)
        return next((column for column in self.columns if column.key == key), None)


def column_key(name: str) -> str:
    """What names of columns are compared by."""
    return fold(name[:1000]) or name.strip()
