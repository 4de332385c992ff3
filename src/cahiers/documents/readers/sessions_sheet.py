"""The sheet of a workbook that holds the session forms."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from cahiers.documents import sheets
from cahiers.documents.dates import read_dates
from cahiers.documents.matching import category_key, fold
from cahiers.documents.model import Facilitator, Meeting, MeetingDate, MeetingFormat, Participant, Warning
from cahiers.documents.readers.tables import Group, Line, Table, groups, warning, whole_number
from cahiers.documents.session_form import FORMATS, read_format, surveyed_in
from cahiers.methods import Method

ONCE: Final = (sheets.LABEL, sheets.FORMAT, sheets.FACILITATORS_NOTE)
FACILITATOR: Final = (sheets.FACILITATOR, sheets.PERSON_ROLE, sheets.PERSON_NOTE)
ATTENDANCE: Final = (
    sheets.PARTICIPANTS,
    sheets.CATEGORY,
    sheets.CHECKED,
    sheets.COUNT,
    sheets.ESTABLISHMENTS,
    sheets.SURVEYED,
    sheets.ATTENDANCE_NOTE,
)
TICKS: Final = frozenset(("oui", "x", "o", "1", "vrai", "yes", "true"))
_DAY: Final = re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})")


@dataclass(frozen=True, slots=True)
class Sessions:
    """What the sheet says."""

    consultation: str | None = None
    territory: str | None = None
    meetings: tuple[Meeting, ...] = ()


def read(table: Table, method: Method, warnings: list[Warning]) -> Sessions:
    """Meetings in their order. Dates that nobody filled in are taken from the lines that say them in words."""
    said = _above(table, warnings)
    found = groups(table.lines, sheets.SESSION, ONCE)
    meetings = [_meeting(group, method, warnings) for group in found]
    inferred = read_dates([meeting.dates_text for meeting in meetings])
    return Sessions(
        consultation=said.get(fold(sheets.CONSULTATION)),
        territory=said.get(fold(sheets.TERRITORY)),
        meetings=tuple(
            meeting if group.text(sheets.START) else replace(meeting, dates=dates)
            for group, meeting, dates in zip(found, meetings, inferred, strict=True)
        ),
    )


def _above(table: Table, warnings: list[Warning]) -> dict[str, str]:
    said: dict[str, str] = {}
    for label, *values in table.above:
        name = fold(label.text)
        if name not in (fold(sheets.CONSULTATION), fold(sheets.TERRITORY)) or name in said:
            values = [label, *values]
        elif values:
            said[name] = values.pop(0).text
        message = "Texte laissé de côté, au-dessus du tableau des sessions"
        warnings.extend(warning(message, cell) for cell in values)
    return said


def _meeting(group: Group, method: Method, warnings: list[Warning]) -> Meeting:
    return Meeting(
        label=group.text(sheets.LABEL),
        dates_text=group.texts(sheets.DATES_TEXT),
        dates=tuple(day for line in group.lines for day in _dates(line, warnings)),
        format=_format(group, warnings),
        facilitators=tuple(
            Facilitator(
                name=line.text(sheets.FACILITATOR),
                role=line.text(sheets.PERSON_ROLE),
                note=line.text(sheets.PERSON_NOTE),
            )
            for line in group.lines
            if any(map(line.text, FACILITATOR))
        ),
        facilitators_note=group.text(sheets.FACILITATORS_NOTE) or None,
        participants=tuple(
            _participant(line, method, warnings) for line in group.lines if any(map(line.text, ATTENDANCE))
        ),
    )


def _dates(line: Line, warnings: list[Warning]) -> tuple[MeetingDate, ...]:
    """The date that a line holds, if it does; what is no date becomes a warning."""
    start, end = _day(line.text(sheets.START)), _day(line.text(sheets.END))
    if start is not None and (end is not None or not line.text(sheets.END)):
        place = line.text(sheets.PLACE) or None
        return (MeetingDate(start=start, end=start if end is None else end, place=place),)
    for name in (sheets.START, sheets.END, sheets.PLACE):
        if line.text(name) and fold(line.text(name)) != fold(sheets.NONE):
            message = f"On attend une date (jj/mm/aaaa) pour la colonne « {name} »"
            warnings.append(warning(message, line.cells[name]))
    return ()


def _day(text: str) -> date | None:
    match = _DAY.fullmatch(text)
    try:
        if match:
            return date(int(match["year"]), int(match["month"]), int(match["day"]))
        return date.fromisoformat(text)
    except ValueError:
        return None


def _format(group: Group, warnings: list[Warning]) -> MeetingFormat | None:
    text = fold(group.text(sheets.FORMAT))
    for key, label in FORMATS.items():
        if fold(label) == text:
            return key
    if text.startswith(("presentiel", "en presen", "distanciel", "a distance", "en ligne")):
        return read_format(f"☒ {text}")
    if text in ("les deux", "hybride", "mixte"):
        return "hybrid"
    if text:
        cell = group.line_with(sheets.FORMAT).cells[sheets.FORMAT]
        warnings.append(
            warning(f"Format de session inconnu (on connaît : {', '.join(FORMATS.values())})", cell)
        )
    return None


def _participant(line: Line, method: Method, warnings: list[Warning]) -> Participant:
    label, note = line.text(sheets.PARTICIPANTS), line.text(sheets.ATTENDANCE_NOTE) or None
    count = whole_number(line, sheets.COUNT, warnings)
    ticked = fold(line.text(sheets.CHECKED)) in TICKS if line.text(sheets.CHECKED) else bool(count)
    surveyed = surveyed_in(note)
    if fold(line.text(sheets.SURVEYED)) == fold(sheets.NOT_SAID):
        surveyed = None
    elif line.text(sheets.SURVEYED):
        surveyed = whole_number(line, sheets.SURVEYED, warnings)
    return Participant(
        category=_category(line, label, method, warnings),
        label=label,
        checked=ticked,
        count=count,
        establishments=whole_number(line, sheets.ESTABLISHMENTS, warnings),
        note=note,
        surveyed=surveyed,
    )


def _category(line: Line, label: str, method: Method, warnings: list[Warning]) -> str | None:
    text = line.text(sheets.CATEGORY)
    if not text:
        return category_key(label, method)
    if fold(text) == fold(sheets.NONE):
        return None
    for category in method.categories:
        if sheets.category_name(category.key, method) == text:
            return category.key
    key = category_key(text, method)
    if key is None and re.fullmatch(r"[a-z0-9_.:-]+", text):
        return text  # the key of a category that the consultation has beyond its method's
    if key is None:
        message = "Ce n’est pas une catégorie de participants de la méthode"
        warnings.append(warning(message, line.cells[sheets.CATEGORY]))
    return key
