"""Lines of a session form as the table that they come from."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from cahiers.documents.blocks import Cell, Paragraph, Table, TableKind
from cahiers.documents.matching import fold
from cahiers.documents.readers.txt.form_columns import COUNT, PROMPT, Side, pieces
from cahiers.documents.readers.txt.fragments import join
from cahiers.documents.readers.txt.lines import Line
from cahiers.documents.readers.txt.metrics import METRICS
from cahiers.documents.readers.txt.parts import STATEMENT
from cahiers.documents.readers.txt.prose import FULL, as_paragraph
from cahiers.documents.session_form import (
    BOX,
    COUNT_LABEL,
    DATES_LABEL,
    ESTABLISHMENTS_LABEL,
    FACILITATORS_LABEL,
    FORMAT_LABEL,
    FORMAT_PROMPT,
    PARTICIPANTS_LABEL,
    PARTICIPANTS_PROMPT,
    boxes,
    field_of,
    is_note_about_facilitators,
)
from cahiers.methods import Method

_SESSIONS: Final = r"(?:\s+(?:d(?:e la|es|u)|à la|aux?)\s+(?:sessions?|ateliers?|rencontres?))?"
LABELS: Final = {
    "dates": re.compile(rf"dates?(?:\(s\))?(?:\s+et\s+lieux?(?:\(x\))?)?{_SESSIONS}\s*:?\s*", re.IGNORECASE),
    "format": re.compile(rf"format{_SESSIONS}\s*:?\s*", re.IGNORECASE),
    "facilitators": re.compile(
        rf"anima(?:teurs?|trices?|tion)(?:\(s\))?(?:\s+et\s+animatrices)?{_SESSIONS}\s*:?\s*", re.IGNORECASE
    ),
    "participants": re.compile(rf"participants?(?:\(s\))?{_SESSIONS}\s*:?\s*", re.IGNORECASE),
}
WORDS: Final = re.compile(r"[^\W_]+")
PERSON: Final = re.compile(r"[A-ZÉÈÀÇÎÔ][\w’'-]+ (?:[\w’'-]+ )*[A-ZÉÈÀÇÎÔ][\w’'-]+(?: \(.*\))?, \S")
#: Words of labels that the template has not.
OTHER_WORDS: Final = "académique animation animatrices ateliers date des lieu nom rencontre région sessions"
WHOLE_LABELS: Final = frozenset(
    map(fold, (FACILITATORS_LABEL, f"{FACILITATORS_LABEL} de la session", FORMAT_LABEL))
)
#: A form has no more lines of dates or names; beyond, a file is no synthesis.
MAX_VALUES: Final = 500
#: Counts are looked for among so many boxes back.
MAX_BOXES: Final = 50


@dataclass(slots=True)
class _Box:
    """A participant category's line: its label, then what is counted."""

    label: list[Line]
    counts: list[list[str]] = field(default_factory=list)


