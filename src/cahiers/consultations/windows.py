"""When a consultation and each stage of its method are open, and to whom a closed stage is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from cahiers import methods
from cahiers.accounts.models import Person
from cahiers.consultations.models import Consultation, StageWindow
from cahiers.consultations.permissions import Visitor, may_manage
from cahiers.territories.models import Territory
from cahiers.ui.times import moment


class StageClosed(Exception):
    """A stage is closed to who would write there; its text says so in one sentence for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Barrier:
    """A closed stage, what is said of it to who would write there, and whether they may not."""

    stage: str
    sentence: str
    refused: bool


def is_open(consultation: Consultation, stage: str | None, now: datetime) -> bool:
    """Whether that stage is or, for None, whether the consultation takes contributions, by its own calendar.

    A stage without a window is always open.
    """
    if stage is not None:
        return stage not in _shut(consultation, now)
    today = now.astimezone(ZoneInfo(consultation.time_zone)).date()
    begun = consultation.opens is None or consultation.opens <= today
    return begun and (consultation.closes is None or today <= consultation.closes)


def barriers(
    *, visitor: Visitor | None, consultation: Consultation, territory: Territory, now: datetime
) -> dict[str, Barrier]:
    """Closed stages by key: those who organise there write in them all the same, and so does the command line (None).

    One query where all stages are open.
    """
    shut = _shut(consultation, now)
    if not shut:
        return {}
    refused = visitor is not None and not may_manage(visitor, consultation, territory)
    method = methods.get(consultation.method_key)
    return {
        stage.key: Barrier(
            stage=stage.key,
            sentence=_sentence(stage.title, shut[stage.key], consultation, now, refused),
            refused=refused,
        )
        for stage in method.stages
        if stage.key in shut
    }


def check_open(
    *,
    consultation: Consultation,
    stages: Iterable[str],
    territory: Territory,
    by: Person | None,
    now: datetime,
) -> None:
    """Raises StageClosed where one of the stages is, to that person."""
    found = barriers(visitor=by, consultation=consultation, territory=territory, now=now)
    for stage in stages:
        if stage in found and found[stage].refused:
            raise StageClosed(found[stage].sentence)


def steps(consultation: Consultation, now: datetime) -> list[tuple[methods.Stage, str]]:
    """Each stage of the method, and when it is open; "" for one that always is. One query."""
    windows = {window.stage: window for window in consultation.windows.all()}
    method = methods.get(consultation.method_key)
    return [
        (stage, _when(windows[stage.key], consultation, now) if stage.key in windows else "")
        for stage in method.stages
    ]


def _shut(consultation: Consultation, now: datetime) -> dict[str, StageWindow]:
    return {window.stage: window for window in consultation.windows.all() if not window.is_open_at(now)}


def _when(window: StageWindow, consultation: Consultation, now: datetime) -> str:
    if window.opens and now < window.opens:
        return _("étape ouverte à partir du %s") % moment(window.opens, consultation)
    if window.closes and now >= window.closes:
        return _("étape fermée depuis le %s") % moment(window.closes, consultation)
    if window.closes:
        return _("étape ouverte jusqu’au %s") % moment(window.closes, consultation)
    return _("étape ouverte")


def _sentence(
    title: str, window: StageWindow, consultation: Consultation, now: datetime, refused: bool
) -> str:
    if window.opens and now < window.opens:
        since = _("L’étape « %(stage)s » n’ouvre que le %(moment)s.") % {
            "stage": title,
            "moment": moment(window.opens, consultation),
        }
    else:
        since = _("L’étape « %(stage)s » est fermée depuis le %(moment)s.") % {
            "stage": title,
            "moment": moment(window.closes or now, consultation),
        }
    if refused:
        whose = _("Seules les personnes qui organisent peuvent y écrire : adressez-vous à elles.")
    else:
        whose = _("Vous pouvez tout de même la corriger, parce que vous organisez.")
    return f"{since} {whose}"
