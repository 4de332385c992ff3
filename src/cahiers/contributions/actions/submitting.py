"""Taking in all that a person sends at once: the submission, its closed answers and its contributions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction

from cahiers.accounts.models import Person
from cahiers.consultations.models import Consultation
from cahiers.contributions.actions.taking import Draft, check, store
from cahiers.contributions.models import Channel, Form, Submission
from cahiers.journal.actions import once, record
from cahiers.journal.models import Verb
from cahiers.territories.models import Territory


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A submission before it is taken in; its uuid is that of the command, made where it is written."""

    uuid: UUID
    territory: Territory
    channel: Channel
    form: Form | None = None
    category: str | None = None
    #: By the key of their question: see Submission.answers.
    answers: Mapping[str, Any] = field(default_factory=dict)
    #: Each with a uuid that is made of the submission's, so that sent twice they are the same.
    drafts: Sequence[Draft] = ()
    #: Token of the receipt; "" for none. Only its fingerprint is kept.
    receipt: str = ""
    language: str = "fr"

    @property
    def digest(self) -> str:
        """SHA-256 of all that is asked, in hexadecimal."""
        asked = (
            self.territory.pk,
            str(self.channel),
            self.form and self.form.pk,
            self.category,
            sorted(self.answers.items()),
            [(draft.uuid, draft.digest) for draft in self.drafts],
            fingerprint(self.receipt),
            self.language,
        )
        return sha256(repr(asked).encode()).hexdigest()


def fingerprint(token: str) -> str | None:
    """SHA-256 of a receipt's token, in hexadecimal; None where there is none."""
    return sha256(token.encode()).hexdigest() if token else None


@transaction.atomic
def submit_all(
    *, consultation: Consultation, sent: Sent, by: Person | None, now: datetime, checked: bool = True
) -> Submission:
    """Take in a submission; sent twice, it is taken in once.

    `checked` is False for what came in time and was held up on its way. Raises ConsultationClosed,
    OutsideConsultation, and journal.actions.CommandReused where the uuid came before with something else.
    """

    def take() -> UUID:
        if checked:
            for draft in sent.drafts:
                check(consultation, draft, now)
        submission = Submission.objects.create(
            uuid=sent.uuid,
            consultation=consultation,
            form=sent.form,
            territory=sent.territory,
            category=sent.category,
            channel=sent.channel,
            receipt=fingerprint(sent.receipt),
            answers=dict(sent.answers),
            language=sent.language,
            created_at=now,
        )
        drafts = [replace(draft, submission=submission) for draft in sent.drafts]
        store(consultation=consultation, drafts=drafts, now=now)
        record(
            stream=consultation.uuid,
            verb=Verb.SUBMIT,
            subject=sent.uuid,
            actor=by.uuid if by else None,
            command=sent.uuid,
            at=now,
        )
        return sent.uuid

    uuid = once(command=sent.uuid, digest=sent.digest, at=now, do=take)
    return Submission.objects.get(uuid=uuid)
