"""Who was asked to speak, and how many there are to hear: what the portrait of who spoke is compared with."""

# ruff: noqa: DJ008 - null tells what was not said; rows have no name of their own

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cahiers.consultations.models import Consultation
from cahiers.journal.models import Personal
from cahiers.territories.models import Territory


class Invited(models.Model):
    """An establishment or organisation that was invited to speak; no name or address of a person is kept."""

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="invited")
    #: The establishment itself, or where the organisation is.
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    name = models.TextField()
    #: Key of the method's participant category.
    category = models.TextField(blank=True)
    #: How, in the team's words: letter, visit, mailing list of the académie…
    way = models.TextField(blank=True)
    invited_on = models.DateField(null=True)
    #: Said by hand, where the answer came otherwise than by a contribution or a meeting.
    answered_on = models.DateField(null=True)

    PERSONAL: ClassVar[Personal] = {
        "way": (_("dire comment une invitation est partie"), _("aussi longtemps que la concertation")),
    }

    class Meta:
        ordering = ("consultation", "name", "pk")
        constraints = (
            models.UniqueConstraint(fields=("consultation", "territory", "name"), name="invited_once"),
            models.CheckConstraint(condition=~Q(name=""), name="invited_named"),
        )

    def __str__(self) -> str:
        return self.name


class ReferenceCount(models.Model):
    """How many people of a category live or work in a territory, and who says so."""

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="reference_counts")
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="+")
    #: Key of the method's participant category; "" for everyone.
    category = models.TextField(blank=True)
    people = models.PositiveBigIntegerField()
    source = models.TextField(blank=True)

    class Meta:
        ordering = ("consultation", "territory", "category")
        constraints = (
            models.UniqueConstraint(
                fields=("consultation", "territory", "category"), name="reference_count_once"
            ),
        )
