"""Many workers at once: a limit allows exactly so many, a code opens once."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from django.core.mail import EmailMessage

from cahiers.accounts import codes, mail
from cahiers.accounts.actions import register
from cahiers.accounts.limits import Limit
from cahiers.accounts.models import SignInCode
from tests.crowds import NOW, play, together


def scene() -> None:
    limit = Limit(name=f"test {uuid4()}", most=7, within=timedelta(minutes=1))
    assert together(20, lambda _number: limit.spend("a", NOW)).count(True) == 7

    sent: list[EmailMessage] = []
    mail.send_later = sent.append
    person = register(email=f"ines.{uuid4()}@exemple.example", display_name="Inès", by=None, now=NOW)

    def asked() -> tuple[SignInCode, str]:
        code = codes.ask(email=person.email, client="", now=NOW)
        return code, sent[-1].subject[:6]

    def redeem(code: SignInCode, typed: str) -> object:
        return codes.redeem(code=code.uuid, digits=typed, client="", now=NOW)

    code, digits = asked()
    wrong = together(16, lambda number: redeem(code, f"{(int(digits) + 1 + number) % 10**6:06}"))
    assert [type(told) for told in wrong].count(codes.WrongCode) == codes.GUESSES, wrong
    assert SignInCode.objects.get(pk=code.pk).guesses == codes.GUESSES

    code, digits = asked()
    right = together(4, lambda _number: redeem(code, digits))
    assert right.count(person) == 1, right


def test_workers_count_together(prepared: Path, tmp_path: Path) -> None:
    play(scene, prepared, tmp_path)
