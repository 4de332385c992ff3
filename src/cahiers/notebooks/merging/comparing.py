"""What was imported, what it became here and what a newer file says, put together part by part."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import Final

from cahiers.notebooks.merging import ordering
from cahiers.notebooks.merging.tree import THEMES, Key, Part, Place, Sort, Tree, lists_of

#: Parts that come and go with all that they hold.
UNITS: Final = (Sort.MEETING, Sort.ROW)
PLACE: Final = "place"


class Verdict(StrEnum):
    CONFLICT = "conflict"
    TAKEN = "taken"
    KEPT = "kept"
    SAME = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A part as one version has it, with what comes or goes with it."""

    part: Part
    held: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What differs about a part, or about the order of a list: `part` is then None."""

    verdict: Verdict
    base: Side | None = None
    ours: Side | None = None
    theirs: Side | None = None
    #: Fields that were changed in both, each otherwise.
    clash: tuple[str, ...] = ()
    #: Fields that the file alone changed.
    taken: tuple[str, ...] = ()
    #: The list whose order it is about.
    order: Place | None = None
    #: Stands for what is asked: another one as soon as any of the versions is different.
    id: str = ""

    @property
    def part(self) -> Part | None:
        side = self.ours or self.theirs or self.base
        return side.part if side else None

    @property
    def sides(self) -> tuple[Side | None, Side | None, Side | None]:
        return self.base, self.ours, self.theirs


class Comparison:
    """Three versions under the same keys. Without what was imported, `base` is empty: what differs is then asked."""

    def __init__(self, *, base: Tree, ours: Tree, theirs: Tree) -> None:
        self.base, self.ours, self.theirs = base, ours, theirs
        self._versions = base, ours, theirs
        self._lists = [lists_of(tree) for tree in (base, ours, theirs)]
        self._units = dict(self._found_units())
        #: What comes or goes with a unit, by its key.
        self._owner = {part.key: key for key, change in self._units.items() for part in _owned(change)}

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """In the order of what it became here, then of the file; of a list's order after what it holds."""
        found = [change for key in self._keys if (change := self._change(key)) is not None]
        return tuple(_named(change) for change in (*found, *self._orders.values()))

    @property
    def conflicts(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.verdict is Verdict.CONFLICT)

    def result(self, chosen: Collection[str] = ()) -> dict[Key, Part]:
        """All put together: of a conflict what stands here, or what the file says where its id is among the chosen."""
        kept: dict[Key, Part] = {}
        for key in self._keys:
            if (part := self._settled(key, chosen)) is not None:
                kept[key] = part
        for part in list(kept.values()):
            self._hold(part, kept)
        return self._arranged(kept, chosen)

    @cached_property
    def _keys(self) -> list[Key]:
        return list(dict.fromkeys((*self.ours, *self.theirs, *self.base)))

    def _found_units(self) -> Iterator[tuple[Key, Change]]:
        """Parts that hold others and that one of the versions has not."""
        for key in self._keys:
            b, o, t = (tree.get(key) for tree in self._versions)
            some = o or t or b
            if some is None or some.sort not in UNITS or (o and t):
                continue
            sides = [self._side(part, place) for place, part in enumerate((b, o, t))]
            base, ours, theirs = sides
            yield key, Change(verdict=self._fate(base, ours, theirs), base=base, ours=ours, theirs=theirs)

    def _side(self, part: Part | None, version: int) -> Side | None:
        """With what it holds in that version and comes or goes with it, for it stands nowhere else."""
        if part is None:
            return None
        held = [
            one
            for (holder, _), keys in self._lists[version].items()
            if holder == part.key
            for one in (self._versions[version][key] for key in keys)
            if self._goes_with(one, part)
        ]
        return Side(part=part, held=tuple(held))

    def _goes_with(self, one: Part, unit: Part) -> bool:
        if unit.key not in self.base:
            return one.key not in self.base and not (one.key in self.ours and one.key in self.theirs)
        for tree in (self.ours, self.theirs):
            if one.key in tree and (unit.key not in tree or tree[one.key].place[0] != unit.key):
                return False
        return True

    def _fate(self, base: Side | None, ours: Side | None, theirs: Side | None) -> Verdict:
        """Of a part that is not in all versions."""
        one = ours or theirs
        if one is None:
            return Verdict.SAME
        there = Verdict.KEPT if one is ours else Verdict.TAKEN
        if base is None:
            return there
        if any(self._edited(part) for part in (one.part, *one.held)):
            return Verdict.CONFLICT
        return Verdict.TAKEN if one is ours else Verdict.KEPT

    def _edited(self, part: Part) -> bool:
        before = self.base.get(part.key)
        return before is None or before.fields != part.fields

    def _change(self, key: Key) -> Change | None:
        if key in self._units:
            return self._units[key]
        if key in self._owner:
            return None
        b, o, t = (tree.get(key) for tree in self._versions)
        base, ours, theirs = (Side(part=part) if part else None for part in (b, o, t))
        if o is None or t is None:
            verdict = self._fate(base, ours, theirs)
            if o is not None and o.sort is Sort.THEME:
                # Addresses lead to it, and it may hold what was written here: it stays, were it empty.
                verdict = Verdict.KEPT
            return Change(verdict=verdict, base=base, ours=ours, theirs=theirs)
        clash, taken = self._clash(b, o, t), self._taken(b, o, t)
        if not clash and not taken and (b.fields == o.fields if b else not self.base):
            return None
        if clash:
            verdict = Verdict.CONFLICT
        elif taken:
            verdict = Verdict.TAKEN
        else:
            verdict = Verdict.SAME if o.fields == t.fields else Verdict.KEPT
        return Change(verdict=verdict, base=base, ours=ours, theirs=theirs, clash=clash, taken=taken)

    def _clash(self, b: Part | None, o: Part, t: Part) -> tuple[str, ...]:
        return tuple(
            name
            for name, here in o.fields.items()
            if here != t.fields[name]
            and (
                b is None
                or (b.fields[name] != t.fields[name] and b.fields[name] != here)
                or (name == PLACE and b.fields[name] != t.fields[name] and self._is_gone(t.place[0]))
            )
        )

    def _taken(self, b: Part | None, o: Part, t: Part) -> tuple[str, ...]:
        if b is None:
            return ()
        clash = self._clash(b, o, t)
        return tuple(
            name
            for name, here in o.fields.items()
            if here == b.fields[name] and t.fields[name] != here and name not in clash
        )

    def _is_gone(self, holder: Key) -> bool:
        """Whether it was taken away here: nothing is put in it unless someone says so."""
        return holder in self.base and holder not in self.ours

    def _settled(self, key: Key, chosen: Collection[str]) -> Part | None:
        o, t = self.ours.get(key), self.theirs.get(key)
        owner = self._owner.get(key, key)
        change = self._units.get(owner) or self._changes_by_key.get(key)
        if change is None:
            return o
        takes = change.verdict is Verdict.TAKEN or _named(change).id in chosen
        if owner != key or o is None or t is None:
            return t if takes else o
        names = (*change.taken, *(change.clash if takes and change.verdict is Verdict.CONFLICT else ()))
        said = {name: t.said[name] if name in names else said for name, said in o.said.items()}
        return replace(o, said=said, place=t.place if PLACE in names else o.place)

    @cached_property
    def _changes_by_key(self) -> dict[Key, Change]:
        return {key: change for key in self._keys if (change := self._change(key)) is not None}

    def _hold(self, part: Part, kept: dict[Key, Part]) -> None:
        """What holds it stays, or comes back, with it."""
        holder = part.place[0]
        if holder and holder not in kept:
            kept[holder] = self.ours.get(holder) or self.theirs[holder]
            self._hold(kept[holder], kept)

    @cached_property
    def _orders(self) -> dict[Place, Change]:
        """Lists that were put in another order on a side."""
        base, ours, theirs = self._lists
        found = {}
        for place in (*ours, *theirs):
            if place == THEMES or place in found or not all(place in one for one in self._lists):
                continue
            here, there = ordering.arranged_in_both(base[place], ours[place], theirs[place])
            if not (here or there):
                continue
            verdict = Verdict.KEPT if here else Verdict.TAKEN
            if here and there:
                alike = not any(ordering.arranged_in_both(ours[place], ours[place], theirs[place]))
                verdict = Verdict.SAME if alike else Verdict.CONFLICT
            sides = [
                Side(part=tree[keys[0]], held=tuple(tree[key] for key in keys))
                for tree, keys in zip(self._versions, (one[place] for one in self._lists), strict=True)
            ]
            found[place] = Change(verdict=verdict, base=sides[0], ours=sides[1], theirs=sides[2], order=place)
        return found

    def _arranged(self, kept: Mapping[Key, Part], chosen: Collection[str]) -> dict[Key, Part]:
        """In reading order, each list put together from its orders here and in the file."""
        members: dict[Place, set[Key]] = defaultdict(set)
        for part in kept.values():
            members[part.place].add(part.key)
        _, ours, theirs = self._lists
        lists: dict[Key, list[list[Key]]] = defaultdict(list)
        for place, keys in members.items():
            order = self._orders.get(place)
            here_first = place == THEMES or (
                order is not None
                and order.verdict in (Verdict.KEPT, Verdict.CONFLICT)
                and _named(order).id not in chosen
            )
            pair = ours.get(place, []), theirs.get(place, [])
            lists[place[0]].append(ordering.merge(*(pair if here_first else pair[::-1]), keys))
        found: dict[Key, Part] = {}
        _walk("", lists, kept, found)
        return found


def _walk(
    holder: Key,
    lists: Mapping[Key, Sequence[Sequence[Key]]],
    kept: Mapping[Key, Part],
    found: dict[Key, Part],
) -> None:
    for keys in lists.get(holder, ()):
        for key in keys:
            found[key] = kept[key]
            _walk(key, lists, kept, found)


def _owned(change: Change) -> Iterator[Part]:
    """What follows a unit: it stands there alone, or stood there and is nowhere else."""
    for side in change.sides:
        if side is not None:
            yield from side.held


def _named(change: Change) -> Change:
    if change.id:
        return change
    asked = repr((change.order, change.clash, change.sides))
    return replace(change, id=sha256(asked.encode()).hexdigest()[:12])
