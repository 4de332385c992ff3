"""Forms and their questions: what changes, what is kept, and what is refused."""

from datetime import timedelta
from uuid import uuid4

import pytest

from cahiers.consultations.revising import Changed
from cahiers.contributions.building import actions, questions
from cahiers.contributions.building.actions import NothingAsked, Told, state_of
from cahiers.contributions.building.questions import Needed, OutOfOrder, Wording
from cahiers.contributions.models import FormKind
from cahiers.journal.models import Entry

pytestmark = pytest.mark.django_db


def shown(form):
    return list(form.questions.filter(present=True).order_by("position").values_list("text", flat=True))


def change(question, now, **told):
    """Say something else of a question."""
    given = {name: getattr(question, name) for name in Wording.__slots__} | told
    questions.edit(
        question=question,
        wording=Wording(**given),
        seen=state_of(question.form),
        command=uuid4(),
        by=None,
        now=now,
    )


def test_a_form_sent_twice_is_made_once(published, now):
    asked = {"consultation": published, "kind": FormKind.SHORT, "told": Told(title="Merci"), "by": None}
    command = uuid4()
    made = [actions.create(**asked, command=command, now=now) for _ in range(2)]
    assert made[0] == made[1]
    # « merci » is the page of thanks.
    assert made[0].slug == "merci-2"
    assert Entry.objects.filter(subject=made[0].uuid).count() == 1


def test_a_questionnaire_without_a_question_is_not_released(survey, now):
    with pytest.raises(NothingAsked):
        actions.release(form=survey, command=uuid4(), by=None, now=now)


def test_a_form_is_released_closed_and_reopened(survey, ask, now):
    ask()
    form = actions.release(form=survey, command=uuid4(), by=None, now=now)
    assert form.is_open(now)
    form = actions.close(form=survey, command=uuid4(), by=None, now=now)
    assert not form.is_open(now)
    assert form.is_open(now - timedelta(seconds=1))
    form = actions.reopen(form=survey, command=uuid4(), by=None, now=now)
    assert form.is_open(now + timedelta(days=400))


def test_a_form_that_was_to_open_later_is_closed_too(survey, now):
    survey.opens = now + timedelta(days=1)
    survey.save()
    form = actions.close(form=survey, command=uuid4(), by=None, now=now)
    assert (form.opens, form.closes) == (None, now)


def test_a_form_changed_meanwhile_is_not_overwritten(survey, now):
    seen = state_of(survey)
    for title in ("Un", "Deux"):
        asked = {"form": survey, "told": Told(title=title), "seen": seen, "command": uuid4(), "by": None}
        if title == "Deux":
            with pytest.raises(Changed):
                actions.edit(**asked, now=now)
        else:
            assert actions.edit(**asked, now=now).title == "Un"


def test_a_copy_asks_the_same_and_is_open_to_nobody(survey, ask, now):
    first = ask(text="Première ?")
    ask(text="Seconde ?", condition={first.key: ["Oui"]})
    copy = actions.duplicate(form=survey, title="Copie", command=uuid4(), by=None, now=now)
    assert shown(copy) == ["Première ?", "Seconde ?"]
    assert copy.released_at is None
    assert survey.questions.count() == 2


def test_questions_change_places(survey, ask, now):
    for text in ("A", "B", "C"):
        last = ask(text=text)
    questions.move(question=last, up=True, command=uuid4(), by=None, now=now)
    assert shown(survey) == ["A", "C", "B"]
    questions.move(question=last, up=False, command=uuid4(), by=None, now=now)
    questions.move(question=last, up=False, command=uuid4(), by=None, now=now)
    assert shown(survey) == ["A", "B", "C"]


def test_a_question_does_not_pass_before_the_one_that_it_follows(survey, ask, now):
    first = ask(text="A")
    second = ask(text="B", condition={first.key: ["Oui"]})
    for question, up in ((second, True), (first, False)):
        with pytest.raises(OutOfOrder):
            questions.move(question=question, up=up, command=uuid4(), by=None, now=now)
    assert shown(survey) == ["A", "B"]


def test_a_question_that_another_follows_stays(ask, now):
    first = ask(text="A")
    ask(text="B", condition={first.key: ["Oui"]})
    with pytest.raises(Needed):
        questions.remove(question=first, command=uuid4(), by=None, now=now)
    with pytest.raises(Needed):
        change(first, now, options=["Non", "Peut-être"])


def test_an_answered_question_is_kept_when_it_is_removed(survey, ask, answered, now):
    kept, gone = ask(text="A"), ask(text="B")
    answered(**{kept.key: "Oui"})
    for one in (kept, gone):
        questions.remove(question=one, command=uuid4(), by=None, now=now)
    assert list(survey.questions.values_list("text", "present")) == [("A", False)]
    questions.put_back(question=kept, command=uuid4(), by=None, now=now)
    assert shown(survey) == ["A"]


def test_an_answered_question_is_corrected_in_place(survey, ask, answered, now):
    one = ask(text="Ouii ou non ?")
    answered(**{one.key: "Oui"})
    change(one, now, text="Oui ou non ?", options=["Oui", "Non", "Parfois"])
    found = survey.questions.get()
    assert (found.key, found.text, found.options) == (one.key, "Oui ou non ?", ["Oui", "Non", "Parfois"])


def test_an_answered_question_that_means_something_else_is_another(survey, ask, answered, now):
    one = ask(text="A")
    ask(text="B", condition={one.key: ["Oui"]})
    answered(**{one.key: "Non"})
    change(one, now, type="choices", options=["Oui", "Jamais"])
    old, new = survey.questions.filter(text="A").order_by("pk")
    assert (old.present, new.present, new.options) == (False, True, ["Oui", "Jamais"])
    assert survey.questions.get(text="B").condition == {new.key: ["Oui"]}
    assert shown(survey) == ["A", "B"]
