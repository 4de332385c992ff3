"""What one browser and one form may send, and words that come twice."""

from datetime import timedelta

import pytest

from cahiers.accounts.limits import Limit
from cahiers.contributions.collecting import limits
from cahiers.contributions.models import Contribution

pytestmark = pytest.mark.django_db
OUTBOX = {"X-Cahiers-Outbox": "1"}


def address(form):
    return f"/{form.consultation.slug}/contribuer/{form.slug}/"


def test_the_same_words_from_the_same_browser_are_taken_once(client, short, fill):
    client.post(address(short), fill(short))
    again = client.post(address(short), fill(short))
    assert again.status_code == 422
    assert "déjà envoyé" in again.content.decode()
    client.post(address(short), fill(short, text="Autre chose."))
    assert Contribution.objects.count() == 2


def test_the_same_words_from_another_browser_are_someone_else_s(client, short, fill):
    client.post(address(short), fill(short))
    client.cookies.clear()
    client.post(address(short), fill(short))
    assert Contribution.objects.count() == 2


def test_an_answer_that_was_lost_on_its_way_is_given_again(client, short, fill, now):
    asked = fill(short)
    first = client.post(address(short), asked, headers=OUTBOX).json()
    short.closes = now - timedelta(days=9)
    short.save()
    assert client.post(address(short), asked, headers=OUTBOX).json() == first
    assert Contribution.objects.count() == 1


def test_one_browser_sends_so_much_and_no_more(client, short, fill, monkeypatch):
    monkeypatch.setattr(limits, "OF_BROWSER", Limit(name="few", most=2, within=timedelta(hours=1)))
    for number in range(2):
        client.post(address(short), fill(short, text=f"Remarque {number}."))
    answer = client.post(address(short), fill(short, text="Une de trop."))
    assert answer.status_code == 422
    assert "dix minutes" in answer.content.decode()
    waits = client.post(address(short), fill(short, text="Une de trop."), headers=OUTBOX)
    assert (waits.status_code, waits.headers["Retry-After"]) == (429, "600")
    assert Contribution.objects.count() == 2


def test_one_form_takes_so_much_and_no_more(client, short, fill, monkeypatch):
    monkeypatch.setattr(limits, "OF_FORM", Limit(name="few", most=1, within=timedelta(hours=1)))
    client.post(address(short), fill(short))
    client.cookies.clear()
    assert client.post(address(short), fill(short), headers=OUTBOX).status_code == 429


def test_the_cookie_says_nothing(client, short, fill):
    client.get(address(short))
    assert limits.COOKIE not in client.cookies
    client.post(address(short), fill(short))
    kept = client.cookies[limits.COOKIE]
    assert (len(kept.value), kept["httponly"], kept["samesite"]) == (32, True, "Lax")


@pytest.mark.parametrize("forged", ["", "x" * 5000, "<script>", "7641f1e3-25ff-42bf-847a-ac44f9641c53"])
def test_a_forged_cookie_is_replaced(client, short, fill, forged):
    client.cookies[limits.COOKIE] = forged
    client.post(address(short), fill(short))
    assert len(client.cookies[limits.COOKIE].value) == 32
