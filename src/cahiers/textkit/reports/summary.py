"""What every report says, worked out once: a page, a workbook and a file cannot disagree."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cahiers.language import decimal, gettext_noop
from cahiers.language import gettext as _
from cahiers.textkit.counts import THRESHOLD, Cell, count, suppress
from cahiers.textkit.french import fold
from cahiers.textkit.model import Analysis, Group, Method, Passage, Unit
from cahiers.textkit.placing import natural
from cahiers.textkit.vectors import Parameter

KIND_NAMES = {
    "irritant": gettext_noop("Irritant"), "strength": gettext_noop("Point fort"), "need": gettext_noop("Besoin"),
    "lever": gettext_noop("Levier"), "action": gettext_noop("Action"), "indicator": gettext_noop("Indicateur"),
    "unsure": gettext_noop("Nature incertaine"),
}  # fmt: skip
POLARITY_NAMES = {
    "for": gettext_noop("pour"),
    "against": gettext_noop("contre"),
    "neutral": gettext_noop("neutre"),
}
MOST = 40  # categories of a table: more could not be read


#: Words for what the method note tells; what is not here is told by its own name.
METHOD_NAMES = {
    "dimensions": gettext_noop("Dimensions"), "character_weight": gettext_noop("Part des lettres"),
    "character_ngrams": gettext_noop("Suites de lettres"), "sample": gettext_noop("Textes dont les mots sont appris"),
    "lexical_weight": gettext_noop("Part des mots"), "by_sentence": gettext_noop("Phrase par phrase"),
    "resolution": gettext_noop("Finesse demandée"), "kinds": gettext_noop("Modèle des natures"),
    "codebook": gettext_noop("Grille de thèmes"), "decided": gettext_noop("Remarques décidées par des personnes"),
    "sent_to": gettext_noop("Envoyé à"),
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
    people: list[Cell] = [row[-1] if signed else 0 for _name, row in voices.rows]
    lines = tuple(_line(group, cell, units, texts) for group, cell in zip(groups, people, strict=False))
    return Summary(
        title, analysis, texts, lines, voices if column else None, people[-1], signed,
        _campaigns(passages, analysis, signed, threshold), threshold, themes or {},
    )  # fmt: skip


def kind_name(key: str) -> str:
    """As it stands within a sentence; one that is not ours is told by its key."""
    return _(KIND_NAMES[key]).lower() if key in KIND_NAMES else key


def polarity_name(key: str) -> str:
    return _(POLARITY_NAMES[key]) if key in POLARITY_NAMES else key


def kinds_told(line: Line) -> str:
    more = ", …" if len(line.kinds) > 3 else ""
    return ", ".join(f"{kind_name(kind)}\u00a0{times}" for kind, times in line.kinds[:3]) + more


def _told(value: Parameter) -> str:
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    return decimal(value) if isinstance(value, float) else str(value)


def method_facts(method: Method) -> Iterable[tuple[str, str]]:
    """What it takes to do the analysis again, as label and value; what was left to the machine is left out."""
    yield _("Traits du texte"), f"{method.vectoriser} {method.version}"
    yield _("Graine"), str(method.seed)
    yield _("Empreinte des données"), method.input_digest
    for key, value in method.parameters.items():
        if value is None:
            continue
        if key in METHOD_NAMES:
            yield _(METHOD_NAMES[key]), _told(value)
        else:
            yield _("Part de %(name)s") % {"name": key.removesuffix("_weight")}, _told(value)
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
    everything = _("Ensemble")
    parts = [
        *(
            (group.name, [by_id[key] for key in dict.fromkeys(map(passage_of.__getitem__, group.units))])
            for group in groups
        ),
        (
            _("Remarques isolées"),
            [by_id[key] for key in dict.fromkeys(map(passage_of.__getitem__, analysis.outliers))],
        ),
        (everything, list(passages)),
    ]
    table = [_row(members, categories, signed) for _name, members in parts]
    if not signed and not column:
        return Voices(column, (), tuple((name, ()) for name, _members in parts), signed)
    # Totals of people are withheld as cells are; those of remarks are published, as if they stood beside the table.
    cells = suppress(table, threshold=threshold)
    return Voices(
        column,
        (*categories, everything) if signed else categories,
        tuple((name, tuple(row)) for (name, _members), row in zip(parts, cells, strict=True)),
        signed,
    )


def _categories(passages: Sequence[Passage]) -> tuple[str, ...]:
    """In alphabetical order, then what has none, then the rarest as one where there are too many."""
    none = _no_category()
    times = Counter(passage.group or none for passage in passages)
    kept = sorted(times, key=lambda name: (-times[name], name))[:MOST]
    ordered = sorted(kept, key=lambda name: (name == none, fold(name), name))
    return (*ordered, *[_others()] * (len(times) > MOST))


def _no_category() -> str:
    return _("(non précisé)")


def _others() -> str:
    return _("(autres)")


def _row(members: Sequence[Passage], categories: Sequence[str], signed: bool) -> list[int]:
    parts: dict[str, list[Passage]] = {category: [] for category in categories}
    none, others = _no_category(), _others()
    for passage in members if categories else ():
        name = passage.group or none
        parts[name if name in parts else others].append(passage)
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
