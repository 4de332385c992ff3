"""People who can sign in."""

from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F
from django.db.models.functions import Lower


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

    objects = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(email=Lower(F("email"))), name="person_email_lower"),
        )

    def __str__(self) -> str:
        return self.display_name
