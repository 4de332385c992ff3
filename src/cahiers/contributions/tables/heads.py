"""Where the header of a table stands, and which names its columns get."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cahiers.contributions.tables.model import PROBLEM_COLUMN, column_key
from cahiers.documents.matching import fold

#: Records, from the top, among which the header is looked for.
TOP: Final = 12
#: Columns that are read: a spreadsheet may hold a cell in its sixteen-thousandth.
MAX_COLUMNS: Final = 2000
#: Second header of LimeSurvey's VV files, and first columns of Drupal's webforms.
VV: Final = frozenset({"id", "submitdate", "lastpage", "startlanguage", "startdate", "datestamp", "token"})
SERIAL: Final = frozenset({"serial", "numero de serie", "numero serie", "serial number", "n de serie"})
SUBMISSION: Final = frozenset({"sid", "submission id", "id de soumission", "identifiant de la soumission"})
#: What is no character of a name.
_COLON: Final = " :\u00a0\u202f"
_ABSENT: Final = {0: None, 0xFEFF: None}
_WRITTEN: Final = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b|\S+@\S+\.\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """`names` and `labels` are by position, the last of `used` records is `cells`; "" names what is left aside."""

    names: tuple[str, ...]
    labels: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    used: int = 1
    remark: str = ""


def find(records: Sequence[Sequence[str]]) -> Head:
    """Header of a table whose first records these are; no names at all where there is nothing."""
    records = [[cell.translate(_ABSENT).strip() for cell in cells] for cells in records]
    for rule in (_vv, _webform):
        if head := rule(records):
            return head
    filled = [sum(map(bool, cells)) for cells in records]
    usual = Counter(count for count in filled if count).most_common(1)
    if not usual:
        return Head(names=())
    at = next(
        (at for at, count in enumerate(filled) if count > 1 or (count == 1 and usual[0][0] == 1)),
        next(at for at, count in enumerate(filled) if count),
    )
    cells = records[at]
    remark = ""
    if any(_WRITTEN.match(cell) or len(cell) > 500 for cell in cells):
        remark = (
            "La première ligne ressemble à une réponse : vérifiez que le fichier commence par ses intitulés."
        )
    return Head(names=unique(cells), cells=tuple(cells), used=at + 1, remark=remark)


def _vv(records: Sequence[Sequence[str]]) -> Head | None:
    """LimeSurvey's VV files: the questions, then their codes."""
    if len(records) < 2 or len(VV & set(records[1])) < 2 or records[0] == records[1]:
        return None
    labels = tuple(records[0]) + ("",) * (len(records[1]) - len(records[0]))
    return Head(names=unique(records[1]), labels=labels, cells=tuple(records[1]), used=2)


def _webform(records: Sequence[Sequence[str]]) -> Head | None:
    """Drupal's webforms (exporters of webform 7.x): title, then the questions of groups, then single questions."""
    for at, cells in enumerate(records[1:6], start=1):
        folded = {fold(cell[:100]) for cell in cells[:4]}
        if folded & SERIAL and folded & SUBMISSION:
            above = list(records[at - 1]) + [""] * len(cells)
            values = [
                {row[i] for row in records[at + 1 :] if i < len(row) and row[i]} for i in range(len(cells))
            ]
            labels = [
                cell or parent for cell, parent in zip(cells, _groups(cells, above, values), strict=True)
            ]
            joined = [
                f"{parent.rstrip(_COLON)} : {cell}" if parent and cell and parent != cell else label
                for cell, parent, label in zip(cells, _groups(cells, above, values), labels, strict=True)
            ]
            return Head(names=unique(joined), cells=tuple(cells), used=at + 1)
    return None


def _groups(cells: Sequence[str], above: Sequence[str], values: Sequence[set[str]]) -> list[str]:
    """The question that each column belongs to; a group goes on while its columns are answered with the same words.

    The first columns belong to the submission, whatever stands above them.
    """
    found: list[str] = []
    current, allowed = "", set[str]()
    for at in range(len(cells)):
        if above[at]:
            current, allowed = above[at], values[at] | {"X", "x", "1", "0"}
        elif not cells[at] or not values[at] <= allowed:
            current = ""
        elif current:
            allowed |= values[at]
        found.append(current)
    submission = next((at for at in range(len(cells) - 1, -1, -1) if fold(cells[at][:100]) in _SUBMITTED), -1)
    return [""] * (submission + 1) + found[submission + 1 :]


_SUBMITTED: Final = (
    SERIAL
    | SUBMISSION
    | frozenset(
        {
            "uid",
            "username",
            "nom d utilisateur",
            "utilisateur",
            "ip address",
            "adresse ip",
            "draft",
            "brouillon",
        }
    )
)


def unique(cells: Sequence[str]) -> tuple[str, ...]:
    """Names by which columns are told apart; a header that another column has gets a number."""
    seen: Counter[str] = Counter()
    names: list[str] = []
    for at, cell in enumerate(cells[:MAX_COLUMNS], start=1):
        name = " ".join(cell.split()) or f"Colonne {at}"
        key = column_key(name)
        while (count := seen[key]) > 0:
            seen[key] += 1
            name = f"{' '.join(cell.split())} ({count + 1})"
            key = column_key(name)
        seen[key] += 1
        names.append(name)
    if names and column_key(names[-1]) == column_key(PROBLEM_COLUMN):
        names[-1] = ""
    return tuple(names)
