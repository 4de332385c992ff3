"""The normal form of a synthesis: what is left of it once white space and empty things no longer matter."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from cahiers.documents.model import (
    Facilitator,
    Feedback,
    Item,
    Meeting,
    Participant,
    Row,
    Synthesis,
    ThemeBlock,
)
from cahiers.methods import Method

# Control characters that are no white space, the byte order mark, lone surrogates and what XML 1.0 forbids: no word
# processor can hold them. And places where a word may be cut (soft hyphen, zero-width space), which nobody sees.
_ILLEGAL: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u2060\ud800-\udfff\ufeff\ufffe\uffff]"
)
_LINK: Final = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)
_LINE_BREAK: Final = re.compile(r"\r\n?|\n")


def normalise(synthesis: Synthesis) -> Synthesis:
    """The same synthesis with every text tidied and what is empty left out; doing it twice changes nothing.

    Meetings, themes and rows stay even where they hold nothing, for their place counts, but for rows without a word of
    a theme without a name. `source` and `warnings` stay as they are.
    """
    return replace(
        synthesis,
        consultation=tidy(synthesis.consultation) or None,
        territory=tidy(synthesis.territory) or None,
        meetings=tuple(map(_meeting, synthesis.meetings)),
        themes=tuple(map(_theme, synthesis.themes)),
    )


def settled(synthesis: Synthesis, method: Method) -> Synthesis:
    """What readers hand out: the normal form, in which every theme has each stage and every row each kind."""
    tidied = normalise(synthesis)
    return replace(tidied, themes=tuple(_complete(theme, method) for theme in tidied.themes))


def _complete(theme: ThemeBlock, method: Method) -> ThemeBlock:
    stages = {
        stage.key: tuple(
            replace(row, cells={**dict.fromkeys(stage.kinds, ()), **row.cells})
            for row in theme.stages.get(stage.key, ())
        )
        for stage in method.stages
    }
    return replace(theme, stages=stages)


def equal(left: Synthesis, right: Synthesis) -> bool:
    """Whether two syntheses say the same, apart from where they were read."""
    return normalise(left) == normalise(right)


def tidy(text: str | None) -> str:
    """Text on one line: trimmed, single ordinary spaces inside, nothing that XML cannot hold; "" for None."""
    return " ".join(_ILLEGAL.sub("", text).split()) if text else ""


def is_link(line: str) -> bool:
    """Whether a tidy line is a web address and nothing else."""
    return _LINK.fullmatch(line) is not None


def _tidy_all(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(tidy, texts)))


def _meeting(meeting: Meeting) -> Meeting:
    return replace(
        meeting,
        label=tidy(meeting.label),
        dates_text=_tidy_all(meeting.dates_text),
        dates=tuple(replace(day, place=tidy(day.place) or None) for day in meeting.dates),
        facilitators=tuple(filter(None, map(_facilitator, meeting.facilitators))),
        facilitators_note=tidy(meeting.facilitators_note) or None,
        participants=tuple(filter(None, map(_participant, meeting.participants))),
    )


def _facilitator(facilitator: Facilitator) -> Facilitator | None:
    """A nameless facilitator is named by what is known of him, for nothing may be lost."""
    name, role, note = map(tidy, (facilitator.name, facilitator.role, facilitator.note))
    if not name:
        name, role = role, ""
    if not name:
        name, note = note, ""
    return Facilitator(name=name, role=role or None, note=note or None) if name else None


def _participant(participant: Participant) -> Participant | None:
    tidied = replace(
        participant,
        category=tidy(participant.category) or None,
        label=tidy(participant.label),
        note=tidy(participant.note) or None,
    )
    nothing = Participant(category=None, label="", checked=False, count=None, establishments=None, note=None)
    return tidied if tidied != nothing else None


def _theme(theme: ThemeBlock) -> ThemeBlock:
    title = tidy(theme.title)
    stages = {}
    for key, rows in theme.stages.items():
        if kept := tuple(row for row in (_row(row, title) for row in rows) if title or _says(row)):
            stages[key] = kept
    return replace(
        theme,
        key=tidy(theme.key) or None,
        title=title,
        feedback=tuple(filter(None, map(_feedback, theme.feedback))),
        stages=stages,
    )


def _feedback(sheet: Feedback) -> Feedback | None:
    lines = _tidy_all(_LINE_BREAK.split(sheet.text))
    links = dict.fromkeys(filter(is_link, lines))
    known = _tidy_all(sheet.links)
    tidied = replace(
        sheet,
        scope=tidy(sheet.scope) or None,
        text="\n".join(line for line in lines if line not in links),
        links=known + tuple(link for link in links if link not in known),
    )
    return tidied if tidied != Feedback(number=None, scope=None, text="", links=()) else None


def _row(row: Row, title: str) -> Row:
    theme_text = tidy(row.theme_text)
    return replace(
        row,
        cells=_cells(row.cells),
        feedback_text=_tidy_all(row.feedback_text),
        name=tidy(row.name) or None,
        theme_text=theme_text if theme_text and theme_text != title else None,
    )


def _says(row: Row) -> bool:
    return bool(row.cells or row.feedback or row.feedback_text or row.name or row.theme_text)


def _cells(cells: Mapping[str, tuple[Item, ...]]) -> dict[str, tuple[Item, ...]]:
    tidied = {
        kind: tuple(replace(item, text=text) for item in items if (text := tidy(item.text)))
        for kind, items in cells.items()
    }
    return {kind: items for kind, items in tidied.items() if items}
