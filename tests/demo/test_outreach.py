"""The demo's invitations and numbers of people: some answered, and gaps have something to be compared with."""

from collections import Counter

import pytest

from cahiers.consultations.models import Consultation
from cahiers.contributions.invitations.queries import invited_of
from cahiers.contributions.portrait.queries import portrait_of
from cahiers.territories import uai
from cahiers.territories.models import Level, Territory

pytestmark = pytest.mark.django_db


@pytest.fixture
def main(loaded):
    return Consultation.objects.get(method_key="etats-generaux")


def test_some_of_those_invited_answered(main):
    answers = Counter(invited_of(main).values_list("answer", flat=True))
    assert answers["spoke"] >= 6
    assert answers["told"] == 4
    assert answers["silent"] >= 8


def test_establishments_have_numbers_that_exist_nowhere(main):
    codes = Territory.objects.within(*main.territories.all()).filter(level=Level.ESTABLISHMENT)
    assert all(
        uai.parse(code).startswith(("096", "097", "098")) for code in codes.values_list("code", flat=True)
    )


def test_the_portrait_has_numbers_to_compare_with_and_gaps_to_tell(main):
    drawn = portrait_of(main, Level.DEPARTMENT, public=False)
    assert all(line.known and line.rate for line in drawn.lines if line.territory)
    assert ("Combes-et-Lacs", "users") in {(place.name, category.key) for place, category in drawn.gaps}
    assert {share.name for share in drawn.shares if share.known} >= {"Familles et élèves"}
    widest = portrait_of(main, Level.REGION, public=False)
    assert [(place.name, category.key) for place, category in widest.gaps] == [
        ("Hautes Vallées de Tarvel", "edtech")
    ]
    assert sum(line.known or 0 for line in widest.lines if line.territory) == sum(
        line.known or 0 for line in drawn.lines if line.territory
    )
