"""A published notebook, someone who may edit it, and what they edit."""

import pytest

from cahiers.consultations.models import Role
from cahiers.notebooks.models import Statement
from tests.consultations.teams import member


@pytest.fixture
def editor(client, public_notebook):
    """Signed in."""
    person = member(public_notebook.consultation, Role.FACILITATOR, name="Oriane Belcastel")
    client.force_login(person)
    return person


@pytest.fixture
def irritant(public_notebook):
    return Statement.objects.get(current__text="Trop de mots de passe")


@pytest.fixture
def strengths(public_notebook):
    return list(Statement.objects.filter(current__text="Entraide"))


@pytest.fixture
def row(irritant):
    return irritant.row
