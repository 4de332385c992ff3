"""What a rerun changed, so that nobody has to compare two reports by eye."""

from collections import Counter

from cahiers.textkit.model import OUTLIER, Analysis, Drift

LOOSENED = 0.05  # fall of cohesion worth telling


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
    gone = {unit.passage for unit in before.units} - {unit.passage for unit in after.units}
    return Drift(
        joined={key: number for key, number in sorted(joined.items()) if key in old_groups},
        created=tuple(key for key in new_groups if key not in old_groups),
        vanished=tuple(key for key in old_groups if key not in new_groups),
        removed_passages=tuple(sorted(gone)),
        loosened=loosened,
        kept_share=kept / len(stable) if stable else 1.0,
    )
