"""Recognises titles, labels and column headers that people shortened, reordered or typed their own way."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz

from cahiers.methods import Column, Method, Stage

THEME_COLUMN: Final = "theme"
FEEDBACK_COLUMN: Final = "feedback"

#: Longer texts are no title, label or heading, and comparing them takes long.
LONGEST_NAME: Final = 500

EMPTY_WORDS: Final = frozenset(
    re.findall(
        r"\w+",
        "a au aux avec ce ces d dans de des du en et l la le les leur leurs nos notre ou par pour s sa ses son sur"
        " un une",
    )
)


_NUMBERED: Final = re.compile(
    r"(?:(?:th[eè]me|th[eé]matique|axe)\b\s*(?:n\s*[°ºo.]?\s*)?(?P<number>\d{1,2})?\s*|(?P<bare>\d{1,2})\s*(?=[.):–—-]))"
    r"[.):–—-]*\s*[«\"“]?\s*(?P<title>[^»\"”]*\w[^»\"”]*?)\s*[»\"”]?\s*:?",
    re.IGNORECASE,
)


class _Marks(dict[int, int | None]):
    """Accents and other marks taken off, for str.translate, which fills it as characters are met."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.combining(chr(code)) else code
        return self[code]


_MARKS: Final = _Marks()


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Text without case, accents, apostrophes and punctuation, its words apart by one space."""
    bare = unicodedata.normalize("NFKD", text.casefold()).translate(_MARKS)
    return " ".join(re.findall(r"\w+", bare.replace("œ", "oe")))


@lru_cache(maxsize=4096)
def words(text: str) -> frozenset[str]:
    """Folded words that carry meaning."""
    return frozenset(fold(text).split()) - EMPTY_WORDS


def numbered(title: str) -> tuple[int | None, str]:
    """Number and words of a title that people numbered ("2. …", "Thème 2 : …", "Axe n° 2 – …")."""
    match = _NUMBERED.fullmatch(title)
    if match is None:
        return None, title
    return (int(match["number"] or match["bare"]) if match["number"] or match["bare"] else None), match[
        "title"
    ]


@lru_cache(maxsize=1024)
def theme_key(title: str, method: Method) -> str | None:
    """Key of the method's theme that `title` names, in full, by an alias or shortened; None where none does.

    A shortened title matches when its words (two at least) all stand in one theme's titles and in no other's; a
    mistyped one when one theme is close (90 of 100) and the next is far (10 less). A number before it does not matter.
    """
    if len(title) > LONGEST_NAME:
        return None
    names = {theme.key: (theme.title, *theme.aliases) for theme in method.themes}
    folded = fold(title)
    if not folded:
        return None
    for key, titles in names.items():
        if any(fold(name) == folded for name in titles):
            return key
    if (bare := numbered(title)[1]) != title:
        return theme_key(bare, method)
    own = words(title)
    holding = [key for key, titles in names.items() if any(own <= words(name) for name in titles)]
    if len(own) >= 2 and len(holding) == 1:
        return holding[0]
    return _closest(
        {key: max(fuzz.ratio(folded, fold(name)) for name in titles) for key, titles in names.items()}, 90
    )


@lru_cache(maxsize=1024)
def category_key(label: str, method: Method) -> str | None:
    """Key of the participant category that `label` names; None where none does.

    Labels share most of their words ("… du premier degré", "… du second degré"): what counts is the words that
    both have among those that either has.
    """
    if len(label) > LONGEST_NAME:
        return None
    own = words(label)
    shared: dict[str, float] = {}
    nearness: dict[str, float] = {}
    for category in method.categories:
        names = (category.label, category.short_label)
        if fold(label) in map(fold, names):
            return category.key
        shared[category.key] = max(
            100 * len(own & words(name)) / (len(own | words(name)) or 1) for name in names
        )
        nearness[category.key] = max(fuzz.ratio(fold(label), fold(name)) for name in names)
    return _closest(shared, 60) or _closest(nearness, 90)


def _closest(scores: Mapping[str, float], least: float) -> str | None:
    ranked = sorted(scores.items(), key=lambda pair: -pair[1])
    if not ranked or ranked[0][1] < least:
        return None
    if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < 10:
        return None
    return ranked[0][0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """A stage's table as its header row shows it: what stands in each grid column."""

    stage: Stage
    columns: tuple[str | None, ...]
    """THEME_COLUMN, FEEDBACK_COLUMN, a kind of the stage, or None for a column that is none of these."""
    texts: tuple[str, ...] = ()
    """The headings as written."""
    starts: tuple[int, ...] = ()
    """Grid columns at which a header cell begins; where none is given, each does."""

    def regions(self) -> list[tuple[int, int]]:
        """Grid columns of each header cell: its first, and the one after its last."""
        starts = self.starts or tuple(range(len(self.columns)))
        return list(zip(starts, (*starts[1:], len(self.columns)), strict=True))


