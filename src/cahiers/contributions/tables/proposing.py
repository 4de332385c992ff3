"""A mapping proposed by the names of columns and what they seem to hold."""

import re
from collections.abc import Collection
from collections.abc import Mapping as Dictionary
from typing import Any, Final

from cahiers.contributions.tables.mapping import Mapping, Text
from cahiers.contributions.tables.matching import kind_key
from cahiers.contributions.tables.model import Column, Content, Table, column_key
from cahiers.documents.matching import fold
from cahiers.methods import Method

#: How French asks for each kind; folded questions, tried in this order.
QUESTIONS: Final = (
    (
        "irritant",
        r"irritant|difficulte|frein|obstacle|probleme|insatisf|points? faibles?|moins bien|inquiet"
        r"|\bgen(?:e|es|ent|ant|ants|ante|antes|er)\b",
    ),
    (
        "strength",
        r"points? forts?|reussi|fonctionne bien|bien marche|marche bien|atout|satisf|positif|appreci",
    ),
    ("need", r"besoin|attente"),
    ("lever", r"levier|amelior|solution|suggestion|souhait|proposition|proposez|idee"),
    ("action", r"\bactions?\b|mettre en œuvre|mettre en oeuvre"),
)
STORY: Final = re.compile(r"retours? d experience|retex|temoign|racont|experience vecue")

TITLE: Final = re.compile(r"^(?:titre|title|intitule|objet|sujet du message)\b")
THEME: Final = re.compile(r"\b(?:themes?|thematiques?|rubrique)\b")
CATEGORY: Final = re.compile(
    r"\b(?:vous etes|etes vous|profil|categorie|statut|fonction|qualite|role|repondez vous en tant que)\b"
)
DATE: Final = re.compile(r"\b(?:date|horodateur|soumission|created|publi|submit|envoi|reponse)")
COUNT: Final = re.compile(
    r"\b(?:nombre|nb|combien|effectif)\b.*\b(?:personnes|participant\w*|votant\w*|eleves|familles|presents|repondants|voix)\b"
)
LANGUAGE: Final = re.compile(r"^(?:langue|language|locale|startlanguage)\b")
CHANNEL: Final = re.compile(r"^(?:canal|voie|channel)\b")
VOICE: Final = re.compile(
    r"^(?:voix|pseudonyme|pseudo|jeton|token|identifiant (?:du|de la|de l) (?:repondant|personne|participant)\w*)\b"
)
#: How forms ask whether what is said may be published.
CONSENT: Final = re.compile(
    r"\b(?:accepte\w*|accord|autoris\w*|consen\w*|agree|allow)\b.*\b(?:publi\w*|diffus\w*)"
)
LINK: Final = re.compile(r"\b(?:liens?|links?|urls?|adresse web|site)\b")
#: How forms ask where someone is, with no word of what they think of the place.
WHERE: Final = re.compile(
    r"^(?:(?:dans|de) )?(?:quel(?:le)?|votre|nom (?:de|du) (?:votre )?)\s*(?:est votre )?"
    r"(?:departement|commune|ville|academie|region|etablissement)\b"
)
#: Characters of an answer that names something.
NAME: Final = 60
#: Personal data that nothing is read from unless a person says so.
PERSONAL: Final = re.compile(
    r"^(?:nom|prenom|nom et prenom|name|first name|last name|username|nom d utilisateur|telephone|tel|portable|adresse"
    r"|adresse postale|author name|createur|creator)$|\b(?:ip|user agent|numero de telephone|mot de passe|navigateur)\b"
)
OPEN: Final = re.compile(
    r"texte|contribution|commentaire|comment|remarque|message|proposition|reponse|avis|description|body|irritant|besoin|pourquoi"
)
PLACES: Final = (
    "uai",
    "rne",
    "insee",
    "etablissement",
    "commune",
    "ville",
    "postal",
    "departement",
    "academie",
    "region",
)


def guessed(
    table: Table,
    method: Method,
    *,
    shape: str = "generic",
    given: Dictionary[str, Any] | None = None,
    aside: Collection[str] = (),
) -> Mapping:
    """Mapping of a table of questions; `given` targets are known, columns `aside` (keys) are left out."""
    known: dict[str, Any] = dict(given or {})
    taken = {column_key(name) for names in known.values() if isinstance(names, tuple) for name in names}
    rest = [column for column in table.columns if column.key not in taken and column.key not in aside]
    rest = [column for column in rest if column.content is not Content.EMPTY or len(table.columns) < 3]
    _claim(known, rest)
    _claim_places(known, rest)
    emails = [column for column in rest if column.content is Content.EMAIL]
    known.setdefault("voice", tuple(column.name for column in emails[:1]))
    rest = [column for column in rest if column not in emails and not PERSONAL.search(_header(column))]
    kinds = next((column for column in rest if _says_kinds(column, method)), None)
    if kinds:
        rest.remove(kinds)
    if "texts" not in known:
        open_ = [column for column in rest if column.content is Content.TEXT] or _likeliest(rest)
        rest = [column for column in rest if column not in open_]
        known["texts"] = tuple(_text(column, kinds, method) for column in open_)
    elif kinds:
        rest.append(kinds)
    known.setdefault("answers", tuple(column.name for column in rest if column.content in _CLOSED))
    known.setdefault("month_first", _month_first(table, known.get("date", ())))
    return Mapping(shape=shape, **known)


