"""Gives words back the hyphens that extraction took away at line ends, where the same text has them elsewhere."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import Final

from cahiers.documents.readers.txt.lines import Line
from cahiers.documents.readers.txt.parts import TablePart
from cahiers.documents.readers.txt.pieces import RowPieces

HYPHENATED: Final = re.compile(r"\w+(?:-\w+)+")
WORD: Final = re.compile(r"\w{5,}")
PLAIN: Final = re.compile(r"[^\W\d_]+")
#: First and last parts of compounds that are too short, or too seldom alone, to be known by the text.
FIRST: Final = frozenset(
    (
        "après",
        "avant",
        "chef",
        "copier",
        "demi",
        "dix",
        "grand",
        "grande",
        "grands",
        "mi",
        "mot",
        "mots",
        "néo",
    )
).union(("non", "rendez", "semi", "sous", "vice", "vingt", "week"))
LAST: Final = frozenset(
    ("clé", "clés", "coller", "end", "huit", "lieu", "lieux", "midi", "neuf", "sept", "vous")
)
#: No other word begins so, or goes on so.
ALWAYS_FIRST: Final = re.compile(
    r"(?:demi|après)(?=\w{4})|(?:moi|toi|lui|elles?|soi|nous|vous|eux)(?=mêmes?$)|sur(?=le$)|le(?=champ$)"
    r"|avant(?=veilles?$|hier$|première|projet)|au(?=(?:delà|dessus|dessous|devant)$)|quatre(?=vingt)"
    r"|tiers(?=(?:lieux?|temps)$)|peut(?=être$)"
    r"|(?:vingt|trente|quarante|cinquante|soixante)(?=(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix)$)"
)
#: The sound between a verb and its subject.
BETWEEN: Final = re.compile(r"(?<=[aeé]-t)(?=(?:on|ils?|elles?)\b)")
NEITHER: Final = frozenset(
    (
        "aussi",
        "autre",
        "celle",
        "cette",
        "comme",
        "contre",
        "elles",
        "entre",
        "leurs",
        "moins",
        "notre",
        "quand",
        "toute",
        "votre",
    )
)
COMPOUNDED: Final = FIRST | LAST
#: Words of which compounds are made, and compounds, are this long at least; a word met more often is one.
LONG: Final = 5
SHORTEST: Final = 7
RARE: Final = 3
YEARS: Final = re.compile(r"\b((?:19|20)\d\d)((?:19|20)\d\d)\b")
#: No word is of digits and then letters, but ordinals.
DIGITS: Final = re.compile(r"(?<=\d)(?!(?:i?[eèé]m|[eè]r)es?\b)(?=[a-zà-ÿ]{4,})")


def hyphenated_words(texts: Iterable[str]) -> dict[str, str]:
    """Words with hyphens by what they are without, in lower case.

    Besides those of the text, words that are two of its words in one, met nowhere inside of a line: a line broke there.
    """
    words: dict[str, str] = {}
    seen: Counter[str] = Counter(COMPOUNDED)
    # Those that are no line's last or first, and so are whole.
    inner: set[str] = set()
    # What a text says again and again is no word for that.
    for text in dict.fromkeys(texts):
        lowered = text.lower()
        found = PLAIN.findall(lowered)
        seen.update(found)
        inner.update(found[1:-1])
        for word in HYPHENATED.findall(lowered):
            words[word.replace("-", "")] = word
    for word, count in seen.items():
        if (first := ALWAYS_FIRST.match(word)) is not None:
            words.setdefault(word, f"{first[0]}-{word[first.end() :]}")
        elif len(word) >= SHORTEST and word not in words and count <= RARE:
            cuts = [at for at in range(2, len(word) - 2) if _are_words(word[:at], word[at:], seen, inner)]
            if len(cuts) == 1:
                words[word] = f"{word[: cuts[0]]}-{word[cuts[0] :]}"
    return words


def _are_words(one: str, other: str, seen: Mapping[str, int], inner: Set[str]) -> bool:
    """Whether both are words of the text, of which compounds are made: no short one but a number or a first part.

    One of `inner`, the words that are whole, will do in another number.
    """
    if {one, other} & NEITHER:
        return False
    is_first = one in FIRST or (len(one) >= LONG and one in seen)
    is_last = other in LAST or (len(other) >= LONG and (other in seen or _of_number(other) in inner))
    return is_first and is_last


def _of_number(word: str) -> str:
    """The word in the other number, as most are written."""
    return word.removesuffix("s") if word.endswith("s") else f"{word}s"


def restore(rows: Sequence[RowPieces], words: Mapping[str, str]) -> None:
    """Mends the lines of the rows' pieces."""
    for row in rows:
        for piece in row.pieces:
            piece.lines = [mended(line, words) for line in piece.lines]


def broken(part: TablePart, words: Mapping[str, str]) -> TablePart:
    """The table with a line's end at each hyphen that was taken away with one."""
    lines: list[Line] = []
    moved: list[int] = []
    for line in part.lines:
        moved.append(len(lines))
        texts = list(_broken(line.text, words))
        lines.append(line if len(texts) == 1 else replace(line, raw=texts[0], text=texts[0]))
        lines += [
            replace(line, raw=text, text=text, empty=0, spaced=0, opens_page=False) for text in texts[1:]
        ]
    moved.append(len(lines))
    return replace(
        part,
        lines=lines,
        named={moved[at]: column for at, column in part.named.items()},
        headed=[(moved[at], column) for at, column in part.headed],
        chunks=[moved[at] for at in part.chunks],
        woven={moved[at] for at in part.woven},
    )


def _broken(text: str, words: Mapping[str, str]) -> Iterator[str]:
    whole = mended(text, words)
    begin = at = 0
    for place, letter in enumerate(whole):
        if letter == "-" and text[at : at + 1] != "-":
            yield whole[begin : place + 1]
            begin = place + 1
        else:
            at += 1
    yield whole[begin:]


def mended(line: str, words: Mapping[str, str]) -> str:
    """The line with the hyphens that its words have elsewhere."""
    line = DIGITS.sub("-", YEARS.sub(r"\1-\2", line))
    if "-t" in line:
        line = BETWEEN.sub("-", line)
    return WORD.sub(lambda match: _with_hyphens(match[0], words), line)


def _with_hyphens(word: str, words: Mapping[str, str]) -> str:
    model = words.get(word.lower())
    # Some capitals are two letters in lower case.
    if model is None or len(word) != len(word.lower()):
        return word
    letters = iter(word)
    return "".join("-" if letter == "-" else next(letters) for letter in model)
