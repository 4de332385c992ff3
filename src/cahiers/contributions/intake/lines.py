"""Lines of a dropped table, read and made ready to be written; no database, so that a process apart can do it."""

import gc
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from hashlib import sha1
from itertools import islice
from pathlib import Path
from typing import IO, Any, BinaryIO, Final, NamedTuple, cast

from cahiers.contributions.privacy.detection import find
from cahiers.contributions.tables import (
    Line,
    Mapping,
    Problem,
    Record,
    Structure,
    Table,
    Tally,
    Unreadable,
    open_structure,
    open_table,
    records,
)
from cahiers.contributions.words import stemmed

#: Records written at once: few enough for who answers people to write in between, see bench/importing_beside.py.
BATCH: Final = 1_000
#: Lines that are read before it is said how far that is.
STEP: Final = 1_000
#: Longest code of a language that is kept.
CODE: Final = 8
#: In French whoever reads, like the messages of readers.
GONE: Final = "Le fichier n’est plus là : déposez-le de nouveau."

#: Told the line that is being read, and how many hundredths of the file are behind. What it raises ends the work.
Progress = Callable[[int, int], None]
#: Names of a line: of its place, its category, its theme, its kind.
LineNames = tuple[str, str, str, str]
#: Kind, place, start and end of what may tell who someone is.
Mark = tuple[str, str, int, int]
#: A record as it is written: uuid, line, names, channel; title, text, links as JSON, how many it stands for, voice,
#: day in its ISO form, language; answers as JSON; column, identifier, parent, address; marks; the stems of its words;
#: whether it may be published, whether its author took it back.
#: A plain tuple, which goes from one process to another at a fifth of the cost of a named one.
Ready = tuple[
    str,
    int,
    LineNames,
    str,
    str,
    str,
    str,
    int,
    str,
    str | None,
    str,
    str,
    str,
    str,
    str,
    str,
    list[Mark],
    str,
    bool | None,
    bool,
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a dropped table stands and how it is read; paths are of its file and of its structure, "" for none.

    `table` is which of the file's, `secret` what digests of voices are made with, `space` what uuids are made in.
    """

    path: str
    structure: str
    name: str
    size: int
    table: int
    mapping: dict[str, Any]
    secret: bytes
    space: bytes


class Batch(NamedTuple):
    """Records that are ready, up to that line; `behind` counts them with the problems that stood among them."""

    line: int
    behind: int
    wrong: bool
    ready: list[Ready]


class Lines:
    """One reading of a table; `tables` are those of its file. Raises UnknownColumns."""

    def __init__(self, source: Source, table: Table, tables: int) -> None:
        self.table, self.tables, self.tally = table, tables, Tally()
        mapping = Mapping.from_json(source.mapping)
        self._records = records(table, mapping, tally=self.tally, secret=source.secret)

    def batches(self, behind: int = 0) -> Iterator[list[Record | Problem]]:
        """What comes after that many records and problems; all that a line says is in one batch."""
        found = islice(self._records, behind, None)
        next_line: list[Record | Problem] = []
        while batch := next_line + list(islice(found, BATCH - len(next_line))):
            next_line = []
            for one in found:
                if one.line != batch[-1].line:
                    next_line.append(one)
                    break
                batch.append(one)
            yield batch


@contextmanager
def opened(source: Source) -> Iterator[tuple[BinaryIO, tuple[Table, ...]]]:
    """The file, and every table of it. Raises Unreadable."""
    with ExitStack() as stack:
        try:
            stream = stack.enter_context(Path(source.path).open("rb"))
            told = stack.enter_context(Path(source.structure).open("rb")) if source.structure else None
        except OSError:
            raise Unreadable(GONE) from None
        yield stream, read(stream, source.name, told).tables


def read(stream: IO[bytes], name: str, told: IO[bytes] | None = None) -> Table:
    """Raises Unreadable."""
    structure: Structure | None = open_structure(cast(BinaryIO, told)) if told is not None else None
    return open_table(cast(BinaryIO, stream), name, structure=structure)


def chosen(source: Source, known: tuple[Table, ...]) -> Table:
    """The one of these that is imported."""
    return known[source.table if source.table < len(known) else 0]


@contextmanager
def followed(source: Source, progress: Progress) -> Iterator[Lines]:
    """Its lines; how far they are is said on the way. Raises Unreadable and UnknownColumns."""
    with opened(source) as (stream, known), nothing_old_collected():
        table = chosen(source, known)

        def told() -> Iterator[Line]:
            for at, line in enumerate(table.source(), 1):
                yield line
                if at % STEP == 0:
                    progress(line.number, min(99, 100 * stream.tell() // max(1, source.size)))

        yield Lines(source, replace(table, source=told), len(known))


@contextmanager
def prepared(source: Source, behind: int, progress: Progress) -> Iterator[Iterator[Batch]]:
    """What comes after that many records and problems, ready to be written. Raises Unreadable, then or on the way."""
    with followed(source, progress) as lines:
        yield (_batch(source.space, batch) for batch in lines.batches(behind))


def _batch(space: bytes, batch: list[Record | Problem]) -> Batch:
    said = [one for one in batch if isinstance(one, Record)]
    return Batch(batch[-1].line, len(batch), len(said) < len(batch), list(_ready(space, said)))


def _ready(space: bytes, said: Iterable[Record]) -> Iterator[Ready]:
    for one in said:
        yield (
            *(uuid_of(space, one.key), one.line, names_of(one), one.channel, one.title, one.text),
            *(_json(one.links) if one.links else "[]", one.stands_for, one.voice),
            *(one.date.isoformat() if one.date else None, one.language[:CODE] or "fr"),
            *(_json(one.answers) if one.answers else "{}", one.column, one.id, one.parent, one.address),
            *(_marks(one), stemmed(f"{one.title} {one.text}"), one.agreed, one.withdrawn),
        )


def names_of(record: Record) -> LineNames:
    return record.territory_text, record.category_text, record.theme_text, record.kind


def _marks(record: Record) -> list[Mark]:
    """What may tell who someone is."""
    marks = [(kind, "text", start, end) for kind, start, end in find(record.text)]
    if record.title:
        marks += [(kind, "title", start, end) for kind, start, end in find(record.title)]
    if record.links:
        marks += [(kind, "links", start, end) for kind, start, end in find("\n".join(record.links))]
    return marks


def uuid_of(space: bytes, name: str) -> str:
    """As uuid.uuid5 makes it, in 32 hexadecimal digits, at a third of its cost."""
    digits = sha1(space + name.encode(), usedforsecurity=False).hexdigest()
    return f"{digits[:12]}5{digits[13:16]}{_VARIANT[digits[16]]}{digits[17:32]}"


_VARIANT: Final = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}
#: json.dumps would make one each time.
_json: Final = json.JSONEncoder(ensure_ascii=False).encode


@contextmanager
def nothing_old_collected() -> Iterator[None]:
    """Lines in their thousands make Python look through all that it holds again and again, for a tenth of the time."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
