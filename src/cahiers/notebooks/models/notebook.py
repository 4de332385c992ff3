"""Notebooks, the meetings that they account for, their themes."""

# ruff: noqa: DJ001, DJ008 - null tells what a document leaves out; links have no name of their own

from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from cahiers.consultations.models import Consultation, ConsultationTheme
from cahiers.meetings.models import Meeting
from cahiers.territories.models import Territory
from cahiers.ui.addresses import address

#: Words of addresses that stand where a notebook's does.
RESERVED = (
    *("sessions", "donnees", "syntheses", "plan", "equipe", "importer", "telecharger", "annexes"),
    *("contribuer", "contributions", "formulaires", "moderation", "saisie", "collecte", "qui-a-parle"),
    *("invitations", "registre"),
)


class NotebookQuerySet(models.QuerySet["Notebook"]):
    def published(self) -> "NotebookQuerySet":
        return self.filter(live__isnull=False, consultation__published_at__isnull=False)


class Notebook(models.Model):
    """The account of a territory."""

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="notebooks")
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="notebooks")
    slug = models.SlugField(max_length=80)
    title = models.TextField()
    #: Territory and consultation as the imported document names them.
    territory_text = models.TextField(null=True)
    consultation_text = models.TextField(null=True)
    meetings = models.ManyToManyField(Meeting, through="NotebookMeeting", related_name="notebooks")
    created_at = models.DateTimeField()
    #: Uuid of the live meeting whose stream its edits enter; null outside one.
    live_stream = models.UUIDField(null=True)
    #: The latest edition that is not withdrawn, which everyone reads; null hides the notebook.
    live = models.OneToOneField("Edition", models.SET_NULL, null=True, related_name="+")

    objects = NotebookQuerySet.as_manager()

    class Meta:
        ordering = ("consultation_id", "territory__path", "pk")
        constraints = (
            models.UniqueConstraint(fields=("consultation", "slug"), name="notebook_slug_unique"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(slug=""), name="notebook_titled"),
            models.CheckConstraint(condition=~Q(slug__in=RESERVED), name="notebook_slug_free"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("notebook", self.consultation.slug, self.slug)

    @property
    def is_published(self) -> bool:
        return self.live_id is not None

    @property
    def stream(self) -> UUID:
        """Of the journal, for its edits: forty meetings at once do not wait for each other."""
        return self.live_stream or self.consultation.uuid


class NotebookMeeting(models.Model):
    """A meeting that the notebook accounts for, in the notebook's order."""

    notebook = models.ForeignKey(Notebook, models.CASCADE, related_name="meeting_links")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="notebook_links")
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ("notebook_id", "position", "pk")
        constraints = (models.UniqueConstraint(fields=("notebook", "meeting"), name="notebook_meeting_once"),)


class NotebookTheme(models.Model):
    """A theme as the notebook numbers and titles it; it may be none of the consultation's."""

    notebook = models.ForeignKey(Notebook, models.CASCADE, related_name="themes")
    theme = models.ForeignKey(ConsultationTheme, models.SET_NULL, null=True, related_name="notebook_themes")
    #: From 1 in the notebook; stands in its address.
    order = models.PositiveIntegerField()
    #: As the document numbers it.
    number = models.PositiveBigIntegerField(null=True)
    title = models.TextField(blank=True)

    class Meta:
        ordering = ("notebook_id", "order")
        constraints = (
            models.UniqueConstraint(fields=("notebook", "order"), name="notebook_theme_order_unique"),
            models.CheckConstraint(condition=Q(order__gte=1), name="notebook_theme_order_from_one"),
        )

    def __str__(self) -> str:
        return self.title
