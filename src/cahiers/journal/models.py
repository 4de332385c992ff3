"""Streams, their entries, and commands that clients send more than once."""

# ruff: noqa: DJ008 - rows have no name of their own

from typing import Any, ClassVar, NoReturn

from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: What a model says of its personal fields: by name, what each is for and how long it is kept.
Personal = dict[str, tuple[str | Promise, str | Promise]]


class AppendOnly(Exception):
    """An entry was about to be changed or deleted."""


class Verb(models.TextChoices):
    CREATE = "create", "crée"
    SUBMIT = "submit", "dépose"
    IMPORT = "import", "importe"
    PUBLISH = "publish", "publie"
    WITHDRAW = "withdraw", "retire"
    EDIT = "edit", "modifie"
    MOVE = "move", "déplace"
    SPLIT = "split", "divise"
    MERGE = "merge", "fusionne"
    RESTORE = "restore", "rétablit"
    DELETE = "delete", "supprime"
    INVITE = "invite", "invite"
    ASSIGN = "assign", "change le rôle de"
    DISMISS = "dismiss", "retire de l’équipe"
    ACCEPT = "accept", "accepte"
    HIDE = "hide", "masque"
    REDACT = "redact", "caviarde"
    ERASE = "erase", "efface"
    ATTACH = "attach", "joint"
    CITE = "cite", "cite"
    OPEN = "open", "ouvre"
    CLOSE = "close", "ferme"
    REVEAL = "reveal", "révèle"
    STEP = "step", "passe à"
    JOIN = "join", "rejoint"
    VOTE = "vote", "vote pour"


class Stream(models.Model):
    """A run of entries numbered from 1 without a gap; its row is the lock that positions are taken under."""

    uuid = models.UUIDField(unique=True)
    last = models.PositiveBigIntegerField(default=0)


class EntryQuerySet(models.QuerySet["Entry"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly("Journal entries are never changed.")

    def delete(self) -> NoReturn:
        raise AppendOnly("Journal entries are never deleted.")


class Entry(models.Model):
    """Who did what to which thing, when: references alone, so that what was said can be erased elsewhere."""

    stream = models.ForeignKey(Stream, models.PROTECT, related_name="entries")
    position = models.PositiveBigIntegerField()
    verb = models.TextField(choices=Verb)
    subject = models.UUIDField(db_index=True)
    actor = models.UUIDField(null=True)
    command = models.UUIDField(null=True, unique=True)
    before = models.UUIDField(null=True)
    after = models.UUIDField(null=True)
    at = models.DateTimeField()

    objects = EntryQuerySet.as_manager()

    PERSONAL: ClassVar[Personal] = {
        "actor": (_("dire qui a fait quoi"), _("toujours, sans le nom une fois le compte supprimé")),
        "subject": (_("dire à quoi, ou à qui"), _("toujours, sans le nom une fois le compte supprimé")),
    }

    class Meta:
        ordering = ("stream", "position")
        constraints = (
            models.UniqueConstraint(fields=("stream", "position"), name="entry_position_unique"),
            models.CheckConstraint(condition=Q(position__gte=1), name="entry_position_from_one"),
            models.CheckConstraint(condition=Q(verb__in=Verb.values), name="entry_verb_known"),
            models.CheckConstraint(
                condition=Q(before=None) | Q(after=None) | ~Q(before=F("after")),
                name="entry_changes_something",
            ),
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly("Journal entries are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("Journal entries are never deleted.")


class Command(models.Model):
    """What a client asked under an id of its own making, as a digest, and what came of it."""

    uuid = models.UUIDField(unique=True)
    digest = models.CharField(max_length=64)
    result = models.UUIDField()
    at = models.DateTimeField()
