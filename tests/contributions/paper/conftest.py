"""Forms to print and to enter, and who enters them."""

import pytest

from cahiers.consultations.models import Role
from cahiers.contributions.models import Form
from tests.consultations.teams import member


@pytest.fixture(autouse=True)
def today(monkeypatch, now):
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)


@pytest.fixture
def short(published, now):
    return Form.objects.create(
        consultation=published, slug="en-bref", kind="short", title="En bref", released_at=now
    )


@pytest.fixture
def sheet_form(published, now):
    return Form.objects.create(
        consultation=published, slug="fiche", kind="sheet", title="Fiche", released_at=now
    )


@pytest.fixture
def clerk(client, published):
    person = member(published, Role.FACILITATOR)
    client.force_login(person)
    return person
