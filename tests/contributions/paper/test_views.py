"""Sheets are printed, entered one after the other, followed by their stub."""

import re
from io import BytesIO
from uuid import uuid4

import pikepdf
import pytest

from cahiers.consultations.models import Role
from cahiers.contributions.collecting import stamps
from cahiers.contributions.models import Contribution, Form, PaperSheet, Question, Status, Submission
from cahiers.contributions.paper import actions
from cahiers.journal.models import Entry
from tests.consultations.teams import member


def entry(nation, **more):
    return {
        "command": str(uuid4()),
        "receipt": uuid4().hex,
        "territory": nation.pk,
        "kind": "irritant",
        "text": "Le bus passe trop tôt pour les internes.",
        "channel": "letter",
        "category": "users",
        "consent": "public",
    } | more


def test_an_entry_is_taken_once_and_the_next_begins_alike(client, clerk, short, nation):
    here = "/ecole/saisie/en-bref/"
    sent = entry(nation, said_on="2026-09-20")
    assert client.post(here, sent).url == here
    page = client.get(here).content.decode()
    assert '<output id="count">1</output>' in page
    assert re.search(r'<input[^>]*value="letter"[^>]*checked', page)
    client.post(here, sent)
    said = Contribution.objects.get()
    assert (said.channel, said.category, said.said_on.isoformat()) == ("letter", "users", "2026-09-20")
    assert '<output id="count">1</output>' in client.get(here).content.decode()


def test_a_sheet_answers_to_its_stub(client, clerk, short, nation, now):
    (sheet, token), (other, _) = actions.print_sheets(form=short, count=2, by=None, now=now)
    assert (sheet.number, other.number) == (1, 2)
    client.post("/ecole/saisie/en-bref/", entry(nation, sheet="1", channel="paper"))
    client.logout()
    assert "Le bus passe" in client.get(f"/recu/{token}/").content.decode()
    assert "est reçue" in client.get(f"/f/{sheet.code}/").content.decode()


def test_a_sheet_is_entered_once(client, clerk, short, nation, now):
    actions.print_sheets(form=short, count=1, by=None, now=now)
    client.post("/ecole/saisie/en-bref/", entry(nation, sheet="1"))
    answer = client.post("/ecole/saisie/en-bref/", entry(nation, sheet="1"))
    assert answer.status_code == 422
    assert "déjà été saisie" in answer.content.decode()
    assert client.post("/ecole/saisie/en-bref/", entry(nation, sheet="7")).status_code == 422
    assert Contribution.objects.count() == 1


def test_the_last_entry_can_be_taken_back_and_its_sheet_entered_again(client, clerk, short, nation, now):
    ((sheet, token),) = actions.print_sheets(form=short, count=1, by=None, now=now)
    here = "/ecole/saisie/en-bref/"
    client.post(here, entry(nation, sheet="1"))
    last = str(Submission.objects.get().uuid)
    assert client.post(f"{here}annuler/", {"last": last}).status_code == 302
    client.post(f"{here}annuler/", {"last": last})
    assert Contribution.objects.get().status == Status.WITHDRAWN
    assert '<output id="count">0</output>' in client.get(here).content.decode()
    assert client.post(here, entry(nation, sheet="1", text="Le bus passe à sept heures.")).status_code == 302
    client.logout()
    assert "sept heures" in client.get(f"/recu/{token}/").content.decode()
    sheet.refresh_from_db()
    assert sheet.submission


def test_nobody_takes_back_another_ones_entry(client, clerk, short, nation):
    client.post("/ecole/saisie/en-bref/", entry(nation))
    last = str(Submission.objects.get().uuid)
    client.force_login(member(short.consultation, Role.FACILITATOR, name="Odile Ferrand"))
    assert client.post("/ecole/saisie/en-bref/annuler/", {"last": last}).status_code == 404
    assert client.post("/ecole/saisie/en-bref/annuler/", {"last": "x"}).status_code == 404


def test_the_outbox_is_answered_in_its_way(client, clerk, short, nation):
    headers = {"X-Cahiers-Outbox": "1"}
    sent = entry(nation)
    answer = client.post("/ecole/saisie/en-bref/", sent, headers=headers)
    assert answer.json()["entry"] == sent["command"]
    assert client.post("/ecole/saisie/en-bref/", entry(nation, text=""), headers=headers).status_code == 422


def test_the_code_of_a_sheet_leads_to_the_form_which_answers_to_the_stub(client, short, nation, now):
    ((sheet, token),) = actions.print_sheets(form=short, count=1, by=None, now=now)
    here = f"/f/{sheet.code}/"
    assert client.get(here).status_code == 200
    sent = entry(nation, stamp=stamps.stamp(short.pk, now))
    assert client.post(here, sent).url == here
    assert "est reçue" in client.get(here).content.decode()
    assert "Le bus passe" in client.get(f"/recu/{token}/").content.decode()
    again = client.post(here, entry(nation, stamp=stamps.stamp(short.pk, now), text="Le car est plein."))
    assert again.status_code == 422
    assert "déjà été saisie" in again.content.decode()
    assert "Le car est plein." in again.content.decode()
    assert Contribution.objects.count() == 1
    assert client.get("/f/bcdfghjkmn/").status_code == 404


def test_sheets_are_a_tagged_pdf_with_numbers_of_their_own(client, clerk, sheet, short, published):
    questions = Form.objects.create(consultation=published, slug="q", kind="questionnaire", title="Questions")
    for at, kind in enumerate(("open", "choice", "choices", "scale", "matrix")):
        Question.objects.create(
            form=questions,
            position=at,
            key=f"q{at}",
            type=kind,
            text=f"Question n° {at} ?",
            options=[] if kind == "open" else ["Jamais", "Souvent"],
            lines=["Le matin", "Le soir"],
        )
    for form in (short, sheet, questions):
        here = f"/ecole/saisie/{form.slug}/imprimer/"
        assert client.get(here).status_code == 200
        answer = client.post(here, {"count": "2"})
        assert answer["Content-Type"] == "application/pdf"
        with pikepdf.open(BytesIO(answer.content)) as document:
            assert document.Root.MarkInfo.Marked
            # The stub stays with its sheet.
            assert len(document.pages) == 2 or form is questions
    assert list(PaperSheet.objects.filter(form=short).values_list("number", flat=True)) == [1, 2]
    printed = Entry.objects.get(subject=short.uuid, verb="create")
    assert printed.actor is not None
    client.post("/ecole/saisie/en-bref/imprimer/", {"count": "1"})
    assert short.sheets.last().number == 3
    assert client.post("/ecole/saisie/en-bref/imprimer/", {"count": "201"}).status_code == 422


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.ORGANISER, 200), (Role.FACILITATOR, 200), (Role.READER, 403), (None, 404)],
)
def test_who_may(client, short, role, status):
    if role:
        client.force_login(member(short.consultation, role))
    for rest in ("", "en-bref/", "en-bref/imprimer/"):
        assert client.get(f"/ecole/saisie/{rest}").status_code == status


def test_a_questionnaire_is_entered(client, clerk, published, nation):
    form = Form.objects.create(consultation=published, slug="q", kind="questionnaire", title="Questions")
    Question.objects.create(form=form, position=0, key="avis", type="open", text="Qu’en dites-vous ?")
    here = "/ecole/saisie/q/"
    assert "Qu’en dites-vous" in client.get(here).content.decode()
    assert client.post(here, entry(nation, **{"q-avis": "Du temps, et des salles."})).status_code == 302
    assert Contribution.objects.get().current.text == "Du temps, et des salles."
