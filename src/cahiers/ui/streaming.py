"""Files that are sent while they are made, however large."""

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Final

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse

#: Bytes that are worth a turn of the request's thread.
ENOUGH: Final = 64 * 1024


def streamed(
    request: HttpRequest, chunks: Iterator[bytes], content_type: str, headers: Mapping[str, str]
) -> StreamingHttpResponse:
    """Django itself would have made all of it before an asynchronous server sends its first byte."""
    return StreamingHttpResponse(
        in_thread(chunks) if isinstance(request, ASGIRequest) else chunks,
        content_type=content_type,
        headers=dict(headers),
    )


async def in_thread(chunks: Iterator[bytes]) -> AsyncIterator[bytes]:
    """The same, made in the thread of the request, where its connection to the database is."""

    def some() -> bytes:
        made = bytearray()
        for chunk in chunks:
            made += chunk
            if len(made) >= ENOUGH:
                break
        return bytes(made)

    while part := await sync_to_async(some)():
        yield part
