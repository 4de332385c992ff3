"""Counting in the database, and knowing a network."""

from datetime import timedelta

import pytest
from django.db.models import QuerySet
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries, Settings

from cahiers.accounts.limits import LONGEST, Limit, client_of, forget_old
from cahiers.accounts.models import Tally
from tests.accounts.people import NOW

pytestmark = pytest.mark.django_db

LIMIT = Limit(name="test", most=3, within=timedelta(minutes=10))


def test_so_many_and_no_more() -> None:
    assert [LIMIT.spend("a", NOW) for _ in range(5)] == [True, True, True, False, False]


def test_another_subject_is_counted_apart() -> None:
    for _ in range(4):
        LIMIT.spend("a", NOW)
    assert LIMIT.spend("b", NOW)


def test_another_limit_is_counted_apart() -> None:
    for _ in range(4):
        LIMIT.spend("a", NOW)
    assert Limit(name="other", most=1, within=LIMIT.within).spend("a", NOW)


def test_time_passes_and_refusals_do_not_prolong_it() -> None:
    for minute in range(10):
        LIMIT.spend("a", NOW + timedelta(minutes=minute))
    assert not LIMIT.spend("a", NOW + timedelta(minutes=9, seconds=59))
    assert [LIMIT.spend("a", NOW + timedelta(minutes=10)) for _ in range(4)] == [True, True, True, False]


def test_another_worker_begins_the_count_in_between(monkeypatch: pytest.MonkeyPatch) -> None:
    exists = QuerySet.exists

    def meanwhile(tally: QuerySet[Tally]) -> bool:
        monkeypatch.setattr(QuerySet, "exists", exists)
        assert LIMIT.spend("a", NOW)
        return exists(tally)

    monkeypatch.setattr(QuerySet, "exists", meanwhile)
    assert LIMIT.spend("a", NOW)
    assert Tally.objects.get().count == 2


def test_forgiven() -> None:
    for _ in range(4):
        LIMIT.spend("a", NOW)
    LIMIT.forgive("a")
    assert LIMIT.spend("a", NOW)


def test_one_update_where_the_count_is_under_way(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    LIMIT.spend("a", NOW)
    with django_assert_num_queries(1):
        assert LIMIT.spend("a", NOW)


def test_who_is_counted_is_not_kept() -> None:
    LIMIT.spend("192.0.2.7", NOW)
    assert "192.0.2.7" not in Tally.objects.get().key


def test_old_counts_are_forgotten() -> None:
    LIMIT.spend("a", NOW)
    LIMIT.spend("b", NOW + timedelta(hours=2))
    forget_old(NOW + LONGEST + timedelta(seconds=1))
    assert Tally.objects.count() == 1


@pytest.mark.parametrize(
    ("address", "known_as"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
        ("unix:", ""),
    ],
)
def test_client(address: str, known_as: str) -> None:
    assert client_of(RequestFactory().get("/", REMOTE_ADDR=address)) == known_as


def test_a_header_says_nothing_without_a_trusted_proxy(settings: Settings) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7", headers={"X-Forwarded-For": "198.51.100.9"})
    settings.TRUST_PROXY = False
    assert client_of(request) == "192.0.2.7"


def test_behind_a_trusted_proxy_only_its_own_word_counts(settings: Settings) -> None:
    forged = "203.0.113.1, 198.51.100.9"
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7", headers={"X-Forwarded-For": forged})
    settings.TRUST_PROXY = True
    assert client_of(request) == "198.51.100.9"
