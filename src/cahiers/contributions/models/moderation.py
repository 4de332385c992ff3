"""What was noticed in people's words, and originals kept for a time after their redaction."""

# ruff: noqa: DJ008 - rows have no name of their own

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cahiers.contributions.models.contribution import Contribution, Revision
from cahiers.journal.models import Personal


class FlagKind(models.TextChoices):
    EMAIL = "email", pgettext_lazy("flag", "Adresse électronique")
    PHONE = "phone", pgettext_lazy("flag", "Numéro de téléphone")
    NAME = "name", pgettext_lazy("flag", "Nom de personne")
    PUPIL = "pupil", pgettext_lazy("flag", "Élève reconnaissable")
    OTHER = "other", pgettext_lazy("flag", "Autre donnée personnelle")


class FlagPlace(models.TextChoices):
    """Where it stands: parts of a sheet are in its text, links are one a line."""

    TEXT = "text", pgettext_lazy("flag", "dans le texte")
    TITLE = "title", pgettext_lazy("flag", "dans le titre")
    LINKS = "links", pgettext_lazy("flag", "dans les liens")


class Flag(models.Model):
    """A run of characters of what a revision says that may tell who someone is, until a person decides."""

    # Found by the constraint's index.
    revision = models.ForeignKey(
        Revision, models.CASCADE, to_field="uuid", related_name="flags", db_index=False
    )
    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="flags")
    kind = models.TextField(choices=FlagKind)
    place = models.TextField(choices=FlagPlace, default=FlagPlace.TEXT)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    #: Looked at, and left as it is.
    dismissed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("contribution", "start", "pk")
        constraints = (
            models.UniqueConstraint(fields=("revision", "kind", "place", "start", "end"), name="flag_once"),
            models.CheckConstraint(condition=Q(kind__in=FlagKind.values), name="flag_kind_known"),
            models.CheckConstraint(condition=Q(place__in=FlagPlace.values), name="flag_place_known"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="flag_of_something"),
        )

    def words_of(self, revision: Revision) -> str:
        """What it marks; the revision is its own, which the caller has read."""
        return revision.said[self.place][self.start : self.end]


class KeptOriginal(models.Model):
    """The words of a revision as they were before redaction, until a day when they are deleted."""

    revision = models.OneToOneField(Revision, models.CASCADE, to_field="uuid", related_name="original")
    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="originals")
    #: {"title", "text", "parts", "links"} as they were.
    words = models.JSONField()
    kept_until = models.DateField(db_index=True)

    PERSONAL: ClassVar[Personal] = {
        "words": (_("revenir sur un caviardage fait par erreur"), _("trois mois après le caviardage")),
    }

    class Meta:
        ordering = ("kept_until", "pk")
