"""French as people type it: spelling made regular, tokens, lemmas and sentence spans."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import simplemma

from cahiers.textkit.lexicon import ACRONYMS, FUNCTION_WORDS, INVARIABLE, PHONE_SPELLINGS

_ELIDED = "\ufdd0"  # no character: texts have none
_PLAIN = {
    "’": "'", "ʼ": "'", "‘": "'", "´": "'", "′": "'",
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\ufeff": " ", "\u00ad": "", "\u200b": "",
    "–": "-", "—": "-", "‑": "-", "−": "-", "…": ".", "œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae",
    _ELIDED: " ",
}  # fmt: skip
_UNUSUAL = re.compile(f"[{''.join(_PLAIN)}]")
# Only endings that mark gender are folded: « enseignant·e·s », « élu(e)s », « formateur.rice.s ». A bare dot needs a
# known ending on its right, otherwise « fin.Début » typed without a space would be eaten.
_ENDING = r"(?:euses?|rices?|trices?|ères?|elles?|ennes?|onnes?|ives?|ales?|es?|ne|le|te|x)"
_INCLUSIVE_MIDDLE = re.compile(rf"(?<=\w)[·•‧⋅∙]{_ENDING}(?:[·•‧⋅∙]?(s))?(?![\w])", re.IGNORECASE)
_INCLUSIVE_BRACKET = re.compile(rf"(?<=\w)\((?:{_ENDING}|s)\)(s)?", re.IGNORECASE)
_INCLUSIVE_DOT = re.compile(
    rf"[.\-](?:(?<=\w\w[.\-])(?:e|{_ENDING})[.\-](s)\b|(?<=[a-zéè]{{3}}\.)(?:e|trices?|rices?|euses?)\b(?!\.\w))",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}(?:[A-Z]\b)?")
# Cheaper than the three substitutions that it spares most texts; a first character that is rare is sought fast.
_DOT_INSIDE = re.compile(r"[.\-](?<=\w[.\-])(?=\w)")
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+|\b[\w.+-]+@[\w-]+\.[\w.]+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:-[^\W\d_]+)*")
# A word that an elision's apostrophe ends is left out; the apostrophe, rarer than letters, is sought and marked first.
_ELISION = re.compile(
    r"'(?:(?<=\b[cdjlmnst]')|(?<=\bqu')|(?<=\bjusqu')|(?<=\b(?:lor|pui)squ')|(?<=\bquoiqu'))(?=\w)"
)
_TOKEN = re.compile(r"[^\W_]++(?!\ufdd0)(?:-[^\W\d_]++(?!\ufdd0))*")
_REPEATED = re.compile(r"([^\W\d_])\1{2,}")
_BREAK = re.compile(
    r"[.!?…;\n\r►•■▪◦●\-–](?:(?<=[.!?…])[.!?…]*[»\"')\]]*(?=\s|$)|(?<=[;\n\r►•■▪◦●])[;\n\r►•■▪◦●]*|(?<=\s[-–])(?=\s))"
)
_ABBREVIATION = re.compile(r"(?:\b(?:M|Mme|Mlle|Dr|Pr|cf|ex|p|art|etc|env|min|max|tél|n°|St|Ste)|\b[A-Z])\.$")


_MARKS = re.compile("[\u0300-\u036f]+")  # accents, all those of French


def fold(text: str) -> str:
    """Lower case without accents: « Élèves » gives « eleves »."""
    folded = text.lower()
    if folded.isascii():
        return folded
    folded = _MARKS.sub("", unicodedata.normalize("NFD", folded))
    if folded.isascii() or not any(map(unicodedata.combining, folded)):
        return folded
    return "".join(c for c in folded if not unicodedata.combining(c))


def regular(text: str) -> str:
    """One spelling for apostrophes, spaces, dashes and inclusive endings; case and accents are kept."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        if _UNUSUAL.search(text):
            text = _UNUSUAL.sub(_plain, text)
    if "·" in text or "•" in text or "‧" in text or "⋅" in text or "∙" in text:
        text = _INCLUSIVE_MIDDLE.sub(r"\1", text)
    if "(" in text:
        text = _INCLUSIVE_BRACKET.sub(r"\1", text)
    if _DOT_INSIDE.search(text):
        text = _DOTTED.sub(lambda match: match[0].replace(".", ""), text)
        text = _INCLUSIVE_DOT.sub(r"\1", text)
        if "http" in text or "www" in text or "@" in text:
            text = _ADDRESS.sub(" ", text)
    return text


