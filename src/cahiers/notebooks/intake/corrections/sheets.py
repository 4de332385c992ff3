"""Corrections of feedback sheets (RETEX)."""

from dataclasses import replace

from cahiers.documents.model import Feedback, Synthesis, Warning
from cahiers.notebooks.intake.corrections.places import (
    sheet_at,
    swapped,
    theme_at,
    warning_at,
    with_theme,
)


def add(synthesis: Synthesis, theme: int, sheet: Feedback) -> tuple[Synthesis, int]:
    """The sheet after those of the theme whose number is no greater, and its index."""
    block = theme_at(synthesis, theme)
    at = len(block.feedback)
    if sheet.number is not None:
        while at and (block.feedback[at - 1].number or 0) > sheet.number:
            at -= 1
    held = (*block.feedback[:at], sheet, *block.feedback[at:])
    return with_theme(synthesis, theme, replace(block, feedback=held)), at


def rewrite(
    synthesis: Synthesis, theme: int, index: int, sheet: Feedback, *, to: int
) -> tuple[Synthesis, int]:
    """The sheet as `sheet` says, in the theme of index `to`; its place in the file stays."""
    sheet = replace(sheet, source=sheet_at(synthesis, theme, index).source)
    if to != theme:
        theme_at(synthesis, to)
        return add(_without(synthesis, theme, index), to, sheet)
    block = synthesis.themes[theme]
    return with_theme(synthesis, theme, replace(block, feedback=swapped(block.feedback, index, sheet))), index


def set_aside(synthesis: Synthesis, theme: int, index: int, message: str) -> Synthesis:
    """Without the sheet, of which a warning keeps all that it said."""
    sheet = sheet_at(synthesis, theme, index)
    left = _without(synthesis, theme, index)
    head = " – ".join(filter(None, ["" if sheet.number is None else str(sheet.number), sheet.scope]))
    text = "\n".join(filter(None, [head, sheet.text, *sheet.links]))
    warning = Warning(message=message, text=text or None, source=sheet.source)
    return replace(left, warnings=(*left.warnings, warning))


def place(synthesis: Synthesis, warning: int, theme: int, sheet: Feedback) -> tuple[Synthesis, int]:
    """A warning's words as a sheet; the warning goes."""
    source = warning_at(synthesis, warning).source
    placed, at = add(synthesis, theme, replace(sheet, source=source))
    return replace(placed, warnings=swapped(synthesis.warnings, warning)), at


def _without(synthesis: Synthesis, theme: int, index: int) -> Synthesis:
    block = synthesis.themes[theme]
    return with_theme(synthesis, theme, replace(block, feedback=swapped(block.feedback, index)))
