"""Importing notebooks."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils.text import slugify

from cahiers.accounts.models import Person
from cahiers.consultations.models import Consultation
from cahiers.consultations.windows import check_open
from cahiers.documents.interchange import to_dict
from cahiers.documents.model import Synthesis
from cahiers.journal.actions import record
from cahiers.journal.models import Verb
from cahiers.notebooks import staging
from cahiers.notebooks.merging.keeping import keep_import
from cahiers.notebooks.models import RESERVED, ImportedFile, Notebook
from cahiers.notebooks.reception import check
from cahiers.territories.models import Territory
from cahiers.ui.times import day


class AlreadyImported(Exception):
    """The same bytes were imported before for the same territory of the same consultation."""

    def __init__(self, file: ImportedFile) -> None:
        super().__init__(
            f"Ce fichier a déjà été importé le {day(file.imported_at, file.territory)}"
            f" sous le nom « {file.name} »."
        )
        self.file = file


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """The file that a synthesis was read from; `sha256` is in hexadecimal, `size` in bytes."""

    name: str
    sha256: str
    size: int
    format: str

    @classmethod
    def of(cls, data: bytes, *, name: str, format: str) -> "SourceFile":
        return cls(name=name, sha256=sha256(data).hexdigest(), size=len(data), format=format)


@transaction.atomic
def import_synthesis(
    *,
    consultation: Consultation,
    territory: Territory,
    synthesis: Synthesis,
    source: SourceFile,
    by: Person | None,
    now: datetime,
) -> Notebook:
    """A new notebook that holds all the synthesis says, each thing with its place in the file.

    A second document for the territory makes a second notebook. Raises reception.NotImportable, StageClosed where
    it has rows of a stage that is closed to that person, and AlreadyImported for a file that came before.
    """
    written = {stage for theme in synthesis.themes for stage, rows in theme.stages.items() if rows}
    check_open(consultation=consultation, stages=written, territory=territory, by=by, now=now)
    file = receive(
        consultation=consultation, territory=territory, synthesis=synthesis, source=source, by=by, now=now
    )
    notebook = Notebook.objects.create(
        consultation=consultation,
        territory=territory,
        slug=free_slug(consultation, territory.slug),
        title=territory.name,
        territory_text=synthesis.territory,
        consultation_text=synthesis.consultation,
        created_at=now,
    )
    staging.fill(notebook, synthesis, file, now)
    keep_import(notebook, file)
    # The lock on the stream comes last: what goes before may take long, and forty meetings share it.
    record(
        stream=consultation.uuid,
        verb=Verb.IMPORT,
        subject=notebook.uuid,
        actor=by.uuid if by else None,
        after=file.uuid,
        at=now,
    )
    return notebook


def receive(
    *,
    consultation: Consultation,
    territory: Territory,
    synthesis: Synthesis,
    source: SourceFile,
    by: Person | None,
    now: datetime,
) -> ImportedFile:
    """Note a file, for an action that imports what it says. Raises NotImportable and AlreadyImported."""
    check(consultation, territory, synthesis)
    known = ImportedFile.objects.filter(
        consultation=consultation, territory=territory, sha256=source.sha256
    ).first()
    if known is not None:
        raise AlreadyImported(known)
    return ImportedFile.objects.create(
        consultation=consultation,
        territory=territory,
        sha256=source.sha256,
        name=source.name,
        size=source.size,
        format=source.format,
        warnings=to_dict(synthesis).get("warnings", []),
        imported_by=by,
        imported_at=now,
    )


def free_slug(consultation: Consultation, wanted: str) -> str:
    """`wanted`, or the first of wanted-2, wanted-3… that no notebook of the consultation has."""
    wanted = slugify(wanted)[:70]
    taken = set(consultation.notebooks.filter(slug__startswith=wanted).values_list("slug", flat=True))
    taken.update(RESERVED)
    slug, number = wanted, 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug
