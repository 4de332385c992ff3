"""Annexes of meetings and of notebooks."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cahiers.consultations.models import Consultation
from cahiers.journal.models import Personal
from cahiers.meetings.models import Meeting


class Annex(models.Model):
    """A file as it was sent; it stands in MEDIA_ROOT under its uuid, for as long as its row."""

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="annexes")
    #: What it goes with: one of the two. Neither goes while a file goes with it.
    meeting = models.ForeignKey(Meeting, models.RESTRICT, null=True, related_name="annexes")
    notebook = models.ForeignKey("notebooks.Notebook", models.RESTRICT, null=True, related_name="annexes")
    title = models.TextField()
    name = models.TextField()
    size = models.PositiveBigIntegerField()
    #: As our own list names it, never as the sender does.
    media_type = models.TextField()
    sha256 = models.CharField(max_length=64)
    #: Whether strangers may have it, once they may read what it goes with.
    public = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    PERSONAL: ClassVar[Personal] = {
        "title": (_("retrouver un fichier joint"), _("jusqu’à la suppression du fichier")),
        "name": (_("retrouver un fichier joint"), _("jusqu’à la suppression du fichier")),
        "by": (_("dire qui a joint un fichier"), _("jusqu’à la suppression du compte")),
    }

    class Meta:
        ordering = ("consultation_id", "at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(meeting__isnull=True, notebook__isnull=False)
                | Q(meeting__isnull=False, notebook__isnull=True),
                name="annex_goes_with_one",
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(name=""), name="annex_titled"),
            models.UniqueConstraint(
                fields=("meeting", "sha256"), condition=Q(notebook=None), name="annex_once_a_meeting"
            ),
            models.UniqueConstraint(
                fields=("notebook", "sha256"), condition=Q(meeting=None), name="annex_once_a_notebook"
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Of the file."""
        return reverse("annex", args=[self.consultation.slug, self.uuid])
