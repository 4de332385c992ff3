"""Taking a newer version of a document into the notebook that an older one made."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid4

from cahiers.accounts.models import Person
from cahiers.consultations.models import Consultation
from cahiers.documents.model import Synthesis
from cahiers.journal.models import Verb
from cahiers.notebooks.actions.imports import SourceFile, receive
from cahiers.notebooks.actions.revising import Edit, perform
from cahiers.notebooks.merging import keeping
from cahiers.notebooks.merging.comparing import Comparison
from cahiers.notebooks.merging.tables import Tables
from cahiers.notebooks.merging.writing import write
from cahiers.notebooks.models import Notebook


class OtherConflicts(Exception):
    """What is in conflict is no longer what was seen: nothing is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """What was done: by which command, which undoes it, from what."""

    command: UUID
    comparison: Comparison


def digest_of(comparison: Comparison, chosen: Collection[str] = ()) -> str:
    """Another one as soon as a conflict appears, goes, is about other words, or is decided otherwise."""
    asked = sorted((one.id, one.id in chosen) for one in comparison.conflicts)
    return sha256(repr(asked).encode()).hexdigest()


def update(
    *,
    notebook: Notebook,
    synthesis: Synthesis,
    source: SourceFile,
    chosen: Collection[str] = (),
    seen: str | None = None,
    by: Person | None,
    now: datetime,
) -> Update:
    """What the file changed and nobody did here; of a conflict, what stands here unless its id is among the chosen.

    `seen` is the digest of the comparison that was shown, None where none was. Raises OtherConflicts,
    reception.NotImportable, AlreadyImported, and consultations.windows.StageClosed.
    """
    command, found = uuid4(), []

    def do(edit: Edit) -> Notebook:
        # Meetings are edited under this lock.
        Consultation.objects.select_for_update().get(pk=notebook.consultation_id)
        comparison = keeping.compare(notebook, synthesis)
        found.append(comparison)
        if seen not in (None, digest_of(comparison, chosen)):
            raise OtherConflicts
        file = receive(
            consultation=notebook.consultation,
            territory=notebook.territory,
            synthesis=synthesis,
            source=source,
            by=by,
            now=now,
        )
        tables = Tables(edit=edit, file=file, ours=comparison.ours, result=comparison.result(chosen))
        write(tables)
        keeping.keep_update(edit.notebook, file, synthesis, comparison.theirs, tables.made)
        edit.after = file.uuid
        return edit.notebook

    asked = ("update", notebook.uuid, source.sha256, sorted(chosen), seen)
    perform(notebook=notebook, verb=Verb.IMPORT, asked=asked, command=command, by=by, now=now, do=do)
    return Update(command=command, comparison=found[0])
