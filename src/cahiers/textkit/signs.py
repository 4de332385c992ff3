"""Signs of how a remark is built (mood of its verbs, opening, tone, figures), which tell its kind on any subject."""

import re
from collections.abc import Sequence
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
_CONJUGATED = frozenset(("finite", "future", "conditional", "imperfect"))
_SOMETIMES_NEGATE = ("personne", "plus")
_PARTICIPLES = ("é", "ée", "és", "ées")
_QUALITIES = ("ité", "ités", "auté", "ié")  # nouns
_ENDINGS = (
    ("conditional", re.compile(r"(?:rais|rait|rions|riez|raient)$")),
    ("future", re.compile(r"(?:rai|ras|ra|rons|rez|ront)$")),
    ("imperfect", re.compile(r"(?:ais|ait|ions|iez|aient)$")),
)


@dataclass(frozen=True, slots=True)
class Word:
    """A typed word, read once: without accents, its dictionary form, the mood of a verb, and what it may tell.

    ``tone`` is 1 for a word of praise, -1 for one of complaint, 0 for neither or both.
    """

    folded: str
    form: str
    mood: str
    tone: int
    wishes: bool
    measures: bool
    may_negate: bool
    counts: bool
    dates: bool


def signs(text: str) -> list[str]:
    """Words, pairs of words, and « name=value » signs of construction; a sign may come twice."""
    plain = regular(text).replace("%", " pourcent ").replace("€", " euros ").lower()
    words = [_word(typed) for typed in _WORD.findall(plain)]
    if not words:
        return []
    folded = [word.folded for word in words]
    begins = _beginning(words)
    return [
        *(word.form for word in words),
        *map(" ".join, pairwise(folded)),
        f"begins={begins}",
        f"first={words[0].form}",
        f"long={min(4, len(words) // 5)} begins={begins}",
        *_moods(words, folded, begins),
        *_tones(words, begins),
        *_measures(words, folded, begins),
    ]


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
    if first.measures:
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


def _moods(words: Sequence[Word], folded: Sequence[str], begins: str) -> list[str]:
    moods = {word.mood for word in words} - {"", "infinitive"}
    found = [f"mood={mood} begins={begins}" for mood in moods]
    if moods.isdisjoint(_CONJUGATED):
        found.append(f"verbless begins={begins}")
    if not DUTY.isdisjoint(folded):
        found.append("duty=some")
    if not CHANCE.isdisjoint(folded):
        found.append("chance=some")
    if any(
        word == "a" and after.mood == "infinitive" for word, after in zip(folded, words[1:], strict=False)
    ):
        found.append(f"to-do=some begins={begins}")
    return found


def tone(text: str) -> tuple[int, int]:
    """1 where a text praises more than it complains, -1 for the contrary; and the negations that turned neither."""
    return _balance([_word(typed) for typed in _WORD.findall(regular(text).lower())])


def _tones(words: Sequence[Word], begins: str) -> tuple[str, ...]:
    balance, negations = _balance(words)
    return (
        f"negated={min(2, negations)}",
        f"balance={balance}",
        f"balance={balance} begins={begins}",
        f"balance={balance} negated={negations > 0}",
    )


def _balance(words: Sequence[Word]) -> tuple[int, int]:
    """The tone, and the negations that turn no word of praise or complaint.

    A negation close by turns such a word: « sans la moindre coupure », « ça marche pas ».
    """
    negations = [place for place, word in enumerate(words) if word.may_negate and _negates(words, place)]
    balance = 0
    for place, tone in [(place, word.tone) for place, word in enumerate(words) if word.tone]:
        if place in negations:
            continue
        if negations and (by := _turning(words, place, tone, negations)) is not None:
            negations.remove(by)
            balance -= tone
        else:
            balance += tone
    return (balance > 0) - (balance < 0), len(negations)


def _negates(words: Sequence[Word], place: int) -> bool:
    """« personne » does where no article says that it is someone, « plus » where « ne » is near."""
    word = words[place].folded
    if word == "personne":
        return not place or words[place - 1].folded not in BEFORE_SOMEBODY
    if word == "plus":
        after = words[min(place + 1, len(words) - 1)].folded
        before = words[max(0, place - 3) : place]
        return after in NEGATED_AFTER_PLUS or any(other.folded in ("ne", "n") for other in before)
    return True


def _turning(words: Sequence[Word], place: int, tone: int, negations: Sequence[int]) -> int | None:
    """The negation that turns the word: just behind it, or before it with nothing that it could turn in between."""
    if place + 1 in negations:
        return place + 1
    before = max((n for n in negations if n < place), default=None)
    if before is None or place - before > _REACH:
        return None
    between = [word.folded for word in words[before + 1 : place]]
    return before if tone > 0 or all(word in LIGHT for word in between) else None


def _measures(words: Sequence[Word], folded: Sequence[str], begins: str) -> list[str]:
    wishes = [word.wishes for word in words]
    measures = [word.measures for word in words]
    dated = any(word.dates for word in words)
    counted = any(word.counts for word in words)
    precise = dated or counted or _EVERY.search(" ".join(folded)) is not None
    found = [
        f"wish={any(wishes)} begins={begins}",
        f"measure={min(2, sum(measures))} begins={begins}",
        f"counted={counted} begins={begins}",
        f"dated={dated} begins={begins}",
        f"precise={precise} begins={begins}",
    ]
    if any(measures[:3]):
        found.append("measure=opens")
    if any(wishes[:3]):
        found.append("wish=opens")
    return found


@lru_cache(maxsize=200_000)
def _word(typed: str) -> Word:
    folded = fold(typed)
    said = {name: pattern.fullmatch(folded) is not None for name, pattern in CUES.items()}
    return Word(
        folded,
        lemma(typed),
        _mood(typed, folded),
        tone=said["praise"] - said["complaint"],
        wishes=said["wish"],
        measures=said["measure"],
        may_negate=folded in NEGATIONS or folded in TURNERS or folded in _SOMETIMES_NEGATE,
        counts=folded[:1].isdigit() or folded in NUMBERS,
        dates=folded in TIMES,
    )


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
