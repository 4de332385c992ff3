"""Taking in what people say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from types import MappingProxyType
from uuid import UUID, uuid4

from django.db import transaction

from cahiers.accounts.models import Person
from cahiers.consultations.models import Consultation, ConsultationTheme
from cahiers.consultations.windows import is_open
from cahiers.contributions import search
from cahiers.contributions.models import (
    FEEDBACK,
    Channel,
    Consent,
    Contribution,
    Question,
    Revision,
    Status,
    Submission,
)
from cahiers.contributions.paragraphs import paragraphs
from cahiers.contributions.privacy.flags import flag
from cahiers.journal.actions import once, record
from cahiers.journal.inserting import insert
from cahiers.journal.models import Verb
from cahiers.meetings.models import Meeting
from cahiers.territories.models import Territory

#: Channels of what someone of the team, or the room, has before them as it comes in.
READ_BEFORE = (Channel.DOCUMENT, Channel.BOARD)
#: Of what is no sheet with headings.
NO_PARTS: Mapping[str, str] = MappingProxyType({})


class ConsultationClosed(Exception):
    """The consultation, or every stage that has that kind of statement, is not open then."""


class OutsideConsultation(ValueError):
    """The territory, meeting, theme or kind is none of the consultation's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A contribution before it is taken in; its uuid is made where it is written."""

    territory: Territory
    channel: Channel
    text: str
    kind: str = FEEDBACK
    uuid: UUID = field(default_factory=uuid4)
    meeting: Meeting | None = None
    theme: ConsultationTheme | None = None
    category: str | None = None
    scope: str | None = None
    links: tuple[str, ...] = ()
    stands_for: int = 1
    voice_key: str = ""
    consent: Consent = Consent.UNKNOWN
    status: Status = Status.ACCEPTED
    title: str = ""
    #: What a sheet says under each heading; `text` holds all of it: see sheets.text_of.
    parts: Mapping[str, str] = field(default_factory=dict)
    said_on: date | None = None
    language: str = "fr"
    submission: Submission | None = None
    question: Question | None = None

    def __post_init__(self) -> None:
        # One form for all that comes in: spans of citations and flags count its characters.
        object.__setattr__(self, "text", paragraphs(self.text))
        object.__setattr__(self, "parts", {name: paragraphs(said) for name, said in self.parts.items()})

    @property
    def digest(self) -> str:
        """SHA-256 of all that is asked, in hexadecimal."""
        asked = (
            self.territory.pk,
            self.meeting and self.meeting.pk,
            self.theme and self.theme.pk,
            str(self.channel),
            self.kind,
            self.text,
            self.category,
            self.scope,
            self.links,
            self.stands_for,
            self.voice_key,
            str(self.consent),
            self.title,
            sorted(self.parts.items()),
            self.said_on,
            self.language,
            self.question and self.question.key,
        )
        return sha256(repr(asked).encode()).hexdigest()


@transaction.atomic
def submit(*, consultation: Consultation, draft: Draft, by: Person | None, now: datetime) -> Contribution:
    """Take in one contribution; sent twice, it is taken in once.

    Raises ConsultationClosed, OutsideConsultation, and journal.actions.CommandReused where the uuid came before
    with something else.
    """

    def take() -> UUID:
        check(consultation, draft, now)
        store(consultation=consultation, drafts=[draft], now=now)
        record(
            stream=consultation.uuid,
            verb=Verb.SUBMIT,
            subject=draft.uuid,
            actor=by.uuid if by else None,
            command=draft.uuid,
            at=now,
        )
        return draft.uuid

    uuid = once(command=draft.uuid, digest=draft.digest, at=now, do=take)
    return Contribution.objects.select_related("current").get(uuid=uuid)


