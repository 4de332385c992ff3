"""Making, changing, releasing and closing forms."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from cahiers.accounts.models import Person
from cahiers.consultations.models import Consultation
from cahiers.consultations.revising import check, perform, state
from cahiers.contributions.models import Access, Form, FormKind, Moderation
from cahiers.journal.models import Verb
from cahiers.territories.addresses import slug_of

#: Words that are pages where a form’s address stands.
RESERVED = frozenset({"merci", "ajouter"})


class NothingAsked(ValueError):
    """A questionnaire without a question is released to nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What organisers say of a form, and may say otherwise later."""

    title: str
    intro: str = ""
    stage: str = ""
    access: str = Access.PUBLIC
    moderation: str = Moderation.BEFORE
    categories: Sequence[str] = ()
    parental_notice: str = ""
    opens: datetime | None = None
    closes: datetime | None = None

    @property
    def fields(self) -> dict[str, Any]:
        return {**asdict(self), "categories": list(self.categories)}


def told_of(form: Form) -> Told:
    return Told(**{name: getattr(form, name) for name in Told.__slots__})


def state_of(form: Form) -> UUID:
    """Of what is told of it and of its questions."""
    questions = form.questions.order_by("position", "pk").values_list(
        *("key", "type", "text", "help", "required", "kind", "theme", "options", "lines", "steps"),
        *("condition", "categories", "present"),
    )
    return state(form.uuid, told_of(form), form.released_at, *questions)


def create(
    *,
    consultation: Consultation,
    kind: FormKind,
    told: Told,
    command: UUID,
    by: Person | None,
    now: datetime,
) -> Form:
    """A form that is not released yet; sent twice, it is made once."""

    def do(locked: Consultation) -> tuple[UUID, bool]:
        slug = _free_slug(locked, told.title)
        form = Form.objects.create(consultation=locked, kind=kind, slug=slug, **told.fields)
        return form.uuid, True

    asked = ("form", str(kind), told)
    return _form(consultation, Verb.CREATE, asked, command, by, now, do)


def edit(*, form: Form, told: Told, seen: UUID, command: UUID, by: Person | None, now: datetime) -> Form:
    """Its address stays: posters hold it. Raises Changed."""

    def do(locked: Consultation) -> tuple[UUID, bool]:
        current = locked.forms.get(pk=form.pk)
        check(seen, state_of(current))
        changed = told_of(current) != told
        for name, value in told.fields.items():
            setattr(current, name, value)
        current.save()
        return current.uuid, changed

    return _form(form.consultation, Verb.EDIT, ("form", form.uuid, told, seen), command, by, now, do)


def release(*, form: Form, command: UUID, by: Person | None, now: datetime) -> Form:
    """People may fill it in from now on, within its window. Raises NothingAsked."""

    def do(locked: Consultation) -> tuple[UUID, bool]:
        current = locked.forms.get(pk=form.pk)
        if current.kind == FormKind.QUESTIONNAIRE and not current.questions.filter(present=True).exists():
            raise NothingAsked(current.title)
        changed = current.released_at is None
        current.released_at = current.released_at or now
        current.save(update_fields=["released_at"])
        return current.uuid, changed

    return _form(form.consultation, Verb.PUBLISH, ("release", form.uuid), command, by, now, do)


def close(*, form: Form, command: UUID, by: Person | None, now: datetime) -> Form:
    """From this moment; what was written before and is still on its way is taken for two days."""

    def do(locked: Consultation) -> tuple[UUID, bool]:
        current = locked.forms.get(pk=form.pk)
        changed = current.closes is None or current.closes > now
        if changed:
            current.closes = now
            # It had not opened: it does no longer.
            current.opens = current.opens if current.opens and current.opens < now else None
            current.save(update_fields=["opens", "closes"])
        return current.uuid, changed

    return _form(form.consultation, Verb.CLOSE, ("close", form.uuid), command, by, now, do)


def reopen(*, form: Form, command: UUID, by: Person | None, now: datetime) -> Form:
    """At once and without an end, which can be given again with the rest."""

    def do(locked: Consultation) -> tuple[UUID, bool]:
        current = locked.forms.get(pk=form.pk)
        changed = not current.is_open(now)
        current.opens, current.closes = None, None
        current.save(update_fields=["opens", "closes"])
        return current.uuid, changed

    return _form(form.consultation, Verb.OPEN, ("reopen", form.uuid), command, by, now, do)


def duplicate(*, form: Form, title: str, command: UUID, by: Person | None, now: datetime) -> Form:
    """The same under another title, with the questions that are still asked; neither released nor dated."""

    def do(locked: Consultation) -> tuple[UUID, bool]:
        current = locked.forms.get(pk=form.pk)
        fields = {**told_of(current).fields, "title": title, "opens": None, "closes": None}
        copy = Form.objects.create(
            consultation=locked, kind=current.kind, slug=_free_slug(locked, title), **fields
        )
        for question in current.questions.filter(present=True):
            question.pk, question.form = None, copy
            question.save(force_insert=True)
        return copy.uuid, True

    return _form(form.consultation, Verb.CREATE, ("duplicate", form.uuid, title), command, by, now, do)


def _form(
    consultation: Consultation,
    verb: Verb,
    asked: tuple[object, ...],
    command: UUID,
    by: Person | None,
    now: datetime,
    do: Any,
) -> Form:
    uuid = perform(consultation=consultation, verb=verb, asked=asked, command=command, by=by, now=now, do=do)
    return Form.objects.select_related("consultation").get(uuid=uuid)


def _free_slug(consultation: Consultation, title: str) -> str:
    taken = RESERVED | set(consultation.forms.values_list("slug", flat=True))
    return free(slug_of(title, length=70) or "formulaire", taken)


def free(wanted: str, taken: "frozenset[str] | set[str] | Mapping[str, object]") -> str:
    """That word, or with the first number that makes it nobody else’s."""
    found, number = wanted, 1
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    return found