def _plain(found: re.Match[str]) -> str:
    return _PLAIN[found[0]]


def normal_form(text: str) -> str:
    """What two copies of one remark share: folded words and figures, without punctuation."""
    return " ".join(_WORD.findall(fold(regular(text))))


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the original text: ``original[start:end]``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


def sentences(text: str) -> list[Span]:
    """Spans of the sentences and bulleted items, trimmed of spaces and bullets; the text itself is untouched."""
    cuts = [0]
    for match in _BREAK.finditer(text):
        if text[match.start()] == "." and _ABBREVIATION.search(text[max(0, match.start() - 6) : match.end()]):
            continue
        cuts.append(match.end())
    cuts.append(len(text))
    spans = (_trim(text, start, end) for start, end in pairwise(cuts))
    return [span for span in spans if span is not None]


def _trim(text: str, start: int, end: int) -> Span | None:
    while start < end and not text[start].isalnum() and text[start] not in '«"([':
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ";►•■▪◦●-–"):
        end -= 1
    if start < end and (text[start].isalnum() or any(c.isalnum() for c in text[start:end])):
        return Span(start, end)
    return None


@lru_cache(maxsize=400_000)
def lemma(token: str) -> str:
    """Folded dictionary form of one lower-case token; an unknown word only loses a plural mark."""
    known = PHONE_SPELLINGS.get(token, token)
    form = simplemma.lemmatize(known, lang="fr")
    folded = fold(form)
    if form == known and len(folded) > 4 and folded[-1] in "sx" and folded not in INVARIABLE:
        return folded[:-1]
    return folded


@dataclass(frozen=True)
class Glossary:
    """Acronyms kept whole and words that mean the same, per consultation.

    ``synonyms`` pairs a folded form with the folded form that replaces it (« tbi », « tni »).
    """

    acronyms: frozenset[str] = ACRONYMS
    synonyms: tuple[tuple[str, str], ...] = ()

    def with_terms(
        self, acronyms: Iterable[str] = (), synonyms: Mapping[str, str] | None = None
    ) -> "Glossary":
        folded = {fold(a): fold(b) for a, b in (synonyms or {}).items()}
        return Glossary(
            self.acronyms | {fold(a) for a in acronyms},
            tuple(sorted({**dict(self.synonyms), **folded}.items())),
        )

    def preferred(self, form: str) -> str:
        return next((b for a, b in self.synonyms if a == form), form)


GLOSSARY = Glossary()


def tokens(text: str) -> list[str]:
    """Lower-case surface tokens, elided articles removed; « n' » goes, the « pas » that follows it stays."""
    plain = regular(text).lower()
    plain = _ELISION.sub(_ELIDED, plain) if "'" in plain else plain
    if "-" in plain:
        plain = plain.replace("-t-", " ")
    return _TOKEN.findall(plain)


@lru_cache(maxsize=400_000)
def term(token: str, glossary: Glossary = GLOSSARY) -> str | None:
    """The indexed form of a token: acronym as it is, lemma otherwise; None for a function word.

    Negation and lack (pas, sans, aucun, manque...) are not function words here: they carry the sense of a remark.
    """
    folded = fold(token)
    if not folded:
        return None
    if folded in glossary.acronyms:
        return glossary.preferred(folded)
    if folded in FUNCTION_WORDS:
        return None
    form = lemma(_REPEATED.sub(r"\1\1", token))
    if form in FUNCTION_WORDS or (len(form) < 2 and not form.isdigit()):
        return None
    return glossary.preferred(form)


def terms(text: str, glossary: Glossary = GLOSSARY) -> Iterator[str]:
    """Indexed forms of a text in reading order."""
    for token in tokens(text):
        form = term(token, glossary)
        if form is not None:
            yield form
