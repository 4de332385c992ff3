import hashlib
import io
import os
import subprocess
import sys
from dataclasses import replace

import pytest

from cahiers.textkit import interchange
from cahiers.textkit.analysis import analyse
from cahiers.textkit.codebooks import Codebook, Theme
from cahiers.textkit.lexical import LexicalVectoriser
from cahiers.textkit.model import Analysis, Passage
from cahiers.textkit.steering import Steering

from .conftest import BENCH

SCRIPT = """
import csv, hashlib, io, sys
from cahiers.textkit import LexicalVectoriser, Passage, analyse, interchange
rows = csv.DictReader(open(sys.argv[1], encoding="utf-8"), delimiter="\\t", quoting=csv.QUOTE_NONE)
stream = io.StringIO()
interchange.write(analyse([Passage(r["id"], r["text"]) for r in rows], vectoriser=LexicalVectoriser(), seed=3), stream)
print(hashlib.sha256(stream.getvalue().encode()).hexdigest())
"""


def run(passages: list[Passage], **options: object) -> Analysis:
    return analyse(passages, vectoriser=LexicalVectoriser(), **options)  # type: ignore[arg-type]


def test_every_remark_is_there_once(analysis: Analysis, remarks: list[Passage]) -> None:
    assert [unit.passage for unit in analysis.units] == [passage.id for passage in remarks]
    placed = [unit for group in analysis.at_level(1) for unit in group.units]
    assert sorted([*placed, *analysis.outliers]) == sorted(passage.id for passage in remarks)
    assert len(analysis.outliers) <= 0.05 * len(remarks)


def test_counts_and_method_are_told(analysis: Analysis, remarks: list[Passage]) -> None:
    assert (analysis.counts.people, analysis.counts.remarks, analysis.counts.meetings) == (
        60,
        len(remarks),
        6,
    )
    assert analysis.method.vectoriser == "lexical"
    assert len(analysis.method.input_digest) == 64
    assert {"scikit-network", "simplemma"} <= set(analysis.method.libraries)


def test_names_are_words_and_sentences_that_people_wrote(analysis: Analysis, remarks: list[Passage]) -> None:
    text = {passage.id: passage.text for passage in remarks}
    for group in analysis.groups:
        said = " ".join(text[unit].lower() for unit in group.units)
        assert group.sentence.lower() in said
        assert all(term.lower() in said for term in group.terms)
        assert set(group.central) <= set(group.units)
        assert group.name


def test_units_quote_the_original(remarks: list[Passage]) -> None:
    long = Passage("long", "Le wifi est lent. Il faut former les équipes ; les parents sont perdus.")
    found = run([*remarks[:60], long], by_sentence=True)
    parts = [unit for unit in found.units if unit.passage == "long"]
    assert [unit.span.of(long.text) for unit in parts] == [
        "Le wifi est lent.",
        "Il faut former les équipes",
        "les parents sont perdus.",
    ]
    assert [unit.id for unit in parts] == ["long#1", "long#2", "long#3"]


def test_same_input_and_seed_same_bytes_for_any_number_of_threads(remarks: list[Passage]) -> None:
    stream = io.StringIO()
    interchange.write(run([Passage(one.id, one.text) for one in remarks], seed=3), stream)
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    # One thread, or several where this process has one.
    threads = "3" if os.environ.get(names[0]) == "1" else "1"
    found = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(BENCH / "remarks.tsv")],
        # One thread, or several where this process has one.
        env={
            **os.environ,
            **dict.fromkeys(names, threads),
            "PYTHONHASHSEED": "7",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == hashlib.sha256(stream.getvalue().encode()).hexdigest()


def test_json_gives_the_analysis_back(analysis: Analysis) -> None:
    stream = io.StringIO()
    interchange.write(analysis, stream)
    stream.seek(0)
    assert interchange.read(stream) == analysis
    with pytest.raises(ValueError, match="not a"):
        interchange.read(io.StringIO("{}"))


def test_themes_are_proposed_with_a_codebook(remarks: list[Passage]) -> None:
    book = Codebook(
        "g", 1, (Theme("net", "Réseau, wifi"), Theme("par", "Parents"), Theme("for", "Formation"))
    )
    found = run(remarks[:80], codebook=book, decided={remarks[0].id: ["par"]})
    assert all(len(unit.themes) == 3 for unit in found.units)


@pytest.mark.parametrize(
    "texts", [[], ["Seul"], ["", "…", "!!"], ["Pareil"] * 30], ids=["none", "one", "empty", "copies"]
)
def test_odd_inputs(texts: list[str]) -> None:
    passages = [Passage(str(n), text, f"voix-{n}") for n, text in enumerate(texts)]
    found = run(passages)
    assert len(found.units) == len(texts)
    assert found.counts.remarks == len(texts)
    assert [bool(unit.kinds) for unit in found.units] == [text.isalpha() for text in texts]


def test_one_remark_is_no_group_and_a_copy_is_not_quoted_again() -> None:
    texts = ["Le wifi coupe"] * 5 + [
        "Le wifi coupe le matin",
        "Le wifi coupe souvent",
        "Où sont les livres ?",
    ]
    found = run([Passage(str(n), text) for n, text in enumerate(texts)])
    for group in found.at_level(1):
        assert len(group.units) > 1
        assert len(set(group.central + group.edge) & {"0", "1", "2", "3", "4"}) <= 1


def test_two_passages_with_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="two passages"):
        run([Passage("1", "a"), Passage("1", "b")])


