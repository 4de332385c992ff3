"""Runs of characters that may tell who someone is: found by their shape, decided by a person.

Shapes are those of French writing: numbers as the national plan spells them, names behind a civility or a word that
announces a child. A list of names would find more and flag half of the language: Rose, Martin, Claire are words too.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

EMAIL, PHONE, NAME, PUPIL, OTHER = "email", "phone", "name", "pupil", "other"


class Found(NamedTuple):
    """`start` and `end` count characters of the text, from 0."""

    kind: str
    start: int
    end: int


_EMAIL = re.compile(
    r"[\w.+-]+(?:@|\s?(?:\(at\)|\[at\]|\(arobase\)|\[arobase\]|\sarobase\s)\s?)[\w-]+(?:\.[\w-]+)+", re.I
)
# 0 and nine digits, in pairs or not; +33 or 0033, the zero in brackets or left out; other countries by their plus.
_PHONE = re.compile(
    r"(?<![\w.,/-])(?:(?:(?:\+|00)33[\s.-]?(?:\(0\)[\s.-]?)?|0)[1-9](?:[\s.-]{0,2}\d{2}){4}|\+\d{1,3}(?:[\s.-]?\d){7,12})(?![\d%€])"
)
#: Numéro de sécurité sociale: sex, year, month, place, order, with or without its key.
_NIR = re.compile(r"(?<!\d)[12]\s?\d{2}\s?(?:0[1-9]|1[0-2])\s?\d{2}\s?\d{3}\s?\d{3}(?:\s?\d{2})?(?!\d)")
_HANDLE = re.compile(r"(?<![\w@.])@\w[\w.]{2,}(?!@)")
_STREET = re.compile(
    r"\b\d{1,4}\s?(?:bis|ter)?,?\s(?:rue|avenue|av\.|boulevard|bd|impasse|allée|chemin|place|quai)\s(?:d[eu]s?\s|de\sla\s|d’|d')?[A-ZÀ-Ý]\w+(?:[\s-][A-ZÀ-Ý]\w+)*",
)

_CAPITAL = r"[A-ZÀ-Ý][\wÀ-ÿ]*(?:[-’'][A-ZÀ-Ý]?[\wÀ-ÿ]+)*"
_PARTICLE = r"(?:(?:d[eu]|de\s+la|des|le|la|van|von|ben|el|al)\s+|d[’'])"
_FULL = rf"(?:{_PARTICLE})?(?:[A-ZÀ-Ý]\.\s?-?)*{_CAPITAL}(?:\s+(?:{_PARTICLE})?{_CAPITAL}){{0,3}}"
_CIVILITY = re.compile(
    rf"\b(?:M\.|MM\.|Mr\.?|Mme\.?|Mmes|Mlle|Monsieur|Madame|Mademoiselle|Dr\.?|Docteur|Pr\.?|Maître|Me)\s+(?P<name>{_FULL})"
)
_CHILD = re.compile(
    r"\b(?:ma\s+fille|mon\s+fils|mon\s+enfant|notre\s+fille|notre\s+fils|ma\s+nièce|mon\s+neveu|mon\s+frère|ma\s+sœur|"
    r"l[’']élève|l[’']enfant|un\s+élève|une\s+élève|le\s+petit|la\s+petite|élève|ma\s+petite-fille|mon\s+petit-fils)"
    rf"(?:,?\s+(?:qui\s+s[’']appelle|nommée?|appelée?|prénommée?))?,?\s+(?P<name>{_CAPITAL}(?:\s+{_CAPITAL})?)",
    re.U,
)
#: A first name beside an age or a class: "Léo, 9 ans", "Inès (CM2)", "Tom en 6e B".
_AGED = re.compile(
    rf"(?<![\wÀ-ÿ.])(?P<name>{_CAPITAL})(?:,\s*|\s*\(\s*|\s+en\s+(?:classe\s+de\s+)?|\s+de\s+)"
    r"(?:\d{1,2}\s?ans|CP|CE[12]|CM[12]|(?:[3-6](?:e|ème|eme))(?:\s?[A-F1-9])?\b|seconde\s?\d|terminale\s?\w|maternelle)",
)
#: Words in capitals behind a civility, or in front of a class, that are no name.
_NO_NAME = frozenset(
    re.findall(
        r"\w+",
        "inspecteur inspectrice recteur rectrice maire directeur directrice principal principale "
        "proviseur proviseure ministre préfet préfète président présidente professeur cpe atsem "
        "aesh erun dane dasen ien ia cm1 cm2 ce1 ce2 cp ulis segpa upe2a classe élèves élève "
        "groupe lycée collège école cours projet atelier niveau option histoire maths "
        "mathématiques français anglais sciences eps technologie physique svt musique arts "
        "numérique tablettes ordinateurs pix ent pronote teams zoom moodle scratch bts bac cap "
        "depuis pour dans avec aussi enfin ainsi lors surtout parfois souvent passer entrer "
        "aller enseigner travail liaison ",
    )
)
#: Small words inside of names.
_PARTICLES = frozenset(["de", "du", "des", "d", "la", "le", "les", "l", "van", "von", "ben", "el", "al"])


def find(text: str) -> list[Found]:
    """In the order they stand; where two overlap, the longer one."""
    found = sorted(_all(text), key=lambda one: (one.start, -one.end))
    kept: list[Found] = []
    for one in found:
        if kept and one.start < kept[-1].end:
            if one.end - one.start > kept[-1].end - kept[-1].start:
                kept[-1] = one
            continue
        kept.append(one)
    return kept


def _all(text: str) -> Iterator[Found]:
    for kind, pattern in (
        (EMAIL, _EMAIL),
        (PHONE, _PHONE),
        (OTHER, _NIR),
        (OTHER, _HANDLE),
        (OTHER, _STREET),
    ):
        for match in pattern.finditer(text):
            yield Found(kind, *match.span())
    for kind, pattern in ((NAME, _CIVILITY), (PUPIL, _CHILD), (PUPIL, _AGED)):
        for match in pattern.finditer(text):
            span = _trimmed(text, *match.span("name"))
            if span is not None:
                yield Found(kind, *span)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The name without a word that is none: "M. Dupont Recteur"; None where its first word is none."""
    words = list(re.finditer(r"[\wÀ-ÿ’'.-]+", text[start:end]))
    last = None
    for word in words:
        bare = word.group().rstrip(".").split("’")[-1].split("'")[-1].casefold()
        if bare in _PARTICLES:
            continue
        if bare in _NO_NAME:
            break
        last = word
    return (start, start + last.end()) if last is not None else None
