"""What comes of a table's lines: what each says, or why it cannot be taken, counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - a field of the record goes by that name
from typing import Final, NamedTuple

NO_ANSWERS: Final[Mapping[str, str]] = {}


class Record(NamedTuple):
    """What one line says under one question.

    `key` is the same whenever the same thing comes again (32 hexadecimal digits). `kind` is the mapping's, or what
    the kind column says. `id` and `parent` are as written; `voice` is a digest (32 digits), the same for one person
    within a series. `language` is a code where the file or the column's name gives it. `answers` are the closed
    questions of the line with their answers in words. `agreed` is whether the line lets it be published; None where
    nothing asks. `withdrawn` is whether its author took it back.
    """

    key: str
    line: int
    column: str
    kind: str
    question: str
    text: str
    title: str = ""
    theme_text: str = ""
    category_text: str = ""
    territory_text: str = ""
    date: Date | None = None
    links: tuple[str, ...] = ()
    stands_for: int = 1
    language: str = ""
    channel: str = ""
    answers: Mapping[str, str] = NO_ANSWERS
    voice: str = ""
    id: str = ""
    parent: str = ""
    address: str = ""
    agreed: bool | None = None
    withdrawn: bool = False


class Problem(NamedTuple):
    """Why a line is not taken; `column` and `cell` are "" where it is the line as a whole."""

    line: int
    column: str
    cell: str
    sentence: str
    code: str


@dataclass(slots=True)
class Tally:
    """What was met on the way, counted."""

    lines: int = 0
    records: int = 0
    rejected: int = 0
    empty_answers: int = 0
    silent_lines: int = 0
    repeated_headers: int = 0
    recoded_lines: int = 0
    #: Records that their authors took back.
    withdrawn: int = 0
