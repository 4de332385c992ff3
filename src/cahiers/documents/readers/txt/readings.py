"""What else the lines of one statement may say: the words that a narrow column cut, the parts that a bullet opens."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import pairwise
from typing import Final

from cahiers.documents.matching import fold
from cahiers.documents.model import OTHER_READING, Warning
from cahiers.documents.readers.txt.fragments import join
from cahiers.documents.readers.txt.metrics import METRICS
from cahiers.documents.readers.txt.narrow import ONE_LETTER
from cahiers.documents.readers.txt.pieces import FUSING

CUT_WORDS: Final = f"{OTHER_READING} d’un énoncé dont une colonne étroite coupe peut-être des mots."
PARTS: Final = (
    f"{OTHER_READING} d’une partie d’un énoncé, qui est peut-être un énoncé à part : une puce la précède."
)
HYPHENS: Final = f"{OTHER_READING} d’un énoncé dont un trait d’union a peut-être disparu au bout d’une ligne."
#: A bullet within a statement's words.
WITHIN: Final = re.compile(rf"(?<=\S)\s+[{FUSING}*]\s+(?=\w)")
#: So many parts at most are told of one statement.
MOST: Final = 8
#: A beginning that is cut has its line for itself, but for an elided word; its end begins the next line.
BEGUN: Final = re.compile(r"[(«“]?\s?(?:[^\W\d_]{1,2}[’'])?[^\W\d_]{4,}")
ENDED: Final = re.compile(r"[^\W\d_]+")
#: Share of the column's widest lines below which a line had room for one more letter.
FULL: Final = 0.95
#: By how much a line is wider than its column where two were made one, and how near to its edge it broke then.
OVER: Final = 1.04
NEAR: Final = 0.3
#: By how much it is wider where two certainly were: then the word at the column's edge, as far as edges are known, is
#: of two of which one is known.
TWICE: Final = 1.2
EDGE: Final = 0.12
#: A word that may have had a hyphen: of two that are whole elsewhere, or of one after such a beginning.
WORD: Final = re.compile(r"[^\W\d_]{7,}")
LEAST: Final = 4
BEFORE: Final = frozenset(
    (
        "anti",
        "auto",
        "bi",
        "co",
        "éco",
        "ex",
        "extra",
        "inter",
        "micro",
        "mini",
        "multi",
        "néo",
        "post",
        "socio",
    )
)
#: A column too narrow for its words cuts several: fewer are not told.
FEWEST: Final = 5


def likely(warnings: Sequence[Warning]) -> list[Warning]:
    """The warnings of a stage, without those about cut words where hardly any is."""
    cut = sum(1 for warning in warnings if warning.message == CUT_WORDS)
    return [warning for warning in warnings if cut >= FEWEST or warning.message != CUT_WORDS]


def whole_words(lines: Iterable[str]) -> frozenset[str]:
    """Words, folded, that stand within a line: none that a line's end may cut."""
    return frozenset(word for line in lines for inner in line.split()[1:-1] for word in fold(inner).split())


def readings(
    lines: Sequence[str], width: float, known: Set[str], words: Set[str] = frozenset()
) -> Iterator[tuple[str, str]]:
    """Each other text with what is said of it.

    `width` is that of the widest lines of the statement's column; `known` has words that are whole, folded, `words`
    others that lines begin or end with.
    """
    parts = WITHIN.split(join(list(lines)))
    if 1 < len(parts) <= MOST:
        yield from ((PARTS, part) for part in parts)
    for at, line in enumerate(lines):
        if METRICS[0](line) > width * OVER:
            for text in _hyphenated(line, width, known | words):
                yield HYPHENS, join([*lines[:at], text, *lines[at + 1 :]])
    whole = [lines[0]] if lines else []
    for above, below in pairwise(lines):
        if _is_cut(above, below, width, known):
            whole[-1] += below
        else:
            whole.append(below)
    if len(whole) < len(lines):
        yield CUT_WORDS, join(whole)


def _hyphenated(line: str, width: float, known: Set[str]) -> Iterator[str]:
    """The line with a hyphen near its column's edge, between two parts that are words."""
    is_sure = METRICS[0](line) > width * TWICE
    for word in WORD.finditer(line):
        is_cut = is_sure and METRICS[0](line[: word.end()]) > width * (1 - EDGE)
        for at in range(word.start() + 2, word.end() - LEAST + 1):
            one, other = line[word.start() : at], line[at : word.end()]
            stop = METRICS[0](line[:at] + "-") / width - 1
            is_first = one.lower() in BEFORE or (len(one) >= LEAST and _is_known(one, known))
            is_last = _is_known(other, known)
            near = is_first and is_last and abs(stop) <= NEAR
            if near or (is_cut and stop <= EDGE and (is_first or (is_last and len(one) >= LEAST))):
                yield f"{line[:at]}-{line[at:]}"


def _is_known(word: str, known: Set[str]) -> bool:
    """Whether the text has the word, in one number or the other."""
    folded = fold(word)
    return folded in known or f"{folded}s" in known or folded.removesuffix("s") in known


def _is_cut(above: str, below: str, width: float, known: Set[str]) -> bool:
    """Whether a word fills its line to the last letter and may go on below."""
    ends = ENDED.match(below)
    if ends is None or not below[0].islower() or not BEGUN.fullmatch(above):
        return False
    is_letter = len(ends[0]) == 1 and ends[0] not in ONE_LETTER
    if not is_letter and all(word in known for word in (fold(above).split()[-1], fold(ends[0]).split()[0])):
        return False
    return METRICS[0](above + below[0]) > width * FULL
