"""Corrections of what a document says of itself: its names, its themes, its session forms."""

from dataclasses import replace

from cahiers.documents.model import (
    Facilitator,
    Meeting,
    MeetingDate,
    Participant,
    Synthesis,
    ThemeBlock,
    Warning,
)
from cahiers.documents.session_form import FORMATS
from cahiers.notebooks.intake.corrections.places import (
    NoSuchPlace,
    meeting_at,
    swapped,
    theme_at,
    with_theme,
)


def name(synthesis: Synthesis, *, territory: str | None, consultation: str | None) -> Synthesis:
    return replace(synthesis, territory=territory, consultation=consultation)


def entitle(
    synthesis: Synthesis, theme: int, *, key: str | None, number: int | None, title: str
) -> Synthesis:
    """The theme recognised, numbered and titled otherwise."""
    block = replace(theme_at(synthesis, theme), key=key, number=number, title=title)
    return with_theme(synthesis, theme, block)


def add_theme(synthesis: Synthesis, *, key: str | None, number: int | None, title: str) -> Synthesis:
    block = ThemeBlock(key=key, number=number, title=title, feedback=(), stages={})
    return replace(synthesis, themes=(*synthesis.themes, block))


def remove_theme(synthesis: Synthesis, theme: int) -> Synthesis:
    """Raises NoSuchPlace for a theme that holds anything."""
    if not is_bare(theme_at(synthesis, theme)):
        raise NoSuchPlace
    return replace(synthesis, themes=swapped(synthesis.themes, theme))


def is_bare(block: ThemeBlock) -> bool:
    """Whether it has neither a sheet nor a row."""
    return not block.feedback and not any(block.stages.values())


def rewrite_meeting(synthesis: Synthesis, index: int, meeting: Meeting) -> Synthesis:
    meeting_at(synthesis, index)
    return replace(synthesis, meetings=swapped(synthesis.meetings, index, meeting))


def add_meeting(synthesis: Synthesis, meeting: Meeting) -> Synthesis:
    return replace(synthesis, meetings=(*synthesis.meetings, meeting))


def set_meeting_aside(synthesis: Synthesis, index: int, message: str) -> Synthesis:
    """Without the session form, of which a warning keeps all that it said."""
    meeting = meeting_at(synthesis, index)
    warning = Warning(message=message, text="\n".join(said(meeting)) or None)
    return replace(
        synthesis,
        meetings=swapped(synthesis.meetings, index),
        warnings=(*synthesis.warnings, warning),
    )


def said(meeting: Meeting) -> list[str]:
    """Each thing that a session form says, in words."""
    return [
        *filter(None, [meeting.label, *(meeting.dates_text or map(_day, meeting.dates))]),
        *([FORMATS[meeting.format]] if meeting.format else []),
        *map(_person, meeting.facilitators),
        *filter(None, [meeting.facilitators_note]),
        *(_line(line) for line in meeting.participants if _is_told(line)),
    ]


def _day(day: MeetingDate) -> str:
    return ", ".join(filter(None, [" – ".join(dict.fromkeys(map(str, (day.start, day.end)))), day.place]))


def _is_told(line: Participant) -> bool:
    numbers = (line.count, line.establishments, line.surveyed)
    return line.checked or bool(line.note) or any(number is not None for number in numbers)


def _person(person: Facilitator) -> str:
    note = f" ({person.note})" if person.note else ""
    return f"{person.name}{note}" + (f", {person.role}" if person.role else "")


def _line(line: Participant) -> str:
    numbers = [
        str(line.count) if line.count is not None else "",
        f"établissements : {line.establishments}" if line.establishments is not None else "",
        f"réponses à une enquête : {line.surveyed}" if line.surveyed is not None else "",
        line.note or "",
    ]
    return f"{line.label} : {', '.join(filter(None, numbers))}"
