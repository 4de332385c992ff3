"""Questionnaires: the questions that organisers wrote, some of them for some people or after some answers alone."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from cahiers.contributions.collecting.forms import LONGEST, AnswerForm
from cahiers.contributions.models import Question, QuestionType

#: Before the key of a question in names of fields, which no field of another purpose begins with.
PREFIX = "q-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question with its fields: one, or one a line of its matrix."""

    question: Question
    fields: list[forms.BoundField]
    #: The question that this one follows from, and the answers to it after which it is asked.
    after: Question | None
    among: list[str]

    @property
    def name(self) -> str:
        return PREFIX + self.question.key

    @property
    def after_name(self) -> str:
        return PREFIX + self.after.key if self.after else ""

    @property
    def among_json(self) -> str:
        return json.dumps(self.among, ensure_ascii=False)


def for_category(question: Question, category: str) -> bool:
    return not question.categories or category in question.categories


def follows(question: Question, answers: Mapping[str, Any]) -> bool:
    """Whether what was answered so far makes that question one to answer."""
    return all(
        any(str(one) in wanted for one in _as_list(answers.get(key)))
        for key, wanted in question.condition.items()
    )


class QuestionnaireForm(AnswerForm):
    """`category` is that of who answers, where it was asked first; None where it is asked on the page.

    `answers` holds closed answers by key once the form is valid, `texts` the open ones.
    """

    def __init__(self, *args: Any, category: str | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_category = category is not None
        if category is not None:
            self.fields["category"].widget = forms.HiddenInput()
            self.initial["category"] = category
        present = [one for one in self.form.questions.all() if one.present]
        self.questions = [one for one in present if not self.by_category or for_category(one, category or "")]
        for question in self.questions:
            for name, field in _fields_of(question):
                self.fields[name] = field
        if not any(one.type == QuestionType.OPEN for one in self.questions):
            del self.fields["consent"]
        else:
            # Who chooses answers and writes nothing is asked nothing about a text.
            self.fields["consent"].required = False
            self.fields["consent"].help_text = _("À choisir si vous écrivez quelque chose.")
        self.answers: dict[str, Any] = {}
        self.texts: dict[str, str] = {}

    @property
    def upright(self) -> list[forms.BoundField]:
        return [one for one in super().upright if not one.name.startswith(PREFIX)]

    @property
    def asked(self) -> Iterator[Asked]:
        by_key = {one.key: one for one in self.questions}
        for question in self.questions:
            # Conditions on what is not asked of this person are never met: see clean.
            key, among = next(iter(question.condition.items()), ("", []))
            if key and key not in by_key:
                continue
            fields = [self[name] for name, _field in _fields_of(question)]
            yield Asked(question=question, fields=fields, after=by_key.get(key), among=among)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = self.cleaned_data
        self.answers, self.texts = {}, {}
        for question in self.questions:
            names = [name for name, _field in _fields_of(question)]
            if not self._concerns(question, given):
                # Whatever stands there is no answer, and nothing is wrong with it.
                for name in names:
                    self.errors.pop(name, None)
                continue
            answer = _answer_of(question, given, names)
            if answer not in (None, "", [], {}):
                (self.texts if question.type == QuestionType.OPEN else self.answers)[question.key] = answer
            if question.required:
                self._require(question, names, given)
        if not self.answers and not self.texts and not self.errors:
            raise forms.ValidationError(_("Répondez au moins à une question."))
        if not self.texts:
            # Nothing was written that anyone could read.
            self.errors.pop("consent", None)
            given["consent"] = ""
        elif "consent" not in self.errors and not given["consent"]:
            self.add_error("consent", _("Dites qui peut lire ce que vous avez écrit."))
        return given

    def _concerns(self, question: Question, given: Mapping[str, Any]) -> bool:
        return for_category(question, given.get("category", "")) and follows(question, self.answers)

    def _require(self, question: Question, names: list[str], given: Mapping[str, Any]) -> None:
        for name in names:
            if name not in self.errors and given.get(name) in (None, "", []):
                self.add_error(name, _("Cette question attend une réponse."))


def _fields_of(question: Question) -> Iterator[tuple[str, forms.Field]]:
    """Their names and fields; none is required before it is known whom it concerns."""
    name = PREFIX + question.key
    told: dict[str, Any] = {"required": False, "label": question.text, "help_text": question.help}
    options = [(one, one) for one in question.options]
    match question.type:
        case QuestionType.OPEN:
            yield (
                name,
                forms.CharField(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}), **told),
            )
        case QuestionType.CHOICE:
            yield name, forms.ChoiceField(choices=options, widget=forms.RadioSelect, **told)
        case QuestionType.CHOICES:
            yield (
                name,
                forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **told),
            )
        case QuestionType.SCALE:
            yield (
                name,
                forms.TypedChoiceField(
                    choices=question.degrees(),
                    coerce=int,
                    empty_value=None,
                    widget=forms.RadioSelect,
                    **told,
                ),
            )
        case _:
            for number, line in enumerate(question.lines, 1):
                told = {"required": False, "label": line}
                yield (
                    f"{name}-{number}",
                    forms.ChoiceField(choices=options, widget=forms.RadioSelect, **told),
                )


def _answer_of(question: Question, given: Mapping[str, Any], names: list[str]) -> Any:
    """As Submission.answers keeps it; None or empty where there is none."""
    if question.type != QuestionType.MATRIX:
        return given.get(names[0])
    lines = zip(question.lines, (given.get(name) for name in names), strict=True)
    return {line: chosen for line, chosen in lines if chosen}


def _as_list(answer: Any) -> list[Any]:
    if isinstance(answer, dict):
        return list(answer.values())
    return answer if isinstance(answer, list) else [] if answer is None else [answer]
