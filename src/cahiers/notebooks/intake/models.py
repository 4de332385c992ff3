"""Documents on their way in, and how each was before its last corrections."""

# ruff: noqa: DJ008 - rows have no name of their own

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cahiers.consultations.models import Consultation
from cahiers.journal.models import Personal
from cahiers.territories.models import Territory


class State(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("document", "en attente de lecture")
    READING = "reading", pgettext_lazy("document", "en cours de lecture")
    READ = "read", pgettext_lazy("document", "lu, à vérifier")
    FAILED = "failed", pgettext_lazy("document", "illisible")
    IMPORTED = "imported", pgettext_lazy("document", "importé")
    LEFT = "left", pgettext_lazy("document", "laissé")


#: Those that still ask something of someone.
OPEN = (State.WAITING, State.READING, State.READ, State.FAILED)


class ImportDraft(models.Model):
    """A document that was dropped: its file, what was understood of it, and what people corrected since.

    The file stands in MEDIA_ROOT under the draft's uuid; no address serves it.
    """

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="import_drafts")
    territory = models.ForeignKey(Territory, models.PROTECT, null=True, related_name="import_drafts")
    name = models.TextField()
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    format = models.TextField(blank=True)
    state = models.TextField(choices=State, default=State.WAITING)
    #: When a reader took it, which also names that reader: one that died is replaced.
    taken_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    #: Why it could not be read.
    message = models.TextField(blank=True)
    #: Syntheses in the interchange format.
    read = models.JSONField(null=True)
    corrected = models.JSONField(null=True)
    #: One more a correction; a form that has seen another one writes nothing.
    version = models.PositiveIntegerField(default=0)
    #: The notebook that it is a newer version of, as guessed or chosen; null makes a new one.
    updates = models.ForeignKey("notebooks.Notebook", models.SET_NULL, null=True, related_name="+")
    #: Conflicts with that notebook, by their ids, of which what the document says was chosen.
    chosen = models.JSONField(default=list)
    notebook = models.ForeignKey("notebooks.Notebook", models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    PERSONAL: ClassVar[Personal] = {
        "name": (_("retrouver le document d’origine"), _("aussi longtemps que la concertation")),
        "read": (_("comparer ce qui est corrigé à ce qui a été lu"), _("jusqu’à l’import ou l’abandon")),
        "corrected": (_("vérifier un document avant de l’importer"), _("jusqu’à l’import ou l’abandon")),
        "by": (_("dire qui a déposé le document"), _("jusqu’à la suppression du compte")),
    }

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("consultation", "sha256"), condition=Q(state__in=OPEN), name="import_draft_once"
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="import_draft_state_known"),
            # What was understood is kept while it can be corrected, and no longer.
            models.CheckConstraint(
                condition=Q(state=State.READ, read__isnull=False, corrected__isnull=False)
                | (~Q(state=State.READ) & Q(read__isnull=True, corrected__isnull=True)),
                name="import_draft_content_while_read",
            ),
            models.CheckConstraint(
                condition=Q(state=State.IMPORTED) | Q(notebook__isnull=True), name="import_draft_notebook"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("import_draft", args=[self.consultation.slug, self.uuid])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_read(self) -> bool:
        return self.state == State.READ


class EarlierDraft(models.Model):
    """What a draft held before a correction; only the last few are kept."""

    draft = models.ForeignKey(ImportDraft, models.CASCADE, related_name="earlier")
    #: The draft's version at that time.
    version = models.PositiveIntegerField()
    corrected = models.JSONField()

    PERSONAL: ClassVar[Personal] = {
        "corrected": (_("annuler une correction"), _("jusqu’à l’import ou l’abandon")),
    }

    class Meta:
        ordering = ("draft_id", "-version")
        constraints = (
            models.UniqueConstraint(fields=("draft", "version"), name="earlier_draft_version_unique"),
        )
