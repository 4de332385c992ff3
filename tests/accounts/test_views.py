"""Pages of sign-in and of one's account."""

import gzip
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cahiers.accounts import codes
from cahiers.accounts.models import Person, SignInCode
from cahiers.journal.models import Entry
from tests.accounts.people import digits_sent, other_digits, someone

pytestmark = pytest.mark.django_db

SIGN_IN = "/compte/connexion/"
CODE = "/compte/connexion/code/"


def ask(client: Client, email: str, suite: str = "") -> HttpResponse:
    return client.post(SIGN_IN, {"email": email, "suite": suite})


def text(response: HttpResponse) -> str:
    return response.content.decode()


def test_sign_in_leads_back_to_the_page_asked_for(client: Client) -> None:
    person = someone()
    page = client.get("/compte/")
    assert page["Location"] == "/compte/connexion/?suite=/compte/"
    assert 'value="/compte/"' in text(client.get(page["Location"]))
    assert ask(client, person.email, "/compte/")["Location"] == CODE
    digits = digits_sent()
    welcome = client.post(CODE, {"digits": f" {digits[:3]} {digits[3:]} "})
    assert welcome["Location"] == "/compte/"
    assert person.email in text(client.get("/compte/"))


def test_without_a_page_asked_for_it_leads_home(client: Client) -> None:
    ask(client, someone().email)
    assert client.post(CODE, {"digits": digits_sent()})["Location"] == "/"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://ailleurs.example/",
        "//ailleurs.example/",
        "/\\ailleurs.example/",
        "///ailleurs.example",
        "\\\\ailleurs.example",
        "javascript:alert(1)",
        "http:ailleurs.example",
        "ailleurs.example",
        " https://ailleurs.example/",
        "http://testserver/compte/",
        "/\t/ailleurs.example",
    ],
)
def test_it_never_leads_elsewhere(client: Client, elsewhere: str) -> None:
    ask(client, someone().email, elsewhere)
    assert client.post(CODE, {"digits": digits_sent()})["Location"] == "/"
    assert client.get(SIGN_IN, {"suite": elsewhere})["Location"] == "/"


def test_a_session_does_not_keep_whatever_length(client: Client) -> None:
    ask(client, "inconnu@exemple.example", "/" + "a" * 100_000)
    assert len(client.session["sign_in"]["suite"]) == 2000


def test_the_session_changes_its_key(client: Client) -> None:
    ask(client, someone().email)
    before = client.cookies["sessionid"].value
    client.post(CODE, {"digits": digits_sent()})
    assert client.cookies["sessionid"].value != before
    stolen = Client()
    stolen.cookies["sessionid"] = before
    assert stolen.get("/compte/").status_code == 302


def test_the_address_waits_in_a_session_that_ends_with_the_code(client: Client) -> None:
    ask(client, someone().email)
    assert client.session.get_expiry_age() == codes.LIFE.total_seconds()
    client.post(CODE, {"digits": digits_sent()})
    assert client.session.get_expiry_age() == django_settings.SESSION_COOKIE_AGE
    assert "sign_in" not in client.session


def test_known_or_not_the_pages_are_the_same() -> None:
    someone()
    pages = []
    for email in ("ins.tourbier@exemple.example", "xns.tourbier@exemple.example"):
        client = Client()
        asked = ask(client, email)
        wrong = client.post(CODE, {"digits": "000000"})
        pages.append(
            [
                asked.status_code,
                asked["Location"],
                wrong.status_code,
                _plain(client, email),
                _plain_of(wrong, email),
            ]
        )
    assert pages[0] == pages[1]
    assert [message.to for message in mail.outbox] == [["ins.tourbier@exemple.example"]]


def _plain(client: Client, email: str) -> str:
    return _plain_of(client.get(CODE), email)


def _plain_of(response: HttpResponse, email: str) -> str:
    """Without the address and the tokens, which differ each time."""
    lines = text(response).replace(email, "ADRESSE").splitlines()
    return "\n".join(line for line in lines if "csrfmiddlewaretoken" not in line)


def test_a_code_is_good_in_the_browser_that_asked_for_it(client: Client) -> None:
    ask(client, someone().email)
    other = Client()
    assert other.post(CODE, {"digits": digits_sent()})["Location"] == SIGN_IN
    assert other.get("/compte/").status_code == 302


def test_wrong_digits(client: Client) -> None:
    ask(client, someone().email)
    page = client.post(CODE, {"digits": other_digits(digits_sent())})
    assert page.status_code == 422
    assert "Ce n’est pas le code" in text(page)
    assert 'role="alert"' in text(page)
    assert 'href="#id_digits"' in text(page)
    assert 'aria-invalid="true"' in text(page)
    assert 'aria-describedby="id_digits_error"' in text(page)
    assert 'id="id_digits_error"' in text(page)


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "1" * 5000])
def test_what_is_no_code_costs_no_guess(client: Client, typed: str) -> None:
    ask(client, someone().email)
    assert client.post(CODE, {"digits": typed}).status_code == 422
    assert SignInCode.objects.get().guesses == 0


def test_an_expired_code(client: Client) -> None:
    ask(client, someone().email)
    SignInCode.objects.update(asked_at=timezone.now() - codes.LIFE - timedelta(seconds=1))
    page = client.post(CODE, {"digits": digits_sent()})
    assert "ne sert plus" in text(page)
    assert client.get("/compte/").status_code == 302


def test_too_many_codes_asked_for(client: Client) -> None:
    for _ in range(codes.ASKED.most):
        ask(client, "inconnu@exemple.example")
    page = ask(client, "inconnu@exemple.example")
    assert page.status_code == 429
    assert "quart d’heure" in text(page)


