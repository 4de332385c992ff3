"""Titles and lines that the writers of text for reading share."""

from collections.abc import Sequence
from datetime import date

from cahiers.documents.model import Facilitator, Feedback, Meeting, ThemeBlock
from cahiers.methods import Method


def theme_title(theme: ThemeBlock, method: Method) -> str:
    """Title bar of a theme, its number where it has one."""
    number = "" if theme.number is None else f" N°{theme.number}"
    return f"{method.theme_word}{number} : {theme.title}"


def feedback_title(sheet: Feedback, method: Method) -> str:
    """Heading of a feedback sheet: word, number, territory in brackets."""
    word = method.feedback.word if method.feedback else "RETEX"
    number = "" if sheet.number is None else f" {sheet.number}"
    scope = "" if sheet.scope is None else f" ({sheet.scope})"
    return f"{word}{number}{scope}"


def facilitator(person: Facilitator) -> str:
    """Name, note in brackets, role."""
    note = f" ({person.note})" if person.note else ""
    role = f", {person.role}" if person.role else ""
    return f"{person.name}{note}{role}"


def meeting_days(meeting: Meeting) -> Sequence[str]:
    """Dates and places as written; where nobody wrote them, as they are known."""
    if meeting.dates_text:
        return meeting.dates_text
    return [
        (_day(day.start) if day.start == day.end else f"Du {_day(day.start)} au {_day(day.end)}")
        + (f" : {day.place}" if day.place else "")
        for day in meeting.dates
    ]


def _day(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year:04}"
