"""What every report says, worked out once: a page, a workbook and a file cannot disagree."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cahiers.textkit.counts import THRESHOLD, Cell, Counts, count, suppress, suppress_row
from cahiers.textkit.duplicates import kept_of
from cahiers.textkit.model import Analysis, Group, Passage, Unit
from cahiers.textkit.placing import natural

KIND_NAMES = {
    "irritant": "Irritant", "strength": "Point fort", "need": "Besoin", "lever": "Levier", "action": "Action",
    "indicator": "Indicateur",
}  # fmt: skip
POLARITY_NAMES = {"for": "pour", "against": "contre", "neutral": "neutre"}
NO_CATEGORY = "(non précisé)"


@dataclass(frozen=True)
class Line:
    """One group as a reader sees it; ``people`` is None where it is withheld."""

    group: Group
    people: Cell
    kinds: tuple[tuple[str, int], ...]
    central: tuple[tuple[Unit, str], ...]
    edge: tuple[tuple[Unit, str], ...]


@dataclass(frozen=True)
class Voices:
    """Distinct people (or unsigned remarks, where authors are unknown) of each group by category."""

    column: str
    categories: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    signed: bool


@dataclass(frozen=True)
class Summary:
    """Everything a report needs, numbers of people already withheld where they must be."""

    title: str
    analysis: Analysis
    texts: Mapping[str, str]
    lines: tuple[Line, ...]
    voices: Voices | None
    people: Cell
    campaigns: tuple[tuple[str, int, Cell], ...]
    threshold: int

    def text_of(self, unit: Unit) -> str:
        return unit.span.of(self.texts[unit.passage])


def summarise(
    passages: Sequence[Passage],
    analysis: Analysis,
    *,
    title: str,
    column: str = "",
    threshold: int = THRESHOLD,
) -> Summary:
    """``threshold`` 0 or 1 withholds nothing: only for people who work on the consultation."""
    texts = {passage.id: passage.text for passage in passages}
    units = {unit.id: unit for unit in analysis.units}
    groups = sorted(analysis.at_level(1), key=lambda group: (-group.counts.distinct, natural(group.key)))
    people = suppress_row([group.counts.people for group in groups], threshold=threshold)
    lines = tuple(_line(group, cell, units, texts) for group, cell in zip(groups, people, strict=True))
    return Summary(
        title, analysis, texts, lines, _voices(passages, analysis, groups, column, threshold) if column else None,
        suppress_row([analysis.counts.people], threshold=threshold)[0],
        _campaigns(passages, analysis, threshold), threshold,
    )  # fmt: skip


def _line(group: Group, people: Cell, units: Mapping[str, Unit], texts: Mapping[str, str]) -> Line:
    tally: dict[str, int] = defaultdict(int)
    for key in group.units:
        if units[key].kinds:
            tally[units[key].kinds[0].label] += 1
    kinds = tuple(sorted(tally.items(), key=lambda item: (-item[1], item[0])))

    def shown(keys: tuple[str, ...]) -> tuple[tuple[Unit, str], ...]:
        return tuple((units[key], units[key].span.of(texts[units[key].passage])) for key in keys)

    return Line(group, people, kinds, shown(group.central), shown(group.edge))


def _voices(
    passages: Sequence[Passage], analysis: Analysis, groups: Sequence[Group], column: str, threshold: int
) -> Voices:
    by_id = {passage.id: passage for passage in passages}
    passage_of = {unit.id: unit.passage for unit in analysis.units}
    categories = tuple(sorted({passage.group or NO_CATEGORY for passage in passages}))
    signed = any(passage.author_key for passage in passages)
    table = []
    for group in groups:
        members = [by_id[key] for key in dict.fromkeys(passage_of[unit] for unit in group.units)]
        parts = [count(p for p in members if (p.group or NO_CATEGORY) == category) for category in categories]
        table.append([_voices_in(part, signed) for part in parts])
    cells = suppress(table, threshold=threshold) if table else []
    rows = tuple((group.name, tuple(row)) for group, row in zip(groups, cells, strict=True))
    return Voices(column, categories, rows, signed)


def _voices_in(counts: Counts, signed: bool) -> int:
    return counts.people if signed else counts.remarks


def _campaigns(
    passages: Sequence[Passage], analysis: Analysis, threshold: int
) -> tuple[tuple[str, int, Cell], ...]:
    """Texts sent three times or more: the text, how many copies, how many people."""
    by_id = {passage.id: passage for passage in passages}
    copies = kept_of(analysis.duplicates)
    large = [entry for entry in analysis.duplicates if len(entry.members) >= 3]
    large.sort(key=lambda entry: (-len(entry.members), entry.kept))
    found = []
    for entry in large[:50]:
        people = count((by_id[member] for member in entry.members), copies).people
        found.append(
            (by_id[entry.kept].text, len(entry.members), suppress_row([people], threshold=threshold)[0])
        )
    return tuple(found)
