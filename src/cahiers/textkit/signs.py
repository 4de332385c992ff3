"""Signs of how a remark is built (mood of its verbs, opening, tone, figures), which tell its kind on any subject."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import simplemma

from cahiers.textkit.french import fold, lemma, regular
from cahiers.textkit.lexicon import (
    ABLE,
    BEFORE_SOMEBODY,
    CHANCE,
    CUES,
    DEED_NOUNS,
    DEEDS,
    DIRECTIONS,
    DUTY,
    FINITE_VERBS,
    KNOWN,
    LIGHT,
    NEGATED_AFTER_PLUS,
    NEGATIONS,
    NOT_VERBS,
    NUMBERS,
    SUBJECTS,
    TIMES,
    TURNERS,
    UNKNOWN_YET,
)

_WORD = re.compile(r"[^\W_]+")
_EVERY = re.compile(r"\b(?:chaque|par (?:an|mois|semaine|trimestre)|d ici|avant|des la|fin)\b")
_REACH = 4  # words within which a negation turns the tone of a word
_INFINITIVES = ("er", "ir", "re", "oir")
_PARTICIPLES = ("é", "ée", "és", "ées")
_QUALITIES = ("ité", "ités", "auté", "ié")  # nouns
_ENDINGS = (
    ("conditional", re.compile(r"(?:rais|rait|rions|riez|raient)$")),
    ("future", re.compile(r"(?:rai|ras|ra|rons|rez|ront)$")),
    ("imperfect", re.compile(r"(?:ais|ait|ions|iez|aient)$")),
)


@dataclass(frozen=True, slots=True)
class Word:
    """A typed word: without accents, its dictionary form, the mood of a verb, and what its cues say."""

    folded: str
    form: str
    mood: str
    cues: frozenset[str]


def signs(text: str) -> Iterator[str]:
    """Words, pairs of words, and « name=value » signs of construction; a sign may come twice."""
    plain = regular(text).replace("%", " pourcent ").replace("€", " euros ").lower()
    words = [_word(typed) for typed in _WORD.findall(plain)]
    if not words:
        return
    folded = [word.folded for word in words]
    yield from (word.form for word in words)
    yield from (f"{a} {b}" for a, b in pairwise(folded))
    begins = _beginning(words)
    yield f"begins={begins}"
    yield f"first={words[0].form}"
    yield from _moods(words, begins)
    yield from _tones(words, begins)
    yield from _measures(folded, words, begins)
    yield f"long={min(4, len(words) // 5)} begins={begins}"


def _beginning(words: Sequence[Word]) -> str:
    """What the first words are: most of the kind is told there."""
    first = next((word for word in words if word.folded not in ("bonjour", "donc", "franchement")), words[0])
    if first.folded in ABLE or (first.folded in ("se", "s") and len(words) > 1):
        return "able"
    if first.folded in DIRECTIONS or (len(words) > 1 and words[1].folded in DIRECTIONS):
        return "direction"
    if first.folded in DEEDS:
        return "deed"
    if first.mood == "infinitive":
        return "infinitive"
    if "measure" in first.cues:
        return "measure"
    if first.folded in DEED_NOUNS:
        return "deed-noun"
    if first.folded in ("que", "qu"):
        return "that"
    if first.folded in SUBJECTS:
        return "subject"
    if first.folded.endswith(("tion", "ment", "age", "ance")):
        return "noun-of-doing"
    if first.folded in UNKNOWN_YET:
        return "some"
    if first.folded in KNOWN:
        return "known"
    return first.mood or "other"


def _moods(words: Sequence[Word], begins: str) -> Iterator[str]:
    folded = {word.folded for word in words}
    moods = {word.mood for word in words if word.mood and word.mood != "infinitive"}
    yield from (f"mood={mood} begins={begins}" for mood in moods)
    if not moods & {"finite", "future", "conditional", "imperfect"}:
        yield f"verbless begins={begins}"
    if folded & DUTY:
        yield "duty=some"
    if folded & CHANCE:
        yield "chance=some"
    if any(a.folded == "a" and b.mood == "infinitive" for a, b in pairwise(words)):
        yield f"to-do=some begins={begins}"


def tone(text: str) -> tuple[int, int]:
    """1 where a text praises more than it complains, -1 for the contrary; and the negations that turned neither."""
    return _balance([_word(typed) for typed in _WORD.findall(regular(text).lower())])


def _tones(words: Sequence[Word], begins: str) -> Iterator[str]:
    balance, negations = _balance(words)
    yield f"negated={min(2, negations)}"
    yield f"balance={balance}"
    yield f"balance={balance} begins={begins}"
    yield f"balance={balance} negated={negations > 0}"


def _balance(words: Sequence[Word]) -> tuple[int, int]:
    """The tone, and the negations that turn no word of praise or complaint.

    A negation close by turns such a word: « sans la moindre coupure », « ça marche pas ».
    """
    negations = [place for place in range(len(words)) if _negates(words, place)]
    balance = 0
    for place, word in enumerate(words):
        tone = 0 if place in negations else ("praise" in word.cues) - ("complaint" in word.cues)
        if tone and (by := _turning(words, place, tone, negations)) is not None:
            negations.remove(by)
            tone = -tone
        balance += tone
    return (balance > 0) - (balance < 0), len(negations)


def _negates(words: Sequence[Word], place: int) -> bool:
    """« personne » does where no article says that it is someone, « plus » where « ne » is near."""
    word = words[place].folded
    before = {other.folded for other in words[max(0, place - 3) : place]}
    if word == "personne":
        return not place or words[place - 1].folded not in BEFORE_SOMEBODY
    if word == "plus":
        after = words[min(place + 1, len(words) - 1)].folded
        return bool(before & {"ne", "n"}) or after in NEGATED_AFTER_PLUS
    return word in NEGATIONS or word in TURNERS


def _turning(words: Sequence[Word], place: int, tone: int, negations: Sequence[int]) -> int | None:
    """The negation that turns the word: just behind it, or before it with nothing that it could turn in between."""
    if place + 1 in negations:
        return place + 1
    before = max((n for n in negations if n < place), default=None)
    if before is None or place - before > _REACH:
        return None
    between = [word.folded for word in words[before + 1 : place]]
    return before if tone > 0 or all(word in LIGHT for word in between) else None


def _measures(folded: Sequence[str], words: Sequence[Word], begins: str) -> Iterator[str]:
    wishes = any("wish" in word.cues for word in words)
    yield f"wish={wishes} begins={begins}"
    measures = sum("measure" in word.cues for word in words)
    yield f"measure={min(2, measures)} begins={begins}"
    if any("measure" in word.cues for word in words[:3]):
        yield "measure=opens"
    if any("wish" in word.cues for word in words[:3]):
        yield "wish=opens"
    dated = any(word in TIMES for word in folded)
    counted = any(word[0].isdigit() or word in NUMBERS for word in folded)
    yield f"counted={counted} begins={begins}"
    yield f"dated={dated} begins={begins}"
    yield f"precise={dated or counted or bool(_EVERY.search(' '.join(folded)))} begins={begins}"


@lru_cache(maxsize=200_000)
def _word(typed: str) -> Word:
    folded = fold(typed)
    cues = frozenset(name for name, pattern in CUES.items() if pattern.fullmatch(folded))
    return Word(folded, lemma(typed), _mood(typed, folded), cues)


def _mood(typed: str, folded: str) -> str:
    """Of a verb as it is typed; « » for what is none, or cannot be told from a noun."""
    if folded in FINITE_VERBS:
        return "finite"
    if len(folded) < 4 or folded in NOT_VERBS:
        return ""
    base = simplemma.lemmatize(typed, lang="fr")
    if typed.endswith(_PARTICIPLES):
        return "" if typed.endswith(_QUALITIES) else "participle"
    if not base.endswith(_INFINITIVES):
        return ""
    if base == typed:
        return "infinitive"
    return next((mood for mood, ending in _ENDINGS if ending.search(typed)), "finite")
