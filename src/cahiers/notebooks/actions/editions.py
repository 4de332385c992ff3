"""Publishing and withdrawing notebooks."""

from datetime import datetime

from django.db import transaction

from cahiers.accounts.models import Person
from cahiers.journal.actions import record
from cahiers.journal.models import Verb
from cahiers.notebooks.models import Notebook


@transaction.atomic
def publish(*, notebook: Notebook, by: Person | None, now: datetime) -> None:
    """Show it to everyone who may read its consultation; published already, nothing changes."""
    if not notebook.is_published:
        _set_published(notebook, now, Verb.PUBLISH, by, now)


@transaction.atomic
def withdraw(*, notebook: Notebook, by: Person | None, now: datetime) -> None:
    """Hide it from strangers; hidden already, nothing changes."""
    if notebook.is_published:
        _set_published(notebook, None, Verb.WITHDRAW, by, now)


def _set_published(
    notebook: Notebook, at: datetime | None, verb: Verb, by: Person | None, now: datetime
) -> None:
    notebook.published_at = at
    notebook.save(update_fields=["published_at"])
    record(
        stream=notebook.consultation.uuid,
        verb=verb,
        subject=notebook.uuid,
        actor=by.uuid if by else None,
        at=now,
    )
