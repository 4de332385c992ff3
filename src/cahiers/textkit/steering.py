"""What people have decided about groups; every later run obeys it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Steering:
    """Decisions that outlive a run, by group key and unit id.

    ``merges`` maps a group to the one that took it in; ``moves`` maps a unit to its group, "" to stand alone.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    merges: Mapping[str, str] = field(default_factory=dict)
    moves: Mapping[str, str] = field(default_factory=dict)
    must_link: tuple[tuple[str, str], ...] = ()
    cannot_link: tuple[tuple[str, str], ...] = ()
    validated: frozenset[str] = frozenset()

    def rename(self, key: str, name: str) -> "Steering":
        return replace(self, names={**self.names, key: name}, validated=self.validated | {key})

    def merge(self, key: str, into: str) -> "Steering":
        if self.final(into) == key:
            raise ValueError(f"{into} is already part of {key}")
        return replace(self, merges={**self.merges, key: into}, validated=self.validated | {into})

    def move(self, unit: str, key: str) -> "Steering":
        return replace(self, moves={**self.moves, unit: key})

    def split(self, key: str, units: tuple[str, ...], name: str) -> "Steering":
        """Some units leave ``key`` for a new group, whose key tells where it comes from."""
        number = 1
        while (fresh := f"{key}-{number}") in self.validated:
            number += 1
        moved = replace(self, moves={**self.moves, **dict.fromkeys(units, fresh)})
        return moved.rename(fresh, name).validate(key)

    def validate(self, *keys: str) -> "Steering":
        return replace(self, validated=self.validated | set(keys))

    def together(self, first: str, second: str) -> "Steering":
        return replace(self, must_link=(*self.must_link, (first, second)))

    def apart(self, first: str, second: str) -> "Steering":
        return replace(self, cannot_link=(*self.cannot_link, (first, second)))

    def final(self, key: str) -> str:
        """The group that a key leads to after all merges."""
        seen = {key}
        while key in self.merges:
            key = self.merges[key]
            if key in seen:
                raise ValueError(f"merges of {key} go round in a circle")
            seen.add(key)
        return key
