"""Signing in: a code is asked for, sent, and given back."""

import secrets
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac

from cahiers.accounts import limits, mail
from cahiers.accounts.limits import Limit
from cahiers.accounts.models import Person, SignInCode

LIFE: Final = timedelta(minutes=15)
#: Guesses at one code.
GUESSES: Final = 5

# An address may be tried by anyone who knows it: 20 guesses an hour at 10**6 codes find one in about six years.
ASKED: Final = Limit(name="asked", most=5, within=timedelta(minutes=15))
GUESSED: Final = Limit(name="guessed", most=20, within=timedelta(hours=1))
# A network is often a whole school, on the morning that everyone signs in: wide limits, and short ones.
ASKED_FROM: Final = Limit(name="asked-from", most=300, within=timedelta(minutes=15))
GUESSED_FROM: Final = Limit(name="guessed-from", most=600, within=timedelta(minutes=15))


class TooMany(Exception):
    """Tried too often; it is possible again later."""


class WrongCode(Exception):
    """Not the digits that were sent; the code can be tried again."""


class SpentCode(Exception):
    """Used, out of date or guessed at too often: another has to be asked for."""


def ask(*, email: str, client: str, now: datetime) -> SignInCode:
    """A code, sent where the address is someone's; the visitor cannot tell. Raises TooMany."""
    email = email.strip().lower()
    address = _address(email)
    if not (ASKED.spend(address, now) and ASKED_FROM.spend(client, now)):
        raise TooMany
    SignInCode.objects.filter(asked_at__lte=now - LIFE).delete()
    limits.forget_old(now)
    person = Person.objects.filter(email=email, is_active=True).first()
    digits = f"{secrets.randbelow(10**6):06}"
    code = SignInCode(person=person, address=address, asked_at=now)
    code.digest = _digest(code.uuid, digits)
    code.save(force_insert=True)
    # Composed for nobody too, and thrown away: composing takes longer than anything else here.
    message = mail.compose(
        person or Person(email=email),
        "accounts/mail_code.txt",
        {"digits": digits, "minutes": LIFE // timedelta(minutes=1), "site": settings.SITE_URL},
    )
    mail.send_later(message if person else None)
    return code


def redeem(*, code: UUID, digits: str, client: str, now: datetime) -> Person:
    """Who the code was sent to; it is used from then on. Raises TooMany, WrongCode or SpentCode.

    Not one transaction: a wrong guess must stay counted. Each step is one conditional UPDATE instead, which two
    workers cannot both win.
    """
    found = SignInCode.objects.select_related("person").filter(uuid=code).first()
    if found is None:
        raise SpentCode
    usable = SignInCode.objects.filter(pk=found.pk, used_at=None, asked_at__gt=now - LIFE)
    if not usable.filter(guesses__lt=GUESSES).update(guesses=F("guesses") + 1):
        raise SpentCode  # and counts against nobody: no guess at it can be right
    if not (GUESSED.spend(found.address, now) and GUESSED_FROM.spend(client, now)):
        raise TooMany
    right = constant_time_compare(found.digest, _digest(found.uuid, digits))
    if not right or found.person is None or not found.person.is_active:
        raise WrongCode
    if not usable.update(used_at=now):
        raise SpentCode
    GUESSED.forgive(found.address)
    ASKED.forgive(found.address)
    return found.person


def _address(email: str) -> str:
    return salted_hmac("cahiers.code.address", email, algorithm="sha256").hexdigest()


def _digest(code: UUID, digits: str) -> str:
    """Keyed: a million codes are tried in a second by who reads the table and has not the key."""
    return salted_hmac(f"cahiers.code.{code}", digits, algorithm="sha256").hexdigest()
