"""The session form: a two-column table, label and value, about one meeting."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from cahiers.documents.matching import category_key, fold
from cahiers.documents.model import Facilitator, Meeting, MeetingDate, MeetingFormat, Participant
from cahiers.documents.normal import tidy
from cahiers.methods import Method

CHECKED: Final = "☒☑✓✔✗✘🗹"
UNCHECKED: Final = "☐□❏❑❒"
#: More boxes than any text has, whose words would be compared with every category.
MOST_BOXES: Final = 400
#: How much of a cell may say which label it is.
LONGEST_LABEL: Final = 200
#: Drawn, or typed between brackets.
BOX: Final = re.compile(rf"([{CHECKED}{UNCHECKED}]|(?<!\w)(?:\[[xX ]?\]|\([xX ]\)))")
FORMATS: Final[dict[MeetingFormat, str]] = {
    "in_person": "Présentiel",
    "remote": "Distanciel",
    "hybrid": "Les 2",
}
DATES_LABEL: Final = "Date(s) et lieu(x) de la session"
FORMAT_LABEL: Final = "Format de la session"
FORMAT_PROMPT: Final = "Cocher la case correspondante"
FACILITATORS_LABEL: Final = "Animateurs"
PARTICIPANTS_LABEL: Final = "Participants à la session"
PARTICIPANTS_PROMPT: Final = "Cocher les cases correspondantes, puis compléter le nombre de participants"
COUNT_LABEL: Final = "Nombre de participants"
ESTABLISHMENTS_LABEL: Final = "Nombre d’établissements représentés"
SURVEYED_LABEL: Final = "Dont réponses à une enquête"
CATEGORY_LABEL: Final = "Catégorie de la méthode"
NONE: Final = "non précisé"
NO_DATES: Final = "Aucune date retenue"

NUMBER: Final = re.compile(r"-?\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|-?\d+")
#: Between two lines, or two counts on one as a PDF leaves them.
NEXT_COUNT: Final = re.compile(r"\n|(?<=[\d)])\s+(?=nombre d\W?\s?[ée]tablissement)", re.IGNORECASE)
TYPED_TICK: Final = re.compile(
    r"(?:^|\s)[xX]\s+((?:pr[ée]sentiel|distanciel|les (?:2|deux))\b)", re.IGNORECASE
)
FORMAT_WORDS: Final = (
    "presentiel",
    "en presentiel",
    "distanciel",
    "a distance",
    "en ligne",
    "les 2",
    "les deux",
    "hybride",
    "mixte",
)
SURVEY: Final = re.compile(
    r"(?:dont|soit)\s+(?P<number>\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)\s+(?:\w+\s+){0,3}?"
    r"(?:enqu[êe]te|sondage|questionnaire|r[ée]ponses? en ligne|en ligne)",
    re.IGNORECASE,
)


def field_of(label: str, method: Method) -> str | None:
    """Which part of the form a label cell opens: label, dates, format, facilitators or participants; else None."""
    folded = fold(label[:LONGEST_LABEL])
    if folded.startswith((fold(method.territory_heading), "nom de la region")):
        return "label"
    if folded in ("region academique", "academie", "territoire"):
        return "label"
    for start, name in (
        ("date", "dates"),
        ("format", "format"),
        ("modalite", "format"),
        ("animateur", "facilitators"),
        ("animatrice", "facilitators"),
        ("animation", "facilitators"),
        ("participant", "participants"),
    ):
        if folded.startswith(start):
            return name
    return None


def boxes(text: str) -> list[tuple[bool, str]]:
    """Each box of a text with the words after it, up to the next box."""
    pieces = BOX.split(text)
    if len(pieces) > MOST_BOXES:
        return []
    return [
        (mark in CHECKED or "x" in mark.lower(), tidy(words))
        for mark, words in zip(pieces[1::2], pieces[2::2], strict=True)
    ]


def read_format(text: str) -> MeetingFormat | None:
    """Format whose box is ticked, or that stands alone without a box; None for none. Two ticked are "both".

    An "X" typed before a box's words ticks it.
    """
    found = boxes(text)
    ticked = [words for checked, words in found if checked]
    if not ticked:
        alone = TYPED_TICK.findall(text)
        ticked = alone if alone else [text] if not found and fold(text) in FORMAT_WORDS else []
    if not ticked:
        return None
    if len(ticked) > 1:
        return "hybrid"
    folded = fold(ticked[0])
    if folded.startswith(("presentiel", "en presence")):
        return "in_person"
    if folded.startswith(("distanciel", "a distance", "en ligne")):
        return "remote"
    return "hybrid"


def write_format(format: MeetingFormat | None) -> str:
    return "     ".join(f"{'☒' if key == format else '☐'} {label}" for key, label in FORMATS.items())


def read_facilitator(text: str) -> Facilitator:
    """Facilitator of a line such as "Name (note), role"."""
    text = tidy(text)
    match = re.fullmatch(r"(?P<name>[^,(]+?)\s*(?:\((?P<note>[^)]*)\))?\s*(?:[,:–]\s*(?P<role>.+))?", text)
    if match is None:
        return Facilitator(name=text, role=None)
    return Facilitator(name=match["name"], role=match["role"] or None, note=tidy(match["note"] or "") or None)


def is_note_about_facilitators(text: str) -> bool:
    """Whether a line stands in the place of names ("Voir les annexes…")."""
    return fold(text).startswith(("voir ", "cf ", "liste ", "se reporter", "plusieurs ", "equipe "))


def surveyed_in(note: str | None) -> int | None:
    """People that a note says answered a survey instead of attending ("dont 120 enquête à distance")."""
    match = SURVEY.search(note or "")
    return to_int(match["number"]) if match else None


def to_int(text: str) -> int:
    return int(re.sub(r"\s", "", text))


def to_date(text: str) -> date:
    """Date of an ISO day. Raises ValueError."""
    return date.fromisoformat(text.strip())


@dataclass(slots=True, kw_only=True)
class Attendance:
    """A participants' line while it is read."""

    checked: bool
    label: str
    category: str | None
    count: int | None = None
    establishments: int | None = None
    notes: list[str] = field(default_factory=list)
    surveyed: int | None = None
    says_surveyed: bool = False

    def read_line(self, line: str) -> None:
        """Takes in a line such as "Nombre de participants : 7 (dont …)"; what has no label is a note."""
        line = tidy(line)
        name, colon, value = line.partition(":")
        folded = fold(name)
        if not line:
            return
        if colon and folded.startswith("nombre d etablissement"):
            number = NUMBER.search(value)
            self.establishments = to_int(number[0]) if number else None
            # What is not the number itself ("une dizaine", "dont 3 lycées") is kept.
            self.add_note(value if number is None else value.replace(number[0], "", 1))
        elif colon and folded.startswith("dont reponses a une enquete"):
            number = NUMBER.search(value)
            self.surveyed, self.says_surveyed = (to_int(number[0]) if number else None), True
        elif colon and folded.startswith("nombre"):
            self._read_count(value)
        elif self.count is None and NUMBER.match(line):
            self._read_count(line)
        else:
            self.add_note(line)

    def _read_count(self, value: str) -> None:
        value = tidy(value)
        number = NUMBER.match(value)
        if number:
            self.count = to_int(number[0])
            self.add_note(value[number.end() :])
            return
        inside = NUMBER.search(value)
        if inside and not value.startswith("("):
            self.count = to_int(inside[0])
        self.add_note(value)

    def add_note(self, text: str) -> None:
        text = tidy(text)
        if text:
            self.notes.append(text)

    def participant(self) -> Participant:
        note = tidy(" ".join(self.notes))
        if note.startswith("(") and note.endswith(")"):
            note = note[1:-1].strip()
        return Participant(
            category=self.category,
            label=self.label,
            checked=self.checked,
            count=self.count,
            establishments=self.establishments,
            note=note or None,
            surveyed=self.surveyed if self.says_surveyed else surveyed_in(note),
        )