class _Form:
    def __init__(self, method: Method, *, apart: bool) -> None:
        """`apart` says that counts have a column of their own, beside that of boxes."""
        self.method = method
        self.apart = apart
        self.values: dict[str, list[tuple[Line, str]]] = {
            name: [] for name in ("label", "dates", "format", "facilitators")
        }
        self.boxes: list[_Box] = []
        self.current: str | None = None
        self.counting: _Box | None = None
        #: Which column the words stand in, where columns are kept.
        self.side: Side | None = None
        #: What a column of counts holds for each box, and how many boxes had come before it.
        self.beside: list[tuple[int, list[list[str]]]] = []
        #: Statements met in the form, which has no place for them.
        self.strays: list[Paragraph] = []

    def take(self, line: Line, text: str) -> None:
        if self.side == "count":
            self._count_beside(text)
        elif self.apart and self.side == "label" and field_of(text, self.method) is None:
            return
        elif STATEMENT.match(text) and (self.boxes or self.current not in ("dates", "facilitators")):
            self.strays.append(as_paragraph(text, line.source))
        elif ticked := boxes(text):
            self._take_boxes(line, text, ticked)
        elif COUNT.match(text):
            self._count(text)
        elif (name := field_of(text, self.method)) is not None and self._is_label(name, text):
            self.current = name
            self._value(line, self._after_label(name, text))
        elif name is not None and fold(text) in WHOLE_LABELS:
            self.current = name
        elif set(fold(text).split()) <= PROMPT and not self.boxes:
            return
        else:
            self._value(line, text)

    def _is_label(self, name: str, text: str) -> bool:
        """Labels come once, in capitals; a name or a date may begin with the same word."""
        return text[0].isupper() and (name == "label" or not self.values.get(name))

    def _after_label(self, name: str, text: str) -> str:
        if name == "label":
            for heading in (self.method.territory_heading, "Nom de la Région académique"):
                if fold(text).startswith(fold(heading)):
                    return " ".join(text.split()[len(heading.split()) :]).lstrip(": ")
            return ""
        match = LABELS[name].match(text)
        return text[match.end() :] if match else ""

    def _take_boxes(self, line: Line, text: str, ticked: Sequence[tuple[bool, str]]) -> None:
        if any(
            fold(words).startswith(("presentiel", "distanciel", "les 2", "les deux")) for _, words in ticked
        ):
            self.values["format"].append((line, text))
            return
        for piece in re.split(
            rf"(?=[{BOX.pattern[BOX.pattern.index('[') + 1 : BOX.pattern.index(']')]}])", text
        ):
            if not piece.strip():
                continue
            count = COUNT.search(piece)
            label = piece[: count.start()] if count else piece
            self.boxes.append(_Box([Line(raw=label, text=label.strip(), number=line.number, page=line.page)]))
            self.counting = None
            if count:
                self._count(piece[count.start() :])

    def _count(self, text: str) -> None:
        """Counts follow their box; where boxes follow each other, the counts after them come in the same order."""
        establishments = fold(text).startswith("nombre d etabl")
        if establishments and self.counting is not None:
            self.counting.counts.append([text])
            return
        recent = self.boxes[-MAX_BOXES:]
        waiting = [box for box in recent if not box.counts]
        if self.counting is None and self.boxes and not self.boxes[-1].counts:
            run = 0
            while run < len(recent) and not recent[-1 - run].counts:
                run += 1
            # One box alone, or the first of those met since the last count.
            box = self.boxes[-1] if self._alone else self.boxes[-run]
        elif waiting:
            box = waiting[0]
        elif self.boxes:
            box = self.boxes[-1]
        else:
            return
        box.counts.append([text])
        self.counting = box
        self._settled = len(self.boxes)

    def _count_beside(self, text: str) -> None:
        if not COUNT.match(text):
            if self.beside:
                self.beside[-1][1][-1].append(text)
        elif self.beside and fold(text).startswith("nombre d etabl"):
            self.beside[-1][1].append([text])
        else:
            self.beside.append((len(self.boxes), [[text]]))

    def _give_counts(self) -> None:
        """Counts as many as boxes follow their order; else each is of the box before it."""
        for number, (before, counts) in enumerate(self.beside):
            place = number if len(self.beside) == len(self.boxes) else max(0, before - 1)
            if place < len(self.boxes):
                self.boxes[place].counts += counts

    _settled = 0

    @property
    def _alone(self) -> bool:
        return len(self.boxes) - self._settled == 1

    def _value(self, line: Line, text: str) -> None:
        if not text or (self.current in ("format", "participants") and set(fold(text).split()) <= PROMPT):
            return
        if is_note_about_facilitators(text) and not self.values["facilitators"]:
            self.values["facilitators"].append((line, text))
        elif self.boxes and self.side == "label":
            self.boxes[-1].label.append(Line(raw=text, text=text, number=line.number, page=line.page))
        elif self.boxes:
            self._goes_on(line, text)
        elif self.side == "label":
            return
        elif self.current in ("format", "participants"):
            self.values["facilitators"].append((line, text))
        elif self.current is not None and len(self.values[self.current]) < MAX_VALUES:
            self.values[self.current].append((line, text))

    def _goes_on(self, line: Line, text: str) -> None:
        """A line after boxes goes on with a count or a label; names that a column order puts there are told apart."""
        if self._ends_label(text):
            self.boxes[-1].label.append(replace(line, raw=text, text=text))
        elif self.counting is not None and not self._named(text):
            self.counting.counts[-1].append(text)
        elif self._named(text):
            self.values["facilitators"].append((line, text))
        elif self.boxes:
            self.boxes[-1].label.append(replace(line, raw=text, text=text))

    def _ends_label(self, text: str) -> bool:
        """Whether a line goes on with the last box's label, as the method words it, though its count came before."""
        begun = fold(BOX.sub("", join([line.text for line in self.boxes[-1].label])))
        longer = f"{begun} {fold(text)}"
        return any(fold(category.label).startswith(longer) for category in self.method.categories)

    def _named(self, text: str) -> bool:
        return self.current != "label" and PERSON.match(text) is not None and not self._counts_open()

    def _counts_open(self) -> bool:
        if self.counting is None:
            return False
        text = " ".join(self.counting.counts[-1])
        return text.count("(") > text.count(")")

    def rows(self) -> Iterator[tuple[Cell, Cell]]:
        self._give_counts()
        names = {
            "label": self.method.territory_heading,
            "dates": "Date(s) et lieu(x) de la session",
            "format": FORMAT_LABEL,
            "facilitators": FACILITATORS_LABEL,
        }
        for name, values in self.values.items():
            if values or name == "label":
                yield (
                    _cell([as_paragraph(names[name], values[0][0].source)] if values else []),
                    _cell(_unwrapped(values)),
                )
        if self.boxes:
            source = self.boxes[0].label[0].source
            yield _cell([as_paragraph(PARTICIPANTS_LABEL, source)]), Cell()
        for box in self.boxes:
            source = box.label[0].source
            label = join([line.text for line in box.label])
            yield (
                _cell([as_paragraph(label, source)]),
                _cell([as_paragraph(join(count), source) for count in box.counts]),
            )


