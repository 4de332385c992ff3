"""Puts in order blocks that were extracted across columns, line by line: each line is given its column again."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from cahiers.documents.model import OTHER_READING, Warning
from cahiers.documents.readers.txt.fragments import Piece
from cahiers.documents.readers.txt.hyphens import mended
from cahiers.documents.readers.txt.lines import Line
from cahiers.documents.readers.txt.parts import BULLET, TablePart
from cahiers.documents.readers.txt.pieces import DASHES, FUSING
from cahiers.documents.readers.txt.weaving.frame import Frame
from cahiers.documents.readers.txt.weaving.loom import BEAM, Loom
from cahiers.documents.readers.txt.weaving.saying import Edge
from cahiers.documents.readers.txt.weaving.strands import Widths, learnt, unknown, usual_in

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
#: Sentences that end open where a bullet follows, and score lost by the widths of lines: without, nothing is woven.
BROKEN: Final = 1
FLAWED: Final = -2.0
#: Widths are learnt from readings that a narrower search finds, and again.
BEAMS: Final = (20, BEAM)
OTHERWISE: Final = f"{OTHER_READING} d’un énoncé dont les lignes sont mêlées à celles d’autres cellules."
FUSED: Final = re.compile(rf"(?<=\S)\s+(?=[{FUSING}]\s*\S)")
FUSED_DASH: Final = re.compile(rf"(?<=\S)\s+(?=[{DASHES}]\s+[A-ZÉÈÊÀÂÎÔÇŒ«\d])")


class Weaver:
    """Puts the tables of a stage in order: what one block teaches of the cells' widths serves the others.

    `words` are those that have hyphens elsewhere.
    """

    def __init__(
        self,
        parts: Sequence[TablePart],
        frames: Sequence[Frame],
        words: Mapping[str, str],
        others: list[Warning],
    ) -> None:
        self.words = words
        #: What other readings have at their blocks' edges.
        self.edges: dict[Edge, float] = {}
        self.parts = parts
        self.others = others
        self.fused = [_fused(part) for part in parts]
        #: Each block by its part and its lines, with what is known of its table.
        self.blocks = [
            _Block(
                index,
                start,
                stop,
                part.lines[start:stop],
                frames[index],
                self.fused[index],
                start in part.woven,
            )
            for index, part in enumerate(parts)
            for start, stop in _runs(part)
        ]

    def unwoven(self, placed: Callable[[], Sequence[tuple[int, Piece]]]) -> list[TablePart]:
        """The tables with their woven blocks column after column, row by row.

        Readings that are about as likely are added to the warnings. `placed` gives the pieces of other blocks with
        their columns.
        """
        if not self.blocks:
            return list(self.parts)
        count = len(self.blocks[0].frame.columns) + 1
        widths = unknown(count)
        looked = list(self._looked(widths, BEAMS[0], woven=False))
        doubtful = {line.number for block, _ in looked for line in block.lines}
        level = [
            (column, [f"• {piece.lines[0]}" if piece.bulleted else piece.lines[0], *piece.lines[1:]])
            for column, piece in placed()
            if piece.source.line not in doubtful
        ]
        for beam in BEAMS:
            statements = [one for _, loom in looked for one in loom.statements]
            widths = learnt(statements, level, widths)
            looked = list(self._looked(widths, beam, woven=bool(statements)))
            if not looked:
                break
        orders: dict[tuple[int, int], Loom] = {}
        for block, loom in looked:
            self.edges |= loom.told.edges
            if loom.statements:
                orders[block.part, block.start] = loom
            self.others += [
                Warning(message=OTHERWISE, text=mended(text, self.words), source=source)
                for text, source in loom.told.others.items()
            ]
        return [self._in_order(index, part, orders) for index, part in enumerate(self.parts)]

    def _looked(self, widths: Widths, beam: int, *, woven: bool) -> Iterator[tuple["_Block", Loom]]:
        spare = MOST_IN_ALL
        for block in self.blocks:
            if not FEWEST_SURE <= len(block.units) <= min(MOST, spare):
                continue
            least = BETTER_BELOW if block.below_woven else BETTER + BETTER_EACH * len(block.units)
            own = usual_in(block.lines, block.fused, widths)
            loom = Loom(block.frame, block.lines, block.fused, own, least)
            is_sure = loom.broken >= BROKEN or loom.fused or block.below_woven
            is_flawed = loom.flaws <= FLAWED and len(block.lines) >= FEWEST
            is_crowded = woven and _is_crowded(block.lines)
            if not (is_sure or is_flawed or is_crowded or loom.is_joined()):
                continue
            spare -= len(block.units)
            loom.search(beam)
            yield block, loom

    def _in_order(self, index: int, part: TablePart, orders: Mapping[tuple[int, int], Loom]) -> TablePart:
        lines: list[Line] = []
        named: dict[int, str] = {}
        moved: dict[int, int] = {}
        for block in self.blocks:
            if block.part != index:
                continue
            moved[block.start] = len(lines)
            loom = orders.get((index, block.start))
            if loom is None:
                moved |= {at: len(lines) + at - block.start for at in range(block.start, block.stop)}
                lines += block.lines
                continue
            for line, column in loom.in_order():
                if column is not None:
                    named[len(lines)] = column
                lines.append(line)
        # What was said of a line goes with it.
        named |= {moved[at]: column for at, column in part.named.items() if at in moved}
        headed = [(moved[at], column) for at, column in part.headed if at in moved]
        chunks = [moved.get(at, len(lines)) for at in part.chunks]
        return replace(part, lines=lines, named=named, headed=headed, chunks=chunks)


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines with nothing between, of the part of that index."""

    part: int
    start: int
    stop: int
    lines: Sequence[Line]
    frame: Frame
    fused: re.Pattern[str]
    below_woven: bool

    @property
    def units(self) -> list[Line]:
        return [unit for line in self.lines for unit in _units(line, self.fused)]


def _is_crowded(block: Sequence[Line]) -> bool:
    """Whether bullets follow each other on lines above one that goes on."""
    marks = [BULLET.match(line.text) is not None for line in block]
    return (True, True, False) in zip(marks, marks[1:], marks[2:], strict=False)


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
