"""What people wrote for a place, a category, a theme or a kind, held against those that are known."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rapidfuzz import fuzz, process

from cahiers.documents.matching import EMPTY_WORDS, category_key, fold, theme_key
from cahiers.methods import Method

#: Nearness (of 100) from which a place is proposed, and how many are.
NEAR: Final = 86
PROPOSED: Final = 5

_UAI: Final = re.compile(r"\b\d{7} ?[A-Za-z]\b")
_CODE: Final = re.compile(r"(?:^|[(\s])(\d{5}|2[AB]\d{3}|2[ABab]|97\d|\d{1,2})(?=$|[)\s:–-])")
_LEVEL: Final = re.compile(
    r"^(?:la |le |les |l )?(?:(region academique|academie|rectorat|dsden|departement|conseil departemental"
    r"|commune|ville|mairie|bassin|region)(?: (?:de la|de l|du|des|de|d))? )"
)
LEVELS: Final = {
    "region academique": "region", "region": "region", "academie": "academy", "rectorat": "academy",
    "departement": "department", "conseil departemental": "department", "dsden": "department", "bassin": "basin",
}  # fmt: skip


class How(StrEnum):
    EXACT = "exact"
    PROPOSED = "proposed"
    UNMATCHED = "unmatched"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A territory as matching sees it. `codes` are INSEE or UAI; `level` is the territory's, "" where unknown."""

    key: str
    name: str
    codes: tuple[str, ...] = ()
    level: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What a text means. `key` is None where nothing comes near; `score` is of 100; `others` are next best."""

    how: How
    key: str | None = None
    score: int = 0
    others: tuple[str, ...] = ()


NOTHING: Final = Match(how=How.UNMATCHED)


class Directory:
    """Places by code and by name; made once for any number of texts."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._places = list(places)
        self._codes: dict[str, list[Place]] = defaultdict(list)
        self._names: dict[str, list[Place]] = defaultdict(list)
        for place in self._places:
            for code in place.codes:
                self._codes[code.upper()].append(place)
            for name in {_bare(place.name)[0], _spelt(place.name)}:
                self._names[name].append(place)
        self._choices = list(self._names)

    def match(self, text: str) -> Match:
        """By UAI or code first, then by name, then by a name that is near."""
        written = " ".join(text.split())
        if not written:
            return NOTHING
        codes = [found[0].replace(" ", "").upper() for found in _UAI.finditer(written)]
        if not codes and written.upper() in self._codes:
            codes = [written.upper()]
        if found := [place for code in codes for place in self._codes.get(code, ())]:
            return _best(found)
        bare, level = _bare(_CODE.sub(" ", re.sub(r"[(),:–-]", lambda m: f" {m[0]} ", written)))
        digits = [code.upper() for code in _CODE.findall(written)]
        coded = [place for code in digits for place in self._codes.get(code.zfill(2), ())]
        if coded and (not bare or any(_bare(place.name)[0] == bare for place in coded)):
            return _best([place for place in coded if _bare(place.name)[0] == bare] or coded)
        named = self._names.get(bare) or self._names.get(_spelt(written)) or []
        if level and (there := [place for place in named if place.level == level]):
            named = there
        if digits and (there := [place for place in named if any(d in place.path.upper() for d in digits)]):
            named = there
        if named:
            return _best(named)
        if coded:
            return Match(how=How.PROPOSED, key=coded[0].key, score=90, others=_keys(coded[1:]))
        return self._near(bare)

    def _near(self, bare: str) -> Match:
        if len(bare) < 3:
            return NOTHING
        near = process.extract(bare, self._choices, scorer=fuzz.ratio, score_cutoff=NEAR, limit=PROPOSED)
        places = [(place, score) for name, score, _ in near for place in self._names[name]]
        if not places:
            return NOTHING
        return Match(
            how=How.PROPOSED,
            key=places[0][0].key,
            score=int(places[0][1]),
            others=_keys([place for place, _ in places[1:]]),
        )


def _best(places: Sequence[Place]) -> Match:
    """The only place that goes by the name; of several, a proposal."""
    keys = list(dict.fromkeys(place.key for place in places))
    if len(keys) == 1:
        return Match(how=How.EXACT, key=keys[0], score=100)
    return Match(how=How.PROPOSED, key=keys[0], score=100, others=tuple(keys[1 : 1 + PROPOSED]))


def _keys(places: Iterable[Place]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place.key for place in places))[:PROPOSED]


def _spelt(name: str) -> str:
    return re.sub(r"\bste?\b", lambda found: "saint" + found[0][2:], fold(name))


def _bare(name: str) -> tuple[str, str]:
    """Folded name without the word for its level, and that level."""
    spelt = _spelt(name)
    found = _LEVEL.match(spelt)
    return (spelt[found.end() :], LEVELS.get(found[1], "")) if found else (spelt, "")


def match_territories(texts: Iterable[str], directory: Directory | Iterable[Place]) -> dict[str, Match]:
    """What each different text means among the places."""
    known = directory if isinstance(directory, Directory) else Directory(directory)
    return {text: known.match(text) for text in dict.fromkeys(texts)}


def match_categories(texts: Iterable[str], method: Method) -> dict[str, Match]:
    """What each different text means among the method's participant categories, by their keys."""
    names = {one.key: (one.key, one.label, one.short_label) for one in method.categories}
    return {text: _known(text, names, category_key(text[:500], method)) for text in dict.fromkeys(texts)}


def match_themes(texts: Iterable[str], method: Method) -> dict[str, Match]:
    """What each different text means among the method's themes, by their keys."""
    names = {one.key: (one.key, one.title, *one.aliases) for one in method.themes}
    return {text: _known(text, names, theme_key(text[:500], method)) for text in dict.fromkeys(texts)}


def match_kinds(texts: Iterable[str], method: Method) -> dict[str, Match]:
    """What each different text means among the method's kinds of statement, by their keys."""
    found = {}
    for text in dict.fromkeys(texts):
        key = kind_key(text, method)
        found[text] = Match(how=How.EXACT, key=key, score=100) if key else NOTHING
    return found


def kind_key(text: str, method: Method) -> str:
    """Kind that goes by that name; "" where none does."""
    folded = fold(text[:200])
    for column in (column for stage in method.stages for column in stage.columns):
        if folded in {column.kind, *map(fold, (column.label, column.plural, column.heading))}:
            return column.kind
    if method.feedback and folded in {"feedback", fold(method.feedback.word), fold(method.feedback.title)}:
        return "feedback"
    return ""


def _known(text: str, names: Mapping[str, tuple[str, ...]], near: str | None) -> Match:
    folded = fold(text[:500])
    for key, titles in names.items():
        if folded and folded in map(fold, titles):
            return Match(how=How.EXACT, key=key, score=100)
    near = near or _by_words(folded, names)
    if near is None:
        return NOTHING
    return Match(
        how=How.PROPOSED, key=near, score=int(max(fuzz.ratio(folded, fold(name)) for name in names[near]))
    )


def _by_words(folded: str, names: Mapping[str, tuple[str, ...]]) -> str | None:
    """The only key of which a name has the most words of the text, plurals aside: a pupil is of "élèves"."""
    own = _singular(folded)
    shared = {key: max(len(own & _singular(fold(name))) for name in titles) for key, titles in names.items()}
    most = max(shared.values(), default=0)
    best = [key for key, count in shared.items() if count == most]
    return best[0] if most and len(best) == 1 else None


def _singular(folded: str) -> frozenset[str]:
    """Words that carry meaning, without the letter of a plural."""
    return frozenset(word.rstrip("sx") for word in folded.split() if len(word) > 2) - EMPTY_WORDS
