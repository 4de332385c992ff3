"""Editions: what of a notebook was published."""

# ruff: noqa: DJ008 - they are named by their number

from typing import Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cahiers.contributions.models import Immutable
from cahiers.journal.models import Personal
from cahiers.notebooks.models.notebook import Notebook
from cahiers.ui.addresses import address


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
