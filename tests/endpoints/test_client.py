import numpy as np
import pytest

from cahiers.endpoints.client import BATCH, Endpoint, EndpointError

from .conftest import FakeServer, vector


def test_vectors_come_back_in_the_order_of_the_texts_and_copies_are_sent_once(server: FakeServer) -> None:
    texts = [f"remarque numéro {n % 70}" for n in range(100)]
    found = Endpoint(server.url, "small").embed_batch(texts)
    np.testing.assert_allclose(found, [vector(text) for text in texts])
    sent = [body["input"] for _, _, body in server.requests]
    assert [len(batch) for batch in sent] == [BATCH, 70 - BATCH]
    assert {body["model"] for _, _, body in server.requests} == {"small"}


def test_the_key_travels_in_the_header_alone(server: FakeServer) -> None:
    endpoint = Endpoint(server.url, "small", key="secret")
    endpoint.embed_batch(["une remarque"])
    path, headers, body = server.requests[0]
    assert headers["Authorization"] == "Bearer secret"
    assert "secret" not in path + str(body) + endpoint.name + endpoint.version + endpoint.sent_to


@pytest.mark.parametrize(
    "url", ["http://example.org/v1", "ftp://example.org", "nothing", "https://me:pass@example.org/v1"]
)
def test_an_address_that_would_betray_the_remarks_or_the_key_is_refused(url: str) -> None:
    with pytest.raises(EndpointError):
        Endpoint(url, "small")


def test_a_passing_fault_is_tried_again(server: FakeServer) -> None:
    server.statuses = [503, 429]
    assert len(Endpoint(server.url, "small", wait=0).embed_batch(["une remarque"])) == 1
    assert len(server.requests) == 3


@pytest.mark.parametrize("status", [401, 404, 302, 307])
def test_a_refusal_or_another_address_is_final(server: FakeServer, status: int) -> None:
    server.statuses = [status]
    with pytest.raises(EndpointError, match=str(status)):
        Endpoint(server.url, "small", wait=0).embed_batch(["une remarque"])
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "rows", [[[1.0, 2.0], [1.0]], [["a"], ["b"]], [[1.0]], [[float("nan")], [1.0]], [None, None]]
)
def test_what_is_not_one_vector_a_text_is_refused(server: FakeServer, rows: list[object]) -> None:
    server.vectors = lambda texts: rows
    with pytest.raises(EndpointError):
        Endpoint(server.url, "small", wait=0).embed_batch(["une remarque", "une autre"])


def test_no_server_is_said_in_a_sentence() -> None:
    with pytest.raises(EndpointError, match=r"127\.0\.0\.1"):
        Endpoint("http://127.0.0.1:9/v1", "small", wait=0).embed_batch(["une remarque"])
