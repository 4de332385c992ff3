"""What the names in a file stand for: as they are known, as people chose, or unknown and counted."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from cahiers.consultations.models import Consultation
from cahiers.contributions.intake.lines import LineNames
from cahiers.contributions.models import Channel
from cahiers.contributions.tables import (
    Directory,
    How,
    Match,
    Place,
    match_categories,
    match_kinds,
    match_themes,
)
from cahiers.documents.matching import fold
from cahiers.territories.models import Territory

TERRITORY: Final = "territory"
CATEGORY: Final = "category"
THEME: Final = "theme"
KIND: Final = "kind"
TARGETS: Final = (TERRITORY, CATEGORY, THEME, KIND)
#: Different names whose meaning is remembered while a file is read, lines' different names, names that are counted.
REMEMBERED: Final = 1 << 16
TOGETHER: Final = 1 << 13
COUNTED: Final = 5_000
#: Unknown names that are kept for people to look at, and characters of one.
SHOWN: Final = 400
LONGEST: Final = 200

Names = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A name that nothing goes by exactly; `near` are keys of what it may mean, likeliest first."""

    target: str
    text: str
    count: int
    near: tuple[str, ...] = ()

    def as_json(self) -> list[Any]:
        return [self.target, self.text, self.count, list(self.near)]

    @classmethod
    def of(cls, stored: list[Any]) -> "Unknown":
        target, text, count, near = stored
        return cls(target=target, text=text, count=count, near=tuple(near))


class Meaning(NamedTuple):
    """What the names of a line stand for; `unknown` are those that stand for nothing, and nobody said so.

    The place and the theme by their keys in the database, the place with its name.
    """

    place: tuple[int, str] | None
    category: str | None
    theme: int | None
    kind: str | None
    unknown: tuple[tuple[str, str], ...]


class Matcher:
    """Names of one file held against a consultation's; what is unknown is counted on the way."""

    def __init__(self, consultation: Consultation, territory: Territory, chosen: Names) -> None:
        method = consultation.method
        within = Territory.objects.within(territory)
        rows = within.values_list("pk", "uuid", "name", "code", "level", "path").iterator()
        self._places: dict[str, tuple[int, str]] = {}
        places = []
        for pk, uuid, name, code, level, path in rows:
            self._places[str(uuid)] = pk, name
            places.append(
                Place(key=str(uuid), name=name, codes=(code,) if code else (), level=level, path=path)
            )
        directory = Directory(places)
        self._themes = dict(consultation.themes.values_list("key", "pk"))
        known = {
            TERRITORY: set(self._places),
            CATEGORY: {one.key for one in method.categories},
            THEME: set(self._themes),
            KIND: {column.kind for stage in method.stages for column in stage.columns} | {"feedback"},
        }
        self._find: dict[str, Callable[[str], Match]] = {
            TERRITORY: directory.match,
            CATEGORY: lambda text: match_categories([text], method)[text],
            THEME: lambda text: match_themes([text], method)[text],
            KIND: lambda text: match_kinds([text], method)[text],
        }
        # What was chosen and is no more (a theme that was removed) is unknown again.
        self._means: dict[str, dict[str, str | None]] = {
            target: {
                text: key or None
                for text, key in chosen.get(target, {}).items()
                if not key or key in known[target]
            }
            for target in TARGETS
        }
        self._chosen = {target: dict(self._means[target]) for target in TARGETS}
        self._meanings: dict[LineNames, Meaning] = {}
        self._unknown: Counter[tuple[str, str]] = Counter()
        self._near: dict[tuple[str, str], tuple[str, ...]] = {}

    def meaning(self, names: LineNames) -> Meaning:
        """What a line's names stand for, which many lines of a file have in common."""
        return self._meanings.get(names) or self._meaning(names)

    def look(self, names: LineNames) -> None:
        """Count what is unknown of a record."""
        for one in self.meaning(names).unknown:
            if one in self._unknown or len(self._unknown) < COUNTED:
                self._unknown[one] += 1

    def unknown(self) -> list[Unknown]:
        """The most frequent first, territories before categories before themes."""
        order = {target: at for at, target in enumerate(TARGETS)}
        found = sorted(self._unknown.items(), key=lambda one: (order[one[0][0]], -one[1], one[0][1]))
        return [
            Unknown(target=target, text=text, count=count, near=self._near.get((target, text), ()))
            for (target, text), count in found[:SHOWN]
        ]

    def _meaning(self, names: LineNames) -> Meaning:
        found: dict[str, str | None] = {}
        unknown = []
        for target, text in zip(TARGETS, names, strict=True):
            key = found[target] = self._key(target, text) if text else None
            if text and key is None and text not in self._chosen[target]:
                unknown.append((target, text[:LONGEST]))
        place, theme = found[TERRITORY], found[THEME]
        meaning = Meaning(
            place=self._places[place] if place else None,
            category=found[CATEGORY],
            theme=self._themes[theme] if theme else None,
            kind=found[KIND],
            unknown=tuple(unknown),
        )
        if len(self._meanings) >= TOGETHER:
            self._meanings.clear()
        self._meanings[names] = meaning
        return meaning

    def _key(self, target: str, text: str) -> str | None:
        means = self._means[target]
        if text in means:
            return means[text]
        match = self._find[target](text)
        if len(means) >= REMEMBERED:
            means.clear()
            means.update(self._chosen[target])
        # What is only near is a proposal, which a person takes or leaves.
        key = means[text] = match.key if match.how is How.EXACT else None
        if key is None and match.key and len(self._near) < COUNTED:
            self._near[target, text[:LONGEST]] = match.key, *match.others
        return key


_CHANNELS: Final = {
    "courrier": Channel.LETTER,
    "lettre": Channel.LETTER,
    "letter": Channel.LETTER,
    "telephone": Channel.PHONE,
    "appel": Channel.PHONE,
    "phone": Channel.PHONE,
    "papier": Channel.PAPER,
    "fiche papier": Channel.PAPER,
    "paper": Channel.PAPER,
    "enquete": Channel.SURVEY,
    "survey": Channel.SURVEY,
    "formulaire": Channel.FORM,
    "form": Channel.FORM,
}


def channel_of(text: str, default: str) -> str:
    """What a file calls a channel; the default where that says nothing."""
    return _CHANNELS.get(fold(text), default) if text else default


def merged(old: Names, new: Iterable[tuple[str, str, str]]) -> dict[str, dict[str, str]]:
    """Choices (target, text, key) on top of earlier ones."""
    found = {target: dict(texts) for target, texts in old.items()}
    for target, text, key in new:
        found.setdefault(target, {})[text] = key
    return found
