import pytest
from hypothesis import given
from hypothesis import strategies as st

from cahiers.textkit.codebooks import (
    Codebook,
    Reading,
    Theme,
    agreement,
    all_agreements,
    cohen_kappa,
    krippendorff_alpha,
)

labels = st.frozensets(st.sampled_from("abcd"), min_size=1, max_size=2)


def one(label: str) -> frozenset[str]:
    return frozenset({label})


def test_two_themes_cannot_share_a_key() -> None:
    with pytest.raises(ValueError, match="same key"):
        Codebook("grille", 1, (Theme("a", "A"), Theme("a", "B")))


def test_a_reference_quotes_the_version() -> None:
    assert Codebook("grille", 3, ()).reference == "grille/3"


def test_kappa_of_a_known_table() -> None:
    pairs = [(one("a"), one("a"))] * 20 + [(one("a"), one("b"))] * 5 + [(one("b"), one("a"))] * 10
    pairs += [(one("b"), one("b"))] * 15
    assert cohen_kappa(pairs) == pytest.approx(0.4)


def test_kappa_says_nothing_about_several_labels() -> None:
    assert cohen_kappa([(frozenset("ab"), one("a"))]) is None


def test_alpha_of_a_known_table() -> None:
    first = [one(x) for x in "0100000000"]
    second = [one(x) for x in "1110010100"]
    assert krippendorff_alpha([list(p) for p in zip(first, second, strict=True)]) == pytest.approx(
        0.095, abs=0.001
    )


@given(st.lists(labels, min_size=2, max_size=12))
def test_a_reader_agrees_with_himself(given_labels: list[frozenset[str]]) -> None:
    reading = Reading("alice", "grille/1", {str(n): value for n, value in enumerate(given_labels)})
    found = agreement(reading, reading)
    assert found.exact == found.micro_f1 == 1
    assert found.alpha in (1, None)


def test_machine_and_people_are_compared_on_the_same_grid_only() -> None:
    alice = Reading("alice", "grille/1", {"1": one("a"), "2": one("b")})
    bob = Reading("bob", "grille/1", {"1": one("a"), "2": one("a"), "3": one("a")})
    machine = Reading("machine", "recherche/1", {"1": one("z")})
    (only,) = all_agreements([alice, bob, machine])
    assert (only.first, only.second, only.units, only.exact) == ("alice", "bob", 2, 0.5)
    with pytest.raises(ValueError, match="two grids"):
        agreement(alice, machine)
