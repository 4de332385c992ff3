import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cahiers.textkit import communities, grouping
from cahiers.textkit.communities import by_size
from cahiers.textkit.layout import ASPECT, positions, radii
from cahiers.textkit.neighbours import nearest, neighbour_graph
from cahiers.textkit.vectors import Dense, unit_rows


def clouds(number: int, each: int, seed: int = 0, spread: float = 0.35) -> tuple[Dense, np.ndarray]:
    random = np.random.default_rng(seed)
    centres = unit_rows(random.normal(size=(number, 24)).astype(np.float32))
    truth = np.repeat(np.arange(number), each)
    noise = random.normal(scale=spread / np.sqrt(24) * 2, size=(len(truth), 24))
    return unit_rows((centres[truth] + noise).astype(np.float32)), truth


def test_clear_groups_are_found() -> None:
    vectors, truth = clouds(6, 30)
    found = grouping.group(vectors, seed=0)
    for label in range(6):
        members = found.families[truth == label]
        assert np.bincount(members[members >= 0]).max() >= 27


def test_levels_are_nested() -> None:
    vectors, _ = clouds(8, 60, spread=1.2)
    found = grouping.group(vectors, seed=0)
    for fine, coarse in ((found.subgroups, found.groups), (found.groups, found.families)):
        for label in set(fine[fine >= 0].tolist()):
            assert len(set(coarse[fine == label].tolist())) == 1


def test_every_row_is_placed_or_alone_and_few_are_alone() -> None:
    vectors, _ = clouds(5, 40, spread=2.0)
    found = grouping.group(vectors, seed=0)
    assert ((found.groups >= 0) ^ found.alone).all()
    assert found.alone.mean() <= 0.05


def test_a_row_without_words_stands_alone() -> None:
    vectors, _ = clouds(3, 20)
    vectors[7] = 0
    found = grouping.group(vectors, seed=0)
    assert found.alone[7]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_too_few_to_group(count: int) -> None:
    assert grouping.group(np.ones((count, 4), dtype=np.float32) / 2, seed=0).alone.all()


def test_beyond_the_sample_the_others_join(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "SAMPLE", 100)
    vectors, truth = clouds(4, 100)
    found = grouping.group(vectors, seed=0)
    for label in range(4):
        members = found.families[truth == label]
        assert np.bincount(members[members >= 0]).max() >= 90


def test_other_seeds_tell_the_same_story() -> None:
    from sklearn.metrics import adjusted_rand_score

    vectors, _ = clouds(12, 40, spread=0.6)
    first, second = (grouping.group(vectors, seed=seed).groups for seed in (0, 1))
    assert adjusted_rand_score(first, second) >= 0.9


def test_rows_in_another_order_make_the_same_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    from sklearn.metrics import adjusted_rand_score

    monkeypatch.setattr(grouping, "SAMPLE", 500)
    vectors, _ = clouds(15, 40, spread=1.5)
    lots = communities.lots_of([f"{row * 7919:012x}" for row in range(len(vectors))])
    other = np.random.default_rng(3).permutation(len(vectors))
    here = grouping.group(vectors, seed=0, lots=lots).groups
    there = grouping.group(vectors[other], seed=0, lots=lots[other]).groups
    assert adjusted_rand_score(here[other], there) >= 0.9  # by their places alone: 0.27


def test_rows_that_come_leave_the_others_in_their_order() -> None:
    lots = communities.lots_of([f"{row * 7919:012x}" for row in range(110)])
    for run in range(3):
        before, after = (communities.order_of(part, run).tolist() for part in (lots[:100], lots))
        assert before == [row for row in after if row < 100]
        assert before != sorted(before)


def test_groups_are_no_finer_than_what_runs_agree_on() -> None:
    clear = neighbour_graph(clouds(30, 20)[0], grouping.NEIGHBOURS)
    assert communities.finest(clear, 4.0) == 4.0
    blur = np.random.default_rng(0).normal(size=(600, 24)).astype(np.float32)
    assert communities.finest(neighbour_graph(unit_rows(blur), grouping.NEIGHBOURS), 4.0) == 1.0


def test_many_small_subjects_are_not_lost_among_large_ones() -> None:
    from sklearn.metrics import adjusted_rand_score

    sizes = [200, 150] + [8] * 40
    random = np.random.default_rng(1)
    truth = np.repeat(np.arange(len(sizes)), sizes)
    centres = unit_rows(random.normal(size=(len(sizes), 24)).astype(np.float32))
    noise = random.normal(scale=0.2, size=(len(truth), 24))
    found = grouping.group(unit_rows((centres[truth] + noise).astype(np.float32)), seed=0, resolution=1.0)
    assert adjusted_rand_score(truth, found.groups) >= 0.9


def test_neighbours_by_blocks_are_the_exact_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    from cahiers.textkit import neighbours

    monkeypatch.setattr(neighbours, "BLOCK", 7)
    vectors, _ = clouds(4, 9)
    indices, cosines = nearest(vectors, vectors, 5, skip_self=True)
    scores = vectors @ vectors.T
    np.fill_diagonal(scores, -2)
    assert np.allclose(np.sort(scores, axis=1)[:, ::-1][:, :5], cosines, atol=1e-5)
    assert (indices != np.arange(36)[:, None]).all()


def test_a_run_is_the_louvain_of_the_library() -> None:
    from sknetwork.clustering import Louvain

    graph = neighbour_graph(clouds(5, 24, spread=1.0)[0], 10)
    network = communities._network(graph)
    for seed in range(3):
        library = Louvain(
            resolution=1.5, tol_optimization=communities.WORTH_MOVING, shuffle_nodes=True, random_state=seed
        )
        order = np.random.RandomState(seed).permutation(graph.shape[0])
        expected, found = library.fit_predict(graph), communities._louvain(network, 1.5, order)
        assert (by_size(expected) == by_size(found)).all()


@given(st.lists(st.integers(0, 6), min_size=1, max_size=40))
def test_labels_by_size_keep_the_partition(labels: list[int]) -> None:
    numbered = by_size(np.asarray(labels))
    sizes = np.bincount(numbered)
    assert (np.diff(sizes) <= 0).all()
    assert len({(a, b) for a, b in zip(labels, numbered.tolist(), strict=True)}) == len(set(labels))


@settings(max_examples=15)
@given(st.integers(0, 60), st.integers(0, 5))
def test_the_map_stays_in_its_frame_and_circles_do_not_overlap(count: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    centres, sizes = (
        random.normal(size=(count, 8)).astype(np.float32),
        random.integers(1, 500, count).tolist(),
    )
    if count > 9:
        centres[3] = centres[4]
        centres[5] += 40
    found, radius = positions(centres, sizes), np.asarray(radii(sizes))
    assert found.shape == (count, 2)
    assert ((found >= 0) & (found <= 1)).all()
    gap = np.linalg.norm((found[:, None] - found[None]) * (1, ASPECT), axis=2) + np.eye(count)
    assert (gap >= 0.97 * (radius[:, None] + radius[None])).all()
