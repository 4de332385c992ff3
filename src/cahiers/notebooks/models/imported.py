"""Files that were read into notebooks, and where in them a thing stood."""

# ruff: noqa: DJ001, DJ008 - null tells what a document leaves out; files go by their name

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cahiers.consultations.models import Consultation
from cahiers.journal.models import Personal
from cahiers.territories.models import Territory


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
