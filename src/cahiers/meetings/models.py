"""Meetings as their form tells them."""

# ruff: noqa: DJ001, DJ008 - null tells what a document leaves out; rows have no name of their own

from datetime import timedelta
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cahiers.consultations.models import Consultation
from cahiers.journal.models import Personal
from cahiers.territories.models import Territory
from cahiers.ui.addresses import address


class MeetingFormat(models.TextChoices):
    IN_PERSON = "in_person", _("Présentiel")
    REMOTE = "remote", _("Distanciel")
    HYBRID = "hybrid", _("Présentiel et distanciel")


class Meeting(models.Model):
    """A session: what its form says, verbatim, beside what that means."""

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="meetings")
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="meetings")
    #: From 1 in its consultation; stands in its address.
    number = models.PositiveIntegerField()
    label = models.TextField(blank=True)
    #: Each line of dates and places as written; `dates` is what they mean.
    dates_text = models.JSONField(default=list)
    format = models.TextField(choices=MeetingFormat, null=True)
    facilitators_note = models.TextField(null=True)
    #: Who came and, apart, who answered a survey: what the lines of the form add up to, written with them. Lists and
    #: totals read it: a join to the lines, twice a page, took a third of their time.
    attended = models.PositiveBigIntegerField(default=0)
    surveyed = models.PositiveBigIntegerField(default=0)

    PERSONAL: ClassVar[Personal] = {
        "facilitators_note": (_("nommer qui animait la session"), _("aussi longtemps que la concertation")),
    }

    class Meta:
        ordering = ("consultation_id", "number")
        constraints = (
            models.UniqueConstraint(fields=("consultation", "number"), name="meeting_number_unique"),
            models.CheckConstraint(
                condition=Q(format=None) | Q(format__in=MeetingFormat.values), name="meeting_format_known"
            ),
        )

    def __str__(self) -> str:
        return self.label or self.territory.name

    def get_absolute_url(self) -> str:
        return address("meeting", self.consultation.slug, self.number)


class DeletedMeeting(models.Model):
    """A meeting that was deleted, as its form was, so that it can be restored for a time."""

    KEPT: ClassVar[timedelta] = timedelta(days=30)

    #: The meeting's.
    uuid = models.UUIDField(unique=True)
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="deleted_meetings")
    #: Its territory, which it keeps nobody from taking out of the consultation.
    place = models.ForeignKey(Territory, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    #: As in the interchange format.
    form = models.JSONField()
    #: Of the deletion, which undoing names.
    command = models.UUIDField(unique=True)
    at = models.DateTimeField()

    PERSONAL: ClassVar[Personal] = {
        "form": (
            _("rétablir une session supprimée par erreur"),
            _("trente jours, puis jusqu’à la suppression suivante"),
        ),
    }

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return self.form["label"] or self.place.name


class MeetingDate(models.Model):
    """A day (`end` equals `start`) or a run of days, and where."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="dates")
    position = models.PositiveIntegerField()
    start = models.DateField()
    end = models.DateField()
    place = models.TextField(null=True)

    class Meta:
        ordering = ("meeting_id", "position", "pk")
        constraints = (models.CheckConstraint(condition=Q(end__gte=F("start")), name="meeting_date_ordered"),)


class Facilitator(models.Model):
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="facilitators")
    position = models.PositiveIntegerField()
    name = models.TextField()
    role = models.TextField(null=True)
    note = models.TextField(null=True)

    PERSONAL: ClassVar[Personal] = {
        "name": (_("nommer qui animait la session"), _("aussi longtemps que la concertation")),
        "role": (_("nommer qui animait la session"), _("aussi longtemps que la concertation")),
        "note": (_("nommer qui animait la session"), _("aussi longtemps que la concertation")),
    }

    class Meta:
        ordering = ("meeting_id", "position", "pk")
        constraints = (models.CheckConstraint(condition=~Q(name=""), name="facilitator_named"),)


class Attendance(models.Model):
    """A line of the form; `surveyed` is the part of `count` that answered from afar and did not attend."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance")
    position = models.PositiveIntegerField()
    #: Key of the method's participant category; null where none matches the label.
    category = models.TextField(null=True)
    label = models.TextField(blank=True)
    checked = models.BooleanField(default=False)
    count = models.PositiveBigIntegerField(null=True)
    establishments = models.PositiveBigIntegerField(null=True)
    note = models.TextField(null=True)
    surveyed = models.PositiveBigIntegerField(null=True)

    PERSONAL: ClassVar[Personal] = {
        "note": (_("dire qui était là, parfois par un nom"), _("aussi longtemps que la concertation")),
    }

    class Meta:
        ordering = ("meeting_id", "position", "pk")

    @property
    def attended(self) -> int | None:
        """Who came; None where the form gives no figure."""
        return None if self.count is None else max(0, self.count - (self.surveyed or 0))
