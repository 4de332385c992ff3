"""Detection against sentences whose spans were marked by hand: what it finds, misses and takes for something."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from cahiers.contributions.privacy.detection import Found, find

SENTENCES = Path(__file__).with_name("sentences.txt")
MENDED, UNSEEN = "mended against", "never looked at while mending"
SMALL, SMALL_UNSEEN = "small letters, mended against", "small letters, never looked at while mending"
PARTS = (MENDED, UNSEEN, SMALL, SMALL_UNSEEN)
_MARK = re.compile(r"\{(\w+):([^}]*)\}")


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    marked: tuple[Found, ...]


@dataclass(slots=True)
class Score:
    """Counts of spans; one is found where a span of any kind covers it whole, right where that is of its kind too."""

    marked: int = 0
    found: int = 0
    right: int = 0
    flagged: int = 0
    needless: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / self.marked if self.marked else 1.0

    @property
    def precision(self) -> float:
        return 1 - self.needless / self.flagged if self.flagged else 1.0


def sentences(part: str) -> list[Sentence]:
    """Those of one part of the file."""
    lines = SENTENCES.read_text().split(f"== {part}\n")[1].split("\n== ")[0].splitlines()
    return [_parsed(line) for line in lines if line and not line.startswith("#")]


def _parsed(line: str) -> Sentence:
    text, marked, at = "", [], 0
    for mark in _MARK.finditer(line):
        text += line[at : mark.start()]
        marked.append(Found(mark[1], len(text), len(text) + len(mark[2])))
        text += mark[2]
        at = mark.end()
    return Sentence(text + line[at:], tuple(marked))


def scores(read: Iterable[Sentence]) -> dict[str, Score]:
    """By kind, and under "" of all; a flag is needless where it touches nothing that was marked."""
    by_kind: dict[str, Score] = {"": Score()}
    for sentence in read:
        found = find(sentence.text)
        for one in sentence.marked:
            over = [other for other in found if other.start <= one.start and one.end <= other.end]
            for score in (by_kind[""], by_kind.setdefault(one.kind, Score())):
                score.marked += 1
                score.found += bool(over)
                score.right += any(other.kind == one.kind for other in over)
                if not over:
                    score.wrong.append(
                        f"missed {one.kind} {sentence.text[one.start : one.end]!r}: {sentence.text}"
                    )
        for other in found:
            needless = not any(one.start < other.end and other.start < one.end for one in sentence.marked)
            for score in (by_kind[""], by_kind.setdefault(other.kind, Score())):
                score.flagged += 1
                score.needless += needless
                if needless:
                    score.wrong.append(
                        f"needless {other.kind} {sentence.text[other.start : other.end]!r}: {sentence.text}"
                    )
    return by_kind
