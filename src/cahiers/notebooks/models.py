"""Notebooks: themes, stages' rows, statements, and the revisions of both."""

# ruff: noqa: DJ001, DJ008 - null tells what a document leaves out; rows have no name of their own

import secrets
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cahiers.consultations.models import Consultation, ConsultationTheme
from cahiers.contributions.models import Contribution, Immutable
from cahiers.journal.models import Personal
from cahiers.meetings.models import Meeting
from cahiers.notebooks.annexes.models import Annex as Annex
from cahiers.notebooks.citations.models import Citation as Citation
from cahiers.notebooks.citations.models import Link as Link
from cahiers.notebooks.citations.models import Sameness as Sameness
from cahiers.notebooks.intake.models import EarlierDraft as EarlierDraft
from cahiers.notebooks.intake.models import ImportDraft as ImportDraft
from cahiers.notebooks.merging.models import ImportedText as ImportedText
from cahiers.territories.models import Territory
from cahiers.ui.addresses import address

#: Words of addresses that stand where a notebook's does.
RESERVED = (
    *("sessions", "donnees", "syntheses", "plan", "equipe", "importer", "telecharger", "annexes"),
    *("contribuer", "contributions", "formulaires", "moderation", "saisie", "collecte", "qui-a-parle"),
    *("invitations", "registre"),
)
#: Between neighbours, so that something can be put between them without renumbering the rest.
STEP = 1024
#: No vowel, so that no word is spelt; no digit or letter that is read as another.
CODE_LETTERS = "23456789bcdfghjkmnpqrstvwxyz"


def short_code() -> str:
    """Ten letters and digits (48 bits) that stand in a short address and are never used again."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(10))


class ImportedFile(models.Model):
    """A file that was read into a notebook, and what the reader doubted."""

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="imported_files")
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="imported_files")
    sha256 = models.CharField(max_length=64)
    name = models.TextField()
    size = models.PositiveBigIntegerField()
    format = models.TextField()
    #: Each as in the interchange format: message, text, source.
    warnings = models.JSONField(default=list)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    imported_at = models.DateTimeField()

    PERSONAL: ClassVar[Personal] = {
        "imported_by": (_("dire qui a importé le document"), _("jusqu’à la suppression du compte")),
        "name": (_("retrouver le document d’origine"), _("aussi longtemps que la concertation")),
        "warnings": (
            _("montrer ce qui n’a pu être placé, mot pour mot"),
            _("aussi longtemps que la concertation"),
        ),
    }

    class Meta:
        ordering = ("imported_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("consultation", "territory", "sha256"), name="imported_file_unique"
            ),
        )


class Placed(models.Model):
    """Where a thing stood in the file that it came from; all empty for what was written here."""

    source_file = models.ForeignKey(ImportedFile, models.RESTRICT, null=True, related_name="+")
    source_page = models.PositiveBigIntegerField(null=True)
    source_line = models.PositiveBigIntegerField(null=True)
    source_cell = models.TextField(null=True)

    class Meta:
        abstract = True


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


class NotebookFeedback(Placed):
    """A feedback sheet (RETEX) as the notebook numbers it; what it says is the contribution."""

    theme = models.ForeignKey(NotebookTheme, models.CASCADE, related_name="feedback")
    contribution = models.ForeignKey(Contribution, models.RESTRICT, related_name="sheets")
    position = models.PositiveIntegerField()
    number = models.PositiveBigIntegerField(null=True)

    class Meta:
        ordering = ("theme_id", "position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("theme", "contribution"), name="feedback_once_a_theme"),
        )


class RemovedSheet(Placed):
    """Where a sheet stood that was taken out of the notebook, so that it can be put back; its words are kept."""

    theme = models.ForeignKey(NotebookTheme, models.CASCADE, related_name="removed_sheets")
    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()
    number = models.PositiveBigIntegerField(null=True)
    #: Of the last removal, which undoing names.
    command = models.UUIDField(unique=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("theme", "contribution"), name="removed_once_a_theme"),
        )


class Past(models.Model):
    """A thing at a time. To undo is to make a revision like an earlier one."""

    #: Fields that say how the thing was, as against when and by which command it came to be so.
    STATE: ClassVar[tuple[str, ...]]

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    number = models.PositiveIntegerField(default=1)
    present = models.BooleanField(default=True)
    at = models.DateTimeField()
    #: What the journal knows it by, and who made it; null for what was imported.
    command = models.UUIDField(null=True, db_index=True)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Immutable("A revision is never changed: make the next one.")
        super().save(*args, **kwargs)

    @property
    def state(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.STATE}


class Row(Placed):
    """A group of ordered lists of statements, one a kind, in a stage's table."""

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    theme = models.ForeignKey(NotebookTheme, models.CASCADE, related_name="rows")
    stage = models.TextField()
    position = models.PositiveIntegerField()
    name = models.TextField(null=True)
    #: The theme as the row's own cell writes it, where that differs from the title.
    theme_text = models.TextField(null=True)
    #: What stood in place of feedback numbers.
    feedback_text = models.JSONField(default=list)
    #: False once deleted: the row stays with its statements, so that it can come back.
    present = models.BooleanField(default=True)
    # By uuid, as in Statement.
    current = models.OneToOneField(
        "RowRevision", models.RESTRICT, to_field="uuid", db_column="current_uuid", related_name="currently"
    )

    class Meta:
        ordering = ("theme_id", "position", "pk")
        constraints = (models.CheckConstraint(condition=~Q(stage=""), name="row_in_a_stage"),)


