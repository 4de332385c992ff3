"""A document on its way into a notebook that is there already: which one, what of the conflicts, then taken in."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from cahiers.accounts.models import Person
from cahiers.journal.actions import record
from cahiers.journal.models import Verb
from cahiers.notebooks.actions import SourceFile
from cahiers.notebooks.intake.actions import Changed, content
from cahiers.notebooks.intake.models import ImportDraft, State
from cahiers.notebooks.merging import actions
from cahiers.notebooks.models import Notebook


class NotThere(ValueError):
    """The notebook is another territory's, or none is chosen."""


@transaction.atomic
def choose(*, draft: ImportDraft, notebook: Notebook | None, seen: int, by: Person, now: datetime) -> None:
    """A newer version of that notebook's document or, for None, a notebook of its own. Raises Changed, NotThere."""
    if notebook is not None and notebook.territory_id != draft.territory_id:
        raise NotThere
    current = ImportDraft.objects.filter(
        pk=draft.pk, state=State.READ, version=seen, territory=draft.territory
    )
    if not current.update(updates=notebook, chosen=[]):
        raise Changed
    record(
        stream=draft.consultation.uuid,
        verb=Verb.ASSIGN,
        subject=draft.uuid,
        actor=by.uuid,
        after=notebook.uuid if notebook else None,
        at=now,
    )


@transaction.atomic
def settle(*, draft: ImportDraft, shown: Collection[str], chosen: Collection[str], seen: int) -> None:
    """Of the conflicts that were shown, those where what the document says is chosen. Raises Changed."""
    locked = _locked(draft, seen)
    locked.chosen = [*(one for one in locked.chosen if one not in shown), *sorted({*chosen} & {*shown})]
    locked.save(update_fields=["chosen"])
    draft.chosen = locked.chosen


@transaction.atomic
def take_in(*, draft: ImportDraft, seen: int, digest: str, by: Person, now: datetime) -> actions.Update:
    """The document into its notebook, in one transaction; the draft keeps no copy.

    Raises Changed, NotThere, and what merging.actions.update raises.
    """
    locked = _locked(draft, seen)
    notebook = locked.updates
    if notebook is None or notebook.territory_id != locked.territory_id:
        raise NotThere
    synthesis, chosen = content(locked), locked.chosen
    locked.state, locked.read, locked.corrected, locked.chosen = State.IMPORTED, None, None, []
    locked.notebook = notebook
    locked.save(update_fields=["state", "read", "corrected", "chosen", "notebook"])
    source = SourceFile(name=draft.name, sha256=draft.sha256, size=draft.size, format=draft.format)
    done = actions.update(
        notebook=notebook, synthesis=synthesis, source=source, chosen=chosen, seen=digest, by=by, now=now
    )
    locked.earlier.all().delete()
    return done


def _locked(draft: ImportDraft, seen: int) -> ImportDraft:
    found = (
        ImportDraft.objects.select_for_update(of=("self",))
        .select_related("consultation", "territory", "updates__consultation", "updates__territory")
        .filter(pk=draft.pk, state=State.READ, version=seen)
        .first()
    )
    if found is None:
        raise Changed
    return found
