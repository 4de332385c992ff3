"""The shared strings of a workbook: in memory while they are few, in a file once they are many."""

import os
import tempfile
import weakref
from array import array
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final

#: Characters that stay in memory.
IN_MEMORY: Final = 4 << 20
#: Strings of the file that are kept at hand: answers of closed questions come again and again.
AT_HAND: Final = 4096


class SharedStrings:
    """Texts by their number."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.first: list[str] = []
        self._rest: Callable[[int], str] = _nothing
        size = 0
        texts = iter(texts)
        for text in texts:
            self.first.append(text)
            size += len(text) + 50
            if size > IN_MEMORY:
                self._spill(texts)

    def _spill(self, texts: Iterable[str]) -> None:
        file = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the strings
        weakref.finalize(self, file.close)
        offsets = array("Q", [0])
        for text in texts:
            offsets.append(offsets[-1] + file.write(text.encode("utf-8", "surrogatepass")))
        file.flush()
        number = file.fileno()

        @lru_cache(maxsize=AT_HAND)
        def read(at: int) -> str:
            start, end = offsets[at], offsets[at + 1]
            return os.pread(number, end - start, start).decode("utf-8", "surrogatepass")

        self._rest = read

    def __getitem__(self, number: int) -> str:
        """Raises LookupError for a number that no string has."""
        if number < 0:
            raise IndexError(number)
        if number < len(self.first):
            return self.first[number]
        return self._rest(number - len(self.first))


def _nothing(number: int) -> str:
    raise IndexError(number)
