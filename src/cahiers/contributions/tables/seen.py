"""How often something was met before, in a few bytes each: a million lines take 16 mebibytes."""

from array import array
from typing import Final

#: Places of the table at first, how full it may be, and by how much it then grows.
FIRST: Final = 1 << 17
FULL: Final = 0.6
GROWTH: Final = 4


class Seen:
    """Counts of 64-bit digests. Open addressing in an array: a set of Python integers takes six times the memory."""

    def __init__(self) -> None:
        self._table = array("Q", bytes(8 * FIRST))
        self._mask = FIRST - 1
        self._free = int(FIRST * FULL)
        self._again: dict[int, int] = {}

    def count(self, digest: bytes) -> int:
        """1 for the first time that these (at least 8) bytes come, 2 for the second, and so on."""
        number = int.from_bytes(digest[:8], "little") or 1
        table, mask = self._table, self._mask
        place = number & mask
        while found := table[place]:
            if found == number:
                times = self._again.get(number, 1) + 1
                self._again[number] = times
                return times
            place = (place + 1) & mask
        table[place] = number
        self._free -= 1
        if not self._free:
            self._grow()
        return 1

    def _grow(self) -> None:
        size = GROWTH * len(self._table)
        table, mask = array("Q", bytes(8 * size)), size - 1
        for number in self._table:
            if number:
                place = number & mask
                while table[place]:
                    place = (place + 1) & mask
                table[place] = number
        self._free = int(size * FULL) - int(len(self._table) * FULL)
        self._table, self._mask = table, mask
