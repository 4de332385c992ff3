"""How forms are filled in."""

from datetime import timedelta
from uuid import uuid4

import pytest

from cahiers.contributions.collecting import stamps


@pytest.fixture(autouse=True)
def _that_day(today):
    """Of the tests, in each of them."""


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
