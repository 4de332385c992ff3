"""Contributions, the immutable revisions of their text, and the submissions that brought several at once."""

# ruff: noqa: DJ001, DJ008 - null tells what a document leaves out; rows have no name of their own

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cahiers.consultations.models import Consultation, ConsultationTheme
from cahiers.journal.models import Personal
from cahiers.meetings.models import Meeting
from cahiers.territories.models import Territory

#: Kind of a feedback sheet (RETEX); every other kind is one of the method's.
FEEDBACK = "feedback"

_SAID = _("garder ce qui a été dit, mot pour mot")
_UNTIL_ERASED = _("jusqu’à ce que son effacement soit demandé")


class Immutable(Exception):
    """A revision was about to be changed."""


def one_of(field: str, values: Iterable[str]) -> Q:
    """As `field__in` in a constraint, for which SQLite would make a table anew for every row that is written."""
    return reduce(or_, [Q((field, value)) for value in values])


def given(field: str, *, name: str) -> models.Index:
    """An index of the rows that have one, where few do: a row without costs nothing, and no room."""
    return models.Index(fields=(field,), condition=Q((f"{field}__isnull", False)), name=name)


class Channel(models.TextChoices):
    DOCUMENT = "document", pgettext_lazy("channel", "Document")
    FORM = "form", pgettext_lazy("channel", "Formulaire")
    SURVEY = "survey", pgettext_lazy("channel", "Enquête")
    LETTER = "letter", pgettext_lazy("channel", "Courrier")
    PHONE = "phone", pgettext_lazy("channel", "Téléphone")
    PAPER = "paper", pgettext_lazy("channel", "Fiche papier")
    IMPORT = "import", pgettext_lazy("channel", "Import")
    BOARD = "board", pgettext_lazy("channel", "Tableau de séance")


class Consent(models.TextChoices):
    UNKNOWN = "unknown", _("Non demandé")
    INTERNAL = "internal", _("Lecture par l’équipe seule")
    PUBLIC = "public", _("Publication")


class Status(models.TextChoices):
    """Where a contribution stands: only what is accepted is ever shown to strangers, and nothing that is arriving.

    Lines of a table that is all or nothing arrive, unseen by anyone, until the last of them is in.
    """

    ARRIVING = "arriving", pgettext_lazy("contribution", "En cours d’import")
    PENDING = "pending", pgettext_lazy("contribution", "À relire")
    ACCEPTED = "accepted", pgettext_lazy("contribution", "Acceptée")
    HIDDEN = "hidden", pgettext_lazy("contribution", "Masquée")
    WITHDRAWN = "withdrawn", pgettext_lazy("contribution", "Retirée par son auteur")
    ERASED = "erased", pgettext_lazy("contribution", "Effacée")


class Submission(models.Model):
    """What one person or group sent at once: closed answers, and the contributions that point to it.

    Whoever holds the receipt whose SHA-256 is `receipt` may read, correct, withdraw and erase it.
    """

    uuid = models.UUIDField(unique=True, default=uuid4)
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="submissions")
    #: Null for what came through no form of ours, which its index leaves out.
    form = models.ForeignKey("Form", models.PROTECT, null=True, related_name="submissions", db_index=False)
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="submissions")
    category = models.TextField(null=True)
    channel = models.TextField(choices=Channel)
    #: SHA-256 of the receipt's token, in hexadecimal; the token itself is kept nowhere.
    receipt = models.CharField(max_length=64, unique=True, null=True)
    #: Closed answers by the key of their question: a text, a number, a list of texts, or texts by line of a matrix.
    answers = models.JSONField(default=dict)
    language = models.CharField(max_length=8, default="fr")
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    PERSONAL: ClassVar[Personal] = {
        "answers": (_("compter les réponses à un questionnaire"), _UNTIL_ERASED),
        "receipt": (_("rendre à chacun la main sur ce qu’il a dit"), _UNTIL_ERASED),
    }

    class Meta:
        ordering = ("consultation", "pk")
        indexes = (given("form", name="submission_by_form"),)
        constraints = (
            models.CheckConstraint(
                condition=one_of("channel", Channel.values), name="submission_channel_known"
            ),
        )


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def public(self) -> "ContributionQuerySet":
        """What strangers may read."""
        return self.filter(
            status=Status.ACCEPTED, consent=Consent.PUBLIC, consultation__published_at__isnull=False
        )

    def standing(self) -> "ContributionQuerySet":
        """What the team works with: neither hidden, withdrawn nor erased, and no copy of another that stands."""
        standing = (Status.PENDING, Status.ACCEPTED)
        return self.filter(Q(twin_of=None) | ~Q(twin_of__status__in=standing), status__in=standing)


