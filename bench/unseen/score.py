"""How well a synthesis was read back: items right, lost, cut, glued, and which of the errors were said."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from cahiers.documents.model import Synthesis

Place = tuple[int, str, int, str, str]
#: Lines of a text that a warning about a table's row names.
LINES: Final = re.compile(r"– lignes? (\d+(?:, \d+)*)")
#: Pages of a PDF that such a warning names: where rows begin on them is doubtful.
PAGES: Final = re.compile(r"– pages? (\d+(?:, \d+)*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Counts of items. `lost` are neither placed nor alone in a warning, `unplaced` in a warning and nowhere else.

    `cut` and `glued` are placed texts that are a part of an item, or more than one; `unsaid` those of them, and of
    the items placed wrongly, that no warning tells by their text or line. `warned` counts the warnings.
    """

    items: int
    right: int
    found: int
    lost: int
    unplaced: int
    cut: int
    glued: int
    misplaced: int
    unsaid: int
    warned: int

    @property
    def f1(self) -> float:
        """An item is right when theme, stage, row, kind and text are."""
        return 2 * self.right / ((self.items + self.found) or 1)


def places(synthesis: Synthesis) -> Counter[Place]:
    """Each item with its place."""
    return Counter(
        (number, stage, index, kind, " ".join(item.text.split()))
        for number, theme in enumerate(synthesis.themes)
        for stage, rows in theme.stages.items()
        for index, row in enumerate(rows)
        for kind, items in row.cells.items()
        for item in items
    )


def _texts(placed: Counter[Place]) -> Counter[str]:
    texts: Counter[str] = Counter()
    for place, count in placed.items():
        texts[place[4]] += count
    return texts


def score(expected: Synthesis, found: Synthesis) -> Score:
    wanted, got = places(expected), places(found)
    wanted_texts, got_texts = _texts(wanted), _texts(got)
    said = Counter(" ".join(warning.text.split()) for warning in found.warnings if warning.text)
    told = said + _told(found)
    absent = wanted_texts - got_texts
    odd = got_texts - wanted_texts
    glued = [text for text in odd.elements() if any(whole in text for whole in absent)]
    right = (wanted & got).total()
    wrong = got - wanted
    misplaced = wrong.total() - odd.total()
    unsaid = sum(_unsaid(text, count, told) for text, count in _texts(wrong).items())
    return Score(
        items=wanted.total(),
        right=right,
        found=got.total(),
        lost=(absent - said).total(),
        unplaced=(absent & said).total(),
        cut=odd.total() - len(glued),
        glued=len(glued),
        misplaced=misplaced,
        unsaid=unsaid,
        warned=len(found.warnings),
    )


def _told(found: Synthesis) -> Counter[str]:
    """Texts of items that stand on the lines, or the pages, that warnings without a text name."""
    lines, pages = (_named(pattern, found) for pattern in (LINES, PAGES))
    return Counter(
        " ".join(item.text.split())
        for theme in found.themes
        for rows in theme.stages.values()
        for row in rows
        for items in row.cells.values()
        for item in items
        if item.source is not None and (item.source.line in lines or item.source.page in pages)
    )


def _named(pattern: re.Pattern[str], found: Synthesis) -> set[int]:
    told = (pattern.findall(warning.message) for warning in found.warnings if not warning.text)
    return {int(number) for own in told for numbers in own for number in numbers.split(", ")}


def _unsaid(text: str, count: int, told: Counter[str]) -> int:
    return max(0, count - told[text])
