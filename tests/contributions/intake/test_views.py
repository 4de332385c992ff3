"""Pages where tables are dropped, made to correspond, checked and imported."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cahiers.consultations.models import Role
from cahiers.contributions.intake import working
from cahiers.contributions.intake.models import SavedMapping, State, TableImport
from cahiers.contributions.models import Contribution
from tests.consultations.teams import member
from tests.contributions.intake.conftest import csv_of
from tests.contributions.intake.test_actions import BAD
from tests.contributions.tables.samples import LINES, as_zip

LIST = "/ecole/collecte/"


@pytest.fixture
def organiser(client, consultation):
    person = member(consultation, Role.ORGANISER)
    client.force_login(person)
    return person


@pytest.fixture
def send(client):
    def send(data=None, name="reponses.csv"):
        file = SimpleUploadedFile(name, csv_of([*LINES, BAD]) if data is None else data)
        return client.post(LIST, {"table": file})

    return send


def test_a_table_goes_from_its_columns_to_contributions(client, organiser, send, laval):
    answer = send()
    found = TableImport.objects.get()
    here = found.get_absolute_url()
    assert answer.status_code == 302
    assert answer.url == here
    page = client.get(here, follow=True).content.decode()
    assert "Quelles difficultés" in page
    assert LINES[0][4] in page
    answer = client.post(f"{here}colonnes/?page=1", {"c4": "text:irritant", "c0": "date", "c2": "territory"})
    assert answer.status_code == 302
    found.refresh_from_db()
    assert found.mapping["texts"][0]["kind"] == "irritant"
    assert "category" not in found.mapping
    report = client.post(f"{here}verifier/", follow=True).content.decode()
    assert "31/02/2026" in report
    assert "Mayenne" in client.get(f"{here}noms/").content.decode()
    answer = client.post(f"{here}noms/", {"n0": "53"}, follow=True)
    assert answer.status_code == 200
    found.refresh_from_db()
    assert found.names["territory"] == {"Mayenne": str(laval.uuid)}
    client.post(f"{here}garder/", {"name": "Formulaire d’automne"})
    assert SavedMapping.objects.get().names == found.names
    client.post(f"{here}importer/", {"choice": "right"}, follow=True)
    found.refresh_from_db()
    assert found.state == State.DONE
    assert Contribution.objects.filter(kind="irritant", territory=laval).count() == len(LINES) - 1
    page = client.get(here).content.decode()
    assert "31/02/2026" in page
    rejected = client.get(f"{here}lignes-a-reprendre/")
    corrected = b"".join(rejected.streaming_content).replace(b"31/02/2026", b"28/02/2026")
    send(corrected, "lignes.csv")
    again = TableImport.objects.first()
    client.post(f"{again.get_absolute_url()}verifier/")
    client.post(f"{again.get_absolute_url()}importer/", {"choice": "whole"}, follow=True)
    assert Contribution.objects.count() == len(LINES) + 1


def test_the_same_file_again_says_so(client, organiser, send):
    for _ in range(2):
        send(csv_of())
        here = TableImport.objects.first().get_absolute_url()
        client.post(f"{here}verifier/")
        page = client.post(f"{here}importer/", {"choice": "right"}, follow=True).content.decode()
    assert "Rien de nouveau" in page
    assert "déjà été importé" in client.get(send(csv_of()).url, follow=True).content.decode()


def test_all_or_nothing_is_refused_where_a_line_is_wrong(client, organiser, send):
    send()
    here = TableImport.objects.get().get_absolute_url()
    client.post(f"{here}verifier/")
    page = client.post(f"{here}importer/", {"choice": "whole"}, follow=True).content.decode()
    assert "rien n’a été importé" in page
    assert not Contribution.objects.exists()


@pytest.fixture
def importing(client, organiser, send, monkeypatch):
    """Address of an import that someone works on."""
    send(csv_of())
    here = TableImport.objects.get().get_absolute_url()
    client.post(f"{here}verifier/")
    monkeypatch.setattr(working, "beside", lambda work: None)
    client.post(f"{here}importer/", {"choice": "whole"})
    TableImport.objects.update(share=40)
    return here


def test_progress_is_shown_to_who_comes_back(client, importing):
    page = client.get(importing, follow=True).content.decode()
    assert 'http-equiv="refresh"' in page
    assert 'max="100" value="40"' in page
    part = client.get(f"{importing}progression/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'max="100" value="40"' in part
    TableImport.objects.update(state=State.DONE, ended_at=timezone.now())
    assert client.get(f"{importing}progression/").url == importing
    done = client.get(f"{importing}progression/", headers={"HX-Request": "true"})
    assert done.headers["HX-Redirect"] == importing


def test_an_import_is_stopped_and_undone(client, importing, monkeypatch):
    monkeypatch.undo()
    monkeypatch.setattr(working, "beside", lambda work: work())
    page = client.post(f"{importing}laisser/", follow=True).content.decode()
    assert TableImport.objects.get().state == State.LEFT
    assert "laissé" in page


def test_a_file_that_is_damaged_further_down_says_so(client, importing, files):
    TableImport.objects.update(refusal="Le fichier est abîmé.")
    assert "abîmé" in client.get(importing, follow=True).content.decode()
    assert "Laisser ce tableau" in client.get(importing, follow=True).content.decode()


def test_what_a_refusal_stopped_is_tried_again(client, importing, monkeypatch):
    TableImport.objects.update(refusal="La lecture a été interrompue.")
    assert "Reprendre l’import" in client.get(importing, follow=True).content.decode()
    monkeypatch.setattr(working, "beside", lambda work: work())
    client.post(f"{importing}progression/")
    assert TableImport.objects.get().state == State.DONE
    # What is over is left as it is.
    assert client.post(f"{importing}progression/").url == importing


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"\x89PNG\r\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1xx"])
def test_what_is_no_table_is_refused_with_a_sentence(client, organiser, send, data):
    answer = send(data, "photo.csv")
    assert answer.status_code == 422
    assert 'class="errors"' in answer.content.decode()
    assert not TableImport.objects.exists()


def test_settings_of_the_file(client, organiser, send, laval):
    send(csv_of())
    found = TableImport.objects.get()
    here = f"{found.get_absolute_url()}reglages/"
    assert client.get(here).status_code == 200
    asked = {"table": "0", "territory": "Laval", "kind": "strength", "channel": "survey", "consent": "public"}
    assert client.post(here, asked).status_code == 302
    found.refresh_from_db()
    assert (found.territory, found.given["consent"], found.given["reads_before"]) == (laval, "public", False)
    assert client.post(here, {**asked, "territory": "Nulle part"}).status_code == 422


def test_a_file_of_several_tables_says_which_is_read(client, organiser, send):
    send(as_zip(propositions__csv=csv_of(), autres__csv=csv_of(LINES[:1])), "export.zip")
    page = client.get(TableImport.objects.get().get_absolute_url(), follow=True).content.decode()
    assert "plusieurs tableaux" in page


def test_one_table_of_a_file_leads_to_the_next(client, organiser, imported, files):
    first = imported(as_zip(propositions__csv=csv_of(LINES[1:]), autres__csv=csv_of(LINES[:1])), "export.zip")
    assert first.following == 1
    page = client.get(first.get_absolute_url()).content.decode()
    assert "autres.csv" in page
    there = client.post(f"{first.get_absolute_url()}suivant/", follow=True)
    second = TableImport.objects.get(table=1)
    assert there.redirect_chain[-1][0] == f"{second.get_absolute_url()}colonnes/"
    assert (second.name, second.sha256, second.state) == ("export.zip", first.sha256, State.DROPPED)
    assert [one.name for one in files.iterdir()] == [str(second.uuid)]
    again = client.post(f"{first.get_absolute_url()}suivant/", follow=True)
    assert "autres.csv" not in again.content.decode()
    client.post(f"{second.get_absolute_url()}verifier/")
    client.post(f"{second.get_absolute_url()}importer/")
    second.refresh_from_db()
    assert (second.state, second.counts["added"], second.following) == (State.DONE, 1, None)
    assert not list(files.iterdir())


def test_leaving(client, organiser, send, files):
    send()
    found = TableImport.objects.get()
    assert client.post(f"{found.get_absolute_url()}laisser/").status_code == 302
    assert not list(files.iterdir())
    assert client.get(found.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.ORGANISER, 200), (Role.FACILITATOR, 200), (Role.READER, 403), (None, 404)],
)
def test_who_may(client, published, drop, now, role, status):
    if role:
        client.force_login(member(published, role))
    found = drop(csv_of())
    for address in (LIST, f"{found.get_absolute_url()}colonnes/", f"{found.get_absolute_url()}reglages/"):
        assert client.get(address).status_code == status
    for rest in ("verifier/", "laisser/"):
        answer = client.post(f"{found.get_absolute_url()}{rest}")
        assert answer.status_code == (302 if status == 200 else status)


def test_someone_of_one_territory_brings_nothing_in_elsewhere(client, published, region, laval, drop, send):
    client.force_login(member(published, Role.FACILITATOR, laval))
    assert client.get(drop(csv_of()).get_absolute_url()).status_code == 403
    send(csv_of(LINES[:1]))
    assert TableImport.objects.first().territory == laval


def test_the_list_asks_as_much_whatever_it_holds(client, organiser, drop, django_assert_max_num_queries):
    for n in range(1, 4):
        drop(csv_of(LINES[:n]), f"{n}.csv")
    with django_assert_max_num_queries(9):
        assert client.get(LIST).status_code == 200


def test_a_platform_is_named_whichever_of_its_tables_it_is(client, organiser, send):
    idea = ["https://plus.example/ideas/1/", "2026-10-02", "i-1", "Un foyer", "Ouvrir le foyer le midi."]
    send(csv_of([idea], ["Link", "Created", "Reference No.", "Name", "Description"]))
    found = TableImport.objects.get()
    assert "adhocracy+" in client.get(found.get_absolute_url(), follow=True).content.decode()
