"""Who enters what was written on paper."""

import pytest

from cahiers.consultations.models import Role
from tests.consultations.teams import member


@pytest.fixture(autouse=True)
def _that_day(today):
    """Of the tests, in each of them."""


@pytest.fixture
def clerk(client, published):
    person = member(published, Role.FACILITATOR)
    client.force_login(person)
    return person
