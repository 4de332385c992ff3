"""Long lists are counted no further than a page needs, and each of their pages can be reached."""

import pytest
from django.test import RequestFactory

from cahiers.contributions.actions import Draft, store
from cahiers.contributions.models import Channel, Contribution
from cahiers.contributions.reading import paging

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(consultation, region, now, monkeypatch):
    monkeypatch.setattr(paging, "MOST", 50)
    drafts = [Draft(territory=region, channel=Channel.FORM, text=f"Remarque {n}") for n in range(80)]
    store(consultation=consultation, drafts=drafts, now=now)
    return Contribution.objects.order_by("pk")


def page(listed, asked):
    return paging.paged(RequestFactory().get("/", {"page": asked}), listed)


def test_a_long_list_is_counted_as_far_as_its_page_needs(listed):
    first, third = page(listed, "1"), page(listed, "3")
    assert (first.paginator.more, first.paginator.count, first.has_next()) == (True, 50, True)
    assert (third.paginator.more, third.paginator.count, len(third)) == (False, 80, 25)


@pytest.mark.parametrize(
    ("asked", "number"), [("", 1), ("x", 1), ("0", 1), ("٣", 1), ("4", 4), ("9" * 30, 4)]
)
def test_what_is_no_page_leads_to_the_nearest(listed, asked, number):
    assert page(listed, asked).number == number
