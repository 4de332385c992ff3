"""From a form that was filled in to what is taken in."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from uuid import uuid5

from cahiers.contributions.actions.submitting import Sent
from cahiers.contributions.actions.taking import Draft
from cahiers.contributions.collecting import places
from cahiers.contributions.collecting.forms import AnswerForm, SheetForm, ShortForm
from cahiers.contributions.collecting.questionnaire import QuestionnaireForm
from cahiers.contributions.models import FEEDBACK, Channel, Consent, Form, Moderation, Status
from cahiers.contributions.sheets import text_of


def sent_of(
    form: Form,
    filled: AnswerForm,
    now: datetime,
    *,
    channel: Channel | None = None,
    late: bool = False,
) -> Sent:
    """What a valid form says, as one submission; what came late is read before it is published."""
    said = filled.cleaned_data
    consultation = form.consultation
    found = places.establishment(consultation, said["territory"], said["place"])
    themes = {theme.key: theme for theme in consultation.themes.all()}
    survey = isinstance(filled, QuestionnaireForm)
    channel = channel or (Channel.SURVEY if survey else Channel.FORM)
    waits = late or form.moderation == Moderation.BEFORE
    base = Draft(
        territory=found or said["territory"],
        channel=channel,
        text=said.get("text", ""),
        theme=themes.get(said.get("theme", "")),
        category=said["category"] or None,
        scope=None if found else said["place"] or None,
        consent=Consent(said["consent"] or Consent.INTERNAL) if "consent" in said else Consent.UNKNOWN,
        status=Status.PENDING if waits else Status.ACCEPTED,
    )
    return Sent(
        uuid=filled.number,
        territory=base.territory,
        channel=channel,
        form=form,
        category=base.category,
        answers=filled.answers if isinstance(filled, QuestionnaireForm) else {},
        drafts=list(_drafts(filled, base)),
        receipt=said["receipt"],
    )


def _drafts(filled: AnswerForm, base: Draft) -> Iterator[Draft]:
    said = filled.cleaned_data
    if isinstance(filled, SheetForm):
        yield replace(
            base,
            uuid=uuid5(filled.number, "sheet"),
            kind=FEEDBACK,
            title=said["title"],
            parts=filled.parts,
            text=text_of(filled.parts),
            links=tuple(said["links"]),
        )
    elif isinstance(filled, ShortForm):
        yield replace(base, uuid=uuid5(filled.number, "text"), kind=said["kind"])
    elif isinstance(filled, QuestionnaireForm):
        for question in filled.questions:
            if question.key in filled.texts:
                yield replace(
                    base,
                    uuid=uuid5(filled.number, question.key),
                    kind=question.kind or FEEDBACK,
                    theme=question.theme,
                    text=filled.texts[question.key],
                    question=question,
                )
