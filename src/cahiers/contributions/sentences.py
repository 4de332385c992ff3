"""Sentences of what someone said, numbered as a moderator or an editor sees them."""

import re
from typing import NamedTuple

# After its mark and a space, or at the end of a line; an initial or a civility ends none.
_END = re.compile(r"(?<!\b[A-ZÀ-Ý])(?<!\bMM)(?<!\bDr)(?<!\bPr)(?<!\bav)[.!?…]+[»”\")\]]*(?=\s)|\n+")


class Sentence(NamedTuple):
    """`number` counts from 1; `start` and `end` are characters of the text."""

    number: int
    start: int
    end: int
    text: str


def sentences_of(text: str) -> list[Sentence]:
    found: list[Sentence] = []
    start = 0
    for end in [match.end() for match in _END.finditer(text)] + [len(text)]:
        said = text[start:end]
        left = start + len(said) - len(said.lstrip())
        if words := said.strip():
            found.append(Sentence(len(found) + 1, left, left + len(words), words))
        start = end
    return found


def span_of(text: str, first: int, last: int) -> tuple[int, int] | None:
    """From the start of one sentence to the end of another; None where there are none such."""
    found = sentences_of(text)
    if not 1 <= first <= last <= len(found):
        return None
    return found[first - 1].start, found[last - 1].end
