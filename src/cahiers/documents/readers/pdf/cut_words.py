"""Tells a word that a narrow cell cuts between two letters from two words that a line's end parts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import simplemma

#: Signs that no word is made of.
SIGNS: Final = ".,;:!?()[]«»“”\u00a0\u202f"
#: Where a word begins inside of what no space parts.
PARTS: Final = re.compile(r"[-/’'(«]")
COMPOUND: Final = re.compile(r"[-/]")
END: Final = re.compile(r"[^\W\d_]+")
LONG_WORD: Final = 18
#: Letters that tell how words end, and how they go on.
ENDING: Final = 3
JOINT: Final = 4
ONE_LETTER: Final = frozenset("aàyôo")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a document, in small letters without signs: `every` one, cut ones too, those known as `whole`."""

    every: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    joints: frozenset[str] = frozenset()
    endings: frozenset[str] = frozenset()

    def are_one(self, first: str, rest: str, *, likely: bool) -> bool:
        """Whether what a line holds alone, and fills it, and what the next one begins with are parts of one word.

        `likely` where a space would have had room between them: then two words must be known ones.
        """
        begun = PARTS.split(first)[-1].strip(SIGNS)
        end = COMPOUND.split(rest)[0].strip(SIGNS)
        if not begun or not END.fullmatch(end) or not end[0].islower():
            # An elision begins a word.
            return False
        begun, end = begun.lower(), end.lower()
        if len(end) == 1:
            return end not in ONE_LETTER
        if begun + end in self.every:
            return True
        is_word, is_end = self._knows(begun), not self._knows(end)
        if _is_french(begun + end):
            return is_end or not is_word or end not in self.whole
        if is_word and not is_end:
            return False
        if likely or len(first) >= LONG_WORD or (len(end) <= ENDING and is_end):
            return True
        is_odd = is_end or begun[-ENDING:] not in self.endings
        return is_odd and (begun[-2:] + end[:2]) in self.joints

    def _knows(self, word: str) -> bool:
        return word in self.whole or _is_french(word)


def words_of(texts: Iterable[str], whole: Iterable[str]) -> Words:
    """The words of lines, of which some are known to be `whole`."""
    every = frozenset(word.lower().strip(SIGNS) for text in texts for word in re.split(r"[\s/-]", text))
    certain = frozenset(word.lower().strip(SIGNS) for word in whole)
    return Words(
        every=every,
        whole=certain,
        joints=frozenset(word[at : at + JOINT] for word in every for at in range(len(word) - JOINT + 1)),
        endings=frozenset(word[-ENDING:] for word in certain),
    )


def _is_french(word: str) -> bool:
    return bool(simplemma.is_known(word, "fr"))
