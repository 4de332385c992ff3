"""Whether a form takes answers, and the sentence that says why not."""

from datetime import datetime

from django.utils.translation import gettext as _

from cahiers.consultations.windows import is_open
from cahiers.contributions.models import Form
from cahiers.ui.times import day, moment


def takes(form: Form, now: datetime) -> bool:
    """Whether it is open: its own window, its stage’s and the consultation’s."""
    consultation = form.consultation
    return (
        form.is_open(now)
        and is_open(consultation, None, now)
        and is_open(consultation, form.stage or None, now)
    )


def why_not(form: Form, now: datetime) -> str:
    """In the time of the place; "" where it takes answers."""
    if takes(form, now):
        return ""
    consultation = form.consultation
    if form.released_at is None:
        return _("Ce formulaire n’est pas encore diffusé.")
    window = next((one for one in consultation.windows.all() if one.stage == form.stage), None)
    opens = [one.opens for one in (form, window) if one and one.opens and now < one.opens]
    if opens:
        return _("Ce formulaire ouvre le %s.") % moment(max(opens), consultation)
    closed = [one.closes for one in (form, window) if one and one.closes and one.closes <= now]
    if closed:
        return _("Ce formulaire est fermé depuis le %s.") % moment(min(closed), consultation)
    if consultation.opens and not (consultation.closes and consultation.closes < now.date()):
        return _("La concertation ouvre le %s.") % day(consultation.opens)
    return _("La concertation est close.")
