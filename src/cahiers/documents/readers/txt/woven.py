"""Puts in order blocks that were extracted across columns, line by line: each line is given its column again."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from cahiers.documents.matching import fold
from cahiers.documents.model import Source, Warning
from cahiers.documents.readers.txt.level import alternations
from cahiers.documents.readers.txt.lines import Line
from cahiers.documents.readers.txt.loom import Frame, Loom
from cahiers.documents.readers.txt.metrics import METRICS
from cahiers.documents.readers.txt.parts import BULLET, TablePart
from cahiers.documents.readers.txt.pieces import DASHES, FUSING

#: Shorter blocks are not worth the doubt, longer ones no page has.
FEWEST: Final = 6
#: The same where a line has the bullets of two cells, or a bullet breaks a sentence.
FEWEST_SURE: Final = 3
MOST: Final = 200
#: So many lines of a stage are looked at closely: a search costs a millisecond a line.
MOST_IN_ALL: Final = 2_000
#: By how much reading across columns must make better sense, and for each line.
BETTER: Final = 2.0
BETTER_EACH: Final = 0.05
#: The same below a header row whose own lines came across columns.
BETTER_BELOW: Final = 0.5
#: A line this much wider than most has the words of two cells.
TOO_WIDE: Final = 1.25
#: Words that follow each other elsewhere are not parted for less than this share of the width.
SAID: Final = 0.3
OTHERWISE: Final = (
    "Autre lecture possible d’un énoncé dont les lignes sont mêlées à celles d’autres cellules."
)
FUSED: Final = re.compile(rf"(?<=\S)\s+(?=[{FUSING}]\s*\S)")
FUSED_DASH: Final = re.compile(rf"(?<=\S)\s+(?=[{DASHES}]\s+[A-ZÉÈÊÀÂÎÔÇŒ«\d])")


def unwoven(part: TablePart, frame: Frame, spare: int, others: list[Warning]) -> TablePart:
    """The table with its woven blocks column after column, row by row.

    At most `spare` lines are looked at closely. Readings that are about as likely are added to `others`.
    """
    lines: list[Line] = []
    named: dict[int, str] = {}
    moved: dict[int, int] = {}
    changed = False
    fused = _fused(part)
    for start, stop in _runs(part):
        moved[start] = len(lines)
        order, looked = _order(part.lines[start:stop], frame, fused, spare, start in part.woven, others)
        spare -= looked
        if order is None:
            moved |= {at: len(lines) + at - start for at in range(start, stop)}
            lines += part.lines[start:stop]
            continue
        changed = True
        for line, column in order:
            if column is not None:
                named[len(lines)] = column
            lines.append(line)
    if not changed:
        return part
    # What was said of a line goes with it.
    named |= {moved[at]: column for at, column in part.named.items() if at in moved}
    headed = [(moved[at], column) for at, column in part.headed if at in moved]
    chunks = [moved.get(at, len(lines)) for at in part.chunks]
    return replace(part, lines=lines, named=named, headed=headed, chunks=chunks)


def _order(
    block: Sequence[Line],
    frame: Frame,
    fused: re.Pattern[str],
    spare: int,
    below_woven: bool,
    others: list[Warning],
) -> tuple[Sequence[tuple[Line, str | None]] | None, int]:
    """The block's lines in order, None where they are, and how many were looked at closely."""
    units = [unit for line in block for unit in _units(line, fused)]
    apart = _untouched(units, frame)
    best: Loom | None = None
    order: Sequence[tuple[Line, str | None]] | None = None
    looked = 0
    told: dict[str, Source] = {}
    for version in [apart] if below_woven else [units, apart] if len(apart) > len(units) else [units]:
        if not FEWEST_SURE <= len(version) <= min(MOST, spare - looked):
            continue
        loom = Loom(frame, version, BETTER_BELOW if below_woven else BETTER + BETTER_EACH * len(version))
        is_sure = loom.is_broken or len(units) > len(block)
        if not is_sure and (len(version) == len(block) or len(block) < FEWEST):
            continue
        looked += len(version)
        found = loom.unwoven()
        told |= loom.others | dict(alternations(version))
        if version is apart:
            told |= dict(alternations(_untouched(units, frame, 1))) | dict(
                alternations(_untouched(units, frame, 2))
            )
        # A few lines that no bullet joins are told, not moved.
        may_move = len(units) > len(block) or len(block) >= FEWEST
        if found is not None and may_move and (best is None or loom.gain > best.gain):
            best, order = loom, found
    others += [Warning(message=OTHERWISE, text=text, source=source) for text, source in told.items()]
    return order, looked


def _fused(part: TablePart) -> re.Pattern[str]:
    """What parts the cells that a line joins: bullets that stand for nothing else, or dashes where these are usual."""
    bullets = Counter(line.text[0] for line in part.lines if BULLET.match(line.text))
    usual = bullets.most_common(1)
    return FUSED_DASH if usual and usual[0][0] in DASHES else FUSED


def _runs(part: TablePart) -> Iterator[tuple[int, int]]:
    """Stretches of lines with nothing between."""
    marks = set(part.chunks)
    start = 0
    for at in range(1, len(part.lines) + 1):
        if at == len(part.lines) or part.lines[at].apart or at in marks:
            yield start, at
            start = at


def _units(line: Line, fused: re.Pattern[str]) -> list[Line]:
    """The line cut before the bullets that join cells."""
    return [replace(line, raw=text, text=text) for text in fused.split(line.text)]


def _untouched(block: Sequence[Line], frame: Frame, rank: int = 0) -> list[Line]:
    """The lines, those of two cells cut: only a line that fills its cell touches the words of the next."""
    widths = sorted(METRICS[0](line.text) for line in block)
    usual = widths[max(min(len(widths) * 4 // 5, len(widths) - 2), 0)] * TOO_WIDE
    widest = max((width for width in widths if width <= usual), default=0.0)
    found: list[Line] = []
    for line in block:
        words = line.text.split()
        texts = [line.text]
        if METRICS[0](line.text) > usual and len(words) > 1:
            cut = (
                _title_words(words, frame)
                or sorted(
                    range(1, len(words)),
                    key=lambda at: (
                        abs(METRICS[0](" ".join(words[:at])) - widest)
                        + widest * SAID * ((words[at - 1].lower(), words[at].lower()) in frame.pairs)
                    ),
                )[min(rank, len(words) - 2)]
            )
            texts = [" ".join(words[:cut]), " ".join(words[cut:])]
        found += [replace(line, raw=text, text=text) for text in texts]
    return found


def _title_words(words: Sequence[str], frame: Frame) -> int:
    """How many of the words are of a theme's cell, from the first; 0 for one only."""
    titles = [f" {title} " for title in frame.titles]
    own = (
        at
        for at in range(len(words) - 1, 1, -1)
        if any(f" {fold(' '.join(words[:at]))} " in title for title in titles)
    )
    return next(own, 0)
