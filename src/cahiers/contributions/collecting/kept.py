"""What is kept of an answer, why and how long: for each field of a form, as the models declare it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cahiers.contributions.collecting.forms import AnswerForm
from cahiers.contributions.collecting.questionnaire import QuestionnaireForm
from cahiers.contributions.models import QuestionType, Revision, Submission

if TYPE_CHECKING:
    from django.utils.functional import Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    what: str
    purpose: "str | Promise"
    retention: "str | Promise"


def kept(form: AnswerForm) -> list[Kept]:
    """One line for fields that are kept for the same reason and the same time."""
    reasons: dict[tuple[str | Promise, str | Promise], list[str]] = {}
    for what, reason in _reasons(form):
        reasons.setdefault((str(reason[0]), str(reason[1])), []).append(what)
    return [
        Kept(what=", ".join(names), purpose=purpose, retention=retention)
        for (purpose, retention), names in reasons.items()
    ]


def _reasons(form: AnswerForm) -> "Iterator[tuple[str, tuple[str | Promise, str | Promise]]]":
    if isinstance(form, QuestionnaireForm):
        types = {one.type == QuestionType.OPEN for one in form.questions}
        if True in types:
            yield _("Réponses écrites"), Revision.PERSONAL["text"]
        if False in types:
            yield _("Réponses choisies"), Submission.PERSONAL["answers"]
    for field in form.upright:
        if field.name in {"category", "territory"}:
            yield (
                str(field.label),
                (_("savoir qui a parlé, et d’où"), _("aussi longtemps que la concertation")),
            )
        elif field.name not in {"kind", "theme"}:
            yield str(field.label), Revision.PERSONAL["text"]
    for field in form.folded:
        if field.name != "theme":
            yield str(field.label), Revision.PERSONAL["scope" if field.name == "place" else "links"]
    yield _("Empreinte de votre reçu"), Submission.PERSONAL["receipt"]
    yield (
        _("Empreinte d’un cookie tiré au hasard"),
        (_("limiter les envois d’un même navigateur"), _("une journée")),
    )
