"""Changing what a questionnaire asks, without losing what was answered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from cahiers.accounts.models import Person
from cahiers.consultations.models import Consultation, ConsultationTheme
from cahiers.consultations.revising import check, perform
from cahiers.contributions.building.actions import free, state_of
from cahiers.contributions.models import Form, Question, QuestionType
from cahiers.journal.models import Verb
from cahiers.territories.addresses import slug_of

#: Of a question that was answered: with another one of these, its answers are no longer answers to it.
MEANT = ("type", "options", "lines", "steps")


class Needed(ValueError):
    """Another question is asked after an answer to that one."""


class OutOfOrder(ValueError):
    """A question would stand before the one that it is asked after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What organisers say of a question."""

    type: str
    text: str
    help: str = ""
    required: bool = False
    kind: str = ""
    theme: ConsultationTheme | None = None
    options: Sequence[str] = ()
    lines: Sequence[str] = ()
    steps: int = 5
    condition: Mapping[str, Sequence[str]] = field(default_factory=dict)
    categories: Sequence[str] = ()

    @property
    def fields(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}

    @property
    def asked(self) -> str:
        """Stands for all of it."""
        return repr({**self.fields, "theme": self.theme and self.theme.key})


def add(*, form: Form, wording: Wording, command: UUID, by: Person | None, now: datetime) -> None:
    """At the end."""

    def do(current: Form) -> bool:
        _create(current, wording, current.questions.count() + 1)
        _number(current, list(_present(current)))
        return True

    _perform(form, Verb.EDIT, ("add question", form.uuid, wording.asked), command, by, now, do)


def edit(
    *,
    question: Question,
    wording: Wording,
    seen: UUID,
    command: UUID,
    by: Person | None,
    now: datetime,
) -> None:
    """Once it is answered, what would give the answers another meaning makes a new question in its place.

    Answers that can be chosen may be added all the same. Raises Changed, Needed or OutOfOrder.
    """

    def do(current: Form) -> bool:
        one = _current(current, question, seen)
        _check_followers(current, one, wording)
        order = list(_present(current))
        if _means_otherwise(one, wording) and is_answered(one):
            new = _create(current, wording, one.position)
            one.present = False
            one.save(update_fields=["present"])
            _follow(current, one, new)
            order[order.index(one)] = new
        else:
            for name, value in wording.fields.items():
                setattr(one, name, value)
            one.save()
            order[order.index(one)] = one
        _number(current, order)
        return state_of(current) != seen

    asked = ("question", question.key, wording.asked, seen)
    _perform(question.form, Verb.EDIT, asked, command, by, now, do)


def move(*, question: Question, up: bool, command: UUID, by: Person | None, now: datetime) -> None:
    """One place up or down; at the end of its way, nothing changes. Raises OutOfOrder."""

    def do(current: Form) -> bool:
        order = list(_present(current))
        here = next((place for place, one in enumerate(order) if one.pk == question.pk), None)
        if here is None:
            return False
        there = here - 1 if up else here + 1
        if not 0 <= there < len(order):
            return False
        order[here], order[there] = order[there], order[here]
        _number(current, order)
        return True

    asked = ("move question", question.form.uuid, question.key, up)
    _perform(question.form, Verb.MOVE, asked, command, by, now, do)


def remove(*, question: Question, command: UUID, by: Person | None, now: datetime) -> None:
    """Answered, it is asked no more and its answers are kept; else nothing remains. Raises Needed."""

    def do(current: Form) -> bool:
        one = current.questions.filter(pk=question.pk).first()
        if one is None or not one.present:
            return False
        if any(one.key in other.condition for other in _present(current)):
            raise Needed(one.text)
        if is_answered(one):
            one.present = False
            one.save(update_fields=["present"])
        else:
            one.delete()
        _number(current, list(_present(current)))
        return True

    asked = ("remove question", question.form.uuid, question.key)
    _perform(question.form, Verb.DELETE, asked, command, by, now, do)


def put_back(*, question: Question, command: UUID, by: Person | None, now: datetime) -> None:
    """Asked again, last."""

    def do(current: Form) -> bool:
        one = current.questions.filter(pk=question.pk, present=False).first()
        if one is None:
            return False
        order = [*_present(current), one]
        one.present = True
        one.save(update_fields=["present"])
        _number(current, order)
        return True

    asked = ("put back question", question.form.uuid, question.key)
    _perform(question.form, Verb.RESTORE, asked, command, by, now, do)


def is_answered(question: Question) -> bool:
    if question.type == QuestionType.OPEN:
        return question.contributions.exists()
    return question.form.submissions.filter(answers__has_key=question.key).exists()


def _present(form: Form) -> Sequence[Question]:
    return list(form.questions.filter(present=True).order_by("position", "pk"))


def _current(form: Form, question: Question, seen: UUID) -> Question:
    check(seen, state_of(form))
    return form.questions.get(pk=question.pk)


def _create(form: Form, wording: Wording, position: int) -> Question:
    taken = set(form.questions.values_list("key", flat=True))
    key = free(slug_of(wording.text, length=30) or "question", taken)
    return Question.objects.create(form=form, key=key, position=position, **wording.fields)


def _means_otherwise(question: Question, wording: Wording) -> bool:
    """Whether answers to it would be answers to another question; more to choose from changes none."""
    before, after = ({name: getattr(one, name) for name in MEANT} for one in (question, wording))
    if question.type != QuestionType.SCALE:
        before["steps"] = after["steps"]
    if {*before["options"]} <= {*after["options"]} and question.type != QuestionType.SCALE:
        before["options"] = after["options"]
    if {*before["lines"]} <= {*after["lines"]}:
        before["lines"] = after["lines"]
    return any(_plain(before[name]) != _plain(after[name]) for name in MEANT)


def _plain(value: object) -> object:
    return list(value) if isinstance(value, list | tuple) else value


def _check_followers(form: Form, question: Question, wording: Wording) -> None:
    """Raises Needed where another question waits for an answer that can no longer be given."""
    if wording.type == QuestionType.SCALE:
        offered = {str(step) for step in range(1, wording.steps + 1)}
    else:
        offered = {*wording.options} if wording.type != QuestionType.OPEN else set()
    for other in _present(form):
        if not {*other.condition.get(question.key, ())} <= offered:
            raise Needed(other.text)


def _follow(form: Form, old: Question, new: Question) -> None:
    """What was asked after the old one is asked after the new one."""
    for other in _present(form):
        if old.key in other.condition:
            other.condition[new.key] = other.condition.pop(old.key)
            other.save(update_fields=["condition"])


def _number(form: Form, order: Sequence[Question]) -> None:
    """From 1 in that order; those that are asked no more come after. Raises OutOfOrder."""
    place = {one.key: number for number, one in enumerate(order, 1)}
    for one in order:
        # As they are now, not as they were when the order was read.
        condition = Question.objects.values_list("condition", flat=True).get(pk=one.pk)
        if any(place.get(key, len(order) + 1) >= place[one.key] for key in condition):
            raise OutOfOrder(one.text)
    for one in order:
        Question.objects.filter(pk=one.pk).update(position=place[one.key])
    form.questions.filter(present=False).update(position=len(order) + 1)


def _perform(
    form: Form,
    verb: Verb,
    asked: tuple[object, ...],
    command: UUID,
    by: Person | None,
    now: datetime,
    do: Callable[[Form], bool],
) -> None:
    def act(locked: Consultation) -> tuple[UUID, bool]:
        current = locked.forms.get(pk=form.pk)
        return current.uuid, do(current)

    perform(consultation=form.consultation, verb=verb, asked=asked, command=command, by=by, now=now, do=act)
