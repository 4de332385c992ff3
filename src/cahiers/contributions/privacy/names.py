"""Names of persons by what announces them: a civility, a role, a signature, a child's word, an age or a class."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from cahiers.contributions.privacy.first_names import FIRST_NAMES
from cahiers.contributions.privacy.looks import Look, Span
from cahiers.contributions.privacy.not_names import is_a_thing, is_no_name, is_no_name_in_small

NAME, PUPIL = "name", "pupil"
#: Whether a word without a capital may begin a name, there.
Opens = Callable[[str], bool]

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\wÀ-ÿ]*(?:[-’'][\wÀ-ÿ]+)*"
_INITIALS = r"[A-ZÀ-Ý]\.(?:\s?-?[A-ZÀ-Ý]\.){0,3}"
_PIECE = re.compile(
    rf"(?:(?:[Dd]e\s+[Ll]a|(?:[DdLl][eua]|[Dd]es|[Vv][ao]n|[Dd]er|[Bb]en|[EeAa]l)\b)\s+|[Dd][’'])?(?P<word>{_INITIALS}|{_CAPITAL})"
)
_SMALL = re.compile(
    r"(?P<lead>(?:(?:de\s+la|d[eu]s?|le|la|van|von|ben|el|al)\s+|d[’'])|[a-z]\.\s?)?"
    r"(?P<word>[a-zà-öø-ÿ]{2,}(?:[-’'][a-zà-öø-ÿ]+)*)(?![\w’'])"
)
_SPACE = re.compile(r"[ \u00a0\u202f\t]{1,3}(?=\S)")
_AND = re.compile(r"\s+(?:et|ou)\s+")
_COMMA = re.compile(r"\s*,\s*")
#: Words of a name at most: two first names, a particle's, a double one.
_LONGEST = 4

_ROLE = (
    r"(?:inspecteur|inspectrice|recteur|rectrice|maire|directeur|directrice|principale?|proviseure?|préfète?|ministre|"
    r"présidente?|professeure?|prof|instituteur|institutrice|enseignante?|référente?|collègue|CPE|AESH|ATSEM|AVS|"
    r"gestionnaire|documentaliste|infirmier|infirmière|surveillante?|animateur|animatrice|conseiller|conseillère|"
    r"coordinateur|coordinatrice|maître|maîtresse|député|députée|docteur|secrétaire)"
)
#: What may stand between a role and its name: « adjointe », « numérique », « de SVT ».
_OF_WHAT = r"(?:\s+(?:de\s+)?(?:adjointe?|numérique|académique|générale?|d[’']\w+|de\s+\w+)){0,2}"
_MANY = r"(?i:mm\.?|mmes\.?|mlles|messieurs|mesdames)"
_SHORT = r"(?i:mr\.?|mme\.?|mlle\.?|dr\.?)|Pr\.?|Me"
_WHOLE = r"(?i:monsieur|madame|mademoiselle|docteur|maître)"
_CIVILITY = re.compile(
    rf"(?<![\w’'-])(?<!\d[ \u00a0\u202f])(?P<lead>(?P<many>{_MANY})|"
    # Small, « m » is a civility by its dot, or before a consonant: before a vowel its apostrophe was left out.
    rf"M\.?|m\.|m(?=\s[b-df-gj-np-tv-xz])|{_SHORT}|"
    rf"(?<!le\s)(?<!la\s)(?<!un\s)(?<!ce\s){_WHOLE})(?:\s+|(?<=M\.)(?=[A-ZÀ-Ý][a-zà-ÿ]))"
    rf"(?P<role>(?i:(?:l[ea]\s+|l[’'])?{_ROLE}){_OF_WHAT}(?P<comma>,)?\s+)?"
)
_HOLDER = re.compile(rf"(?<![\w-])(?i:{_ROLE}){_OF_WHAT}(?P<comma>\s?,)?\s+(?=[A-ZÀ-Ý]|d[’'])")
#: They greet, or are words cut short, where no capital follows.
BEFORE_CAPITALS = frozenset(("messieurs", "mesdames", "pr", "pr.", "me"))
_MYSELF = re.compile(r"(?i:\b(?:je\s+m[’']appelle|mon\s+nom\s+est|(?P<weak>je\s+suis)))\s+")
_SIGNED = re.compile(
    r"(?i:\b(?:signée?|cordialement|bien\s+à\s+vous|salutations|respectueusement|sincèrement|amicalement))"
    r"\s*[,:]?\s*(?=[A-ZÀ-Ý])"
)

_GRADE = (
    r"(?:CP|CE[12]|CM[12]|ULIS|SEGPA|(?:[3-6](?:e|è|ème|eme)|2nde|1(?:re|ère))(?:\s?[A-H1-9]\b)?|sixième|cinquième|"
    r"quatrième|troisième|seconde(?:\s?\d+)?|première\s\w+|terminale(?:\s\w+)?|(?:petite|moyenne|grande)\s+section|"
    r"maternelle)"
)
_GRADE_WORD = (
    r"CP|C[EM][12]|ULIS|SEGPA|[3-6][eè]|2nde|1(?:re|ère)|[scqt]\w+ième|seconde|première|terminale|maternelle"
)
_CHILD = re.compile(
    r"(?i:\b(?:(?:ma|mon|mes|notre|nos|sa|son|ses|leur|leurs)\s+(?:filles?|fils|enfants?|nièces?|neveux?|frères?|sœurs?|"
    r"petite?s?-fil(?:le|s)s?|garçons?|jumeaux|jumelles|petit\s+frère|petite\s+sœur|élèves?)|"
    r"(?:l[’']|une?\s+|cet\s+|cette\s+)?(?:élève|enfant)|les\s+jumeaux|les\s+jumelles|élèves)|"
    r"\b[Ll]a\s+petite|\b[Ll]e\s+petit(?!\s+(?:Robert|Prince|Nicolas|Poucet|Chaperon|Larousse)))"
    rf"(?i:\s+de\s+{_GRADE})?(?i:,?\s+(?:qui\s+)?(?:s[’']appelle|se\s+nomme|nommée?|appelée?|prénommée?))?\s*,?\s+\(?"
    r"(?=[A-ZÀ-Ýa-zà-ÿ])"
)
_NOT_LATER = r"(?:\s+et\s+demie?)?(?=\s*(?:[,.;!?)]|$))"
_AGED = re.compile(
    rf"(?<![\w.’'-])(?P<name>{_CAPITAL})(?:"
    rf"(?:,\s*|\s*\(\s*)\d{{1,2}}\s?ans{_NOT_LATER}"
    rf"|\s+a\s+\d{{1,2}}\s?ans\b"
    rf"|\s*\(\s*{_GRADE}\s*\)(?!\s*:)"
    rf"|,\s*(?:qui\s+est\s+)?(?:élève\s+)?(?:en|de|d[’']une)\s+(?:classe\s+(?:de\s+)?)?{_GRADE}(?!\s*:)"
    rf"|,\s*{_GRADE}(?=\s*(?:[,:;.\n]|\Z))(?!\s*,\s*{_GRADE})"
    rf"|\s+est\s+(?:élève\s+)?en\s+(?:classe\s+de\s+)?{_GRADE}"
    rf"|\s+en\s+(?:classe\s+de\s+)?{_GRADE}\s+(?=n[’']|ne\s|a\s|est\s|s[’']|se\s|va\s|veut\s))"
)
#: Nobody else in the place is like that.
_ONLY = re.compile(
    r"(?i:\b(?:le\s+seul|la\s+seule)\s+(?:élève|enfant|garçon|fille|collégien|collégienne|lycéen|lycéenne))"
    rf"\s[^,.;:!?\n]{{0,60}}?(?:{_GRADE}|\b(?:collège|lycée|école|classe|village)\b)"
)


def _titled(text: str) -> Iterator[Span]:
    yield from _after_civility(text)
    yield from _after_role(text)


def _in_person(text: str) -> Iterator[Span]:
    for match in _MYSELF.finditer(text):
        opens = None if match["weak"] else _may_be_a_name
        yield from _one(text, match.end(), least=2 if match["weak"] else 1, opens=opens, words=2)
    for match in _SIGNED.finditer(text):
        yield from _signature(text, match.end())


def _children(text: str) -> Iterator[Span]:
    for match in _CHILD.finditer(text):
        yield from _several(PUPIL, text, match.end(), commas=True, opens=FIRST_NAMES.__contains__)
    for match in _ONLY.finditer(text):
        yield PUPIL, *match.span()


def _aged(text: str) -> Iterator[Span]:
    for match in _AGED.finditer(text):
        if not is_a_thing(match["name"]):
            yield PUPIL, *match.span("name")


def _may_be_a_name(word: str) -> bool:
    return not is_no_name_in_small(word)


def _after_civility(text: str) -> Iterator[Span]:
    for match in _CIVILITY.finditer(text):
        # On the line below a greeting, a small letter goes on with the letter.
        loud = match["role"] or "\n" in match[0] or match["lead"].casefold() in BEFORE_CAPITALS
        opens = None if loud else _may_be_a_name
        if match["comma"]:
            yield from _one(text, match.end(), least=2)
        elif match["many"]:
            yield from _several(NAME, text, match.end(), commas=True, opens=opens)
        else:
            yield from _one(text, match.end(), least=1, titled=match["role"] is not None, opens=opens)


def _after_role(text: str) -> Iterator[Span]:
    for match in _HOLDER.finditer(text):
        yield from _one(text, match.end(), least=2 if match["comma"] else 1, titled=True)


def _signature(text: str, at: int) -> Iterator[Span]:
    """Two words, or one that ends its line."""
    for kind, start, end in _one(text, at, least=1, titled=True):
        if " " in text[start:end] or not text[end:].partition("\n")[0].strip(" ."):
            yield kind, start, end


def _one(
    text: str, at: int, *, least: int, titled: bool = False, opens: Opens | None = None, words: int = 1
) -> Iterator[Span]:
    found = _name(text, at, least=least, titled=titled) or (opens and _small(text, at, opens, words))
    if found:
        yield NAME, *found


def _several(kind: str, text: str, at: int, *, commas: bool, opens: Opens | None = None) -> Iterator[Span]:
    """Names joined by "et" or commas."""
    while found := _name(text, at, least=1) or (opens and _small(text, at, opens)):
        yield kind, *found
        joint = _AND.match(text, found[1]) or (_COMMA.match(text, found[1]) if commas else None)
        if joint is None:
            return
        at = joint.end()


def _small(text: str, at: int, opens: Opens, words: int = 1) -> tuple[int, int] | None:
    """A name without capitals: a word that `opens` takes; the next too behind a first name, or where two are due."""
    first = _SMALL.match(text, at)
    if first is None or not opens(first["word"]):
        return None
    end = first.end()
    space = _SPACE.match(text, end) if words == 2 or first["word"] in FIRST_NAMES else None
    second = _SMALL.match(text, space.end()) if space else None
    if second and not is_no_name_in_small(second["word"]):
        end = second.end()
    return at, end


def _name(text: str, at: int, *, least: int, titled: bool = False) -> tuple[int, int] | None:
    """The run of words that may be a name; None where fewer than `least` are.

    `titled`: in capitals and small letters, for what stands in capitals alone there is an acronym.
    """
    end, words = at, 0
    place = at
    while words < _LONGEST and (piece := _PIECE.match(text, place)):
        word = piece["word"]
        if is_no_name(word) or (titled and not words and len(word) < 6 and word.isupper()):
            break
        words, end = words + 1, piece.end()
        space = _SPACE.match(text, end)
        if space is None:
            break
        place = space.end()
    return (at, end) if words >= least else None


#: One name may be found by two of them. Where a pattern wants a space beside its key, that is \A or \Z of the word.
LOOKS: Final = (
    Look(
        re.compile(
            # Letters that they begin with come first: forty words are long to try.
            rf"\A(?:(?:.*[^\w’'-])?(?i:(?=[dmp]))(?:{_MANY}|[Mm]\.?|{_SHORT}|{_WHOLE})"
            rf"|(?:.*[^\w-])?(?i:(?=[acdegimprs]){_ROLE}),?)\Z|(?:\A|[^\w’'-])M\.[A-ZÀ-Ý]"
        ),
        _titled,
    ),
    Look(
        re.compile(
            r"(?:\A|\W)(?i:(?:m[’']appelle|nom|suis)\Z"
            r"|vous|signé|cordialement|salutations|respectueusement|sincèrement|amicalement)"
        ),
        _in_person,
    ),
    Look(
        re.compile(
            r"(?:\A|\W)(?i:filles?\b|fils|enfant|nièce|neveu|frère|sœur|garçon|jumeaux|jumelles|élève|petit|seule?\Z)"
        ),
        _children,
    ),
    Look(re.compile(rf"(?:\A|\d)ans|(?:\A|[(,])(?:section|{_GRADE_WORD})"), _aged),
)
