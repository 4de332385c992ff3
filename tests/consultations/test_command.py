"""`cahiers user`: adding, listing, removing people."""

import argparse
from collections.abc import Callable

import pytest
from django.core import mail

from cahiers.accounts.models import Person
from cahiers.consultations import command
from cahiers.consultations.models import Membership, Role
from tests.consultations.teams import member, place

pytestmark = pytest.mark.django_db

Run = Callable[..., int]


@pytest.fixture
def run() -> Run:
    def run(*arguments: str) -> int:
        parser = argparse.ArgumentParser()
        command.add_parsers(parser.add_subparsers())
        parsed = parser.parse_args(["user", *arguments])
        status = parsed.run(parsed)
        assert isinstance(status, int)
        return status

    return run


def test_added_with_a_role(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    place()
    assert run("add", "Lou@Exemple.example", "--name", "Lou Estran", "--organiser-of", "deux-rives") == 0
    person = Person.objects.get()
    assert (person.email, person.display_name, person.is_staff) == (
        "lou@exemple.example",
        "Lou Estran",
        False,
    )
    held = Membership.objects.get()
    assert (held.role, held.territory) == (Role.ORGANISER, None)
    assert mail.outbox[0].to == ["lou@exemple.example"]
    assert "organise deux-rives" in capsys.readouterr().out


def test_added_without_more(run: Run) -> None:
    assert run("add", "lou.estran@exemple.example") == 0
    assert Person.objects.get().display_name == "lou.estran"
    assert mail.outbox == []


def test_added_twice_changes_nothing(run: Run) -> None:
    place()
    for _ in range(2):
        assert run("add", "lou@exemple.example", "--name", "Lou", "--organiser-of", "deux-rives") == 0
    assert (Person.objects.count(), Membership.objects.count()) == (1, 1)


def test_a_reader_becomes_organiser(run: Run) -> None:
    person = member(place().consultation, Role.READER)
    assert run("add", person.email, "--organiser-of", "deux-rives") == 0
    assert Membership.objects.current().get().role == Role.ORGANISER


def test_staff(run: Run) -> None:
    assert run("add", "lou@exemple.example") == 0
    assert run("add", "lou@exemple.example", "--staff") == 0
    assert Person.objects.get().is_staff


@pytest.mark.parametrize(
    "given",
    [
        ("pas une adresse",),
        (f"{'a' * 60}@{'exemple.' * 30}example",),
        ("lou@exemple.example", "--organiser-of", "inconnue"),
    ],
)
def test_what_cannot_be_added_leaves_nothing(
    run: Run, capsys: pytest.CaptureFixture[str], given: tuple[str, ...]
) -> None:
    place()
    assert run("add", *given) == 2
    assert not Person.objects.exists()
    assert "«" in capsys.readouterr().err


def test_listed(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    found = place()
    member(found.consultation, Role.FACILITATOR, found.north)
    run("add", "lou@exemple.example", "--staff")
    capsys.readouterr()
    assert run("list") == 0
    assert capsys.readouterr().out.splitlines() == [
        "ins.tourbier@exemple.example\tInès Tourbier\tfacilitator deux-rives (Rive-Nord)",
        "lou@exemple.example\tlou\tinstallation ; invitation en attente",
    ]


def test_removed(run: Run) -> None:
    person = member(place().consultation, Role.READER)
    assert run("remove", person.email.upper()) == 0
    assert not Person.objects.exists()


def test_the_last_organiser_is_not_removed(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    person = member(place().consultation, Role.ORGANISER)
    assert run("remove", person.email) == 2
    assert "--organiser-of deux-rives" in capsys.readouterr().err
    assert Person.objects.exists()


def test_nobody_to_remove(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("remove", "lou@exemple.example") == 2
    assert "lou@exemple.example" in capsys.readouterr().err
