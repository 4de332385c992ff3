"""What every report says, worked out once: a page, a workbook and a file cannot disagree."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cahiers.textkit.counts import THRESHOLD, Cell, count, suppress
from cahiers.textkit.french import fold
from cahiers.textkit.model import Analysis, Group, Method, Passage, Unit
from cahiers.textkit.placing import natural
from cahiers.textkit.vectors import Parameter

KIND_NAMES = {
    "irritant": "Irritant", "strength": "Point fort", "need": "Besoin", "lever": "Levier", "action": "Action",
    "indicator": "Indicateur", "unsure": "Nature incertaine",
}  # fmt: skip
POLARITY_NAMES = {"for": "pour", "against": "contre", "neutral": "neutre"}
NO_CATEGORY = "(non précisé)"
OTHERS = "(autres)"
ALONE, ALL = "Remarques isolées", "Ensemble"
MOST = 40  # categories of a table: more could not be read


#: French for what the method note tells; what is not here is told by its own name.
METHOD_NAMES = {
    "dimensions": "Dimensions", "character_weight": "Part des lettres", "character_ngrams": "Suites de lettres",
    "sample": "Textes dont les mots sont appris", "lexical_weight": "Part des mots", "by_sentence": "Phrase par phrase",
    "resolution": "Finesse demandée", "kinds": "Modèle des natures", "codebook": "Grille de thèmes",
    "decided": "Remarques décidées par des personnes", "sent_to": "Envoyé à",
}  # fmt: skip


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
    """Distinct people (or remarks, where authors are unknown) of each group by category.

    The last two rows are remarks that stand alone and all remarks; the last column, of people alone, is all categories.
    A person may speak in several groups: columns need not add up.
    """

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
    signed: bool
    campaigns: tuple[tuple[str, int, Cell], ...]
    threshold: int
    themes: Mapping[str, str] = field(default_factory=dict)

    @property
    def published_people(self) -> Mapping[str, Cell] | None:
        """People of each group shown, by its key, and of all (""); None where nothing is withheld."""
        if self.threshold <= 1:
            return None
        return {"": self.people, **{line.group.key: line.people for line in self.lines}}

    def text_of(self, unit: Unit) -> str:
        return unit.span.of(self.texts[unit.passage])


def summarise(
    passages: Sequence[Passage],
    analysis: Analysis,
    *,
    title: str,
    column: str = "",
    threshold: int = THRESHOLD,
    themes: Mapping[str, str] | None = None,
) -> Summary:
    """``threshold`` 0 or 1 withholds nothing: only for people who work on the consultation.

    ``themes`` are names of the themes proposed, by key.
    """
    texts = {passage.id: passage.text for passage in passages}
    units = {unit.id: unit for unit in analysis.units}
    groups = sorted(analysis.at_level(1), key=lambda group: (-group.counts.distinct, natural(group.key)))
    signed = analysis.counts.unsigned < len(passages)
    voices = _voices(passages, analysis, groups, column, signed, threshold)
    people: list[Cell] = [row[-1] if signed else 0 for _, row in voices.rows]
    lines = tuple(_line(group, cell, units, texts) for group, cell in zip(groups, people, strict=False))
    return Summary(
        title, analysis, texts, lines, voices if column else None, people[-1], signed,
        _campaigns(passages, analysis, signed, threshold), threshold, themes or {},
    )  # fmt: skip


def kinds_told(line: Line) -> str:
    return ", ".join(f"{KIND_NAMES.get(kind, kind).lower()} {times}" for kind, times in line.kinds[:3])


def percent(share: float) -> str:
    return f"{100 * share:.0f}\u00a0%"


def _told(value: Parameter) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


def method_facts(method: Method) -> Iterable[tuple[str, str]]:
    """What it takes to do the analysis again, as label and value; what was left to the machine is left out."""
    yield "Traits du texte", f"{method.vectoriser} {method.version}"
    yield "Graine", str(method.seed)
    yield "Empreinte des données", method.input_digest
    for key, value in method.parameters.items():
        label = METHOD_NAMES.get(key) or f"Part de {key.removesuffix('_weight')}"
        if value is not None:
            yield label, _told(value)
    yield from method.libraries.items()


def _line(group: Group, people: Cell, units: Mapping[str, Unit], texts: Mapping[str, str]) -> Line:
    tally: dict[str, int] = defaultdict(int)
    for key in group.units:
        if kind := units[key].kind:
            tally[kind] += 1
    kinds = tuple(sorted(tally.items(), key=lambda item: (-item[1], item[0])))

    def shown(keys: tuple[str, ...]) -> tuple[tuple[Unit, str], ...]:
        return tuple((units[key], units[key].span.of(texts[units[key].passage])) for key in keys)

    return Line(group, people, kinds, shown(group.central), shown(group.edge))


def _voices(
    passages: Sequence[Passage],
    analysis: Analysis,
    groups: Sequence[Group],
    column: str,
    signed: bool,
    threshold: int,
) -> Voices:
    """All numbers of people of a report at once: one withheld in a table could be worked out from another."""
    by_id = {passage.id: passage for passage in passages}
    passage_of = {unit.id: unit.passage for unit in analysis.units}
    categories = _categories(passages) if column else ()
    parts = [
        *(
            (group.name, [by_id[key] for key in dict.fromkeys(map(passage_of.__getitem__, group.units))])
            for group in groups
        ),
        (ALONE, [by_id[key] for key in dict.fromkeys(map(passage_of.__getitem__, analysis.outliers))]),
        (ALL, list(passages)),
    ]
    table = [_row(members, categories, signed) for _, members in parts]
    if not signed and not column:
        return Voices(column, (), tuple((name, ()) for name, _ in parts), signed)
    # Totals of people are withheld as cells are; those of remarks are published, as if they stood beside the table.
    cells = suppress(table, threshold=threshold)
    return Voices(
        column,
        (*categories, ALL) if signed else categories,
        tuple((name, tuple(row)) for (name, _), row in zip(parts, cells, strict=True)),
        signed,
    )


def _categories(passages: Sequence[Passage]) -> tuple[str, ...]:
    """In alphabetical order, the rarest as one where there are too many."""
    times = Counter(passage.group or NO_CATEGORY for passage in passages)
    kept = sorted(times, key=lambda name: (-times[name], name))[:MOST]
    ordered = sorted(kept, key=lambda name: (name == NO_CATEGORY, fold(name), name))
    return (*ordered, *[OTHERS] * (len(times) > MOST))


def _row(members: Sequence[Passage], categories: Sequence[str], signed: bool) -> list[int]:
    parts: dict[str, list[Passage]] = {category: [] for category in categories}
    for passage in members if categories else ():
        name = passage.group or NO_CATEGORY
        parts[name if name in parts else OTHERS].append(passage)
    if not signed:
        return [len(part) for part in parts.values()]
    return [count(part).people for part in (*parts.values(), members)]


def _campaigns(
    passages: Sequence[Passage], analysis: Analysis, signed: bool, threshold: int
) -> tuple[tuple[str, int, Cell], ...]:
    """Texts sent three times or more: the text, how many copies, how many people.

    People are withheld also where what is left of their group or of all would be a small number.
    """
    by_id = {passage.id: passage for passage in passages}
    home = {unit.passage: unit.group for unit in analysis.units}
    people_in = {group.key: group.counts.people for group in analysis.at_level(1)}
    large = [entry for entry in analysis.duplicates if len(entry.members) >= 3]
    large.sort(key=lambda entry: (-len(entry.members), entry.kept))
    found: list[tuple[str, int, Cell]] = []
    for entry in large[:50]:
        people = count(by_id[member] for member in entry.members).people
        rest = (analysis.counts.people - people, people_in.get(home[entry.kept], 0) - people)
        small = any(0 < number < threshold for number in (people, *rest))
        found.append((by_id[entry.kept].text, len(entry.members), None if small else people))
    return tuple(found)
