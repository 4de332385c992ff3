"""A passkey signs in, once for each challenge, and nothing else does."""

import json
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cahiers.accounts.models import Passkey, Person
from cahiers.accounts.passkeys import actions, views
from cahiers.journal.models import Entry
from tests.accounts.authenticator import PRESENT, Device
from tests.accounts.people import NOW, someone
from tests.pages import Page

pytestmark = pytest.mark.django_db

SITE = "https://cahiers.example:8443"
ACCOUNT, SIGN_IN = "/compte/", "/compte/connexion/"


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL, settings.HTTPS = SITE, True


@pytest.fixture
def device() -> Device:
    return Device(origin=SITE)


@pytest.fixture
def person() -> Person:
    return someone()


@pytest.fixture
def client(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def key(client: Client, device: Device) -> Passkey:
    added(client, device)
    return Passkey.objects.get()


def asked(client: Client, address: str) -> dict:
    answer = client.post(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    return answer.json()


def added(client: Client, device: Device, change: Callable[[str], str] = str) -> str:
    """Where adding it leads."""
    options = asked(client, f"{ACCOUNT}cles/defi/")
    answer = client.post(f"{ACCOUNT}cles/ajouter/", {"answer": change(device.make(options))})
    assert answer.status_code == 302
    return answer["Location"]


def signed(device: Device, suite: str = "/compte/", client: Client | None = None) -> Client:
    client = client or Client()
    options = asked(client, f"{SIGN_IN}cle/defi/")
    answer = client.post(f"{SIGN_IN}cle/", {"answer": device.sign(options), "suite": suite})
    assert answer.status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get(ACCOUNT).status_code == 200


def test_a_key_is_added_named_and_removed(client, device, person):
    before = Entry.objects.count()
    assert "Ajouter une clé d’accès" in client.get(ACCOUNT).content.decode()
    page = added(client, device)
    key = person.passkeys.get()
    assert (page, key.name, key.signatures, key.used_at) == (f"{ACCOUNT}cles/{key.uuid}/", "Clé 1", 0, None)
    assert "Clé d’accès ajoutée le" in client.get(page).content.decode()
    assert client.post(page, {"name": " "}).status_code == 422
    assert client.post(page, {"name": "Mon téléphone"})["Location"] == ACCOUNT
    assert "Mon téléphone" in client.get(ACCOUNT).content.decode()
    assert client.post(f"{page}retirer/")["Location"] == ACCOUNT
    assert not Passkey.objects.exists()
    assert Entry.objects.count() == before


def test_the_person_is_told(client, device, person):
    added(client, device)
    [message] = mail.outbox
    assert message.to == [person.email]
    assert f"{SITE}/compte/" in str(message.body)


def test_what_devices_are_asked(client, device, person, key):
    options = asked(client, f"{ACCOUNT}cles/defi/")
    assert options["rp"] == {"id": "cahiers.example", "name": "Cahiers"}
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert [one["id"] for one in options["excludeCredentials"]] == [key.credential]
    signing = asked(Client(), f"{SIGN_IN}cle/defi/")
    assert signing["userVerification"] == "required"
    assert not signing.get("allowCredentials")  # which would tell who has a key


def test_it_signs_in_and_leads_back(device, key, person):
    client = Client()
    options = asked(client, f"{SIGN_IN}cle/defi/")
    before = client.session.session_key
    answer = client.post(f"{SIGN_IN}cle/", {"answer": device.sign(options), "suite": "/ecole/"})
    assert answer["Location"] == "/ecole/"
    assert client.session.session_key != before
    assert is_in(client)
    key.refresh_from_db()
    person.refresh_from_db()
    assert key.used_at is not None
    assert person.last_login is not None
    assert signed(device, "https://ailleurs.example/").get(ACCOUNT).status_code == 200


def test_the_first_sign_in_is_noted(device, client, key, person):
    Person.objects.update(first_login=None)
    signed(device)
    person.refresh_from_db()
    assert person.first_login is not None


def test_a_challenge_is_answered_once(device, key):
    client = Client()
    options = asked(client, f"{SIGN_IN}cle/defi/")
    good = device.sign(options)
    assert client.post(f"{SIGN_IN}cle/", {"answer": "{}"})["Location"].startswith(SIGN_IN)
    client.post(f"{SIGN_IN}cle/", {"answer": good})
    assert not is_in(client)


def test_an_answer_to_another_visitor_s_challenge(device, key):
    mine, other = Client(), Client()
    asked(mine, f"{SIGN_IN}cle/defi/")
    answer = device.sign(asked(other, f"{SIGN_IN}cle/defi/"))
    mine.post(f"{SIGN_IN}cle/", {"answer": answer})
    assert not is_in(mine)


def test_a_challenge_grows_old(device, key, monkeypatch):
    client = Client()
    options = asked(client, f"{SIGN_IN}cle/defi/")
    later = timezone.now() + timedelta(seconds=views.LIFE + 1)
    monkeypatch.setattr(views.timezone, "now", lambda: later)
    client.post(f"{SIGN_IN}cle/", {"answer": device.sign(options)})
    assert not is_in(client)


@pytest.mark.parametrize(
    "wrong",
    [
        {"origin": "https://cahiers.example"},
        {"origin": "http://cahiers.example:8443"},
        {"origin": "https://faux.example"},
        {"host": "faux.example"},
        {"flags": 0},
        {"flags": PRESENT},
        {"handle": b""},
        {"handle": uuid4().bytes},
        {"handle": b"court"},
        {"credential": b"une autre"},
    ],
)
def test_what_proves_nothing_is_refused(device, key, wrong):
    for name, value in wrong.items():
        setattr(device, name, value)
    client = signed(device)
    assert not is_in(client)
    assert "n’est pas reconnue" in client.get(SIGN_IN).content.decode()


def test_another_key_s_signature_is_refused(device, key):
    device.secret = Device(origin=SITE).secret
    assert not is_in(signed(device))


def test_a_copy_of_the_key_is_found_out(device, key):
    device.count = 5
    assert is_in(signed(device))
    for copy in (5, 4, 0):
        device.count = copy
        assert not is_in(signed(device))
    device.count = 6
    assert is_in(signed(device))


def test_two_answers_at_once_count_for_one(device, key, monkeypatch):
    """The copy's comes while the key's is checked."""
    import webauthn

    device.count = 5
    check = webauthn.verify_authentication_response

    def late(**given):
        Passkey.objects.update(signatures=5)
        return check(**given)

    monkeypatch.setattr(webauthn, "verify_authentication_response", late)
    assert not is_in(signed(device))


def test_a_closed_account_stays_closed(device, key):
    Person.objects.update(is_active=False)
    assert not is_in(signed(device))


@pytest.mark.parametrize(
    "wrong", [{"origin": "https://faux.example"}, {"host": "faux.example"}, {"flags": PRESENT}]
)
def test_a_key_made_elsewhere_is_not_added(client, device, wrong):
    for name, value in wrong.items():
        setattr(device, name, value)
    assert added(client, device) == ACCOUNT
    assert "n’a pas pu être ajoutée" in client.get(ACCOUNT).content.decode()
    assert not Passkey.objects.exists()


def test_a_key_is_someone_s_once(client, device, key):
    other = Client()
    other.force_login(someone("Noé Palud"))
    assert added(other, device) == ACCOUNT
    assert Passkey.objects.count() == 1


def test_there_is_an_end_to_keys(client, person, device):
    Passkey.objects.bulk_create(
        Passkey(person=person, credential=f"c{n}", public_key=b"", name=f"Clé {n}", added_at=NOW)
        for n in range(actions.MOST)
    )
    assert added(client, device) == ACCOUNT
    assert "retirez-en une" in client.get(ACCOUNT).content.decode()


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.binary().map(lambda raw: raw.hex()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(place=st.sampled_from(["id", "rawId", "type", "response", *"abcd"]), value=anything)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nonsense_is_refused_never_a_crash(device, key, client, person, place, value):
    names = {"a": "clientDataJSON", "b": "authenticatorData", "c": "signature", "d": "userHandle"}

    def spoilt(answer: str) -> str:
        sent = json.loads(answer)
        (sent["response"] if place in names else sent)[names.get(place, place)] = value
        return json.dumps(sent)

    sign = {"challenge": "AAAA", "rpId": "cahiers.example"}
    make = {**sign, "rp": {"id": "cahiers.example"}, "user": {"id": "AAAA"}}
    for act in (
        lambda: actions.redeem(answer=spoilt(device.sign(sign)), challenge=b"\0\0\1", now=NOW),
        lambda: actions.add(person=person, answer=spoilt(device.make(make)), challenge=b"\0\0\1", now=NOW),
    ):
        with pytest.raises(actions.Refused):
            act()


@pytest.mark.parametrize("answer", ["", "null", "[]", "{", "{}", '{"id": 3}', '{"id": []}', "[" * 5000])
def test_no_answer_at_all(answer, client):
    anyone = Client()
    for page, visitor in ((f"{SIGN_IN}cle/", anyone), (f"{ACCOUNT}cles/ajouter/", client)):
        asked(visitor, f"{SIGN_IN}cle/defi/")
        assert visitor.post(page, {"answer": answer}).status_code == 302
    assert not is_in(anyone)


def test_keys_are_one_s_own(client, key):
    other = Client()
    other.force_login(someone("Noé Palud"))
    page = f"{ACCOUNT}cles/{key.uuid}/"
    for address in (page, f"{page}retirer/"):
        assert other.post(address, {"name": "Volée"}).status_code == 404
        assert Client().post(address)["Location"].startswith(SIGN_IN)
    assert Passkey.objects.get().name == "Clé 1"


def test_wrong_method(client, key):
    for address in ("compte/cles/defi/", "compte/cles/ajouter/", f"compte/cles/{key.uuid}/retirer/"):
        assert client.get(f"/{address}").status_code == 405
    for address in (f"{SIGN_IN}cle/", f"{SIGN_IN}cle/defi/"):
        assert Client().get(address).status_code == 405


def test_challenges_are_limited_by_network(monkeypatch):
    from dataclasses import replace

    monkeypatch.setattr(views, "CHALLENGED_FROM", replace(views.CHALLENGED_FROM, most=1))
    assert [Client().post(f"{SIGN_IN}cle/defi/").status_code for _ in range(2)] == [200, 429]


@pytest.mark.parametrize(
    ("site", "offered"),
    [
        ("https://cahiers.example", True),
        ("http://localhost:8000", True),
        ("http://cahiers.example", False),
        ("http://127.0.0.1:8000", False),
        ("https://192.0.2.7", False),
        ("https://[2001:db8::1]", False),
    ],
)
def test_offered_where_browsers_keep_keys(site, offered, settings, client):
    settings.SITE_URL, settings.HTTPS = site, site.startswith("https:")
    anyone = Client()
    for visitor, page in ((anyone, SIGN_IN), (client, ACCOUNT)):
        shown = visitor.get(page).content.decode()
        assert ("ui/passkey.js" in shown) is ("data-passkey" in shown) is offered
    for visitor, page in (
        (anyone, f"{SIGN_IN}cle/defi/"),
        (anyone, f"{SIGN_IN}cle/"),
        (client, f"{ACCOUNT}cles/defi/"),
        (client, f"{ACCOUNT}cles/ajouter/"),
    ):
        assert (visitor.post(page).status_code != 404) is offered


@pytest.mark.parametrize(
    ("site", "origin"),
    [
        ("https://cahiers.example:443", "https://cahiers.example"),
        ("https://Cahiers.example/", "https://cahiers.example"),
        ("http://localhost:8000", "http://localhost:8000"),
    ],
)
def test_the_origin_is_written_as_browsers_do(site, origin, settings):
    settings.SITE_URL = site
    assert actions._origin() == origin


def test_pages_are_light(client, key):
    for visitor, address in ((client, ACCOUNT), (client, f"{ACCOUNT}cles/{key.uuid}/"), (Client(), SIGN_IN)):
        page = Page(visitor.get(address).content.decode())
        assert (page.weight <= 8192, page.elements <= 350, page.inline) == (True, True, [])
        assert len(page.ids) == len(set(page.ids))


def test_the_script_is_small():
    import gzip
    from pathlib import Path

    import cahiers.ui

    script = Path(cahiers.ui.__path__[0]) / "static" / "ui" / "passkey.js"
    assert len(gzip.compress(script.read_bytes())) <= 2048
