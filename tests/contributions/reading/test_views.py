"""Strangers read what is public; the team reads all that is not erased; files say what the page says."""

import csv
import io
import json

import pytest
from django.test import Client

from cahiers.consultations.models import Role
from cahiers.contributions.actions import Draft
from cahiers.contributions.actions.taking import store
from cahiers.contributions.models import Channel, Consent, Contribution, Status
from tests.accounts.people import NOW
from tests.consultations.teams import member, place, signed_in
from tests.pages import Page

pytestmark = pytest.mark.django_db
LIST = "/deux-rives/contributions/"


@pytest.fixture
def found():
    return place(published=True)


@pytest.fixture
def said(found):
    def said(text="Le réseau tombe.", *, where=None, status=Status.ACCEPTED, consent=Consent.PUBLIC, **more):
        draft = Draft(
            territory=where or found.north,
            channel=Channel.FORM,
            text=text,
            status=status,
            consent=consent,
            **more,
        )
        return store(consultation=found.consultation, drafts=[draft], now=NOW)[0]

    return said


def texts(client, address=LIST):
    return [one.current.text for one in client.get(address).context["page"]]


@pytest.fixture
def mixed(said):
    said("publique")
    said("interne", consent=Consent.INTERNAL)
    said("en attente", status=Status.PENDING)
    Contribution.objects.filter(pk=said("effacée").pk).update(status=Status.ERASED)
    Contribution.objects.filter(pk=said("masquée").pk).update(
        status=Status.HIDDEN, hidden_because="Met quelqu’un en cause."
    )


def test_strangers_read_what_is_public_alone(mixed):
    assert texts(Client()) == ["publique"]


@pytest.mark.parametrize("role", list(Role))
def test_the_team_reads_all_but_what_is_erased(found, mixed, role):
    client = signed_in(member(found.consultation, role))
    assert texts(client) == ["masquée", "en attente", "interne", "publique"]
    assert texts(client, f"{LIST}?status=hidden") == ["masquée"]


def test_a_role_in_one_place_reads_that_place(found, said):
    said("ici", status=Status.PENDING)
    said("ailleurs", where=found.south, status=Status.PENDING)
    assert texts(signed_in(member(found.consultation, Role.READER, found.north))) == ["ici"]


def test_one_page_each(found, said):
    shown, kept = said("Le réseau tombe chaque matin."), said("caché", consent=Consent.INTERNAL)
    assert "Le réseau tombe chaque matin." in Client().get(f"{LIST}{shown.uuid}/").content.decode()
    assert Client().get(f"{LIST}{kept.uuid}/").status_code == 404
    team = signed_in(member(found.consultation, Role.READER))
    page = team.get(f"{LIST}{kept.uuid}/").content.decode()
    assert "caché" in page
    assert "Modérer" not in page


def test_nothing_is_shown_before_the_consultation_is():
    found = place()
    draft = Draft(territory=found.north, channel=Channel.FORM, text="tôt", consent=Consent.PUBLIC)
    one = store(consultation=found.consultation, drafts=[draft], now=NOW)[0]
    assert Client().get(LIST).status_code == 404
    assert Client().get(f"{LIST}{one.uuid}/").status_code == 404


def test_filters_and_words_narrow(found, said):
    said("Les tablettes manquent.", kind="irritant", category="users")
    said("Le réseau tombe.", kind="strength", where=found.south)
    assert texts(Client(), f"{LIST}?q=tablette") == ["Les tablettes manquent."]
    assert texts(Client(), f"{LIST}?kind=strength") == ["Le réseau tombe."]
    assert texts(Client(), f"{LIST}?territory={found.north.pk}") == ["Les tablettes manquent."]
    assert texts(Client(), f"{LIST}?category=users&kind=strength") == []
    assert len(texts(Client(), f"{LIST}?kind=nothing&territory=zzz")) == 2


def test_the_list_costs_the_same_whatever_it_holds(found, said, django_assert_num_queries):
    for number in range(30):
        said(f"Remarque {number}, M. Lerond.", kind="irritant")
    client = Client()
    client.get(LIST)
    with django_assert_num_queries(5):
        response = client.get(LIST)
    page = Page(response.content.decode())
    assert page.weight < 8 * 1024
    assert page.elements <= 350
    assert not page.inline
    team = signed_in(member(found.consultation, Role.READER))
    with django_assert_num_queries(10):
        response = team.get(LIST)
    assert Page(response.content.decode()).elements <= 350


def read(response):
    return b"".join(response.streaming_content).decode("utf-8-sig")


def test_files_say_what_the_page_says(said, mixed):
    said("=SOMME(A1)", kind="irritant", title="+titre")
    response = Client().get(f"{LIST}telecharger/csv?kind=irritant")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    lines = list(csv.DictReader(io.StringIO(read(response)), delimiter=";"))
    assert [line["text"] for line in lines] == ["'=SOMME(A1)"]
    assert lines[0]["title"] == "'+titre"
    assert "status" not in lines[0]
    said_in_json = json.loads(read(Client().get(f"{LIST}telecharger/json")))
    assert [one["text"] for one in said_in_json] == ["publique", "=SOMME(A1)"]
    assert json.loads(read(Client().get(f"{LIST}telecharger/json?q=absent"))) == []
    assert Client().get(f"{LIST}telecharger/xls").status_code == 404


def test_a_cell_holds_whatever_was_written(found, said):
    text = 'On dit : « "ENT" ; rien »,\n100 % d’échec\tsur %s %d.'
    one = said(text, kind="irritant", category="users", title='"', scope="-2 ; 3")
    [line] = csv.DictReader(
        io.StringIO(read(Client().get(f"{LIST}telecharger/csv")), newline=""), delimiter=";"
    )
    assert (line["text"], line["title"], line["place"]) == (text, '"', "'-2 ; 3")
    assert (line["id"], line["copy_of"], line["date"]) == (str(one.uuid), "", "")
    assert (line["received_at"], line["kind"], line["category"]) == (
        "2026-10-05 09:00",
        "Irritant",
        "Familles et élèves",
    )
    [same] = json.loads(read(Client().get(f"{LIST}telecharger/json")))
    assert (same["id"], same["copy_of"], same["text"]) == (str(one.uuid), None, text)


def test_the_team_takes_away_status_and_reasons(found, mixed):
    client = signed_in(member(found.consultation, Role.READER))
    lines = list(csv.DictReader(io.StringIO(read(client.get(f"{LIST}telecharger/csv"))), delimiter=";"))
    assert {line["status"] for line in lines} == {"accepted", "pending", "hidden"}


def test_pages_keep_what_was_asked(said):
    for _ in range(26):
        said(kind="irritant")
    page = Page(Client().get(f"{LIST}?kind=irritant").content.decode())
    assert "?page=2&kind=irritant" in page.links
