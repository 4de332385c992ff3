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


def test_what_is_few_is_read_by_its_keys_in_its_order(listed, django_assert_num_queries):
    few = listed.filter(current__text__endswith="7").order_by("-pk")
    with django_assert_num_queries(2) as asked:
        found = page(few, "1")
        texts = [one.current.text for one in found.object_list.select_related("current")]
    assert texts == [f"Remarque {n}" for n in range(77, 0, -10)]
    assert found.paginator.count == 8
    assert "COUNT" not in asked.captured_queries[0]["sql"]


def test_far_pages_are_counted_and_not_fetched(listed, django_assert_num_queries):
    with django_assert_num_queries(2) as asked:
        assert len(page(listed, "4").object_list) == 5
    assert "COUNT" in asked.captured_queries[0]["sql"]
