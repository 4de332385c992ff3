"""The whole road from remarks to an Analysis, one step after the other."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version

import numpy as np

from cahiers.textkit import duplicates as near
from cahiers.textkit.codebooks import Codebook
from cahiers.textkit.counts import count
from cahiers.textkit.drift import drift_between, renumbered
from cahiers.textkit.encoders import default_vectoriser
from cahiers.textkit.french import Span, sentences
from cahiers.textkit.kinds import VERSION as KIND_MODEL
from cahiers.textkit.kinds import KindClassifier, default_classifier
from cahiers.textkit.layout import positions
from cahiers.textkit.model import (
    OUTLIER,
    Analysis,
    DuplicateSet,
    Group,
    Method,
    Pair,
    Passage,
    Unit,
    digest_of,
)
from cahiers.textkit.naming import Vocabulary, spoken_name, typical_sentence
from cahiers.textkit.neighbours import one_thread
from cahiers.textkit.placing import Placement, centres_of, first_placement, natural, next_placement, obey
from cahiers.textkit.steering import Steering
from cahiers.textkit.themes import ThemeClassifier
from cahiers.textkit.vectors import Dense, Features, Parameter, Vectoriser, unit_rows

Progress = Callable[[str, float], None]
CENTRAL, EDGE = 5, 3
NAMED_FROM = 40  # members of each finest group whose words name it
SAID_FROM = 10  # members of a group, the nearest its centre, among whose sentences one stands for it
SPOKEN_FROM = 25  # members of a group among which phrases are looked for
LIBRARIES = ("numpy", "scipy", "scikit-learn", "scikit-network", "simplemma", "sparse-dot-topn", "rapidfuzz")
_PARAPHRASES_UP_TO = 20_000  # beyond, people could not read the proposals anyway


def _silent(step: str, share: float) -> None:
    """No progress shown."""


def analyse(
    passages: Sequence[Passage],
    *,
    vectoriser: Vectoriser | None = None,
    seed: int = 0,
    by_sentence: bool = False,
    codebook: Codebook | None = None,
    decided: Mapping[str, Sequence[str]] | None = None,
    kinds: KindClassifier | bool = True,
    find_duplicates: bool = True,
    resolution: float | None = None,
    steering: Steering | None = None,
    previous: Analysis | None = None,
    numbered: bool = False,
    progress: Progress = _silent,
) -> Analysis:
    """The same input, seed, machine and versions give the same result bit for bit, whatever the number of threads.

    ``by_sentence`` labels and groups each sentence by itself. ``decided`` maps unit ids to theme keys. ``previous`` is
    an earlier result on part of the same remarks: its groups are kept, and the new remarks join them. Without
    ``find_duplicates`` copies count as so many remarks. Where ids are line numbers (``numbered``), remarks of the
    earlier result are known again by their words.
    """
    _check(passages)
    steering = steering or Steering()
    units, texts = _units(passages, by_sentence)
    if previous is not None and numbered:
        previous = renumbered(previous, units)
    vectoriser = vectoriser or default_vectoriser(len(texts))
    progress("features", 0.05)
    want_sparse = codebook is not None
    features = vectoriser.fit(texts, seed=seed).transform(texts, sparse=want_sparse) if texts else _nothing()
    progress("groups", 0.4)
    ids, digests = [unit.id for unit in units], [unit.digest for unit in units]
    if previous is None:
        placement = first_placement(
            features.dense, ids, digests, seed=seed, resolution=resolution, steering=steering
        )
    else:
        placement = next_placement(features.dense, ids, digests, previous, seed=seed, resolution=resolution)
    obey(placement, features.dense, ids, steering)
    progress("duplicates", 0.6)
    found, paraphrases = _duplicates(passages, units, features, find_duplicates, by_sentence)
    progress("names", 0.75)
    affinity = _affinity(features.dense, placement.groups)
    groups = _groups(passages, units, texts, features.dense, placement, affinity, found, steering, previous)
    progress("labels", 0.85)
    labelled = _labelled(
        units, texts, features, placement, affinity, kinds, codebook, vectoriser, decided or {}
    )
    models = {
        "by_sentence": by_sentence,
        "resolution": resolution,
        "kinds": KIND_MODEL if kinds else None,
        "codebook": codebook.reference if codebook else None,
        "decided": len(decided or {}),
    }
    method = _method(passages, vectoriser, seed, models)
    analysis = Analysis(
        labelled, groups, tuple(found), tuple(paraphrases), count(passages, near.kept_of(found)), method
    )
    progress("", 1.0)
    if previous is None:
        return analysis
    return Analysis(
        labelled,
        groups,
        tuple(found),
        tuple(paraphrases),
        analysis.counts,
        method,
        drift_between(previous, analysis),
    )


def _check(passages: Sequence[Passage]) -> None:
    seen: set[str] = set()
    for passage in passages:
        if passage.id in seen:
            raise ValueError(f"two passages have the id {passage.id!r}")
        seen.add(passage.id)


def _units(passages: Sequence[Passage], by_sentence: bool) -> tuple[list[Unit], list[str]]:
    units, texts = [], []
    for passage in passages:
        spans = tuple(sentences(passage.text))
        parts: list[tuple[str, Span, tuple[Span, ...]]]
        if by_sentence and len(spans) > 1:
            parts = [(f"{passage.id}#{n}", span, (span,)) for n, span in enumerate(spans, start=1)]
        else:
            parts = [(passage.id, Span(0, len(passage.text)), spans)]
        for key, span, inside in parts:
            text = span.of(passage.text)
            units.append(Unit(key, passage.id, span, digest_of(text), inside))
            texts.append(text)
    return units, texts


def _nothing() -> Features:
    return Features(np.zeros((0, 1), dtype=np.float32))


def _duplicates(
    passages: Sequence[Passage], units: Sequence[Unit], features: Features, wanted: bool, by_sentence: bool
) -> tuple[list[DuplicateSet], list[Pair]]:
    if not wanted:
        return [], []
    pairs = near.exact(passages)
    found = near.sets(passages, [*pairs, *near.lexical(passages)])
    if by_sentence or len(passages) > _PARAPHRASES_UP_TO:
        return found, []
    repeated = near.kept_of(found)
    kept = [row for row, passage in enumerate(passages) if repeated.get(passage.id, passage.id) == passage.id]
    return found, near.paraphrases([passages[row] for row in kept], features.dense[kept])


def _affinity(vectors: Dense, keys: Sequence[str]) -> Dense:
    distinct, centres, middle = centres_of(vectors, keys)
    number = {key: n for n, key in enumerate(distinct)}
    found = np.zeros(len(keys), dtype=np.float32)
    rows = np.asarray([row for row, key in enumerate(keys) if key], dtype=np.int64)
    with one_thread():
        for start in range(0, len(rows), 20_000):
            part = rows[start : start + 20_000]
            own = centres[[number[keys[row]] for row in part]]
            found[part] = np.einsum("ij,ij->i", unit_rows(vectors[part] - middle), own)
    return found


def _groups(
    passages: Sequence[Passage], units: Sequence[Unit], texts: Sequence[str], vectors: Dense, placement: Placement,
    affinity: Dense, found: Sequence[DuplicateSet], steering: Steering, previous: Analysis | None,
) -> tuple[Group, ...]:  # fmt: skip
    by_id = {passage.id: passage for passage in passages}
    copies = near.kept_of(found)
    earlier = {group.key: group for group in previous.groups} if previous else {}
    groups = []
    sample = _sample_for_names(placement, affinity)
    vocabulary = Vocabulary([texts[row] for row in sample])
    for level, keys in enumerate(placement.keys):
        members: dict[str, list[int]] = defaultdict(list)
        for row, key in enumerate(keys):
            if key:
                members[key].append(row)
        ordered = sorted(members, key=natural)
        number = {key: n for n, key in enumerate(ordered)}
        terms = vocabulary.distinguishing([number.get(keys[row], -1) for row in sample], len(ordered))
        places = {}
        if level == 1:  # the one that is drawn
            sizes = {key: len(_without_copies(rows, units, copies)) for key, rows in members.items()}
            places = _positions(vectors, keys, sizes)
        for key in ordered:
            rows = sorted(members[key], key=lambda row: (-affinity[row], row))
            sentence = typical_sentence(terms[number[key]], tuple(texts[row] for row in rows[:SAID_FROM]))
            behind = list(dict.fromkeys(units[row].passage for row in rows))
            told = _without_copies(rows, units, copies)
            groups.append(
                Group(
                    key=key,
                    level=level,
                    parent=placement.parent.get(key),
                    name=steering.names.get(key)
                    or _name_before(earlier.get(key), {units[row].id for row in rows})
                    or spoken_name(terms[number[key]][:3], tuple(texts[row] for row in told[:SPOKEN_FROM]))
                    or sentence,
                    sentence=sentence,
                    terms=terms[number[key]],
                    units=tuple(units[row].id for row in sorted(rows)),
                    central=tuple(units[row].id for row in told[:CENTRAL]),
                    edge=tuple(units[row].id for row in told[CENTRAL:][-EDGE:]),
                    cohesion=round(float(affinity[rows].mean()), 4),
                    counts=count((by_id[passage] for passage in behind), copies),
                    position=places.get(key, (0.0, 0.0)),
                    validated=key in steering.validated,
                )
            )
    return tuple(groups)


def _name_before(group: Group | None, members: set[str]) -> str:
    """What people have said aloud stays, as long as half of the members are those that it was said of."""
    return group.name if group and 2 * len(members.intersection(group.units)) >= len(members) else ""


def _without_copies(rows: Sequence[int], units: Sequence[Unit], copies: Mapping[str, str]) -> list[int]:
    """The rows but those that repeat an earlier one: five times the same sentence would show one voice only."""
    first: dict[str, int] = {}
    for row in rows:
        unit = units[row]
        first.setdefault(copies.get(unit.passage, unit.passage) + unit.id[len(unit.passage) :], row)
    return list(first.values())


def _sample_for_names(placement: Placement, affinity: Dense) -> list[int]:
    """The members nearest the centre of each finest group, in order: names need no more, whatever the number."""
    members: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row, path in enumerate(zip(placement.keys[1], placement.keys[2], strict=True)):
        if path[0]:
            members[path].append(row)
    chosen: list[int] = []
    for rows in members.values():
        chosen += sorted(rows, key=lambda row: (-affinity[row], row))[:NAMED_FROM]
    return sorted(chosen)


def _positions(
    vectors: Dense, keys: Sequence[str], sizes: Mapping[str, int]
) -> dict[str, tuple[float, float]]:
    distinct, centres, _ = centres_of(vectors, keys)
    with one_thread():
        found = positions(centres, [sizes[key] for key in distinct])
    return {key: (float(x), float(y)) for key, (x, y) in zip(distinct, found, strict=True)}


def _labelled(
    units: Sequence[Unit], texts: Sequence[str], features: Features, placement: Placement, affinity: Dense,
    kinds: KindClassifier | bool, codebook: Codebook | None, vectoriser: Vectoriser,
    decided: Mapping[str, Sequence[str]],
) -> tuple[Unit, ...]:  # fmt: skip
    classifier = default_classifier() if kinds is True else kinds or None
    # « ? » or a smiley is of no kind.
    worded = [any(map(str.isalnum, text)) for text in texts]
    said = classifier.propose(texts) if classifier else None
    themes = None
    if codebook is not None and texts:
        rows = {unit.id: row for row, unit in enumerate(units)}
        known = {rows[unit]: labels for unit, labels in decided.items() if unit in rows}
        themes = ThemeClassifier(codebook, vectoriser).fit(features, known).propose(features, texts)
    return tuple(
        Unit(
            unit.id, unit.passage, unit.span, unit.digest, unit.sentences,
            said[row][0] if said and worded[row] else (), said[row][1] if said and worded[row] else None,
            themes[row] if themes and worded[row] else (),
            placement.groups[row] or OUTLIER, round(float(affinity[row]), 4),
        )
        for row, unit in enumerate(units)
    )  # fmt: skip


def _method(
    passages: Sequence[Passage], vectoriser: Vectoriser, seed: int, models: Mapping[str, Parameter]
) -> Method:
    digest = hashlib.sha256()
    for passage in passages:
        fields = (
            passage.id,
            passage.text,
            passage.author_key,
            passage.meeting,
            passage.group,
            passage.weight,
        )
        digest.update(repr(fields).encode())
    parameters = {**vectoriser.parameters(), **models}
    return Method(vectoriser.name, vectoriser.version, seed, digest.hexdigest(), parameters, _versions())


def _versions() -> dict[str, str]:
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
