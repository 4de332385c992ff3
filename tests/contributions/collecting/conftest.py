"""Open forms, and how they are filled in."""

from datetime import timedelta
from uuid import uuid4

import pytest

from cahiers.contributions.collecting import stamps
from cahiers.contributions.models import Form


@pytest.fixture(autouse=True)
def today(monkeypatch, now):
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


@pytest.fixture
def fill(nation, now):
    def fill(form, **more):
        fields = {
            "command": str(uuid4()),
            "receipt": uuid4().hex,
            "stamp": stamps.stamp(form.pk, now - timedelta(seconds=30)),
            "territory": nation.pk,
            "consent": "internal",
        }
        if form.kind == "short":
            fields |= {"kind": "irritant", "text": "Le réseau tombe chaque matin."}
        else:
            fields |= {"title": "Des tablettes en CP", "worked": "Les élèves aident.", "context": "En classe"}
        return fields | more

    return fill
