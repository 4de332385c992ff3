"""What was answered to a form: counted by question, and line by line."""

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cahiers.contributions.models import (
    FEEDBACK,
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
    questions = sorted(form.questions.all(), key=lambda one: (not one.present, one.position))
    columns = _columns(form, questions)
    labels = {one.key: one.short_label for one in form.consultation.method.categories}
    yield "\ufeff".encode()
    pen = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    yield _written(pen, [_("Reçu le"), _("Territoire"), _("Catégorie"), *(name for name, _read in columns)])
    names = ("pk", "created_at", "territory__time_zone", "territory__name", "category", "answers")
    found = _standing(form).order_by("pk").values_list(*names).iterator(chunk_size=BATCH)
    while batch := list(islice(found, BATCH)):
        written = _texts([line[0] for line in batch])
        for pk, at, zone, territory, category, answers in batch:
            # As spreadsheets sort it, in the time of the place.
            when = at.astimezone(_zone(zone)).strftime("%Y-%m-%d %H:%M")
            texts = written.get(pk, {})
            cells = [read(answers, texts) for _name, read in columns]
            yield _written(pen, [when, territory, labels.get(category, category or ""), *cells])


@dataclass(frozen=True, slots=True)
class _Text:
    """What answers an open question or, of a short form or a sheet, all that it says."""

    kind: str
    title: str
    text: str


#: By their question, None outside questionnaires.
Texts = Mapping[int | None, _Text]
Column = tuple[str, Callable[[Mapping[str, Any], Texts], str]]


def _texts(submissions: list[int]) -> dict[int, dict[int | None, _Text]]:
    """By submission; words that were withdrawn are their author’s alone."""
    found: dict[int, dict[int | None, _Text]] = {}
    said = Contribution.objects.filter(submission__in=submissions)
    said = said.exclude(status__in=(Status.WITHDRAWN, Status.ERASED)).order_by()
    names = ("submission", "question", "kind", "current__title", "current__text")
    for submission, question, *words in said.values_list(*names):
        found.setdefault(submission, {})[question] = _Text(*words)
    return found


def _columns(form: Form, questions: list[Question]) -> list[Column]:
    if form.kind != FormKind.QUESTIONNAIRE:
        method = form.consultation.method
        kinds = {column.kind: column.label for stage in method.stages for column in stage.columns}
        if method.feedback:
            kinds[FEEDBACK] = method.feedback.title
        return [
            (_("Nature"), lambda _answers, texts: kinds.get(_part(texts, None, "kind"), "")),
            (_("Titre"), lambda _answers, texts: _part(texts, None, "title")),
            (_("Texte"), lambda _answers, texts: _part(texts, None, "text")),
        ]
    return [column for question in questions for column in _columns_of(question)]


def _columns_of(question: Question) -> Iterator[Column]:
    key, pk = question.key, question.pk
    if question.type == QuestionType.OPEN:
        yield question.text, lambda _answers, texts: _part(texts, pk, "text")
    elif question.type == QuestionType.MATRIX:
        for line in question.lines:
            yield f"{question.text} – {line}", _reader_of_line(key, line)
    else:
        yield question.text, lambda answers, _texts: in_words(answers[key]) if key in answers else ""


def _reader_of_line(key: str, line: str) -> Callable[[Mapping[str, Any], Texts], str]:
    return lambda answers, _texts: str((answers.get(key) or {}).get(line, ""))


def _part(texts: Texts, question: int | None, part: str) -> str:
    return str(getattr(texts[question], part)) if question in texts else ""


@lru_cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


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
    offered = {one: one for one in question.options}
    if question.type == QuestionType.SCALE:
        offered = {str(step): read for step, read in question.degrees()}
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
                label=offered.get(label, label),
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
