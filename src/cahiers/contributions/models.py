"""Contributions and the immutable revisions of their text."""

# ruff: noqa: DJ001, DJ008 - null tells what a document leaves out; rows have no name of their own

from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cahiers.consultations.models import Consultation, ConsultationTheme
from cahiers.journal.models import Personal
from cahiers.meetings.models import Meeting
from cahiers.territories.models import Territory

#: Kind of a feedback sheet (RETEX); every other kind is one of the method's.
FEEDBACK = "feedback"


class Immutable(Exception):
    """A revision was about to be changed."""


class Channel(models.TextChoices):
    DOCUMENT = "document", "Document"
    FORM = "form", "Formulaire"
    SURVEY = "survey", "Enquête"
    LETTER = "letter", "Courrier"
    IMPORT = "import", "Import"
    BOARD = "board", "Tableau de séance"


class Consent(models.TextChoices):
    UNKNOWN = "unknown", "Non demandé"
    INTERNAL = "internal", "Lecture par l’équipe seule"
    PUBLIC = "public", "Publication"


class Contribution(models.Model):
    """What one person or group said, kept once and verbatim; its uuid is made by who sends it."""

    uuid = models.UUIDField(unique=True, default=uuid4)
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="contributions")
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="contributions")
    meeting = models.ForeignKey(Meeting, models.SET_NULL, null=True, related_name="contributions")
    theme = models.ForeignKey(ConsultationTheme, models.SET_NULL, null=True, related_name="contributions")
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
    # By uuid, which is known before either row is written: so that "there is always one" is a constraint.
    current = models.OneToOneField(
        "Revision", models.RESTRICT, to_field="uuid", db_column="current_uuid", related_name="currently"
    )
    created_at = models.DateTimeField()

    PERSONAL: ClassVar[Personal] = {
        "voice_key": (_("compter une voix une seule fois"), _("jusqu’à ce que son effacement soit demandé")),
        "links": (
            _("garder ce qui a été dit, mot pour mot"),
            _("jusqu’à ce que son effacement soit demandé"),
        ),
    }

    class Meta:
        ordering = ("consultation", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="contribution_channel_known"
            ),
            models.CheckConstraint(
                condition=Q(consent__in=Consent.values), name="contribution_consent_known"
            ),
            models.CheckConstraint(condition=~Q(kind=""), name="contribution_kind_given"),
            models.CheckConstraint(condition=Q(stands_for__gte=1), name="contribution_stands_for_someone"),
        )


class Revision(models.Model):
    """What a contribution said at a time: its text, and the scope and links that go with it."""

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(default=1)
    text = models.TextField(blank=True)
    scope = models.TextField(null=True)
    links = models.JSONField(default=list)
    at = models.DateTimeField()

    PERSONAL: ClassVar[Personal] = {
        "text": (_("garder ce qui a été dit, mot pour mot"), _("jusqu’à ce que son effacement soit demandé")),
        "scope": (_("dire d’où vient ce qui a été dit"), _("aussi longtemps que la concertation")),
        "links": (
            _("garder ce qui a été dit, mot pour mot"),
            _("jusqu’à ce que son effacement soit demandé"),
        ),
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
