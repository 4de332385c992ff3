"""The tree that French schools are run by: 18 régions académiques, 30 académies, 101 départements and the overseas.

Codes are those of the State: INSEE's for régions and départements, the ministry's two digits for académies (70 is
Normandie, made in 2020 of Caen and Rouen). Each overseas département is a région académique with one académie, Mayotte
too since 2020. Saint-Barthélemy and Saint-Martin stand below the académie of Guadeloupe, which runs their schools. The
collectivités that have a vice-rectorat or a service of their own, and no académie (New Caledonia, French Polynesia,
Saint-Pierre-et-Miquelon, Wallis-et-Futuna), stand right below the nation at the level of départements, under their
INSEE code. French Polynesia is given the time of Tahiti: its Marquesas and Gambier islands, half an hour and an hour
ahead, can be set apart by hand.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal, get_args

Level = Literal["nation", "region", "academy", "department"]
LEVELS: Final[tuple[Level, ...]] = get_args(Level)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A territory of the tree, with those right below it."""

    level: Level
    code: str
    name: str
    time_zone: str
    below: tuple["Place", ...] = ()

    @property
    def key(self) -> str:
        """Level and code, such as "academy:01"; no two places share one."""
        return f"{self.level}:{self.code}"

    def walk(self, above: "Place | None" = None) -> Iterator[tuple["Place | None", "Place"]]:
        """This place and all below it, parents first, each after the one that it stands right below."""
        yield above, self
        for place in self.below:
            yield from place.walk(self)


@cache
def tree() -> Place:
    """France, read from the package."""
    text = (files("cahiers.territories") / "data" / "france.json").read_text(encoding="utf-8")
    return _place("nation", json.loads(text), "")


def _place(level: Level, node: dict[str, Any], time_zone: str) -> Place:
    """`node` holds those below it under the name of their level, and its time zone where its parent's is another."""
    zone = node.get("time_zone", time_zone)
    below = tuple(_place(lower, child, zone) for lower in LEVELS for child in node.get(lower, ()))
    return Place(level=level, code=node["code"], name=node["name"], time_zone=zone, below=below)