def test_too_many_guesses(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "GUESSED", codes.Limit(name="guessed", most=1, within=timedelta(hours=1)))
    ask(client, someone().email)
    client.post(CODE, {"digits": other_digits(digits_sent())})
    assert client.post(CODE, {"digits": digits_sent()}).status_code == 429


def test_another_code_can_be_asked_for_from_the_second_page(client: Client) -> None:
    person = someone()
    ask(client, person.email, "/compte/")
    first = digits_sent()
    ask(client, person.email, "/compte/")
    assert first != digits_sent() or len(mail.outbox) == 2
    assert client.post(CODE, {"digits": digits_sent()})["Location"] == "/compte/"


def test_no_address(client: Client) -> None:
    page = client.post(SIGN_IN, {"email": "pas une adresse"})
    assert page.status_code == 422
    assert 'href="#id_email"' in text(page)
    assert mail.outbox == []


def test_phones_fill_the_code_in(client: Client) -> None:
    assert 'autocomplete="email"' in text(client.get(SIGN_IN))
    ask(client, "inconnu@exemple.example")
    page = text(client.get(CODE))
    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="numeric"' in page


def test_the_code_page_needs_a_code_asked_for(client: Client) -> None:
    assert client.get(CODE)["Location"] == SIGN_IN


def test_forms_of_other_sites_are_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    for address in (SIGN_IN, CODE, "/compte/deconnexion/"):
        page = client.post(address, {"email": "a@exemple.example"})
        assert page.status_code == 403
        assert "Ce formulaire a trop attendu" in text(page)


def test_no_cache_keeps_the_pages(client: Client) -> None:
    assert "no-store" in client.get(SIGN_IN)["Cache-Control"]
    client.force_login(someone())
    assert "no-store" in client.get("/compte/")["Cache-Control"]


@pytest.mark.parametrize("address", ["/compte/deconnexion/", "/compte/deconnexion-partout/"])
def test_reading_a_page_signs_nobody_out(client: Client, address: str) -> None:
    client.force_login(someone())
    assert client.get(address).status_code == 405
    assert client.get("/compte/").status_code == 200


@pytest.mark.parametrize("address", [SIGN_IN, CODE, "/compte/"])
def test_wrong_method(client: Client, address: str) -> None:
    assert client.put(address).status_code == 405


def test_sign_out(client: Client) -> None:
    client.force_login(someone())
    assert client.post("/compte/deconnexion/")["Location"] == "/"
    assert "Vous êtes déconnecté" in text(client.get("/"))
    assert client.get("/compte/").status_code == 302


def test_sign_out_everywhere() -> None:
    person = someone()
    here, there, colleague = Client(), Client(), Client()
    here.force_login(person)
    there.force_login(person)
    colleague.force_login(someone("Paul Abeille"))
    here.post("/compte/deconnexion-partout/")
    assert here.get("/compte/").status_code == 302
    assert there.get("/compte/").status_code == 302
    assert colleague.get("/compte/").status_code == 200


def test_a_closed_account_is_out_at_once(client: Client) -> None:
    client.force_login(someone())
    Person.objects.update(is_active=False)
    assert client.get("/compte/").status_code == 302


def test_name_and_language(client: Client) -> None:
    person = someone()
    client.force_login(person)
    client.post("/compte/", {"display_name": "  Inès T. ", "language": "en"})
    person.refresh_from_db()
    assert (person.display_name, person.language) == ("Inès T.", "en")
    assert '<html lang="en">' in text(client.get("/compte/"))
    entry = Entry.objects.latest("pk")
    assert (entry.verb, entry.subject, entry.actor) == ("edit", person.uuid, person.uuid)
    client.post("/compte/", {"display_name": "Inès T.", "language": ""})
    person.refresh_from_db()
    assert person.language == ""
    assert '<html lang="en">' in text(client.get("/compte/"))  # still the browser's choice


def test_sign_in_brings_the_language(client: Client) -> None:
    person = someone()
    person.language = "en"
    person.save()
    ask(client, person.email)
    client.post(CODE, {"digits": digits_sent()})
    assert '<html lang="en">' in text(client.get("/"))


@pytest.mark.parametrize("given", [{"display_name": ""}, {"display_name": "x", "language": "de"}])
def test_an_account_keeps_what_it_has(client: Client, given: dict[str, str]) -> None:
    client.force_login(someone())
    page = client.post("/compte/", given)
    assert page.status_code == 422
    assert 'role="alert"' in text(page)
    assert Person.objects.get().display_name == "Inès Tourbier"


def test_signed_in_already(client: Client) -> None:
    client.force_login(someone())
    assert client.get(SIGN_IN, {"suite": "/compte/"})["Location"] == "/compte/"


def test_the_top_of_pages_leads_to_sign_in_and_back(client: Client) -> None:
    assert 'href="/compte/connexion/?suite=%2F%3Fpage%3D2"' in text(client.get("/?page=2"))
    client.force_login(someone())
    page = text(client.get("/"))
    assert reverse("account") in page
    assert SIGN_IN not in page


def test_what_is_not_found_may_be_behind_a_sign_in(client: Client) -> None:
    page = client.get("/rien/du/tout/")
    assert page.status_code == 404
    assert 'href="/compte/connexion/?suite=%2Frien%2Fdu%2Ftout%2F"' in text(page)


@pytest.mark.parametrize("address", [SIGN_IN, CODE, "/compte/"])
def test_weight(client: Client, address: str) -> None:
    if address == CODE:
        ask(client, "inconnu@exemple.example")
    if address == "/compte/":
        client.force_login(someone())
    page = client.get(address)
    assert page.status_code == 200
    assert len(gzip.compress(page.content)) < 8 * 1024
    assert text(page).count("<") < 350
    assert "<script" not in text(page)
    assert "style=" not in text(page)