def store(
    *, consultation: Consultation, drafts: Iterable[Draft], now: datetime, later: bool = False
) -> list[Contribution]:
    """Write many at once, in their order, for an action that checks them and makes its one journal entry itself.

    With `later`, who calls sees to it that `notice` is called: until then they are not found by their words, and what
    they tell of someone is not flagged.
    """
    drafts = list(drafts)
    if later and any(draft.channel not in READ_BEFORE for draft in drafts):
        raise ValueError("What tells of someone is held back from strangers before they can read it.")
    texts = [uuid4() for _ in drafts]
    contributions = insert(
        [
            Contribution(
                uuid=draft.uuid,
                consultation=consultation,
                territory=draft.territory,
                meeting=draft.meeting,
                theme=draft.theme,
                channel=draft.channel,
                kind=draft.kind,
                category=draft.category,
                scope=draft.scope,
                links=list(draft.links),
                stands_for=draft.stands_for,
                voice_key=draft.voice_key,
                consent=draft.consent,
                status=draft.status,
                said_on=draft.said_on,
                language=draft.language,
                submission=draft.submission,
                question=draft.question,
                current_id=text,
                created_at=now,
            )
            for draft, text in zip(drafts, texts, strict=True)
        ]
    )
    revisions = insert(
        [
            Revision(
                uuid=text,
                contribution=contribution,
                title=draft.title,
                text=draft.text,
                parts=dict(draft.parts),
                scope=draft.scope,
                links=list(draft.links),
                at=now,
            )
            for draft, text, contribution in zip(drafts, texts, contributions, strict=True)
        ]
    )
    for contribution, revision in zip(contributions, revisions, strict=True):
        contribution.current = revision
    if not later:
        _hold_back(contributions, flag(revisions))
        search.index(revisions)
    return contributions


@transaction.atomic
def notice(uuids: Iterable[UUID]) -> None:
    """Flag what these contributions say now, and make them findable; a second time changes nothing."""
    # Locked: a text that is erased meanwhile would come back by its words.
    locked = Contribution.objects.select_for_update().filter(uuid__in=list(uuids)).order_by("pk")
    said = list(Revision.objects.filter(uuid__in=list(locked.values_list("current_id", flat=True))))
    flag(said)
    search.index(said)


def _hold_back(contributions: Sequence[Contribution], flagged: set[int]) -> None:
    """What people sent and may tell who someone is waits to be read; a document was read by who imports it."""
    held = [
        one
        for one in contributions
        if one.pk in flagged and one.status == Status.ACCEPTED and one.channel not in READ_BEFORE
    ]
    for one in held:
        one.status = Status.PENDING
    Contribution.objects.filter(pk__in=[one.pk for one in held]).update(status=Status.PENDING)


def revise(
    *,
    contribution: Contribution,
    text: str,
    scope: str | None,
    links: Iterable[str],
    now: datetime,
    title: str = "",
    parts: Mapping[str, str] = NO_PARTS,
) -> Revision:
    """What it says from now on, for an action that holds a lock and makes the journal entry itself.

    The same words make no revision: the current one is handed back.
    """
    old = contribution.current
    held = {name: paragraphs(said) for name, said in parts.items()}
    said = {"title": title, "text": paragraphs(text), "parts": held, "scope": scope, "links": list(links)}
    if all(getattr(old, name) == value for name, value in said.items()):
        return old
    new = Revision.objects.create(contribution=contribution, number=old.number + 1, at=now, **said)
    contribution.current, contribution.scope, contribution.links = new, scope, list(links)
    # Its own row first, as `notice` does: each would wait for the other on PostgreSQL.
    contribution.save(update_fields=["current", "scope", "links"])
    flag([new])
    search.index([new])
    return new


def check(consultation: Consultation, draft: Draft, now: datetime) -> None:
    if not is_open(consultation, None, now):
        raise ConsultationClosed(consultation.title)
    if not consultation.covers(draft.territory):
        raise OutsideConsultation(draft.territory.name)
    for part in (draft.meeting, draft.theme):
        if part is not None and part.consultation_id != consultation.pk:
            raise OutsideConsultation(str(part))
    stages = [stage.key for stage in consultation.method.stages if draft.kind in stage.kinds]
    if not stages and draft.kind != FEEDBACK:
        raise OutsideConsultation(draft.kind)
    if stages and not any(is_open(consultation, stage, now) for stage in stages):
        raise ConsultationClosed(consultation.title)