def stage_of_headers(texts: Sequence[str], method: Method, section: Stage | None = None) -> Header | None:
    """Stage whose column headings the texts are, whatever their order; None where they are no stage's.

    Most of the stage's columns must be recognised, and two at least where it has two. Where several stages have these
    headings, it is the `section` that one reads, or the first.
    """
    best: tuple[float, Header] | None = None
    for stage in sorted(method.stages, key=lambda stage: stage is not section):
        columns, score = _assign(texts, stage, method)
        found = sum(1 for kind in columns if kind in stage.kinds)
        if found < min(2, len(stage.columns)) or found * 2 <= len(stage.columns):
            continue
        if best is None or score > best[0]:
            best = (score, Header(stage=stage, columns=columns, texts=tuple(texts)))
    return best[1] if best else None


def headers_by_place(texts: Sequence[str], stage: Stage, method: Method) -> Header | None:
    """The stage's columns in its own order, where the texts are as many and some, not all, are known for others.

    For a table under the stage's heading, whose author named the columns in his own words.
    """
    columns, _ = _assign(texts, stage, method)
    left = [kind for kind in stage.kinds if kind not in columns]
    if not any(columns) or columns.count(None) != len(left) or not all(map(fold, texts)):
        return None
    filling = iter(left)
    return Header(
        stage=stage, columns=tuple(column or next(filling) for column in columns), texts=tuple(texts)
    )


def _assign(texts: Sequence[str], stage: Stage, method: Method) -> tuple[tuple[str | None, ...], float]:
    """Best one-to-one reading of header texts as the stage's columns, and its score per column."""
    candidates: list[tuple[float, int, str]] = []
    for index, text in enumerate(texts):
        folded = fold(text) if len(text) <= LONGEST_NAME else ""
        if not folded:
            continue
        if folded in (fold(method.theme_heading), fold(method.theme_word)) or folded.startswith(
            ("thematique", "theme")
        ):
            candidates.append((101.0, index, THEME_COLUMN))
        if method.feedback and folded.split()[0] == fold(method.feedback.word) and len(folded.split()) < 4:
            candidates.append((101.0, index, FEEDBACK_COLUMN))
        for column in stage.columns:
            likeness = _likeness(text, column)
            if likeness >= 60:
                # Earlier columns win ties: headings such as "Quoi" and "Axes" recur.
                candidates.append(
                    (likeness - abs(index - stage.kinds.index(column.kind)) / 10, index, column.kind)
                )
    columns: list[str | None] = [None] * len(texts)
    score = 0.0
    taken: set[str] = set()
    for likeness, index, kind in sorted(candidates, reverse=True):
        if columns[index] is None and kind not in taken:
            columns[index] = kind
            taken.add(kind)
            score += likeness if kind in stage.kinds else 0
    return tuple(columns), score / (len(stage.columns) or 1)


@lru_cache(maxsize=4096)
def _likeness(text: str, column: Column) -> float:
    """0 to 100: how far `text` names the column."""
    folded, own = fold(text), words(text)
    best = 0.0
    for name in (column.heading, column.plural, column.label, *column.aliases):
        if fold(name) == folded:
            return 100.0
        if own and own <= words(name):
            best = max(best, 80 + 15 * len(own) / len(words(name)))
        best = max(best, fuzz.token_sort_ratio(folded, fold(name)))
    return best
