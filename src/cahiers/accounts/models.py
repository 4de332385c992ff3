"""People who can sign in, the codes they sign in by, and counts of what is tried too often."""

# ruff: noqa: DJ008 - codes and tallies are never shown

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from cahiers.journal.models import Personal


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=(username or "").lower())


class Person(AbstractBaseUser):
    """Someone known by an e-mail address; there is no password to lose."""

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    email = models.EmailField(unique=True)
    display_name = models.TextField()
    is_active = models.BooleanField(default=True)
    #: Runs this installation: sees every consultation.
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField()
    #: Of the first sign-in, which invitations wait for; `last_login` is the base class's.
    first_login = models.DateTimeField(null=True)
    #: Language of pages and messages; empty, the one chosen in the browser.
    language = models.CharField(max_length=8, choices=settings.LANGUAGES, blank=True)

    objects = PersonManager()

    PERSONAL: ClassVar[Personal] = {
        "email": (_("se connecter et être invité"), _("jusqu’à la suppression du compte")),
        "display_name": (_("être reconnu de ses collègues"), _("jusqu’à la suppression du compte")),
        "language": (_("écrire dans la langue choisie"), _("jusqu’à la suppression du compte")),
        "joined_at": (_("dire depuis quand le compte existe"), _("jusqu’à la suppression du compte")),
        "first_login": (_("distinguer une invitation en attente"), _("jusqu’à la suppression du compte")),
        "last_login": (_("repérer un compte qui ne sert plus"), _("jusqu’à la suppression du compte")),
        "is_staff": (_("savoir qui gère cette installation"), _("jusqu’à la suppression du compte")),
        "is_active": (_("fermer un compte sans le supprimer"), _("jusqu’à la suppression du compte")),
        "uuid": (_("relier le journal à son auteur"), _("toujours, sans le nom une fois le compte supprimé")),
    }

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(email=Lower(F("email"))), name="person_email_lower"),
        )

    def __str__(self) -> str:
        return self.display_name

    def renew_sessions_key(self) -> None:
        """Close every session of this person, once saved.

        Sessions are bound to the password field; nobody has a password, so what stands there is that key alone.
        """
        self.set_unusable_password()


class SignInCode(models.Model):
    """Six digits sent to an address, of which a keyed digest is kept.

    An address that nobody has gets one too, without a person: the visitor sees the same, in the same time.
    """

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    #: Keyed digest of the e-mail address.
    address = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    guesses = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)

    PERSONAL: ClassVar[Personal] = {
        "person": (_("se connecter"), _("un quart d’heure, puis jusqu’à la demande de code suivante")),
        "address": (_("limiter les essais sur une adresse"), _("comme le code")),
    }

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(used_at=None) | models.Q(person__isnull=False), name="code_used_by_someone"
            ),
        )


class Passkey(models.Model):
    """A key pair that a device of the person made for this site; it signs in without a code. The public half is here.

    It changes at each sign-in, which is no event of the house: the journal does not tell of it.
    """

    uuid = models.UUIDField(unique=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="passkeys")
    #: What the device calls it, in base64url.
    credential = models.CharField(max_length=1400, unique=True)
    public_key = models.BinaryField()
    #: How often the device says that it signed; stays 0 where devices share the key and count nothing.
    signatures = models.PositiveBigIntegerField(default=0)
    name = models.CharField(max_length=100)
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    PERSONAL: ClassVar[Personal] = {
        "person": (_("se connecter sans code"), _("jusqu’au retrait de la clé")),
        "credential": (_("se connecter sans code"), _("jusqu’au retrait de la clé")),
        "public_key": (_("se connecter sans code"), _("jusqu’au retrait de la clé")),
        "signatures": (_("reconnaître la copie d’une clé"), _("jusqu’au retrait de la clé")),
        "name": (_("distinguer ses clés"), _("jusqu’au retrait de la clé")),
        "added_at": (_("distinguer ses clés"), _("jusqu’au retrait de la clé")),
        "used_at": (_("distinguer ses clés"), _("jusqu’au retrait de la clé")),
    }

    class Meta:
        ordering = ("person", "added_at", "pk")
        constraints = (
            models.CheckConstraint(condition=~models.Q(name=""), name="passkey_named"),
            models.CheckConstraint(condition=~models.Q(credential=""), name="passkey_has_a_credential"),
        )


class Tally(models.Model):
    """How often something was tried since a moment."""

    #: Keyed digest of what is limited and of whom it is limited for.
    key = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField()

    PERSONAL: ClassVar[Personal] = {
        "key": (
            _("limiter les essais d’une adresse ou d’un réseau"),
            _("une journée, puis jusqu’à la demande de code suivante"),
        ),
    }
