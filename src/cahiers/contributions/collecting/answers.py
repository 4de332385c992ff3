"""From a form that was filled in to what is taken in."""

from dataclasses import replace
from datetime import datetime
from uuid import uuid5

from cahiers.contributions.actions.submitting import Sent
from cahiers.contributions.actions.taking import Draft
from cahiers.contributions.collecting import places
from cahiers.contributions.collecting.forms import AnswerForm, SheetForm, ShortForm
from cahiers.contributions.models import FEEDBACK, Channel, Consent, Form, Moderation, Status
from cahiers.contributions.sheets import text_of


def sent_of(form: Form, filled: AnswerForm, now: datetime, *, channel: Channel = Channel.FORM) -> Sent:
    """What a valid form says, as one submission."""
    said = filled.cleaned_data
    consultation = form.consultation
    found = places.establishment(consultation, said["territory"], said["place"])
    themes = {theme.key: theme for theme in consultation.themes.all()}
    base = Draft(
        territory=found or said["territory"],
        channel=channel,
        text=said.get("text", ""),
        theme=themes.get(said.get("theme", "")),
        category=said["category"] or None,
        scope=None if found else said["place"] or None,
        consent=Consent.PUBLIC if said["public"] else Consent.INTERNAL,
        status=Status.PENDING if form.moderation == Moderation.BEFORE else Status.ACCEPTED,
    )
    if isinstance(filled, SheetForm):
        draft = replace(
            base,
            uuid=uuid5(filled.number, "sheet"),
            kind=FEEDBACK,
            title=said["title"],
            parts=filled.parts,
            text=text_of(filled.parts),
            links=tuple(said["links"]),
        )
    else:
        assert isinstance(filled, ShortForm)
        draft = replace(base, uuid=uuid5(filled.number, "text"), kind=said["kind"])
    return Sent(
        uuid=filled.number,
        territory=base.territory,
        channel=channel,
        form=form,
        category=base.category,
        drafts=[draft],
        receipt=said["receipt"],
    )
