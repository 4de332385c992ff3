"""French as people type it: spelling made regular, tokens, lemmas and sentence spans."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import simplemma

from cahiers.textkit.lexicon import ACRONYMS, FUNCTION_WORDS, INVARIABLE, PHONE_SPELLINGS

_PLAIN = str.maketrans(
    {
        "’": "'", "ʼ": "'", "‘": "'", "´": "'", "′": "'",
        "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\ufeff": " ", "\u00ad": None, "\u200b": None,
        "–": "-", "—": "-", "‑": "-", "−": "-", "…": ".", "œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae",
    }
)  # fmt: skip
# Only endings that mark gender are folded: « enseignant·e·s », « élu(e)s », « formateur.rice.s ». A bare dot needs a
# known ending on its right, otherwise « fin.Début » typed without a space would be eaten.
_ENDING = r"(?:euses?|rices?|trices?|ères?|elles?|ennes?|onnes?|ives?|ales?|es?|ne|le|te|x)"
_INCLUSIVE_MIDDLE = re.compile(rf"(?<=\w)[·•‧⋅∙]{_ENDING}(?:[·•‧⋅∙]?(s))?(?![\w])", re.IGNORECASE)
_INCLUSIVE_BRACKET = re.compile(rf"(?<=\w)\((?:{_ENDING}|s)\)(s)?", re.IGNORECASE)
_INCLUSIVE_DOT = re.compile(
    rf"(?<=\w\w)[.\-](?:e|{_ENDING})[.\-](s)\b|(?<=[a-zéè]{{3}})\.(?:e|trices?|rices?|euses?)\b(?!\.\w)",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}(?:[A-Z]\b)?")
_DOT_INSIDE = re.compile(r"\w[.\-]\w")  # cheaper than the three substitutions that it spares most texts
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+|\b[\w.+-]+@[\w-]+\.[\w.]+", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W_]+(?:-[^\W\d_]+)*")
_ELIDED = re.compile(r"\b(?:l|d|j|m|t|s|c|qu|lorsqu|puisqu|quoiqu|jusqu|n)'(?=\w)", re.IGNORECASE)
_REPEATED = re.compile(r"([^\W\d_])\1{2,}")
_BREAK = re.compile(r"(?:[.!?…]+[»\"')\]]*(?=\s|$)|[;\n\r►•■▪◦●]+|(?<=\s)[-–](?=\s))")
_ABBREVIATION = re.compile(r"(?:\b(?:M|Mme|Mlle|Dr|Pr|cf|ex|p|art|etc|env|min|max|tél|n°|St|Ste)|\b[A-Z])\.$")


_ACCENTED = str.maketrans("àâäáãçéèêëíìîïñóòôöõúùûüýÿ", "aaaaaceeeeiiiinooooouuuuyy")


def fold(text: str) -> str:
    """Lower case without accents: « Élèves » gives « eleves »."""
    folded = text.lower().translate(_ACCENTED)
    if folded.isascii():
        return folded
    decomposed = unicodedata.normalize("NFD", folded)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def regular(text: str) -> str:
    """One spelling for apostrophes, spaces, dashes and inclusive endings; case and accents are kept."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_PLAIN)
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


def normal_form(text: str) -> str:
    """What two copies of one remark share: folded words and figures, without punctuation."""
    return " ".join(_TOKEN.findall(fold(regular(text))))


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
    if "'" in plain:
        plain = _ELIDED.sub(" ", plain)
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
