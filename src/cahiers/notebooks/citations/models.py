"""Citations, from a statement to the words that it rests on, and links between statements."""

# ruff: noqa: DJ008 - rows have no name of their own

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from cahiers.contributions.models import Contribution, Revision


class Citation(models.Model):
    """A statement rests on a contribution: on the whole of it, or on a span of what a revision of it said."""

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    statement = models.ForeignKey("notebooks.Statement", models.CASCADE, related_name="citations")
    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="citations")
    revision = models.ForeignKey(Revision, models.CASCADE, to_field="uuid", related_name="+")
    #: Characters of the revision's text, from 0; both null for the whole.
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("statement_id", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("statement", "contribution"),
                condition=Q(start=None),
                name="citation_of_the_whole_once",
            ),
            models.UniqueConstraint(
                fields=("statement", "revision", "start", "end"),
                condition=Q(start__isnull=False),
                name="citation_of_a_span_once",
            ),
            models.CheckConstraint(
                condition=Q(start=None, end=None) | Q(start__isnull=False, end__gt=F("start")),
                name="citation_span_ordered",
            ),
        )


class Sameness(models.TextChoices):
    """What one statement is to another."""

    RESTATES = "restates", pgettext_lazy("link", "reprend")
    ANSWERS = "answers", pgettext_lazy("link", "répond à")
    CONSOLIDATES = "consolidates", pgettext_lazy("link", "regroupe")


class Link(models.Model):
    """What a person said of two statements that stand in different rows: the first restates the second…"""

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    source = models.ForeignKey("notebooks.Statement", models.CASCADE, related_name="links")
    target = models.ForeignKey("notebooks.Statement", models.CASCADE, related_name="linked_from")
    kind = models.TextField(choices=Sameness)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("source_id", "pk")
        constraints = (
            models.UniqueConstraint(fields=("source", "target", "kind"), name="link_once"),
            models.CheckConstraint(condition=Q(kind__in=Sameness.values), name="link_kind_known"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="link_of_two"),
        )
