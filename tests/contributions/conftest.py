"""Forms that are open, and the day on which people fill them in."""

import pytest

from cahiers.contributions.models import Form


@pytest.fixture
def today(monkeypatch, now):
    """Pages take the moment of the tests for theirs."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)


@pytest.fixture
def short(published, now):
    return Form.objects.create(
        consultation=published, slug="en-bref", kind="short", title="En bref", released_at=now
    )


@pytest.fixture
def sheet(published, now):
    return Form.objects.create(
        consultation=published, slug="fiche", kind="sheet", title="Fiche", released_at=now
    )
