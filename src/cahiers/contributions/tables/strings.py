"""The shared strings of a workbook: in memory while they are few, in a file once they are many."""

import os
import tempfile
from array import array
from collections.abc import Iterable
from functools import lru_cache
from typing import IO, Final

#: Characters that stay in memory.
IN_MEMORY: Final = 4 << 20
#: Strings of the file that are kept at hand: answers of closed questions come again and again.
AT_HAND: Final = 4096


class SharedStrings:
    """Texts by their number."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._first: list[str] = []
        self._offsets = array("Q", [0])
        self._file: IO[bytes] | None = None
        size = 0
        texts = iter(texts)
        for text in texts:
            self._first.append(text)
            size += len(text) + 50
            if size > IN_MEMORY:
                self._spill(texts)
        self._recent = lru_cache(maxsize=AT_HAND)(self._read)

    def _spill(self, texts: Iterable[str]) -> None:
        file = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the strings
        offset = 0
        for text in texts:
            offset += file.write(text.encode("utf-8", "surrogatepass"))
            self._offsets.append(offset)
        file.flush()
        self._file = file

    def _read(self, number: int) -> str:
        assert self._file is not None
        start, end = self._offsets[number], self._offsets[number + 1]
        return os.pread(self._file.fileno(), end - start, start).decode("utf-8", "surrogatepass")

    def __getitem__(self, number: int) -> str:
        """Raises LookupError for a number that no string has."""
        if number < 0:
            raise IndexError(number)
        if number < len(self._first):
            return self._first[number]
        return self._recent(number - len(self._first))
