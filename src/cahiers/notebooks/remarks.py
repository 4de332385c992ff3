"""What an organiser may want to look at before publishing; nothing here prevents it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cahiers.documents.model import Meeting, ThemeBlock
from cahiers.methods import Method
from cahiers.notebooks.queries import State

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_TELEPHONE = re.compile(r"(?<!\d)(?:\+33\s?|0)[1-9](?:[ .-]?\d{2}){4}(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One sentence; `order` is the theme's that it is about, None for the whole."""

    text: str
    order: int | None = None


def remarks(state: State, method: Method) -> Iterator[Remark]:
    """What is empty, what is cited without being there, and the reverse, and what could tell who spoke."""
    if not state.synthesis.meetings:
        yield Remark(text=_("Le cahier ne dit d’aucune session d’où il vient."))
    for meeting in state.synthesis.meetings:
        yield from _of_meeting(meeting)
    word = method.feedback.word if method.feedback else ""
    for order, block, _addresses in state.placed:
        for text in _of_theme(block, word):
            yield Remark(text=text, order=order)


def _of_meeting(meeting: Meeting) -> Iterator[Remark]:
    if not any(line.count for line in meeting.participants):
        label = meeting.label or _("Sans titre")
        yield Remark(text=_("Session « %s » : personne n’y est compté.") % label)


def _of_theme(block: ThemeBlock, word: str) -> Iterator[str]:
    title = block.title or _("Sans titre")
    rows = [row for stage in block.stages.values() for row in stage]
    if not block.feedback and not any(row.cells for row in rows):
        yield _("« %s » : rien n’y est noté.") % title
        return
    if empty := sum(not any(row.cells.values()) for row in rows):
        yield _("« %(title)s » : lignes sans énoncé : %(count)d.") % {"title": title, "count": empty}
    sheets = [sheet.number for sheet in block.feedback]
    cited = {number for row in rows for number in row.feedback}
    uncited = [f"{word} {number}" for number in sheets if number is not None and number not in cited]
    absent = [f"{word} {number}" for number in sorted(cited - set(sheets))]
    if uncited:
        yield ngettext(
            "« %(title)s » : aucune ligne ne cite la fiche %(sheets)s.",
            "« %(title)s » : aucune ligne ne cite les fiches %(sheets)s.",
            len(uncited),
        ) % {"title": title, "sheets": ", ".join(uncited)}
    if absent:
        yield ngettext(
            "« %(title)s » : des lignes citent une fiche qui n’y est pas : %(sheets)s.",
            "« %(title)s » : des lignes citent des fiches qui n’y sont pas : %(sheets)s.",
            len(absent),
        ) % {"title": title, "sheets": ", ".join(absent)}
    said = [sheet.text for sheet in block.feedback]
    said += [item.text for row in rows for items in row.cells.values() for item in items]
    for text in said:
        if found := _EMAIL.search(text) or _TELEPHONE.search(text):
            yield _("« %(title)s » : « %(found)s » dit comment joindre quelqu’un.") % {
                "title": title,
                "found": found[0],
            }