_CLOSED: Final = (Content.CHOICE, Content.NUMBER, Content.DATE, Content.PLACE)


def _header(column: Column) -> str:
    return fold(column.question[:300])


def _claim(known: dict[str, Any], rest: list[Column]) -> None:
    """Give each target the first column that its name and content suit, and take that column out of the rest."""
    for target, pattern, contents in (
        ("consent", CONSENT, (Content.CHOICE,)),
        ("title", TITLE, (Content.TEXT, Content.CHOICE, Content.ID)),
        ("theme", THEME, (Content.CHOICE,)),
        ("stands_for", COUNT, (Content.NUMBER,)),
        ("language", LANGUAGE, (Content.CHOICE,)),
        ("channel", CHANNEL, (Content.CHOICE,)),
        ("voice", VOICE, (Content.ID, Content.CHOICE, Content.NUMBER, Content.TEXT)),
        ("date", DATE, (Content.DATE,)),
        ("date", None, (Content.DATE,)),
        ("category", CATEGORY, (Content.CHOICE,)),
        ("id", None, (Content.ID,)),
        ("links", LINK, (Content.URL,)),
        ("links", None, (Content.URL,)),
    ):
        if target in known:
            continue
        for column in rest:
            named = target == "category" and _names(column)
            if (named or column.content in contents) and (pattern is None or pattern.search(_header(column))):
                known[target] = (column.name,)
                rest.remove(column)
                break


def _claim_places(known: dict[str, Any], rest: list[Column]) -> None:
    """Columns of places, the most precise first."""
    if "territory" in known:
        return
    places = [
        column
        for column in rest
        if column.content is Content.PLACE or (_names(column) and WHERE.search(_header(column)))
    ]

    def precision(column: Column) -> int:
        header = _header(column)
        return next((at for at, word in enumerate(PLACES) if word in header), len(PLACES))

    places.sort(key=precision)
    known["territory"] = tuple(column.name for column in places)
    rest[:] = [column for column in rest if column not in places]


def _names(column: Column) -> bool:
    """Whether its texts are as short as names: of few lines nothing tells whether they come again."""
    return column.content is Content.TEXT and max(map(len, column.samples), default=NAME) < NAME


def _says_kinds(column: Column, method: Method) -> bool:
    return (
        column.content is Content.CHOICE
        and bool(column.samples)
        and all(kind_key(sample, method) for sample in column.samples)
    )


def _likeliest(rest: list[Column]) -> list[Column]:
    """Where no column seems open: those whose names say so, else the one whose cells are longest."""
    named = [column for column in rest if OPEN.search(_header(column))]
    if named:
        return named
    closed = [column for column in rest if column.content is Content.CHOICE]
    return sorted(closed, key=lambda column: -max(map(len, column.samples), default=0))[:1]


def _text(column: Column, kinds: Column | None, method: Method) -> Text:
    kind = "" if kinds else kind_of(column.question, method)
    return Text(
        columns=(column.name,), kind=kind, kind_column=kinds.name if kinds else "", question=column.question
    )


def kind_of(question: str, method: Method) -> str:
    """Kind of statement that a question asks for; "" where it does not say."""
    folded = fold(question[:1000])
    columns = [column for stage in method.stages for column in stage.columns]
    named = [
        (len(name), column.kind)
        for column in columns
        for name in (fold(column.label), fold(column.plural))
        if name and re.search(rf"\b{re.escape(name)}\b", folded)
    ]
    if named:
        return max(named)[1]
    if method.feedback and STORY.search(folded):
        return "feedback"
    kinds = {column.kind for column in columns}
    return next((kind for kind, words in QUESTIONS if kind in kinds and re.search(words, folded)), "")


def _month_first(table: Table, names: tuple[str, ...]) -> bool:
    """Whether dates are only possible with the month before the day."""
    samples = [sample for name in names if (column := table.column(name)) for sample in column.samples]
    pairs = [match for sample in samples if (match := re.match(r"(\d{1,2})/(\d{1,2})/\d{2,4}", sample))]
    return any(int(pair[2]) > 12 for pair in pairs) and not any(int(pair[1]) > 12 for pair in pairs)
