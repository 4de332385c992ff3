"""Questionnaires: what is asked of whom, what is expected, and what comes out of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cahiers.contributions.collecting import stamps
from cahiers.contributions.collecting.questionnaire import QuestionnaireForm
from cahiers.contributions.models import Channel, Contribution, Form, Question, Submission

pytestmark = pytest.mark.django_db

QUESTIONS = (
    {"key": "acces", "type": "choice", "text": "Avez-vous un accès ?", "options": ["Oui", "Non", "Parfois"]},
    {
        "key": "pourquoi",
        "type": "open",
        "text": "Qu’est-ce qui manque ?",
        "condition": {"acces": ["Non", "Parfois"]},
        "required": True,
        "kind": "irritant",
    },
    {"key": "outils", "type": "choices", "text": "Quels outils ?", "options": ["Tablette", "Ordinateur"]},
    {"key": "note", "type": "scale", "text": "Votre avis", "options": ["mauvais", "bon"], "steps": 4},
    {
        "key": "grille",
        "type": "matrix",
        "text": "Et chez vous ?",
        "options": ["Bien", "Mal"],
        "lines": ["Le réseau", "Le matériel"],
    },
)


@pytest.fixture
def survey(published, now):
    form = Form.objects.create(
        consultation=published, slug="enquete", kind="questionnaire", title="Enquête", released_at=now
    )
    for position, told in enumerate(QUESTIONS, 1):
        Question.objects.create(form=form, position=position, **told)
    return form


def address(form):
    return f"/{form.consultation.slug}/contribuer/{form.slug}/"


@pytest.fixture
def filled(nation, now):
    def fill(form, **more):
        return {
            "command": str(uuid4()),
            "receipt": uuid4().hex,
            "stamp": stamps.stamp(form.pk, now - timedelta(seconds=30)),
            "territory": nation.pk,
            "consent": "public",
        } | more

    return fill


def test_closed_answers_are_counted_and_open_ones_are_contributions(client, survey, filled):
    asked = filled(
        survey,
        **{
            "q-acces": "Non",
            "q-pourquoi": "Le réseau.",
            "q-outils": ["Tablette", "Ordinateur"],
            "q-note": "3",
            "q-grille-1": "Mal",
        },
    )
    for _ in range(2):
        assert client.post(address(survey), asked).status_code == 302
    sent = Submission.objects.get()
    assert sent.answers == {
        "acces": "Non",
        "outils": ["Tablette", "Ordinateur"],
        "note": 3,
        "grille": {"Le réseau": "Mal"},
    }
    one = Contribution.objects.select_related("current", "question").get()
    assert (one.kind, one.channel, one.question.key) == ("irritant", Channel.SURVEY, "pourquoi")
    assert one.current.text == "Le réseau."


def test_a_question_that_follows_another_answer_is_left_aside(client, survey, filled):
    client.post(address(survey), filled(survey, **{"q-acces": "Oui", "q-pourquoi": "Sans objet."}))
    assert Submission.objects.get().answers == {"acces": "Oui"}
    assert not Contribution.objects.exists()


def test_who_may_read_it_is_asked_of_those_who_write_something(client, survey, filled):
    page = client.get(address(survey)).content.decode()
    assert "required" not in page.split('name="consent"')[1].split(">")[0]
    said = {"q-acces": "Non", "q-pourquoi": "Le réseau.", "consent": ""}
    assert "Dites qui peut lire" in client.post(address(survey), filled(survey, **said)).content.decode()
    assert client.post(address(survey), filled(survey, consent="", **{"q-acces": "Oui"})).status_code == 302


def test_what_is_waited_for_says_so_before(client, survey):
    page = client.get(address(survey)).content.decode()
    asked = page.split("Qu’est-ce qui manque")[1].split("</label>")[0]
    assert "(obligatoire)" in asked


def test_a_question_that_it_concerns_is_waited_for(client, survey, filled):
    answer = client.post(address(survey), filled(survey, **{"q-acces": "Non"}))
    assert answer.status_code == 422
    assert "attend une réponse" in answer.content.decode()
    assert not Submission.objects.exists()


def test_nothing_answered_is_nothing_sent(client, survey, filled):
    answer = client.post(address(survey), filled(survey))
    assert "Répondez au moins à une question" in answer.content.decode()


def test_answers_that_are_not_offered_are_refused(client, survey, filled):
    answer = client.post(address(survey), filled(survey, **{"q-note": "9", "q-acces": "Jamais"}))
    assert answer.status_code == 422
    assert not Submission.objects.exists()


def test_the_page_says_when_a_question_follows_another(client, survey):
    page = client.get(address(survey)).content.decode()
    assert "Si vous avez répondu «\u00a0Non ou Parfois\u00a0»" in page
    assert "4\u00a0: bon" in page


def test_questions_for_some_are_asked_once_it_is_known_who_answers(client, survey, filled):
    Question.objects.create(
        form=survey, key="parents", position=9, type="open", text="Et à la maison ?", categories=["users"]
    )
    first = client.get(address(survey)).content.decode()
    assert "?vous=users" in first
    assert "Et à la maison" not in first
    assert "Et à la maison" in client.get(f"{address(survey)}?vous=users").content.decode()
    assert "Et à la maison" not in client.get(f"{address(survey)}?vous=operators").content.decode()
    asked = filled(survey, category="operators", **{"q-acces": "Oui", "q-parents": "Rien"})
    client.post(f"{address(survey)}?vous=operators", asked)
    assert Submission.objects.get().category == "operators"
    assert not Contribution.objects.exists()


def test_what_depends_on_a_question_that_is_not_asked_is_not_asked(client, survey):
    Question.objects.filter(key="acces").update(categories=["users"])
    page = client.get(f"{address(survey)}?vous=operators").content.decode()
    assert "Qu’est-ce qui manque" not in page


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "acces": st.sampled_from(["Oui", "Non", "Parfois"]),
        "pourquoi": st.text("aé’ «»=+-\n<&>", min_size=1).map(str.strip).filter(bool),
        "outils": st.lists(st.sampled_from(["Tablette", "Ordinateur"]), min_size=1, unique=True),
        "note": st.integers(1, 4),
        "grille": st.dictionaries(
            st.sampled_from(["Le réseau", "Le matériel"]), st.sampled_from(["Bien", "Mal"]), min_size=1
        ),
    },
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=ANSWERS)
def test_answers_out_are_answers_in(survey, filled, said):
    lines = QUESTIONS[4]["lines"]
    data = {f"q-{key}": value for key, value in said.items() if key != "grille"}
    data |= {f"q-grille-{lines.index(line) + 1}": value for line, value in said.get("grille", {}).items()}
    form = QuestionnaireForm(filled(survey, **data), form=survey, stamp="")
    concerned = said.get("acces") in {"Non", "Parfois"}
    closed = {key: value for key, value in said.items() if key != "pourquoi"}
    valid = bool(closed) and (not concerned or "pourquoi" in said)
    assert form.is_valid() == valid, form.errors
    if valid:
        assert form.answers == closed
        texts = {"pourquoi": said["pourquoi"].replace("\r\n", "\n")} if concerned else {}
        assert form.texts == texts