class Contribution(models.Model):
    """What one person or group said, kept once and verbatim; its uuid is made by who sends it."""

    uuid = models.UUIDField(unique=True, default=uuid4)
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="contributions")
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="contributions")
    meeting = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, related_name="contributions", db_index=False
    )
    theme = models.ForeignKey(ConsultationTheme, models.SET_NULL, null=True, related_name="contributions")
    submission = models.ForeignKey(Submission, models.CASCADE, null=True, related_name="contributions")
    #: The question that this answers; null outside questionnaires.
    question = models.ForeignKey(
        "Question", models.PROTECT, null=True, related_name="contributions", db_index=False
    )
    channel = models.TextField(choices=Channel)
    kind = models.TextField()
    #: Key of the method's participant category.
    category = models.TextField(null=True)
    #: Where it comes from, as written: "académie", "Loire".
    scope = models.TextField(null=True)
    links = models.JSONField(default=list)
    stands_for = models.PositiveIntegerField(default=1)
    #: Same for what one voice said, and says nothing of whose it is.
    voice_key = models.TextField(blank=True)
    consent = models.TextField(choices=Consent, default=Consent.UNKNOWN)
    status = models.TextField(choices=Status, default=Status.ACCEPTED)
    #: Why it is hidden, which its author's receipt says.
    hidden_because = models.TextField(blank=True)
    #: The one that says the same in the same words, which stands for both; both are kept.
    twin_of = models.ForeignKey("self", models.SET_NULL, null=True, related_name="twins", db_index=False)
    #: The day that it was said, where that is not the day that it came in.
    said_on = models.DateField(null=True)
    language = models.CharField(max_length=8, default="fr")
    # By uuid, which is known before either row is written: so that "there is always one" is a constraint.
    current = models.OneToOneField(
        "Revision", models.RESTRICT, to_field="uuid", db_column="current_uuid", related_name="currently"
    )
    created_at = models.DateTimeField()

    objects = ContributionQuerySet.as_manager()

    PERSONAL: ClassVar[Personal] = {
        "voice_key": (_("compter une voix une seule fois"), _UNTIL_ERASED),
        "links": (_SAID, _UNTIL_ERASED),
        "hidden_because": (_("dire à l’auteur pourquoi son texte est masqué"), _UNTIL_ERASED),
    }

    class Meta:
        ordering = ("consultation", "pk")
        indexes = (
            models.Index(fields=("consultation", "status", "-id"), name="contribution_by_status"),
            given("meeting", name="contribution_by_meeting"),
            given("question", name="contribution_by_question"),
            given("twin_of", name="contribution_by_twin"),
        )
        constraints = (
            models.CheckConstraint(
                condition=one_of("channel", Channel.values), name="contribution_channel_known"
            ),
            models.CheckConstraint(
                condition=one_of("consent", Consent.values), name="contribution_consent_known"
            ),
            models.CheckConstraint(
                condition=one_of("status", Status.values), name="contribution_status_known"
            ),
            models.CheckConstraint(
                condition=Q(hidden_because="") | Q(status__in=(Status.HIDDEN, Status.ERASED)),
                name="contribution_hidden_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(twin_of=None) | ~Q(twin_of=models.F("id")), name="contribution_no_twin_of_itself"
            ),
            models.CheckConstraint(condition=~Q(kind=""), name="contribution_kind_given"),
            models.CheckConstraint(condition=Q(stands_for__gte=1), name="contribution_stands_for_someone"),
        )


class Revision(models.Model):
    """What a contribution said at a time: its words, and the scope and links that go with them."""

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    # Found by the constraint's index.
    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="revisions", db_index=False)
    number = models.PositiveIntegerField(default=1)
    title = models.TextField(blank=True)
    #: The whole of what was said, which is what citations count their spans in.
    text = models.TextField(blank=True)
    #: What a sheet said under each of its headings, by their keys; `text` is made of it. Empty for free text.
    parts = models.JSONField(default=dict)
    scope = models.TextField(null=True)
    links = models.JSONField(default=list)
    at = models.DateTimeField()

    PERSONAL: ClassVar[Personal] = {
        "title": (_SAID, _UNTIL_ERASED),
        "text": (_SAID, _UNTIL_ERASED),
        "parts": (_SAID, _UNTIL_ERASED),
        "scope": (_("dire d’où vient ce qui a été dit"), _("aussi longtemps que la concertation")),
        "links": (_SAID, _UNTIL_ERASED),
    }

    class Meta:
        ordering = ("contribution", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("contribution", "number"), name="contribution_revision_number_unique"
            ),
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Immutable("A revision is never changed: make the next one.")
        super().save(*args, **kwargs)

    @property
    def said(self) -> dict[str, str]:
        """All of its words, by where flags are counted in; what stands under headings is in the text."""
        return {"text": self.text, "title": self.title, "links": "\n".join(self.links)}
