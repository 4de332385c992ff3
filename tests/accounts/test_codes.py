"""A code is asked for, sent, and given back once."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cahiers.accounts import codes
from cahiers.accounts.models import Person, SignInCode
from tests.accounts.people import NOW, digits_sent, other_digits, someone

pytestmark = pytest.mark.django_db

SCHOOL = "192.0.2.7"


def ask(email: str, minutes: float = 0) -> SignInCode:
    return codes.ask(email=email, client=SCHOOL, now=NOW + timedelta(minutes=minutes))


def redeem(code: SignInCode, digits: str, minutes: float = 1, client: str = SCHOOL) -> Person:
    return codes.redeem(code=code.uuid, digits=digits, client=client, now=NOW + timedelta(minutes=minutes))


def test_the_digits_of_the_message_sign_in() -> None:
    person = someone()
    code = ask(f"  {person.email.upper()} ")
    assert mail.outbox[0].to == [person.email]
    assert digits_sent() in mail.outbox[0].subject
    assert redeem(code, digits_sent()) == person


def test_the_message_speaks_the_persons_language() -> None:
    person = someone()
    person.language = "en"
    person.save()
    ask(person.email)
    assert "is your sign-in code" in mail.outbox[0].subject


def test_only_a_digest_is_kept() -> None:
    code = ask(someone().email)
    kept = " ".join(str(value) for value in SignInCode.objects.values().get(pk=code.pk).values())
    assert digits_sent() not in kept
    assert "exemple.example" not in kept


def test_a_code_is_used_once() -> None:
    code = ask(someone().email)
    redeem(code, digits_sent())
    with pytest.raises(codes.SpentCode):
        redeem(code, digits_sent())


def test_of_two_workers_that_check_the_same_code_one_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    code = ask(someone().email)
    compare = codes.constant_time_compare
    won: list[Person] = []

    def meanwhile(*given: Any) -> bool:
        monkeypatch.setattr(codes, "constant_time_compare", compare)
        won.append(redeem(code, digits_sent()))
        return compare(*given)

    monkeypatch.setattr(codes, "constant_time_compare", meanwhile)
    with pytest.raises(codes.SpentCode):
        redeem(code, digits_sent())
    assert len(won) == 1


@pytest.mark.parametrize(("minutes", "valid"), [(14.99, True), (15, False), (1000, False)])
def test_it_expires(minutes: float, valid: bool) -> None:
    person = someone()
    code = ask(person.email)
    if valid:
        assert redeem(code, digits_sent(), minutes) == person
    else:
        with pytest.raises(codes.SpentCode):
            redeem(code, digits_sent(), minutes)


def test_a_wrong_guess_leaves_the_code_valid() -> None:
    code = ask(someone().email)
    with pytest.raises(codes.WrongCode):
        redeem(code, other_digits(digits_sent()))
    redeem(code, digits_sent())


def test_after_five_guesses_the_right_digits_come_too_late() -> None:
    code = ask(someone().email)
    right = digits_sent()
    for _ in range(codes.GUESSES):
        with pytest.raises(codes.WrongCode):
            redeem(code, other_digits(right))
    with pytest.raises(codes.SpentCode):
        redeem(code, right)


def test_guesses_at_a_spent_code_are_not_counted_against_its_address() -> None:
    person = someone()
    code = ask(person.email)
    for _ in range(codes.GUESSED.most * 2):
        with pytest.raises((codes.WrongCode, codes.SpentCode)):
            redeem(code, other_digits(digits_sent()))
    assert redeem(ask(person.email), digits_sent()) == person


def test_guesses_at_an_address_are_limited_over_its_codes_and_from_anywhere() -> None:
    person = someone()
    for network in range(codes.GUESSED.most // codes.GUESSES):
        code = ask(person.email)
        for _ in range(codes.GUESSES):
            with pytest.raises(codes.WrongCode):
                redeem(code, other_digits(digits_sent()), client=f"198.51.100.{network}")
    code = ask(person.email)
    with pytest.raises(codes.TooMany):
        redeem(code, digits_sent())
    later = ask(person.email, minutes=62)
    assert redeem(later, digits_sent(), minutes=62) == person


def test_the_limit_of_an_address_is_no_one_elses() -> None:
    hammered, colleague = someone("Paul Abeille"), someone("Zoé Castor")
    for _ in range(codes.ASKED.most):
        ask(hammered.email)
    with pytest.raises(codes.TooMany):
        ask(hammered.email)
    assert redeem(ask(colleague.email), digits_sent()) == colleague


def test_an_address_may_ask_again_after_a_while() -> None:
    person = someone()
    for _ in range(codes.ASKED.most):
        ask(person.email)
    assert redeem(ask(person.email, minutes=16), digits_sent(), minutes=17) == person


def test_signing_in_clears_the_count() -> None:
    person = someone()
    for _ in range(3 * codes.ASKED.most):
        redeem(ask(person.email), digits_sent())


def test_a_whole_school_signs_in_from_one_network() -> None:
    assert codes.ASKED_FROM.most >= 200
    assert codes.ASKED_FROM.within <= timedelta(minutes=15)
    assert codes.GUESSED_FROM.within <= timedelta(minutes=15)


def test_a_network_is_limited_gently(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        codes, "ASKED_FROM", codes.Limit(name="asked-from", most=2, within=codes.ASKED_FROM.within)
    )
    ask("a@exemple.example")
    ask("b@exemple.example")
    with pytest.raises(codes.TooMany):
        ask("c@exemple.example")
    ask("c@exemple.example", minutes=15)


def test_guesses_from_a_network_are_limited_gently(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        codes, "GUESSED_FROM", codes.Limit(name="guessed-from", most=2, within=codes.GUESSED_FROM.within)
    )
    person = someone()
    for _ in range(2):
        redeem(ask(person.email), digits_sent())
    code = ask(person.email)
    with pytest.raises(codes.TooMany):
        redeem(code, digits_sent())
    redeem(code, digits_sent(), client="198.51.100.9")


def test_what_an_address_spends_in_vain_is_not_counted_against_its_school(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        codes, "ASKED_FROM", codes.Limit(name="asked-from", most=6, within=codes.ASKED_FROM.within)
    )
    for _ in range(codes.ASKED.most):
        ask("a@exemple.example")
    for _ in range(20):
        with pytest.raises(codes.TooMany):
            ask("a@exemple.example")
    ask("b@exemple.example")


def test_an_unknown_address_gets_the_same_answer_and_no_message() -> None:
    code = ask("inconnu@exemple.example")
    assert mail.outbox == []
    with pytest.raises(codes.WrongCode):
        redeem(code, "000000")


def test_an_unknown_address_goes_through_the_same_door(monkeypatch: pytest.MonkeyPatch) -> None:
    handed: list[object] = []
    monkeypatch.setattr(codes.mail, "send_later", handed.append)
    ask(someone().email)
    ask("inconnu@exemple.example")
    assert [message is None for message in handed] == [False, True]


def test_an_unknown_address_costs_the_same_queries() -> None:
    person = someone()
    counts = []
    for email in ("premier@exemple.example", person.email, "inconnu@exemple.example"):
        with CaptureQueriesContext(connection) as asking:
            code = ask(email)
        with CaptureQueriesContext(connection) as guessing, pytest.raises(codes.WrongCode):
            redeem(code, other_digits(digits_sent()) if mail.outbox else "000000")
        counts.append((len(asking), len(guessing)))
    # The first of all begins the count of its network.
    assert counts[1] == counts[2]


def test_lucky_digits_at_an_unknown_address_open_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "constant_time_compare", lambda *given: True)
    with pytest.raises(codes.WrongCode):
        redeem(ask("inconnu@exemple.example"), "000000")


def test_a_closed_account_neither_gets_nor_redeems_a_code() -> None:
    person = someone()
    code = ask(person.email)
    digits = digits_sent()
    Person.objects.update(is_active=False)
    with pytest.raises(codes.WrongCode):
        redeem(code, digits)
    mail.outbox.clear()
    ask(person.email)
    assert mail.outbox == []


def test_someone_elses_digits_do_not_open_my_code(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter((111_111, 222_222))
    monkeypatch.setattr(codes.secrets, "randbelow", lambda below: next(drawn))
    mine = ask(someone("Paul Abeille").email)
    ask(someone("Zoé Castor").email)
    with pytest.raises(codes.WrongCode):
        redeem(mine, "222222")


def test_a_code_that_never_was() -> None:
    with pytest.raises(codes.SpentCode):
        codes.redeem(code=uuid4(), digits="123456", client=SCHOOL, now=NOW)


def test_old_codes_are_forgotten() -> None:
    ask(someone().email)
    ask("autre@exemple.example", minutes=15)
    assert SignInCode.objects.count() == 1


def test_all_six_digits_are_drawn() -> None:
    person = someone()
    drawn = set()
    for _ in range(30):
        redeem(ask(person.email), digits_sent())
        drawn.add(digits_sent())
    assert len(drawn) > 25


def test_the_database_refuses_that_nobody_used_a_code() -> None:
    code = ask("inconnu@exemple.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        SignInCode.objects.filter(pk=code.pk).update(used_at=NOW)
