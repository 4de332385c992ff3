"""What is sent while it is made is made a part at a time, whatever the server."""

from collections.abc import Iterator

from asgiref.sync import async_to_sync
from django.core.handlers.asgi import ASGIRequest
from django.test import AsyncRequestFactory, RequestFactory

from cahiers.ui.streaming import ENOUGH, streamed


def test_every_server_sends_the_same_and_none_waits_for_the_end() -> None:
    made = 0

    def chunks() -> Iterator[bytes]:
        nonlocal made
        for chunk in (b"a" * ENOUGH, b"", b"b", b"c" * ENOUGH, b"d"):
            made += 1
            yield chunk

    async def parts() -> tuple[list[bytes], list[int]]:
        request = AsyncRequestFactory().get("/")
        assert isinstance(request, ASGIRequest)
        answer = streamed(request, chunks(), "text/csv", {"X-Word": "of ours"})
        found = [(part, made) async for part in answer]
        assert answer.headers["X-Word"] == "of ours"
        return [part for part, _ in found], [count for _, count in found]

    whole = b"".join(streamed(RequestFactory().get("/"), chunks(), "text/csv", {}))
    made = 0
    sent, counts = async_to_sync(parts)()
    assert b"".join(sent) == whole
    assert counts == [1, 4, 5]
