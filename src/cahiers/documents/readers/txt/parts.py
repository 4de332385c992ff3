"""The parts of a text: session forms, prose, and the bodies of stage tables."""

import re
from dataclasses import dataclass, field
from typing import Final

from cahiers.documents.readers.txt.lines import Line
from cahiers.methods import Stage

#: Bullets of statements; a dash or a small "o" is one at a line's beginning only.
BULLET: Final = re.compile(
    r"[►▶▸➤➢•●▪■□◦○‣·∙❖✓✔➔→⇒\uf0a7\uf0b7\uf0d8\uf0fc]\s*|[-–—*o]\s+"
    r"|[-–](?=\d+(?:[, ]+(?:et )?\d+)*$)"
)
#: Bullets that stand before statements; squares and dashes stand before prompts too.
STATEMENT: Final = re.compile(r"[►▶▸➤➢•●▪◦‣❖➔⇒\uf0a7\uf0b7\uf0d8\uf0fc]\s*(?=\S)")


@dataclass(slots=True)
class FormPart:
    """The lines of a session form."""

    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class ProsePart:
    """Lines outside of tables: headings, feedback sheets (`sheet`), whatever authors wrote there."""

    lines: list[Line] = field(default_factory=list)
    sheet: bool = False


@dataclass(slots=True)
class TablePart:
    """The body of a stage's table, its chunks on several pages being one.

    `named` gives the column that a heading names for the line that follows, where headings stand inside the body;
    `headed` each column whose heading stands there before the line of that index.
    `chunks` are the indexes in `lines` after a header row that repeats.
    """

    stage: Stage
    title: str
    lines: list[Line] = field(default_factory=list)
    headers: list[tuple[Line, ...]] = field(default_factory=list)
    chunks: list[int] = field(default_factory=list)
    named: dict[int, str] = field(default_factory=dict)
    headed: list[tuple[int, str]] = field(default_factory=list)
    #: Those of `chunks` below a header row whose lines came across columns, level by level.
    woven: set[int] = field(default_factory=set)


Part = FormPart | ProsePart | TablePart
