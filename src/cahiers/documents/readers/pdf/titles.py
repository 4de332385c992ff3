"""Recognises the document's title and territory, where they stand before everything else."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from cahiers.documents.blocks import Block, Paragraph, Role
from cahiers.documents.compose import NO_TERRITORY, TERRITORY
from cahiers.documents.normal import tidy
from cahiers.documents.readers.pdf.lines import Line

#: A title's letters are this many times larger than those of the territory below it.
LARGER: Final = 1.15


def titled(blocks: Sequence[Block], parts: Sequence[object]) -> list[Block]:
    """The blocks, the first of which have the roles of title and territory where they are these."""
    opening = list(blocks)
    lines = [part for part in parts[:12] if isinstance(part, Line)]
    for index, block in enumerate(opening[:6]):
        if not isinstance(block, Paragraph):
            return opening
        text = tidy(block.text)
        if text != NO_TERRITORY and not text.startswith(f"{TERRITORY} :"):
            continue
        before = [paragraph for paragraph in opening[:index] if isinstance(paragraph, Paragraph)]
        opening[index] = replace(block, role=Role.SUBTITLE)
        if before and _size(before[-1], lines) > _size(block, lines) * LARGER:
            title = tuple(
                run for paragraph in before for run in (*paragraph.runs, replace(paragraph.runs[0], text=" "))
            )
            opening[:index] = [replace(before[0], runs=title, role=Role.TITLE)]
        return opening
    return opening


def _size(paragraph: Paragraph, lines: Sequence[Line]) -> float:
    """Size of the paragraph's letters: those of the line that its words begin with."""
    words = tidy(paragraph.text)
    return next((line.size for line in lines if words.startswith(tidy(line.text))), 0.0)
