"""Rows of a stage's table and their statements, and the revisions of both."""

# ruff: noqa: DJ001, DJ008 - null tells what a document leaves out; rows have no name of their own

import secrets
from typing import Any, ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cahiers.contributions.models import Immutable
from cahiers.journal.models import Personal
from cahiers.notebooks.models.imported import Placed
from cahiers.notebooks.models.notebook import NotebookTheme
from cahiers.notebooks.models.sheets import NotebookFeedback

#: Between neighbours, so that something can be put between them without renumbering the rest.
STEP = 1024
#: No vowel, so that no word is spelt; no digit or letter that is read as another.
CODE_LETTERS = "23456789bcdfghjkmnpqrstvwxyz"


def short_code() -> str:
    """Ten letters and digits (48 bits) that stand in a short address and are never used again."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(10))


class Past(models.Model):
    """A thing at a time. To undo is to make a revision like an earlier one."""

    #: Fields that say how the thing was, as against when and by which command it came to be so.
    STATE: ClassVar[tuple[str, ...]]

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    number = models.PositiveIntegerField(default=1)
    present = models.BooleanField(default=True)
    at = models.DateTimeField()
    #: What the journal knows it by, and who made it; null for what was imported.
    command = models.UUIDField(null=True, db_index=True)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Immutable("A revision is never changed: make the next one.")
        super().save(*args, **kwargs)

    @property
    def state(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.STATE}


class Row(Placed):
    """A group of ordered lists of statements, one a kind, in a stage's table."""

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    theme = models.ForeignKey(NotebookTheme, models.CASCADE, related_name="rows")
    stage = models.TextField()
    position = models.PositiveIntegerField()
    name = models.TextField(null=True)
    #: The theme as the row's own cell writes it, where that differs from the title.
    theme_text = models.TextField(null=True)
    #: What stood in place of feedback numbers.
    feedback_text = models.JSONField(default=list)
    #: False once deleted: the row stays with its statements, so that it can come back.
    present = models.BooleanField(default=True)
    # By uuid, as in Statement.
    current = models.OneToOneField(
        "RowRevision", models.RESTRICT, to_field="uuid", db_column="current_uuid", related_name="currently"
    )

    class Meta:
        ordering = ("theme_id", "position", "pk")
        constraints = (models.CheckConstraint(condition=~Q(stage=""), name="row_in_a_stage"),)


class RowRevision(Past):
    """A row at a time: its name, its place, what it cites; not its statements, which have their own."""

    STATE = ("theme_id", "position", "name", "theme_text", "feedback_text", "cited", "present")

    row = models.ForeignKey(Row, models.CASCADE, related_name="revisions")
    theme = models.ForeignKey(NotebookTheme, models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()
    name = models.TextField(null=True)
    theme_text = models.TextField(null=True)
    feedback_text = models.JSONField(default=list)
    #: Feedback numbers, in order.
    cited = models.JSONField(default=list)

    class Meta:
        ordering = ("row_id", "number")
        constraints = (models.UniqueConstraint(fields=("row", "number"), name="row_revision_number_unique"),)


class RowFeedback(models.Model):
    """A feedback number that a row cites; `sheet` is null where the notebook has none of that number."""

    row = models.ForeignKey(Row, models.CASCADE, related_name="cited")
    position = models.PositiveIntegerField()
    number = models.PositiveBigIntegerField()
    sheet = models.ForeignKey(NotebookFeedback, models.SET_NULL, null=True, related_name="cited_by")

    class Meta:
        ordering = ("row_id", "position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("row", "position"), name="row_feedback_position_unique"),
        )


class Statement(Placed):
    """What was said, of one kind, in one row."""

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    #: Its short address for ever, wherever it is moved.
    code = models.CharField(max_length=12, unique=True, default=short_code, editable=False)
    row = models.ForeignKey(Row, models.CASCADE, related_name="statements")
    kind = models.TextField()
    position = models.PositiveIntegerField()
    #: Particularly stressed in the exchanges.
    emphasised = models.BooleanField(default=False)
    #: False once deleted: the statement stays, so that it can come back and its address goes on answering.
    present = models.BooleanField(default=True)
    # By uuid, which is known before either row is written: so that "there is always one" is a constraint.
    current = models.OneToOneField(
        "StatementRevision",
        models.RESTRICT,
        to_field="uuid",
        db_column="current_uuid",
        related_name="currently",
    )

    class Meta:
        ordering = ("row_id", "position", "pk")
        constraints = (models.CheckConstraint(condition=~Q(kind=""), name="statement_kind_given"),)


class StatementRevision(Past):
    """A statement at a time: its text and its place."""

    STATE = ("text", "row_id", "kind", "position", "emphasised", "present")

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="revisions")
    text = models.TextField()
    row = models.ForeignKey(Row, models.CASCADE, related_name="+")
    kind = models.TextField()
    position = models.PositiveIntegerField()
    emphasised = models.BooleanField(default=False)

    PERSONAL: ClassVar[Personal] = {
        "text": (_("garder ce qui a été dit, mot pour mot"), _("jusqu’à ce que son effacement soit demandé")),
    }

    class Meta:
        ordering = ("statement_id", "number")
        constraints = (
            models.UniqueConstraint(fields=("statement", "number"), name="statement_revision_number_unique"),
            models.CheckConstraint(condition=~Q(text=""), name="statement_revision_text_given"),
        )
