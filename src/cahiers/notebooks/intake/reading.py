"""The queue of dropped documents: whoever looks takes the next one and reads it, once."""

import logging
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import F, Q, QuerySet

from cahiers.consultations.models import Consultation
from cahiers.documents import formats
from cahiers.documents.errors import DocumentError
from cahiers.documents.interchange import to_dict
from cahiers.notebooks.intake import files
from cahiers.notebooks.intake.access import editable_territories
from cahiers.notebooks.intake.models import ImportDraft, State
from cahiers.notebooks.merging.guessing import guess
from cahiers.territories.addresses import slug_of
from cahiers.territories.models import Territory

#: Reading takes seconds: whoever has not come back after that is dead.
DEAD_AFTER: Final = timedelta(minutes=5)
#: A document whose reader died that many times is not given to another.
MOST_TRIES: Final = 2
#: Words that come before a territory's own name.
BEFORE_NAMES: Final = ("region-academique", "academie", "departement", "bassin", "territoire", "region")
LINKING: Final = ("de-la", "de-l", "de", "du", "des", "d", "la", "le", "les", "l")

# In French whoever reads, like the messages of readers.
GONE: Final = "Le fichier n’est plus là : déposez-le de nouveau."
CRASHED: Final = "La lecture de ce document a échoué : signalez-le à qui gère cette installation."
ENDLESS: Final = "La lecture de ce document ne s’achève pas : il est trop lourd ou abîmé."

log = logging.getLogger(__name__)


def waiting(now: datetime, consultation: Consultation | None = None) -> QuerySet[ImportDraft]:
    """What is to be read, the oldest first; what a dead reader had taken too."""
    dead = Q(state=State.READING, taken_at__lt=now - DEAD_AFTER)
    drafts = ImportDraft.objects.filter(Q(state=State.WAITING) | dead).order_by("at", "pk")
    return drafts.filter(consultation=consultation) if consultation else drafts


def read_next(*, now: datetime, consultation: Consultation | None = None) -> ImportDraft | None:
    """The draft that was read, however that went; None where none waits."""
    for draft in waiting(now, consultation).select_related("consultation", "by")[:40]:
        if read(draft=draft, now=now):
            return draft
    return None


def read(*, draft: ImportDraft, now: datetime) -> bool:
    """Whether it was this call that read it; another may have taken it first."""
    if draft.tries >= MOST_TRIES:
        return _give_up(draft, now)
    # One statement both asks and takes, so that no two readers have the same.
    if (
        not waiting(now)
        .filter(pk=draft.pk)
        .order_by()
        .update(state=State.READING, taken_at=now, tries=F("tries") + 1)
    ):
        return False
    mine = ImportDraft.objects.filter(pk=draft.pk, state=State.READING, taken_at=now)
    mine.update(**_outcome(draft))
    draft.refresh_from_db()
    return True


def _outcome(draft: ImportDraft) -> dict[str, Any]:
    """What the draft becomes once its file has been read."""
    method = draft.consultation.method
    try:
        with files.opened(draft.uuid) as stream:
            reader = formats.detect(stream, draft.name)
            synthesis = reader.read(stream, method)
    except DocumentError as refusal:
        return {"state": State.FAILED, "message": str(refusal)}
    except OSError:
        return {"state": State.FAILED, "message": GONE}
    except Exception as crash:
        # A reader's mistake stays on its document: thirty-nine others wait. What the file says stays out of logs.
        log.error("A reader failed on draft %s: %s", draft.uuid, type(crash).__name__)
        return {"state": State.FAILED, "message": CRASHED}
    data = to_dict(synthesis)
    territory = draft.territory or guess_territory(draft, synthesis.territory)
    return {
        "state": State.READ,
        "message": "",
        "format": reader.name,
        "read": data,
        "corrected": data,
        "territory": territory,
        "updates": guess(draft.consultation, territory, synthesis, draft.name),
    }


def _give_up(draft: ImportDraft, now: datetime) -> bool:
    return bool(waiting(now).filter(pk=draft.pk).order_by().update(state=State.FAILED, message=ENDLESS))


def guess_territory(draft: ImportDraft, named: str | None) -> Territory | None:
    """The one territory of that name among those whose notebooks the person writes; the highest of several."""
    if not named or draft.by is None:
        return None
    wanted = _bare(named)
    if not wanted:
        return None
    among = editable_territories(draft.by, draft.consultation)
    found = [one for one in among.filter(slug__endswith=wanted[-20:]) if _bare(one.name) == wanted]
    highest = [one for one in found if one.depth == min(other.depth for other in found)]
    return highest[0] if len(highest) == 1 else None


def _bare(name: str) -> str:
    """A name as in addresses, without the words that say what kind of territory it is."""
    slug = slug_of(name)
    for word in BEFORE_NAMES:
        if slug.startswith(f"{word}-"):
            slug = slug.removeprefix(f"{word}-")
            for link in LINKING:
                if slug.startswith(f"{link}-"):
                    return slug.removeprefix(f"{link}-")
            return slug
    return slug
