"""How a synthesis is laid out in a workbook: its sheets and their columns, known to the writer and the reader."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cahiers.documents.compose import METHOD_THEME, NONE, TERRITORY
from cahiers.methods import Method

__all__ = ["METHOD_THEME", "NONE", "TERRITORY", "SheetNames", "category_name", "sheet_names", "theme_name"]

CONSULTATION: Final = "Concertation"
NOT_SAID: Final = "non précisé"
YES: Final = "oui"
NO: Final = "non"

SESSIONS: Final = "Sessions"
SESSION: Final = "Session"
LABEL: Final = "Intitulé"
FORMAT: Final = "Format"
DATES_TEXT: Final = "Dates et lieux"
START: Final = "Début"
END: Final = "Fin"
PLACE: Final = "Lieu"
FACILITATOR: Final = "Animateur"
PERSON_ROLE: Final = "Fonction"
PERSON_NOTE: Final = "Précision sur l’animateur"
FACILITATORS_NOTE: Final = "Remarque sur l’animation"
PARTICIPANTS: Final = "Participants"
CATEGORY: Final = "Catégorie"
CHECKED: Final = "Case cochée"
COUNT: Final = "Nombre de participants"
ESTABLISHMENTS: Final = "Nombre d’établissements"
SURVEYED: Final = "Dont enquête"
ATTENDANCE_NOTE: Final = "Précision sur le nombre"

SESSION_COLUMNS: Final = (
    SESSION,
    LABEL,
    FORMAT,
    DATES_TEXT,
    START,
    END,
    PLACE,
    FACILITATOR,
    PERSON_ROLE,
    PERSON_NOTE,
    FACILITATORS_NOTE,
    PARTICIPANTS,
    CATEGORY,
    CHECKED,
    COUNT,
    ESTABLISHMENTS,
    SURVEYED,
    ATTENDANCE_NOTE,
)

# The place of the theme in the document: titles and numbers may be missing or stand twice.
ORDER: Final = "Ordre"
NUMBER: Final = "N°"
THEME: Final = "Thématique"
THEME_COLUMNS: Final = (ORDER, NUMBER, THEME, METHOD_THEME)

FEEDBACK_SHEET: Final = "Fiche"
FEEDBACK_NUMBER: Final = "N° de la fiche"
SCOPE: Final = "Territoire de la fiche"
TEXT: Final = "Texte"
LINK: Final = "Liens"
FEEDBACK_COLUMNS: Final = (*THEME_COLUMNS, FEEDBACK_SHEET, FEEDBACK_NUMBER, SCOPE, TEXT, LINK)

ROW: Final = "Ligne"
ROW_NAME: Final = "Nom de la ligne"
ROW_THEME: Final = "Thématique écrite sur la ligne"
CITED: Final = "RETEX"
CITED_TEXT: Final = "RETEX (texte)"
#: What a spreadsheet refuses in a sheet's name, and how long a name may be.
_REFUSED: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST: Final = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetNames:
    """Names of a workbook's sheets; `stages` by the stage's key."""

    sessions: str
    feedback: str
    stages: Mapping[str, str]


def sheet_names(method: Method) -> SheetNames:
    """Names that spreadsheets accept, each another than the others."""
    taken: set[str] = set()
    return SheetNames(
        sessions=_safe(SESSIONS, taken),
        feedback=_safe(method.feedback.word if method.feedback else CITED, taken),
        stages={stage.key: _safe(stage.title, taken) for stage in method.stages},
    )


def _safe(title: str, taken: set[str]) -> str:
    bare = " ".join(_REFUSED.sub(" ", title).split()).strip("' ") or "Étape"
    if bare.casefold() == "history":  # reserved by Excel
        bare = f"{bare} (1)"
    name, count = bare[:_LONGEST].strip("' "), 1
    while name.casefold() in taken:
        count += 1
        ending = f" ({count})"
        name = bare[: _LONGEST - len(ending)] + ending
    taken.add(name.casefold())
    return name


def row_columns(method: Method) -> dict[str, str]:
    """Columns of a stage's sheet before its kinds: their headers, and the names by which they are known."""
    word = method.feedback.word if method.feedback else CITED
    own = {name: name for name in (*THEME_COLUMNS, ROW, ROW_NAME, ROW_THEME)}
    return own | {word: CITED, f"{word} (texte)": CITED_TEXT}


def kind_key(kind: str) -> str:
    """Name of a kind's column among the others, whose names are their headers."""
    return f"kind:{kind}"


def theme_name(key: str | None, method: Method) -> str:
    """How a workbook names the method's theme with that key."""
    return _name(key, {theme.key: theme.title for theme in method.themes})


def category_name(key: str | None, method: Method) -> str:
    """How a workbook names the participant category with that key."""
    return _name(key, {category.key: category.short_label for category in method.categories})


def _name(key: str | None, titles: Mapping[str, str]) -> str:
    """The title where it tells the key, else the key itself, for what is read back must be the same key."""
    if key is None:
        return NONE
    title = titles.get(key, key)
    return key if title == NONE or sum(title == other for other in titles.values()) > 1 else title
