"""What was answered to a form: counted by question, and line by line."""

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from cahiers.contributions.models import (
    Contribution,
    Form,
    FormKind,
    Question,
    QuestionType,
    Status,
    Submission,
    in_words,
)
from cahiers.contributions.tables.bodies import ACTIVE
from cahiers.ui.times import moment

#: Submissions read at a time, with their contributions.
BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """`share` is the per cent of those who answered the question; several answers each may add up to more than 100."""

    label: str
    count: int
    share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A question, or one line of a matrix, with its answers counted."""

    question: Question
    line: str
    answered: int
    bars: list[Bar]
    #: Of a scale where something was answered.
    mean: float | None = None


@dataclass(slots=True)
class _Tally:
    answered: int = 0
    counts: Counter[str] = field(default_factory=Counter)


def count_of(form: Form) -> int:
    """Submissions that stand."""
    return _standing(form).count()


def results(form: Form) -> list[Result]:
    """Of its closed questions in order, those that are asked no more last; two queries, however many answered."""
    closed = [one for one in form.questions.all() if one.type != QuestionType.OPEN]
    closed.sort(key=lambda one: (not one.present, one.position))
    tallies: dict[tuple[str, str], _Tally] = {}
    for answers in _standing(form).values_list("answers", flat=True).iterator(chunk_size=2000):
        for key, answer in answers.items():
            for line, chosen in _chosen(answer):
                tally = tallies.setdefault((key, line), _Tally())
                tally.answered += 1
                tally.counts.update(chosen)
    return [
        _result(question, line, tallies.get((question.key, line)) or _Tally())
        for question in closed
        for line in (question.lines if question.type == QuestionType.MATRIX else [""])
    ]


def open_counts(form: Form) -> list[tuple[Question, int]]:
    """Open questions, and the texts that answer each; two queries."""
    written = Counter(
        Contribution.objects.filter(submission__form=form)
        .exclude(status__in=(Status.WITHDRAWN, Status.ERASED))
        .values_list("question", flat=True)
    )
    return [(one, written[one.pk]) for one in form.questions.all() if one.type == QuestionType.OPEN]


def csv_lines(form: Form) -> Iterator[bytes]:
    """A line a submission, as French spreadsheets open it; what looks like a formula stands behind an apostrophe."""
    questions = list(form.questions.all())
    questions.sort(key=lambda one: (not one.present, one.position))
    columns = _columns(form, questions)
    yield "\ufeff".encode()
    pen = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    yield _written(pen, [_("Reçu le"), _("Territoire"), _("Catégorie"), *(name for name, _read in columns)])
    labels = {one.key: one.short_label for one in form.consultation.method.categories}
    texts = Contribution.objects.select_related("current")
    found = (
        _standing(form)
        .select_related("territory")
        .prefetch_related(Prefetch("contributions", texts.order_by("pk")))
        .order_by("pk")
    )
    for one in found.iterator(chunk_size=BATCH):
        category = labels.get(one.category or "", one.category or "")
        said = {text.question_id: text for text in one.contributions.all()}
        cells = [read(one, said) for _name, read in columns]
        yield _written(pen, [moment(one.created_at, one.territory), one.territory.name, category, *cells])


Texts = dict[int | None, Contribution]
Column = tuple[str, Callable[[Submission, Texts], str]]


def _columns(form: Form, questions: list[Question]) -> list[Column]:
    if form.kind != FormKind.QUESTIONNAIRE:
        return [
            (_("Nature"), lambda _one, said: said[None].kind if None in said else ""),
            (_("Titre"), lambda _one, said: _visible(said.get(None), "title")),
            (_("Texte"), lambda _one, said: _visible(said.get(None), "text")),
        ]
    return [column for question in questions for column in _columns_of(question)]


def _columns_of(question: Question) -> Iterator[Column]:
    key, pk = question.key, question.pk
    if question.type == QuestionType.OPEN:
        yield question.text, lambda _one, said: _visible(said.get(pk), "text")
    elif question.type == QuestionType.MATRIX:
        for line in question.lines:
            yield (
                f"{question.text} – {line}",
                lambda one, _said, line=line: str((one.answers.get(key) or {}).get(line, "")),  # type: ignore[misc]
            )
    else:
        yield question.text, lambda one, _said: in_words(one.answers[key]) if key in one.answers else ""


def _visible(text: Contribution | None, part: str) -> str:
    """Withdrawn words are their author’s alone."""
    if text is None or text.status in {Status.WITHDRAWN, Status.ERASED}:
        return ""
    return str(getattr(text.current, part))


def _standing(form: Form) -> QuerySet[Submission]:
    return form.submissions.filter(withdrawn_at=None, erased_at=None)


def _chosen(answer: Any) -> Iterator[tuple[str, list[str]]]:
    """Lines of a matrix, or one line without a name, each with what was chosen."""
    if isinstance(answer, dict):
        for line, chosen in answer.items():
            yield line, [chosen]
    else:
        yield "", [str(one) for one in answer] if isinstance(answer, list) else [str(answer)]


def _result(question: Question, line: str, tally: _Tally) -> Result:
    offered = question.options
    if question.type == QuestionType.SCALE:
        offered = [str(step) for step in range(1, question.steps + 1)]
    # Answers that are offered no more are counted all the same.
    labels = [*offered, *sorted(set(tally.counts) - set(offered))]
    mean = None
    if question.type == QuestionType.SCALE and tally.answered:
        mean = sum(int(step) * count for step, count in tally.counts.items()) / tally.answered
    return Result(
        question=question,
        line=line,
        answered=tally.answered,
        mean=mean,
        bars=[
            Bar(
                label=label,
                count=tally.counts[label],
                share=round(100 * tally.counts[label] / tally.answered) if tally.answered else 0,
            )
            for label in labels
        ],
    )


class _Echo:
    """A file that hands back what is written."""

    def write(self, text: str) -> str:
        return text


def _written(pen: Any, cells: list[str]) -> bytes:
    line: str = pen.writerow([f"'{one}" if one.startswith(ACTIVE) else one for one in cells])
    return line.encode()
