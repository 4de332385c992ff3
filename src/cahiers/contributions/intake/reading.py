"""A dropped table opened again: its tables, its mapping, and what its lines say."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from typing import Any

from django.conf import settings

from cahiers.consultations.models import Consultation
from cahiers.contributions.intake import files, lines
from cahiers.contributions.intake.lines import Source
from cahiers.contributions.intake.models import TableImport
from cahiers.contributions.models import FEEDBACK, Channel, Consent
from cahiers.contributions.tables import (
    SHAPES,
    Mapping,
    Table,
    propose,
    recognise,
)


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


def source(found: TableImport) -> Source:
    return Source(
        path=files.path(found.uuid),
        structure=files.path(found.uuid, files.STRUCTURE) if found.structure else "",
        name=found.name,
        size=found.size,
        table=found.table,
        mapping=found.mapping,
        secret=voice_secret(),
        space=found.consultation.uuid.bytes,
    )


@contextmanager
def tables(found: TableImport) -> Iterator[tuple[Table, ...]]:
    """Every table of its file, the likeliest first, as long as the file is open. Raises Unreadable."""
    with lines.opened(source(found)) as (_stream, known):
        yield known


@contextmanager
def table(found: TableImport) -> Iterator[Table]:
    """The one of its tables that is imported. Raises Unreadable."""
    with tables(found) as known:
        yield chosen(found, known)


def chosen(found: TableImport, known: tuple[Table, ...]) -> Table:
    """The one of these that is imported."""
    return lines.chosen(source(found), known)


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
