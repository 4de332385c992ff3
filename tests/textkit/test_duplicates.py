from cahiers.textkit.duplicates import exact, kept_of, lexical, paraphrases, sets
from cahiers.textkit.lexical import LexicalVectoriser
from cahiers.textkit.model import Pair, Passage

from .conftest import BENCH, rows

PAIRS = rows(BENCH / "pairs.tsv")


def both(relation: str) -> list[Passage]:
    chosen = [pair for pair in PAIRS if pair["relation"] == relation]
    return [
        Passage(f"{n}{side}", pair[side]) for n, pair in enumerate(chosen) for side in ("first", "second")
    ]


def test_copies_are_found_whatever_the_case() -> None:
    passages = [Passage("1", "Pas de réseau"), Passage("2", "PAS DE RESEAU !"), Passage("3", "Peu de réseau")]
    assert exact(passages) == [Pair("1", "2", "exact", 1.0)]


def test_nearly_all_retyped_remarks_are_joined() -> None:
    passages = both("same")
    home = kept_of(sets(passages, [*exact(passages), *lexical(passages)]))
    joined = sum(home.get(f"{n}second") == f"{n}first" for n in range(len(passages) // 2))
    assert joined / (len(passages) // 2) >= 0.85


def test_opposites_are_never_joined_by_any_evidence() -> None:
    passages = both("opposite")
    vectors = (
        LexicalVectoriser()
        .fit([p.text for p in passages], seed=0)
        .transform([p.text for p in passages])
        .dense
    )
    pairs = [*exact(passages), *lexical(passages), *paraphrases(passages, vectors, threshold=0.3)]
    assert not [
        pair for pair in pairs if pair.first.removesuffix("first") == pair.second.removesuffix("second")
    ]


def test_a_set_never_chains_opposites() -> None:
    passages = [
        Passage("1", "Il faut autoriser le téléphone au lycée"),
        Passage("2", "Il faut le téléphone au lycée"),
        Passage("3", "Il faut interdire le téléphone au lycée"),
    ]
    pairs = [Pair("1", "2", "lexical", 0.95), Pair("2", "3", "lexical", 0.94)]
    assert [entry.members for entry in sets(passages, pairs)] == [("1", "2")]


def test_every_joining_is_logged_and_can_be_undone() -> None:
    passages = [
        Passage(str(n), text) for n, text in enumerate(["Pas de wifi", "pas de wifi", "Pas de wifi !"])
    ]
    pairs = exact(passages)
    (entry,) = sets(passages, pairs)
    assert entry.pairs == tuple(pairs)
    assert entry.kept == "0"
    assert [e.members for e in sets(passages, pairs[:1])] == [("0", "1")]


def test_a_refused_pair_stays_apart() -> None:
    passages = [Passage("1", "Pas de wifi"), Passage("2", "pas de wifi")]
    assert sets(passages, exact(passages), refused=[("2", "1")]) == []


def test_empty_and_tiny_texts_do_not_meet() -> None:
    passages = [Passage("1", "…"), Passage("2", "?!"), Passage("3", "oui"), Passage("4", "ouï")]
    assert lexical(passages) == []
    assert exact(passages[:2]) == []
