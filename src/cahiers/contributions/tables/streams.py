"""Bytes that several readers go through at the same time, each at its own pace."""

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, Final, TypeVar

from lxml import etree

from cahiers.documents.errors import Unreadable

Opener = Callable[[], BinaryIO]
Item = TypeVar("Item")

BLOCK: Final = 1 << 20
#: Bytes of a file, and of all that an archive unfolds to: a million lines of long answers stay far below.
MAX_BYTES: Final = 2 << 30
#: Bytes that are copied to memory before they go to a file on disk.
IN_MEMORY: Final = 8 << 20

DAMAGED: Final = (
    zipfile.BadZipFile,
    etree.XMLSyntaxError,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
    LookupError,
)


class _View(io.RawIOBase):
    """The bytes of a seekable stream, with a position of its own; closing it leaves the stream open."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        if whence == io.SEEK_CUR:
            offset += self._position
        elif whence == io.SEEK_END:
            offset += self._stream.seek(0, io.SEEK_END)
        self._position = max(0, offset)
        return self._position

    def tell(self) -> int:
        return self._position

    def readinto(self, buffer: Any) -> int:
        self._stream.seek(self._position)
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self._position += len(data)
        return len(data)


def shared(stream: BinaryIO) -> Opener:
    """What opens views of the stream, copied to disk first where it cannot be gone through twice."""
    if not stream.seekable():
        stream = spooled(stream)
    return lambda: io.BufferedReader(_View(stream), 1 << 16)


class _Copy(tempfile.SpooledTemporaryFile[bytes]):
    """Closed with the last of what is read from it."""

    def __del__(self) -> None:
        self.close()


def spooled(stream: BinaryIO) -> BinaryIO:
    """A copy that can be read anywhere. Raises Unreadable over the limit."""
    copy = _Copy(IN_MEMORY)
    left = MAX_BYTES
    while block := stream.read(BLOCK):
        left -= len(block)
        if left < 0:
            raise Unreadable(too_heavy())
        copy.write(block)
    copy.seek(0)
    return copy  # type: ignore[return-value]


def too_heavy() -> str:
    return f"Le fichier dépasse {MAX_BYTES >> 30} Gio une fois déplié : découpez-le en plusieurs fichiers."


def blocks(opener: Opener) -> Iterator[bytes]:
    """The bytes from first to last, a mebibyte at a time."""
    with opener() as stream:
        while block := stream.read(BLOCK):
            yield block


def guarded(items: Iterator[Item], sentence: str) -> Iterator[Item]:
    """The items; whatever damaged bytes make a parser raise becomes Unreadable with that sentence."""
    try:
        yield from items
    except Unreadable:
        raise
    except DAMAGED:
        raise Unreadable(sentence) from None
    except Exception as error:  # zlib.error and lzma.LZMAError share no useful base class
        if type(error).__module__ not in {"zlib", "lzma", "_lzma", "bz2"}:
            raise
        raise Unreadable(sentence) from None