def _cell(paragraphs: Sequence[Paragraph]) -> Cell:
    return Cell(paragraphs=tuple(paragraphs), source=paragraphs[0].source if paragraphs else None)


def _unwrapped(values: Sequence[tuple[Line, str]]) -> list[Paragraph]:
    """Values with their wrapped lines joined: those that go on in lower case or with an hour after a full line."""
    width = max((METRICS[0](text) for _, text in values), default=0.0)
    found: list[Paragraph] = []
    before = ""
    for line, text in values:
        full = METRICS[0](f"{before} {text.split()[0]}") > width * FULL
        if (found and before.endswith("-")) or (
            found
            and full
            and not line.opens_page
            and (text[0].islower() or re.match(r"\d{1,2}\s?h|\(|\d{4}\b", text))
        ):
            found[-1] = as_paragraph(join([found[-1].text, text]), found[-1].source or line.source)
        else:
            found.append(as_paragraph(text, line.source))
        before = text
    return found


def session_table(lines: Sequence[Line], method: Method) -> tuple[Table, list[Paragraph]]:
    """The form as a two-column table, and the statements met in it, which have no place there.

    Where columns are kept by spaces, label and value stand on one line.
    """
    found = pieces(lines, method)
    form = _Form(method, apart=any(piece.side == "count" for piece in found))
    for piece in found:
        form.side = piece.side
        form.take(piece.line, piece.text)
    table = Table(rows=tuple(form.rows()), kind=TableKind.SESSION, source=lines[0].source if lines else None)
    return table, form.strays


def form_words(method: Method) -> frozenset[str]:
    """Words of the form's labels, in lower case."""
    labels = [method.territory_heading, DATES_LABEL, FORMAT_LABEL, FORMAT_PROMPT, FACILITATORS_LABEL]
    labels += [PARTICIPANTS_LABEL, PARTICIPANTS_PROMPT, COUNT_LABEL, ESTABLISHMENTS_LABEL, OTHER_WORDS]
    return frozenset(word for label in labels for word in WORDS.findall(label.lower()))
