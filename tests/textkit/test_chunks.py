from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from cahiers.textkit.chunks import Placer, learn, place_all
from cahiers.textkit.lexical import LexicalVectoriser
from cahiers.textkit.model import Passage


@pytest.fixture(scope="module")
def placer(remarks: list[Passage]) -> Placer:
    return learn([passage.text for passage in remarks], LexicalVectoriser(), seed=0)


def test_any_map_gives_the_same_result(placer: Placer, remarks: list[Passage]) -> None:
    texts = [passage.text for passage in remarks]
    labels, affinity = place_all(placer, texts, size=1_000)
    assert (labels >= -1).all()
    with ThreadPoolExecutor(2) as pool:
        for mapper, size in ((map, 17), (pool.map, 50)):
            again, close = place_all(placer, texts, mapper=mapper, size=size)
            assert (again == labels).all()
            assert np.allclose(close, affinity, atol=1e-6)


def test_no_text_at_all(placer: Placer) -> None:
    assert len(place_all(placer, [])[0]) == 0
    assert place_all(placer, ["…"])[0].tolist() == [-1]


@pytest.mark.enable_socket
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning", "ignore::ResourceWarning")
def test_a_dask_cluster_gives_the_same_result(placer: Placer, remarks: list[Passage]) -> None:
    distributed = pytest.importorskip("distributed", reason="the extra dask is not installed")
    texts = [passage.text for passage in remarks]
    expected, _ = place_all(placer, texts, size=40)
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        found, _ = place_all(
            placer,
            texts,
            mapper=lambda function, items: client.gather(client.map(function, list(items))),
            size=40,
        )
    assert (found == expected).all()