def test_nothing_new_changes_nothing(analysis: Analysis, remarks: list[Passage]) -> None:
    again = run(remarks, previous=analysis)
    assert [unit.group for unit in again.units] == [unit.group for unit in analysis.units]
    assert again.drift is not None
    assert (again.drift.created, again.drift.vanished, again.drift.kept_share) == ((), {}, 1.0)
    assert [group.name for group in again.groups] == [group.name for group in analysis.groups]


def test_new_remarks_join_and_nobody_is_renumbered(remarks: list[Passage]) -> None:
    start = int(len(remarks) / 1.1)
    # The rows come theme by theme: every tenth is the newcomer.
    old = [passage for n, passage in enumerate(remarks) if n % 11]
    assert abs(len(old) - start) < 3
    before = run(old)
    after = run(remarks, previous=before)
    keys = {unit.id: unit.group for unit in before.units if unit.group}
    now = {unit.id: unit.group for unit in after.units}
    assert sum(now[unit] == key for unit, key in keys.items()) / len(keys) >= 0.98
    assert after.drift is not None
    assert sum(after.drift.joined.values()) >= 10


def test_a_subject_never_heard_before_makes_a_new_group(analysis: Analysis, remarks: list[Passage]) -> None:
    fresh = [
        Passage(f"cantine-{n}", f"La cantine sert trop de viande, menu végétarien {n}") for n in range(12)
    ]
    after = run([*remarks, *fresh], previous=analysis)
    homes = {unit.group for unit in after.units if unit.id.startswith("cantine")}
    assert after.drift is not None
    assert homes <= {*after.drift.created, *after.drift.joined}
    assert not set(after.drift.created) & {group.key for group in analysis.groups}


def test_a_changed_text_is_placed_again(remarks: list[Passage], analysis: Analysis) -> None:
    changed = [replace(remarks[0], text="Besoin de formation des enseignants"), *remarks[1:]]
    after = run(changed, previous=analysis)
    assert after.units[0].digest != analysis.units[0].digest


def test_people_rename_merge_move_and_later_runs_keep_it(analysis: Analysis, remarks: list[Passage]) -> None:
    first, second = analysis.at_level(1)[:2]
    moved = analysis.at_level(1)[2].units[0]
    steering = Steering().rename(first.key, "Notre nom").merge(second.key, first.key).move(moved, first.key)
    after = run(remarks, previous=analysis, steering=steering)
    group = {entry.key: entry for entry in after.at_level(1)}
    assert second.key not in group
    assert group[first.key].name == "Notre nom"
    assert group[first.key].validated
    assert {*first.units, *second.units, moved} <= set(group[first.key].units)
    third = run(remarks, previous=after, steering=steering)
    assert [unit.group for unit in third.units] == [unit.group for unit in after.units]


def test_people_split_a_group(analysis: Analysis, remarks: list[Passage]) -> None:
    group = analysis.at_level(1)[0]
    half = group.units[::2]
    after = run(remarks, previous=analysis, steering=Steering().split(group.key, half, "La moitié"))
    (fresh,) = [entry for entry in after.at_level(1) if entry.name == "La moitié"]
    assert set(fresh.units) == set(half)


def test_must_link_and_cannot_link_are_obeyed(analysis: Analysis, remarks: list[Passage]) -> None:
    one, other = analysis.at_level(1)[0].units[0], analysis.at_level(1)[3].units[0]
    a, b = analysis.at_level(1)[1].units[:2]
    steering = Steering().together(one, other).apart(a, b)
    for previous in (None, analysis):
        home = {unit.id: unit.group for unit in run(remarks, previous=previous, steering=steering).units}
        assert home[one] == home[other] != ""
        assert home[a] != home[b]


def test_merges_cannot_go_round() -> None:
    with pytest.raises(ValueError, match="already part"):
        Steering().merge("g1", "g2").merge("g2", "g1")


def test_neither_the_seed_nor_the_order_of_the_lines_changes_the_groups(remarks: list[Passage]) -> None:
    from sklearn.metrics import adjusted_rand_score

    def groups(passages: list[Passage], seed: int) -> list[str]:
        found = analyse(passages, seed=seed, kinds=False, find_duplicates=False).units
        where = {unit.id: unit.group for unit in found}
        return [where[remark.id] for remark in remarks]

    first = groups(remarks, 0)
    assert adjusted_rand_score(first, groups(remarks, 1)) >= 0.9
    assert adjusted_rand_score(first, groups(sorted(remarks, key=lambda remark: remark.text), 0)) >= 0.9
