"""LimeSurvey's structure files (.lss): the questions, their types and the labels of their answers.

Sources: the manual's pages "Question types" and "Export responses", and the fields of survey_structure exports; the
names of columns are those of LimeSurvey's field map (brackets), of its expressions (underscores) and of its database.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

from cahiers.contributions.tables.bodies import plain
from cahiers.contributions.tables.model import Column, Content, Table, column_key
from cahiers.contributions.tables.streams import DAMAGED, Opener
from cahiers.documents.errors import Unreadable

MAX_BYTES: Final = 48 << 20
OPEN: Final = frozenset("TSUQ;")
NUMBERS: Final = frozenset("NK:5AB")
OTHER: Final = {"-oth-": "Autre"}
FIXED: Final[Mapping[str, Mapping[str, str]]] = {
    "Y": {"Y": "Oui", "N": "Non"},
    "G": {"F": "Féminin", "M": "Masculin"},
    "C": {"Y": "Oui", "N": "Non", "U": "Incertain"},
    "E": {"I": "Augmente", "S": "Inchangé", "D": "Diminue"},
    "M": {"Y": "Oui", "N": "Non"},
    "P": {"Y": "Oui", "N": "Non"},
}
MANY: Final = frozenset("MPQKABCEFH1;:R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    label: str
    content: Content
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """What columns hold, by every name that an export may give them."""

    title: str
    columns: Mapping[str, Described]


@dataclass(slots=True)
class _Question:
    id: str
    code: str
    type: str
    text: str
    group: str = ""
    survey: str = ""
    other: bool = False
    parts: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    second: dict[str, str] = field(default_factory=dict)


def is_structure(start: bytes) -> bool:
    """Whether a file that begins so is a LimeSurvey structure."""
    return b"<LimeSurveyDocType>" in start[:4096]


def described(table: Table, structure: Structure) -> Table:
    """The table with the questions and the labels of its codes; as it was where no column is the survey's."""
    columns = tuple(_described(column, structure) for column in table.columns)
    return replace(table, columns=columns) if columns != table.columns else table


def _described(column: Column, structure: Structure) -> Column:
    names = (column.key, column_key(re.split(r"\.\s", column.name, maxsplit=1)[0]), column_key(column.label))
    known = next((structure.columns[name] for name in names if name in structure.columns), None)
    if known is None:
        return column
    return replace(column, label=known.label, content=known.content, choices=known.choices)


