"""A dropped table opened again: its tables, its mapping, and what its lines say."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import IO, Any, BinaryIO, cast

from django.conf import settings

from cahiers.consultations.models import Consultation
from cahiers.contributions.intake import files
from cahiers.contributions.intake.models import TableImport
from cahiers.contributions.models import FEEDBACK, Channel, Consent
from cahiers.contributions.tables import (
    SHAPES,
    Mapping,
    Structure,
    Table,
    Unreadable,
    open_structure,
    open_table,
    propose,
    recognise,
)

#: In French whoever reads, like the messages of readers.
GONE = "Le fichier n’est plus là : déposez-le de nouveau."


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What holds for all of a file. `reads_before`: what it brings waits to be read by the team."""

    kind: str = FEEDBACK
    channel: str = Channel.IMPORT
    consent: str = Consent.UNKNOWN
    reads_before: bool = True

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, stored: dict[str, Any]) -> "Given":
        return cls(**{key: value for key, value in stored.items() if key in cls.__slots__})


def first_kind(consultation: Consultation) -> str:
    """Of what a file does not tell the kind of."""
    method = consultation.method
    return FEEDBACK if method.feedback else method.stages[0].columns[0].kind


def voice_secret() -> bytes:
    """What digests of addresses are made with: without it nobody can try addresses against them."""
    return sha256(b"voices of imported tables " + settings.SECRET_KEY.encode()).digest()


@contextmanager
def _opened(found: TableImport) -> Iterator[tuple[BinaryIO, tuple[Table, ...]]]:
    with ExitStack() as stack:
        try:
            stream = stack.enter_context(files.opened(found.uuid))
            told = stack.enter_context(files.opened(found.uuid, files.STRUCTURE)) if found.structure else None
        except OSError:
            raise Unreadable(GONE) from None
        yield stream, read(stream, found.name, told).tables


def chosen(found: TableImport, known: tuple[Table, ...]) -> Table:
    """The one of these that is imported."""
    return known[found.table if found.table < len(known) else 0]


@contextmanager
def tables(found: TableImport) -> Iterator[tuple[Table, ...]]:
    """Every table of its file, the likeliest first, as long as the file is open. Raises Unreadable."""
    with _opened(found) as (_stream, known):
        yield known


@contextmanager
def table(found: TableImport) -> Iterator[Table]:
    """The one of its tables that is imported. Raises Unreadable."""
    with tables(found) as known:
        yield chosen(found, known)


@contextmanager
def followed(found: TableImport) -> Iterator[tuple[tuple[Table, ...], Callable[[], int]]]:
    """Every table of its file, and what says how many hundredths of the file are behind. Raises Unreadable."""
    with _opened(found) as (stream, known):
        yield known, lambda: min(99, 100 * stream.tell() // max(1, found.size))


def read(stream: IO[bytes], name: str, told: IO[bytes] | None = None) -> Table:
    """Raises Unreadable."""
    structure: Structure | None = open_structure(cast(BinaryIO, told)) if told is not None else None
    return open_table(cast(BinaryIO, stream), name, structure=structure)


def proposed(table: Table, consultation: Consultation) -> Mapping:
    """What the table's shape proposes; a feedback sheet of a method that has none is what it takes by default."""
    mapping = propose(table, recognise(table), consultation.method)
    known = {column.kind for stage in consultation.method.stages for column in stage.columns}
    if consultation.method.feedback:
        known.add(FEEDBACK)
    texts = tuple(text if text.kind in known else replace(text, kind="") for text in mapping.texts)
    return replace(mapping, texts=texts)


def label_of(shape: str) -> str:
    """Of the platform; a mapping's shape may name which of its tables it is of."""
    return next((one.label for one in SHAPES if shape.startswith(one.name)), "")