@dataclass(slots=True, kw_only=True)
class Form:
    """A session form while it is read."""

    label: str = ""
    dates_text: list[str] = field(default_factory=list)
    dates: tuple[MeetingDate, ...] | None = None
    format: MeetingFormat | None = None
    facilitators: list[Facilitator] = field(default_factory=list)
    facilitators_notes: list[str] = field(default_factory=list)
    attendance: list[Attendance] = field(default_factory=list)
    #: Labels that were met, filled in or not.
    labels: set[str] = field(default_factory=set)

    @property
    def is_evident(self) -> bool:
        """Whether so many labels stand together that nothing but a session form has them."""
        return len(self.labels) >= (2 if "label" in self.labels else 3)

    def add_box(self, checked: bool, label: str, method: Method) -> Attendance:
        """Opens the line of a participant category."""
        line = Attendance(checked=checked, label=label, category=category_key(label, method))
        self.attendance.append(line)
        return line

    def add_facilitator(self, line: str) -> None:
        line = tidy(line)
        if not line:
            return
        if is_note_about_facilitators(line):
            self.facilitators_notes.append(line)
        else:
            self.facilitators.append(read_facilitator(line))

    def meeting(self, dates: tuple[MeetingDate, ...]) -> Meeting:
        """The meeting; `dates` are what its lines mean, unless the form states them itself."""
        return Meeting(
            label=self.label,
            dates_text=tuple(self.dates_text),
            dates=dates if self.dates is None else self.dates,
            format=self.format,
            facilitators=tuple(self.facilitators),
            facilitators_note=tidy(" ".join(self.facilitators_notes)) or None,
            participants=tuple(line.participant() for line in self.attendance),
        )