def read_structure(opener: Opener) -> Structure:
    """Structure out of a .lss file. Raises Unreadable."""
    with opener() as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES or re.search(
        rb"<!(DOCTYPE|ENTITY)", data[:65536].replace(b"\0", b""), re.IGNORECASE
    ):
        raise Unreadable("La structure LimeSurvey (.lss) est anormale : elle est refusée.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except DAMAGED:
        raise Unreadable("La structure LimeSurvey (.lss) est abîmée : exportez-la de nouveau.") from None
    if root.find("LimeSurveyDocType") is None or root.find("questions") is None:
        raise Unreadable("Ce fichier n’est pas la structure d’un questionnaire LimeSurvey (.lss).")
    language = root.findtext("surveys/rows/row/language") or root.findtext("languages/language") or ""
    columns: dict[str, Described] = {}
    for question in _questions(root, language).values():
        for names, described_ in _columns(question):
            for name in (*names, described_.label):
                columns.setdefault(column_key(name), described_)
    title = next(
        (row.get("surveyls_title", "") for row in _rows(root, "surveys_languagesettings", language)), ""
    )
    return Structure(title=_text(title), columns=columns)


def _rows(root: etree._Element, name: str, language: str) -> Iterator[dict[str, str]]:
    """Rows of a part, those of other languages than the survey's own left out."""
    for row in root.iterfind(f"{name}/rows/row"):
        values = {str(cell.tag): cell.text or "" for cell in row if isinstance(cell.tag, str)}
        own = values.get("language") or values.get("surveyls_language")
        if not own or not language or own == language:
            yield values


def _questions(root: etree._Element, language: str) -> dict[str, _Question]:
    """Questions by their number; the texts stand in the rows themselves, or apart since version 4."""
    texts = {row.get("qid", ""): row.get("question", "") for row in _rows(root, "question_l10ns", language)}
    labels = {row.get("aid", ""): row.get("answer", "") for row in _rows(root, "answer_l10ns", language)}
    found: dict[str, _Question] = {}
    for row in _rows(root, "questions", language):
        number = row.get("qid", "")
        found[number] = _Question(
            id=number,
            code=row.get("title", ""),
            type=row.get("type", ""),
            text=_text(texts.get(number) or row.get("question", "")),
            group=row.get("gid", ""),
            survey=row.get("sid", ""),
            other=row.get("other") == "Y",
        )
    for row in _rows(root, "subquestions", language):
        if parent := found.get(row.get("parent_qid", "")):
            text = _text(texts.get(row.get("qid", "")) or row.get("question", ""))
            parent.parts.setdefault(row.get("scale_id") or "0", []).append((row.get("title", ""), text))
    for row in _rows(root, "answers", language):
        if question := found.get(row.get("qid", "")):
            answers = question.second if row.get("scale_id") == "1" else question.answers
            answers[row.get("code", "")] = _text(labels.get(row.get("aid", "")) or row.get("answer", ""))
    return found


def _text(html: str) -> str:
    return " ".join(plain(html)[0].split())


def _columns(question: _Question) -> Iterator[tuple[tuple[str, ...], Described]]:
    """Names and meaning of every column of a question."""
    kind, base = question.type, f"{question.survey}X{question.group}X{question.id}"
    if kind in "X|":
        return
    if kind not in MANY:
        yield (question.code, base), _closed(question, question.text)
        if kind == "O":
            yield _open(question, "comment", f"{question.text} [Commentaire]", base)
    elif kind == "1":
        yield from _two_scales(question, base)
    else:
        for part, label in _parts(question):
            yield _names(question.code, base, part), _closed(question, label)
            if kind == "P":
                yield _open(question, f"{part}comment", f"{label} [Commentaire]", base)
    if question.other:
        yield _open(question, "other", f"{question.text} [Autre]", base)


def _parts(question: _Question) -> Iterator[tuple[str, str]]:
    """Code and label of each column of a question that has several."""
    if question.type == "R":
        for rank in range(1, len(question.answers) + 1):
            yield str(rank), f"{question.text} [Rang {rank}]"
        return
    for part, text in question.parts.get("0", []):
        if question.type not in ";:":
            yield part, f"{question.text} [{text}]"
            continue
        for cell, cell_text in question.parts.get("1", []):
            yield f"{part}_{cell}", f"{question.text} [{text}][{cell_text}]"


def _two_scales(question: _Question, base: str) -> Iterator[tuple[tuple[str, ...], Described]]:
    for part, text in question.parts.get("0", []):
        for scale, answers in enumerate((question.answers, question.second)):
            names = (
                f"{question.code}[{part}][{scale + 1}]",
                f"{question.code}_{part}_{scale}",
                f"{base}{part}#{scale}",
            )
            label = f"{question.text} [{text}][{scale + 1}]"
            yield names, Described(label=label, content=Content.CHOICE, choices=dict(answers))


def _names(code: str, base: str, part: str) -> tuple[str, ...]:
    return f"{code}[{part}]", f"{code}_{part}", f"{base}{part}"


def _open(question: _Question, part: str, label: str, base: str) -> tuple[tuple[str, ...], Described]:
    return _names(question.code, base, part), Described(label=label, content=Content.TEXT)


def _closed(question: _Question, label: str) -> Described:
    kind = question.type
    if kind in OPEN:
        return Described(label=label, content=Content.TEXT)
    if kind in NUMBERS:
        return Described(label=label, content=Content.NUMBER)
    if kind == "D":
        return Described(label=label, content=Content.DATE)
    choices = dict(FIXED.get(kind, {})) or dict(question.answers)
    if choices and question.other:
        choices |= OTHER
    return Described(label=label, content=Content.CHOICE, choices=choices)
