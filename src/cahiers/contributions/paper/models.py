"""Printed sheets, each with a number, a short address and a receipt on its stub."""

# ruff: noqa: DJ008 - rows have no name of their own

import secrets
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cahiers.journal.models import Personal

#: No vowel, so that no word is spelt; no digit or letter that is read as another.
LETTERS = "23456789bcdfghjkmnpqrstvwxyz"


def short_code() -> str:
    """Ten letters and digits (48 bits): nobody comes upon another's sheet by guessing."""
    return "".join(secrets.choice(LETTERS) for _ in range(10))


class PaperSheet(models.Model):
    """A copy of a form on paper; whoever holds its stub holds the receipt of what it says once it was entered."""

    form = models.ForeignKey("contributions.Form", models.CASCADE, related_name="sheets")
    #: From 1 in its form, as printed.
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=10, unique=True, default=short_code)
    #: SHA-256 of the token that stands on the stub, in hexadecimal.
    receipt = models.CharField(max_length=64, unique=True)
    #: What it said, once it was entered.
    submission = models.OneToOneField(
        "contributions.Submission", models.SET_NULL, null=True, related_name="sheet"
    )
    printed_at = models.DateTimeField()

    PERSONAL: ClassVar[Personal] = {
        "receipt": (
            _("rendre à chacun la main sur ce qu’il a écrit sur papier"),
            _("jusqu’à ce que son effacement soit demandé"),
        ),
    }

    class Meta:
        ordering = ("form", "number")
        constraints = (
            models.UniqueConstraint(fields=("form", "number"), name="paper_sheet_number_unique"),
            models.CheckConstraint(condition=Q(number__gte=1), name="paper_sheet_number_from_one"),
        )
