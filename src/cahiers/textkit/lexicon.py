"""The closed lists of French words of ``words.toml``, as sets and patterns."""

import re
import tomllib
from importlib.resources import files

_LISTS = tomllib.loads(files("cahiers.textkit").joinpath("words.toml").read_text(encoding="utf-8"))


def _words(name: str) -> tuple[str, ...]:
    return tuple(_LISTS[name].split())


def _cue(name: str) -> re.Pattern[str]:
    """Finds any of the words; one ending in * stands for all its endings."""
    parts = [re.escape(w[:-1]) + r"\w*" if w.endswith("*") else re.escape(w) for w in _words(name)]
    return re.compile(rf"\b(?:{'|'.join(parts)})\b")


FUNCTION_WORDS = frozenset(_words("function_words"))
INVARIABLE = frozenset(_words("invariable"))
NEGATIONS = frozenset(_words("negations"))
TURNERS = frozenset(_words("turners"))
ACRONYMS = frozenset(_words("acronyms"))
PHONE_SPELLINGS: dict[str, str] = _LISTS["phone_spellings"]
CUES = {name: _cue(name) for name in ("praise", "complaint", "wish", "measure")}
ABLE = frozenset(_words("able"))
DEEDS = frozenset(_words("deeds"))
DEED_NOUNS = frozenset(_words("deed_nouns"))
DUTY = frozenset(_words("duty"))
CHANCE = frozenset(_words("chance"))
DIRECTIONS = frozenset(_words("directions"))
UNKNOWN_YET = frozenset(_words("unknown_yet"))
KNOWN = frozenset(_words("known"))
TIMES = frozenset(_words("times"))
NUMBERS = frozenset(_words("numbers"))
SUBJECTS = frozenset(_words("subjects"))
BEFORE_SOMEBODY = frozenset(_words("before_somebody"))
NEGATED_AFTER_PLUS = frozenset(_words("negated_after_plus"))
LIGHT = frozenset(_words("light"))
FINITE_VERBS = frozenset(_words("finite_verbs"))
NOT_VERBS = frozenset(_words("not_verbs"))
FILLERS = frozenset(_words("fillers"))
NOTHING = frozenset(_words("nothing"))
LEFT_OVER = frozenset(_words("left_over")) | NOTHING
LEFT_OVER_BESIDE = frozenset(_words("left_over_beside"))
REVERSALS = frozenset(_words("reversals"))
OPPOSITES = frozenset(frozenset(pair.split("/")) for pair in _words("opposites"))
OPPOSITES |= frozenset(
    frozenset((low, high))
    for first, second in _LISTS["scales"]
    for low in first.split()
    for high in second.split()
)
