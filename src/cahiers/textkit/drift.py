"""What a rerun changed, so that nobody has to compare two reports by eye."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from cahiers.textkit.model import OUTLIER, Analysis, Drift, Unit

LOOSENED = 0.05  # fall of cohesion worth telling

Words = tuple[str, ...]  # digests of a passage's units


def drift_between(before: Analysis, after: Analysis) -> Drift:
    """Groups of the middle level: who joined, what is new, what is gone, what has become less coherent."""
    old = {unit.id: unit for unit in before.units}
    now = {unit.id: unit for unit in after.units}
    joined = Counter(unit.group for unit in after.units if unit.id not in old and unit.group != OUTLIER)
    old_groups = {group.key: group for group in before.at_level(1)}
    new_groups = {group.key: group for group in after.at_level(1)}
    loosened = {
        key: round(new_groups[key].cohesion - group.cohesion, 4)
        for key, group in old_groups.items()
        if key in new_groups and group.cohesion - new_groups[key].cohesion > LOOSENED
    }
    stable = [unit for unit in before.units if unit.id in now and unit.group != OUTLIER]
    kept = sum(now[unit.id].group == unit.group for unit in stable)
    then, today = ({unit.passage for unit in run.units} for run in (before, after))
    worded, reworded = worded_as(before.units), worded_as(after.units)
    return Drift(
        joined={key: number for key, number in sorted(joined.items()) if key in old_groups},
        created=tuple(key for key in new_groups if key not in old_groups),
        vanished={key: group.name for key, group in old_groups.items() if key not in new_groups},
        added=len(today - then),
        corrected=tuple(key for key in reworded if key in worded and worded[key] != reworded[key]),
        removed_passages=tuple(sorted(then - today)),
        loosened=loosened,
        kept_share=kept / len(stable) if stable else 1.0,
    )


def worded_as(units: Iterable[Unit]) -> dict[str, Words]:
    """For each passage, in order, the digests of its words."""
    found: dict[str, Words] = {}
    for unit in units:
        found[unit.passage] = (*found.get(unit.passage, ()), unit.digest)
    return found


def renumbered(before: Analysis, units: Sequence[Unit]) -> Analysis:
    """The earlier run with today's line numbers for ids: a line taken out must not make the others strangers.

    A passage is known by its words; one that follows the same neighbour with other words was corrected. What is not
    there any more gets an id that no line has. Copies and paraphrases, which a later run does not read, are left out.
    """
    then, today = worded_as(before.units), worded_as(units)
    known = _same_lines(then, today)
    free, after = set(then) - set(known.values()), dict(zip(["", *then], then, strict=False))
    last = ""
    for key in today:
        if key not in known and after.get(last) in free:
            known[key] = after[last]
        last = known.get(key, "-")
    names = {old: f"before-{old}" for old in then} | {old: new for new, old in known.items()}
    ids = {unit.id: names[unit.passage] + unit.id[len(unit.passage) :] for unit in before.units}

    def of(keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(ids[key] for key in keys)

    return replace(
        before,
        units=tuple(replace(unit, id=ids[unit.id], passage=names[unit.passage]) for unit in before.units),
        groups=tuple(
            replace(one, units=of(one.units), central=of(one.central), edge=of(one.edge))
            for one in before.groups
        ),
        duplicates=(),
        paraphrases=(),
    )


def _same_lines(then: Mapping[str, Words], today: Mapping[str, Words]) -> dict[str, str]:
    """Lines of today with the line of then that has the same words.

    Words met once come first, then lines beside known ones, then the others in order: neighbours tell copies apart.
    """
    often = Counter(then.values()), Counter(today.values())
    place = {words: key for key, words in then.items()}
    known = {key: place[words] for key, words in today.items() if often[0][words] == often[1][words] == 1}
    taken = set(known.values())

    def match(key: str, old: str | None) -> None:
        if key not in known and old is not None and old not in taken and then[old] == today[key]:
            known[key] = old
            taken.add(old)

    for step in (1, -1):
        before, now = list(then)[::step], list(today)[::step]
        beside = dict(zip(["", *before], before, strict=False))
        for last, key in zip(["", *now], now, strict=False):
            match(key, beside.get(known.get(last, "-") if last else ""))
    waiting: dict[Words, list[str]] = defaultdict(list)
    for old in reversed(list(then)):
        if old not in taken:
            waiting[then[old]].append(old)
    for key, words in today.items():
        if key not in known and waiting[words]:
            match(key, waiting[words].pop())
    return known
