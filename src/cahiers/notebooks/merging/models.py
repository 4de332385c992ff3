"""What documents said when they were imported."""

# ruff: noqa: DJ008 - rows have no name of their own

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cahiers.journal.models import Personal


class ImportedText(models.Model):
    """What a file said when it entered a notebook, and which parts of the notebook that became.

    The next version of the document is compared with the latest. To erase is to delete: what differs is then asked.
    """

    notebook = models.ForeignKey("notebooks.Notebook", models.CASCADE, related_name="imported_texts")
    file = models.OneToOneField("notebooks.ImportedFile", models.CASCADE, related_name="said")
    #: The interchange format. Text, for a database would not keep the order of JSON's members.
    text = models.TextField()
    #: Of each part, in reading order, the key that it has in the notebook: see keeping.keys_of.
    keys = models.JSONField()

    PERSONAL: ClassVar[Personal] = {
        "text": (
            _("comparer un document à sa version suivante"),
            _("jusqu’à ce que son effacement soit demandé"),
        ),
    }

    class Meta:
        ordering = ("notebook_id", "pk")
