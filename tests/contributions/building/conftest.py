"""Someone of each role, and a questionnaire."""

from itertools import count
from uuid import uuid4

import pytest

from cahiers.accounts.models import Person
from cahiers.consultations.models import Membership, Role
from cahiers.contributions.building import actions, questions
from cahiers.contributions.building.actions import Told
from cahiers.contributions.building.questions import Wording
from cahiers.contributions.models import FormKind, Submission


@pytest.fixture(autouse=True)
def _that_day(today):
    """Of the tests, in each of them."""


@pytest.fixture
def member(published, now):
    numbers = count()

    def member(role, territory=None):
        person = Person.objects.create(
            email=f"personne{next(numbers)}@exemple.example",
            display_name="Une personne",
            joined_at=now,
            first_login=now,
        )
        Membership.objects.create(
            person=person, consultation=published, territory=territory, role=role, since=now
        )
        return person

    return member


@pytest.fixture
def organiser(client, member):
    """Signed in."""
    person = member(Role.ORGANISER)
    client.force_login(person)
    return person


@pytest.fixture
def survey(published, now):
    return actions.create(
        consultation=published,
        kind=FormKind.QUESTIONNAIRE,
        told=Told(title="Votre avis"),
        command=uuid4(),
        by=None,
        now=now,
    )


@pytest.fixture
def ask(survey, now):
    def ask(**told):
        given = {"type": "choice", "text": "Oui ou non ?", "options": ["Oui", "Non"]} | told
        questions.add(form=survey, wording=Wording(**given), command=uuid4(), by=None, now=now)
        return survey.questions.order_by("pk").last()

    return ask


@pytest.fixture
def answered(survey, nation, now):
    def answered(**answers):
        return Submission.objects.create(
            consultation=survey.consultation,
            form=survey,
            territory=nation,
            channel="survey",
            category="users",
            answers=answers,
            created_at=now,
        )

    return answered
