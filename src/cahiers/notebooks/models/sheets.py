"""Feedback sheets as a notebook numbers them, and those taken out of it."""

from django.db import models

from cahiers.contributions.models import Contribution
from cahiers.notebooks.models.imported import Placed
from cahiers.notebooks.models.notebook import NotebookTheme


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
