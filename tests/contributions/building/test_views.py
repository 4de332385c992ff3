"""Who may make forms, and what the pages say."""

from uuid import uuid4

import pytest

from cahiers.consultations.models import Role
from cahiers.contributions.models import Form
from tests.pages import Page

pytestmark = pytest.mark.django_db

BASE = "/ecole/formulaires/"
FORM = f"{BASE}votre-avis/"
#: Address, whether it is sent, and who of those below gets at it.
PAGES = [
    (BASE, False, "staff organiser facilitator reader"),
    (f"{FORM}resultats/", False, "staff organiser facilitator reader"),
    (f"{FORM}reponses.csv", False, "staff organiser facilitator reader"),
    (f"{BASE}ajouter/", False, "staff organiser"),
    (FORM, False, "staff organiser"),
    (f"{FORM}modifier/", False, "staff organiser"),
    (f"{FORM}apercu/", False, "staff organiser"),
    (f"{FORM}question/", False, "staff organiser"),
    (f"{FORM}questions/oui-ou-non/", False, "staff organiser"),
    (f"{FORM}diffuser/", True, "staff organiser"),
    (f"{FORM}fermer/", True, "staff organiser"),
    (f"{FORM}rouvrir/", True, "staff organiser"),
    (f"{FORM}dupliquer/", True, "staff organiser"),
    (f"{FORM}questions/oui-ou-non/deplacer/", True, "staff organiser"),
    (f"{FORM}questions/oui-ou-non/remettre/", True, "staff organiser"),
    (f"{FORM}questions/oui-ou-non/retirer/", True, "staff organiser"),
]


@pytest.mark.parametrize("who", ["stranger", "staff", "organiser", "local", "facilitator", "reader"])
def test_who_may_do_what(client, survey, ask, member, region, who):
    ask()
    if who == "staff":
        person = member(Role.READER)
        person.is_staff = True
        person.save()
        client.force_login(person)
    elif who == "local":
        client.force_login(member(Role.ORGANISER, region))
    elif who != "stranger":
        client.force_login(member(Role(who)))
    for address, sent, allowed in PAGES:
        answer = client.post(address, {"command": uuid4()}) if sent else client.get(address)
        expected = {200, 302} if who in allowed.split() else {404} if who == "stranger" else {403}
        assert answer.status_code in expected, (who, address, answer.status_code)


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.READER])
def test_results_lead_to_the_form_whoever_may_change_it(client, survey, member, role):
    client.force_login(member(role))
    links = Page(client.get(f"{FORM}resultats/").content.decode()).links
    assert (FORM in links) is (role == Role.ORGANISER)


def form_fields(**more):
    return {
        "command": uuid4(),
        "kind": "questionnaire",
        "title": "Votre journée",
        "access": "public",
        "moderation": "before",
    } | more


def test_from_nothing_to_an_answer(client, organiser, published):
    made = client.post(f"{BASE}ajouter/", form_fields(categories=["users"]))
    form = Form.objects.get(title="Votre journée")
    assert made.url == f"{BASE}votre-journee/"
    question = {"command": uuid4(), "text": "Comment ?", "type": "choice", "options": "Bien\nMal"}
    assert client.post(f"{made.url}question/", question).status_code == 302
    after = {"command": uuid4(), "text": "Pourquoi ?", "type": "open", "after": "comment", "among": "mal"}
    assert client.post(f"{made.url}question/", after).status_code == 302
    assert form.questions.get(key="pourquoi").condition == {"comment": ["Mal"]}
    assert "Pourquoi" in client.get(f"{made.url}apercu/").content.decode()
    client.post(f"{made.url}diffuser/", {"command": uuid4()})
    client.logout()
    assert "Comment" in client.get("/ecole/contribuer/votre-journee/").content.decode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"type": "choice", "options": "Une"}, "au moins deux réponses"),
        ({"type": "matrix", "options": "A\nB"}, "au moins une ligne"),
        ({"type": "scale", "options": "a\nb\nc"}, "Deux lignes au plus"),
        ({"type": "choice", "options": "A\nA"}, "sont les mêmes"),
        ({"type": "open", "after": "oui-ou-non", "among": "Jamais"}, "Reprenez des réponses"),
        ({"type": "open", "among": "Oui"}, "Choisissez la question"),
        ({"type": "choice", "options": "\n".join(map(str, range(60)))}, "lignes au plus"),
        ({"type": "scale", "steps": "40"}, "Il reste à corriger"),
    ],
)
def test_what_is_wrong_with_a_question_is_said(client, organiser, survey, ask, change, said):
    ask()
    answer = client.post(f"{FORM}question/", {"command": uuid4(), "text": "Et ?"} | change)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert survey.questions.count() == 1


def test_a_form_that_would_close_before_it_opens_is_refused(client, organiser):
    dates = {"opens": "2026-10-02T08:00", "closes": "2026-10-01T08:00"}
    answer = client.post(f"{BASE}ajouter/", form_fields(**dates))
    assert "fermerait avant d’ouvrir" in answer.content.decode()


def test_hours_are_those_of_the_place(client, organiser, nation):
    nation.time_zone = "Indian/Reunion"
    nation.save()
    client.post(f"{BASE}ajouter/", form_fields(opens="2026-10-05T08:00"))
    assert Form.objects.get().opens.isoformat() == "2026-10-05T04:00:00+00:00"
    client.post(f"{BASE}votre-journee/question/", {"command": uuid4(), "text": "Et ?", "type": "open"})
    client.post(f"{BASE}votre-journee/diffuser/", {"command": uuid4()})
    page = client.get("/ecole/contribuer/").content.decode()
    assert "ouvre le 5\u00a0octobre 2026 à 8\u00a0h, heure de La Réunion" in page


def test_a_kind_without_questions_has_no_page_for_them(client, organiser):
    client.post(f"{BASE}ajouter/", form_fields(kind="short"))
    assert client.get(f"{BASE}votre-journee/question/").status_code == 404


def test_pages_stay_light(client, organiser, survey, ask):
    for number in range(20):
        ask(text=f"Question {number} ?", options=["Oui", "Non", "Parfois", "Jamais"])
    for address, most in ((FORM, 600), (f"{FORM}apercu/", 600), (f"{FORM}resultats/", 900), (BASE, 350)):
        page = Page(client.get(address).content.decode())
        assert page.weight <= 8192, address
        assert page.elements <= most, address
        assert not page.inline


def test_pages_ask_the_database_little(
    client, organiser, survey, ask, answered, django_assert_max_num_queries
):
    for number in range(12):
        ask(text=f"Question {number} ?")
    for _ in range(30):
        answered(**{"question-1": "Oui"})
    for address, most in ((BASE, 12), (FORM, 12), (f"{FORM}resultats/", 12), (f"{FORM}reponses.csv", 12)):
        with django_assert_max_num_queries(most):
            answer = client.get(address)
            b"".join(answer.streaming_content) if answer.streaming else None
