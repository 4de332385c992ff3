"""Boards, their rounds, the notes of a round, its votes, and who joined."""

# ruff: noqa: DJ008 - rows have no name of their own

import secrets
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cahiers.contributions.models import Contribution
from cahiers.journal.models import Personal
from cahiers.meetings.models import Meeting
from cahiers.methods import Column, Stage
from cahiers.notebooks.models import Notebook, NotebookTheme, Row, Statement

#: No vowel, so that no word is spelt; no letter that is read as another, aloud or on a screen ten metres away.
CODE_LETTERS = "BCDFGHJKMNPQRTVWXZ"
#: Characters of a note: what fits on a card and is read from a chair.
LONGEST_NOTE = 500


def join_code() -> str:
    """Six letters (34 million) to type on a telephone."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(6))


class Step(models.TextChoices):
    """What the room does now. Notes are hidden until the step is another than the first two."""

    PAUSE = "pause", pgettext_lazy("step", "Pause")
    WRITE = "write", pgettext_lazy("step", "Écrire")
    REVEAL = "reveal", pgettext_lazy("step", "Découvrir")
    GROUP = "group", pgettext_lazy("step", "Regrouper")
    VOTE = "vote", pgettext_lazy("step", "Voter")
    DECIDE = "decide", pgettext_lazy("step", "Décider")


class Board(models.Model):
    """A meeting that is run live; its stream in the journal is the meeting's uuid."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="board")
    notebook = models.OneToOneField(Notebook, models.PROTECT, related_name="board")
    code = models.CharField(max_length=6, unique=True, default=join_code)
    #: SHA-256, in hexadecimal, of the token in the link that makes a co-facilitator of who opens it.
    helpers = models.CharField(max_length=64, unique=True)
    #: What the room works on; null before the first.
    round = models.ForeignKey("Round", models.SET_NULL, null=True, related_name="+")
    #: Whether notes wait for the reveal, so that the first ones do not lead the others.
    hides = models.BooleanField(default=True)
    #: When the facilitator's countdown ends; null where none runs.
    ends_at = models.DateTimeField(null=True)
    #: Feedback sheets that are shown to start from, three at most, by their contributions' uuids.
    sheets = models.JSONField(default=list)
    #: Which of the screens that the round fills is on the wall, from 1: see paging.py.
    screen = models.PositiveSmallIntegerField(default=1)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    #: Position in its stream up to which notes can be found by their words, and what they tell of people is flagged.
    sifted = models.PositiveBigIntegerField(default=0)
    #: What could not be treated, as the facilitator puts it at the end.
    untreated = models.TextField(blank=True)

    PERSONAL: ClassVar[Personal] = {
        "untreated": (_("dire ce qui n’a pu être traité"), _("aussi longtemps que la concertation")),
    }

    def __str__(self) -> str:
        return str(self.meeting)

    @property
    def stream(self) -> UUID:
        return self.meeting.uuid

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class Round(models.Model):
    """Work on one stage of one theme."""

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    board = models.ForeignKey(Board, models.CASCADE, related_name="rounds")
    theme = models.ForeignKey(NotebookTheme, models.CASCADE, related_name="+")
    #: Key of the method's stage.
    stage = models.TextField()
    step = models.TextField(choices=Step, default=Step.PAUSE)
    #: When its notes were shown to everyone; those that come later are shown at once.
    revealed_at = models.DateTimeField(null=True)
    #: Dots that each participant has.
    dots = models.PositiveSmallIntegerField(default=3)
    #: Where notes stand that nobody has put in a row yet; made at the first reveal.
    inbox = models.ForeignKey(Row, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("board", "theme__order", "pk")
        constraints = (
            models.UniqueConstraint(fields=("board", "theme", "stage"), name="round_once"),
            models.CheckConstraint(condition=Q(step__in=Step.values), name="round_step_known"),
        )

    @property
    def work(self) -> Stage:
        """The method's stage."""
        return self.theme.notebook.consultation.method.stage(self.stage)


class Note(models.Model):
    """A contribution on its way to the notebook; the uuid of both is made by the device that writes it."""

    uuid = models.UUIDField(unique=True)
    board = models.ForeignKey(Board, models.CASCADE, related_name="notes")
    round = models.ForeignKey(Round, models.CASCADE, related_name="notes")
    contribution = models.OneToOneField(Contribution, models.CASCADE, related_name="note")
    kind = models.TextField()
    #: Row that it answers, where its author chose one; null for the round's inbox.
    row = models.ForeignKey(Row, models.SET_NULL, null=True, related_name="+")
    #: SHA-256 of HMAC(device's key, note's uuid), in hexadecimal: see devices.py. Says nothing of who wrote another.
    author = models.CharField(max_length=64)
    #: Its statement in the notebook, from the reveal on.
    statement = models.ForeignKey(Statement, models.SET_NULL, null=True, related_name="notes")
    #: Came after its step, its round or the meeting was closed.
    late = models.BooleanField(default=False)
    position = models.PositiveBigIntegerField()

    PERSONAL: ClassVar[Personal] = {
        "author": (
            _("laisser un appareil corriger ou retirer ce qu’il a écrit"),
            _("aussi longtemps que la concertation"),
        ),
    }

    class Meta:
        ordering = ("round", "position", "pk")
        indexes = (models.Index(fields=("round", "statement"), name="note_of_round"),)

    @property
    def column(self) -> Column:
        return self.round.work.column(self.kind)


class Vote(models.Model):
    """Dots that a device put on a row or a statement of a round, or that were counted by hand."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="votes")
    #: Uuid of the row or the statement.
    subject = models.UUIDField()
    #: SHA-256 of HMAC(device's key, round's uuid), in hexadecimal; "" for hands that were counted.
    voter = models.CharField(max_length=64, blank=True)
    dots = models.PositiveIntegerField()

    PERSONAL: ClassVar[Personal] = {
        "voter": (_("compter une voix une seule fois"), _("aussi longtemps que la concertation")),
    }

    class Meta:
        ordering = ("round", "pk")
        constraints = (
            models.UniqueConstraint(fields=("round", "subject", "voter"), name="vote_once_a_subject"),
            models.CheckConstraint(condition=Q(dots__gte=1), name="vote_of_some_dots"),
        )


class Participant(models.Model):
    """A device that joined, and for which group; nothing tells whose it is."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="participants")
    #: SHA-256 of HMAC(device's key, meeting's uuid), in hexadecimal.
    device = models.CharField(max_length=64)
    #: Key of the method's participant category; "" where it was not said.
    category = models.TextField(blank=True)
    #: In the room, or from afar.
    remote = models.BooleanField(default=False)
    joined_at = models.DateTimeField()

    PERSONAL: ClassVar[Personal] = {
        "device": (_("compter les participants"), _("aussi longtemps que la concertation")),
    }

    class Meta:
        ordering = ("board", "pk")
        constraints = (models.UniqueConstraint(fields=("board", "device"), name="participant_once"),)
