"""What readings of a block say: statements that are likely besides those of the chosen one, and its edges."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cahiers.documents.model import Source
from cahiers.documents.readers.txt.fragments import OPEN_END, join
from cahiers.documents.readers.txt.lines import Line
from cahiers.documents.readers.txt.narrow import END
from cahiers.documents.readers.txt.parts import BULLET
from cahiers.documents.readers.txt.weaving.frame import Frame
from cahiers.documents.readers.txt.weaving.states import Path
from cahiers.documents.readers.txt.weaving.strands import Strand

#: What readings say is told where all that say it are no less likely together; so many statements a block.
LEAST: Final = 0.01
OTHERS: Final = 24
#: The block as it stands is told where it is no less likely than that.
AS_IT_IS: Final = math.exp(-8)


@dataclass(frozen=True, slots=True)
class Edge:
    """Lines at a block's edge: the last statement of a column, or what stands first in one without a bullet."""

    lines: tuple[str, ...]
    source: Source
    bulleted: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What other readings say, with the line where it begins, and their edges, each with how likely, a logarithm."""

    others: Mapping[str, Source]
    edges: Mapping[Edge, float]


@dataclass(frozen=True, slots=True)
class Saying:
    """Tells what readings of a block say."""

    frame: Frame
    block: Sequence[Line]

    def told(self, readings: Iterable[tuple[float, Path]], chosen: Path | None, as_it_is: float) -> Told:
        """What the readings say that is likely, each with its weight, besides the chosen one: None is as it stands.

        The likelihood of a statement is that of all readings that have it. Nothing is told that ends within a sentence.
        """
        plain = self._downwards()
        total = as_it_is
        said: dict[tuple[str, Source], float] = {}
        edges: dict[Edge, float] = {}
        for weight, way in readings:
            total += weight
            for told in self._statements(way).items():
                said[told] = said.get(told, 0.0) + weight
            for edge in self._edges(way):
                edges[edge] = edges.get(edge, 0.0) + weight
        if as_it_is > AS_IT_IS:
            said |= dict.fromkeys(plain.items(), total)
        own = plain if chosen is None else self._statements(chosen)
        others: dict[str, Source] = {}
        for (text, source), weight in sorted(said.items(), key=lambda one: -one[1]):
            is_other = text not in own and not OPEN_END.search(text)
            if is_other and weight >= LEAST * total and len(others) < OTHERS:
                others.setdefault(text, source)
        known = set() if chosen is None else set(self._edges(chosen))
        return Told(
            others,
            {
                edge: math.log(weight / total)
                for edge, weight in edges.items()
                if weight >= LEAST * total and edge not in known
            },
        )

    def _statements(self, path: Path) -> dict[str, Source]:
        """What the statements say in these columns, with the line that each begins on."""
        return {
            join(self.whole(cell, bare=True)): cell[0].line.source
            for _, cell in _cells(path)
            if cell[0].marked
        }

    def _edges(self, path: Path) -> Iterator[Edge]:
        columns: dict[int, list[list[Strand]]] = {}
        for column, cell in _cells(path):
            columns.setdefault(column, []).append(cell)
        for own in columns.values():
            for cell in (own[:1] if not own[0][0].marked else []) + (own[-1:] if own[-1][0].marked else []):
                if lines := tuple(filter(None, self.whole(cell, bare=True))):
                    yield Edge(lines, cell[0].line.source, cell[0].marked)

    def _downwards(self) -> dict[str, Source]:
        """What the statements say as the lines come."""
        found: list[tuple[list[str], Source]] = []
        for line in self.block:
            mark = BULLET.match(line.text)
            if mark or not found:
                found.append(([], line.source))
            found[-1][0].append(line.text[mark.end() :] if mark else line.text)
        return {join(lines): source for lines, source in found}

    def whole(self, cell: Sequence[Strand], *, bare: bool = False) -> list[str]:
        """The strands' texts, words that end on the next line made whole."""
        texts = [strand.text if bare else strand.raw for strand in cell]
        for at in range(1, len(cell)):
            if texts[at - 1] and not cell[at].marked and self.frame.is_cut(cell[at - 1].text, cell[at].text):
                end = END.match(texts[at])
                assert end is not None
                texts[at - 1] += end[0]
                texts[at] = texts[at][end.end() :].strip()
        return texts


def _cells(path: Path) -> list[tuple[int, list[Strand]]]:
    """The statements and what begins above them, each with its column; themes are none."""
    found: list[tuple[int, list[Strand]]] = []
    last: dict[int, list[Strand]] = {}
    for column, strand in path:
        if column and (strand.marked or column not in last):
            last[column] = []
            found.append((column, last[column]))
        if column:
            last[column].append(strand)
    return found