class RowRevision(Past):
    """A row at a time: its name, its place, what it cites; not its statements, which have their own."""

    STATE = ("theme_id", "position", "name", "theme_text", "feedback_text", "cited", "present")

    row = models.ForeignKey(Row, models.CASCADE, related_name="revisions")
    theme = models.ForeignKey(NotebookTheme, models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()
    name = models.TextField(null=True)
    theme_text = models.TextField(null=True)
    feedback_text = models.JSONField(default=list)
    #: Feedback numbers, in order.
    cited = models.JSONField(default=list)

    class Meta:
        ordering = ("row_id", "number")
        constraints = (models.UniqueConstraint(fields=("row", "number"), name="row_revision_number_unique"),)


class RowFeedback(models.Model):
    """A feedback number that a row cites; `sheet` is null where the notebook has none of that number."""

    row = models.ForeignKey(Row, models.CASCADE, related_name="cited")
    position = models.PositiveIntegerField()
    number = models.PositiveBigIntegerField()
    sheet = models.ForeignKey(NotebookFeedback, models.SET_NULL, null=True, related_name="cited_by")

    class Meta:
        ordering = ("row_id", "position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("row", "position"), name="row_feedback_position_unique"),
        )


class Statement(Placed):
    """What was said, of one kind, in one row."""

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    #: Its short address for ever, wherever it is moved.
    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    row = models.ForeignKey(Row, models.CASCADE, related_name="statements")
    kind = models.TextField()
    position = models.PositiveIntegerField()
    #: Particularly stressed in the exchanges.
    emphasised = models.BooleanField(default=False)
    #: False once deleted: the statement stays, so that it can come back and its address goes on answering.
    present = models.BooleanField(default=True)
    # By uuid, which is known before either row is written: so that "there is always one" is a constraint.
    current = models.OneToOneField(
        "StatementRevision",
        models.RESTRICT,
        to_field="uuid",
        db_column="current_uuid",
        related_name="currently",
    )

    class Meta:
        ordering = ("row_id", "position", "pk")
        constraints = (models.CheckConstraint(condition=~Q(kind=""), name="statement_kind_given"),)


class StatementRevision(Past):
    """A statement at a time: its text and its place."""

    STATE = ("text", "row_id", "kind", "position", "emphasised", "present")

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="revisions")
    text = models.TextField()
    row = models.ForeignKey(Row, models.CASCADE, related_name="+")
    kind = models.TextField()
    position = models.PositiveIntegerField()
    emphasised = models.BooleanField(default=False)

    PERSONAL: ClassVar[Personal] = {
        "text": (_("garder ce qui a été dit, mot pour mot"), _("jusqu’à ce que son effacement soit demandé")),
    }

    class Meta:
        ordering = ("statement_id", "number")
        constraints = (
            models.UniqueConstraint(fields=("statement", "number"), name="statement_revision_number_unique"),
            models.CheckConstraint(condition=~Q(text=""), name="statement_revision_text_given"),
        )


class EditionQuerySet(models.QuerySet["Edition"]):
    def standing(self) -> "EditionQuerySet":
        """Those that are not withdrawn."""
        return self.filter(withdrawn_at=None)

    def light(self) -> "EditionQuerySet":
        """Without what they hold, which may weigh a megabyte."""
        return self.defer("text", "places")


class Edition(models.Model):
    """A numbered, frozen synthesis of a notebook; only its withdrawal is written afterwards."""

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    notebook = models.ForeignKey(Notebook, models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField()
    #: The interchange format as its writer writes it. Text, for a database would not keep the order of JSON's members.
    text = models.TextField()
    #: SHA-256 of that text in hexadecimal: anyone who downloads it can tell that it is whole.
    digest = models.CharField(max_length=64)
    #: For each theme in order, what its rows and statements are known by: see freezing.places_of.
    places = models.JSONField()
    #: What differs from the edition that was live before; null where none was: see comparison.Changes.
    changes = models.JSONField(null=True)
    note = models.TextField(blank=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    #: Why, which its address goes on saying.
    withdrawn_because = models.TextField(blank=True)

    objects = EditionQuerySet.as_manager()

    WITHDRAWAL: ClassVar[tuple[str, ...]] = ("withdrawn_at", "withdrawn_because")
    PERSONAL: ClassVar[Personal] = {
        "text": (
            _("garder ce qui a été publié, mot pour mot"),
            _("jusqu’à ce que son effacement soit demandé"),
        ),
        "note": (_("dire ce qu’une édition a de nouveau"), _("aussi longtemps que la concertation")),
        "published_by": (_("dire qui a publié une édition"), _("jusqu’à la suppression du compte")),
        "withdrawn_because": (
            _("dire pourquoi une édition est retirée"),
            _("aussi longtemps que la concertation"),
        ),
    }

    class Meta:
        ordering = ("notebook_id", "number")
        constraints = (
            models.UniqueConstraint(fields=("notebook", "number"), name="edition_number_unique"),
            models.CheckConstraint(condition=Q(number__gte=1), name="edition_number_from_one"),
            models.CheckConstraint(
                condition=Q(withdrawn_because="") | Q(withdrawn_at__isnull=False),
                name="edition_withdrawn_for_a_reason",
            ),
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding and not set(kwargs.get("update_fields") or ("all",)) <= {*self.WITHDRAWAL}:
            raise Immutable("An edition is never changed: publish the next one.")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return address("edition", self.notebook.consultation.slug, self.notebook.slug, self.number)
