"""What the page that compares shows: how many changes of each verdict, and a page of them by theme and stage."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from cahiers.methods import Method
from cahiers.notebooks.merging.comparing import Change, Comparison, Verdict
from cahiers.notebooks.merging.wording import Wording, Words

#: Changes, elements and characters that a page holds, so that it stays light; one change is never cut.
MOST: Final = 50
MOST_ELEMENTS: Final = 230
MOST_CHARACTERS: Final = 11_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A change in words; `is_chosen` where what the document says is."""

    change: Change
    words: Words
    is_chosen: bool

    @property
    def sides(self) -> Sequence[list[str] | None]:
        return self.words.base, self.words.ours, self.words.theirs

    @property
    def elements(self) -> int:
        own = 16 if self.change.verdict is Verdict.CONFLICT else 6
        return own + sum(2 + len(lines) for lines in self.sides if lines)

    @property
    def characters(self) -> int:
        return 100 + sum(len(line) for lines in self.sides for line in lines or ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Changes of a theme's stage."""

    theme: str
    stage: str
    shown: tuple[Shown, ...]


def counted(comparison: Comparison) -> dict[Verdict, int]:
    """How many changes of each verdict, in the order in which they are asked about."""
    found = Counter(change.verdict for change in comparison.changes)
    return {verdict: found[verdict] for verdict in Verdict}


def pages(
    comparison: Comparison, verdict: Verdict, method: Method, chosen: Collection[str]
) -> list[list[Shown]]:
    """At least one page, which may be empty."""
    wording = Wording(comparison, method)
    found: list[list[Shown]] = [[]]
    elements = characters = 0
    for change in _in_order(comparison, verdict, wording):
        one = Shown(change=change, words=wording.words(change), is_chosen=change.id in chosen)
        elements, characters = elements + one.elements, characters + one.characters
        if found[-1] and (len(found[-1]) == MOST or elements > MOST_ELEMENTS or characters > MOST_CHARACTERS):
            found.append([])
            elements, characters = one.elements, one.characters
        found[-1].append(one)
    return found


def sections(page: Sequence[Shown], comparison: Comparison, method: Method) -> list[Section]:
    wording = Wording(comparison, method)
    return [
        Section(theme=theme, stage=stage, shown=tuple(same))
        for (theme, stage), same in groupby(page, lambda one: wording.where(one.change))
    ]


def _in_order(comparison: Comparison, verdict: Verdict, wording: Wording) -> list[Change]:
    """By theme and stage, in the order in which they first come."""
    found = [change for change in comparison.changes if change.verdict is verdict]
    ranks: dict[tuple[str, str], int] = {}
    themes: dict[str, int] = {}
    for change in comparison.changes:
        theme, _ = where = wording.where(change)
        themes.setdefault(theme, len(themes))
        ranks.setdefault(where, len(ranks))
    return sorted(found, key=lambda one: (themes[wording.where(one)[0]], ranks[wording.where(one)]))
