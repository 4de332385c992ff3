"""Words put in place of those that tell who someone is."""

import re
from collections.abc import Sequence
from typing import NamedTuple

#: By kind of flag; in the language of documents.
INSTEAD = {
    "email": "[adresse]",
    "phone": "[téléphone]",
    "name": "[nom]",
    "pupil": "[élève]",
    "other": "[caviardé]",
}


class Edit(NamedTuple):
    """Characters of the text before, and what stands there after."""

    start: int
    end: int
    instead: str


def edits(text: str, words: Sequence[tuple[str, str]]) -> list[Edit]:
    """Where these words (kind, words) stand whole, however many spaces are in them; where two overlap, the longer."""
    found: list[Edit] = []
    for kind, said in sorted(words, key=lambda pair: -len(pair[1])):
        shape = r"\s+".join(map(re.escape, said.split()))
        for match in re.finditer(rf"(?<!\w){shape}(?!\w)", text) if shape else ():
            if all(match.end() <= one.start or one.end <= match.start() for one in found):
                found.append(Edit(match.start(), match.end(), INSTEAD.get(kind, INSTEAD["other"])))
    return sorted(found)


def redacted(text: str, words: Sequence[tuple[str, str]]) -> str:
    """The text without these words."""
    for edit in reversed(edits(text, words)):
        text = text[: edit.start] + edit.instead + text[edit.end :]
    return text


def moved(span: tuple[int, int], made: Sequence[Edit]) -> tuple[int, int]:
    """Where a span of the text before stands after; one that began or ended inside of an edit takes all of it in."""
    start, end = span
    shift_start = shift_end = 0
    for edit in made:
        longer = len(edit.instead) - (edit.end - edit.start)
        if edit.end <= span[0]:
            shift_start += longer
        elif edit.start < span[0]:
            start = edit.start
        if edit.end <= span[1]:
            shift_end += longer
        elif edit.start < span[1]:
            end = edit.end
            shift_end += longer
    return start + shift_start, end + shift_end
