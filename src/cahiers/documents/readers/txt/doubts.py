"""What is doubtful about the statements of a table's rows: their column, their row, where they begin and end.

What is doubtful about statements that have a place is said row by row, with their lines: their words are in the table.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Final

from cahiers.documents.items import NUMBERS
from cahiers.documents.matching import FEEDBACK_COLUMN
from cahiers.documents.model import OTHER_READING, Source, Warning
from cahiers.documents.readers.txt.evidence import breaks
from cahiers.documents.readers.txt.fragments import OPEN_END, Piece, join
from cahiers.documents.readers.txt.metrics import METRICS
from cahiers.documents.readers.txt.pieces import RowPieces
from cahiers.documents.readers.txt.placing import Place
from cahiers.documents.readers.txt.readings import readings
from cahiers.methods import Method, Stage

#: Below these scores two columns are about as likely: where columns follow each other, and where they come mixed.
DOUBTFUL: Final = 0.8
DOUBTFUL_AMID: Final = 2.5
#: The same in a row with an empty cell: which one it is decides for all the others.
DOUBTFUL_SHIFTED: Final = 5.0
#: A sign that weighs less says nothing.
WEIGHT: Final = 0.25
#: Where the next word would have stood within this share of the widest lines, a line did not break for want of room.
ROOM: Final = 0.85
TO_CHECK: Final = "À vérifier dans cette ligne du tableau. {}."
TIGHT: Final = (
    "Texte incertain : ses mots touchent ceux d’une colonne voisine, qui peuvent s’y être mêlés, ou la fin d’une page"
    " le coupe"
)

CITED: Final = (
    "Colonne incertaine : placé parmi les retours d’expérience, où l’on attend plutôt des numéros de fiches."
)
OTHERWISE: Final = f"{OTHER_READING} d’un énoncé dont les mots touchent ceux d’une colonne voisine."
CUT: Final = f"{OTHER_READING} d’un énoncé dont une colonne étroite coupe peut-être un mot."
SHORTER: Final = f"{OTHER_READING} d’un énoncé recomposé de morceaux séparés : sans ceux qui suivent."

Statement = list[tuple[Piece, Place]]


def statements(row: RowPieces, places: Sequence[Place], columns: int) -> list[list[Statement]]:
    """The row's statements by column; a fragment without bullet goes on with the one before it."""
    cells: list[list[Statement]] = [[] for _ in range(columns)]
    for piece, spot in zip(row.pieces, places, strict=True):
        own = cells[spot.column]
        if own and not piece.bulleted and piece.goes_on:
            own[-1].append((piece, spot))
        else:
            own.append([(piece, spot)])
    return cells


@dataclass(slots=True)
class RowDoubts:
    """What is doubtful in one row, each doubt once, with the statements that it is about."""

    found: dict[str, list[Source]] = field(default_factory=dict)

    def say(self, doubts: Iterable[str], source: Source) -> None:
        for doubt in doubts:
            self.found.setdefault(doubt, []).append(source)

    def warnings(self) -> Iterator[Warning]:
        """One for all of them; none where nothing is doubtful."""
        if self.found:
            said = ". ".join(f"{doubt} – {_lines(sources)}" for doubt, sources in self.found.items())
            first = min((own for sources in self.found.values() for own in sources), key=_line)
            yield Warning(message=TO_CHECK.format(said), source=first)


def _line(source: Source) -> int:
    return source.line or 0


def _lines(sources: Iterable[Source]) -> str:
    numbers = [str(number) for number in sorted({_line(source) for source in sources})]
    return f"ligne{'s' if len(numbers) > 1 else ''} {', '.join(numbers)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubts:
    """Says of each row of a stage what is doubtful about its statements.

    `amid` says that the text gives blocks of all columns in one reading order, `merged` that theme cells may go over
    several rows, `widest` how wide each column's lines are.
    """

    columns: Sequence[str]
    stage: Stage
    method: Method
    amid: bool
    merged: bool = False
    widest: Sequence[float] = ()
    #: Words that are whole, folded, and all words.
    known: Set[str] = frozenset()
    words: Set[str] = frozenset()
    #: Lines where doubtful statements begin.
    lines: set[int] = field(default_factory=set)

    def of(self, row: RowPieces, places: Sequence[Place]) -> Iterator[Warning]:
        """What stands among cited sheets is no statement's place: such words are alone in a warning."""
        first = _first_pass(row, places, len(self.columns)) if self.amid else frozenset()
        cells = statements(row, places, len(self.columns))
        least = DOUBTFUL
        if self.amid:
            least = DOUBTFUL_AMID if all(cells) else DOUBTFUL_SHIFTED
        doubtful = RowDoubts()
        for column, cell in enumerate(cells):
            for at, statement in enumerate(cell):
                source = statement[0][0].source
                text = join([line for part, _ in statement for line in part.lines])
                said = list(self._said(statement, column, least, first)) if text else []
                # Alone this would be said of most statements, and rightly of hardly any.
                if said and self.merged and (at or not row.theme):
                    said.append(
                        "Ligne incertaine : la cellule de sa thématique en couvre peut-être plusieurs"
                    )
                if self.columns[column] == FEEDBACK_COLUMN:
                    if said or (self.amid and text and not NUMBERS.fullmatch(text)):
                        yield Warning(
                            message=f"{' ; '.join(said)}." if said else CITED, text=text, source=source
                        )
                else:
                    doubtful.say(said, source)
                yield from shorter(statement)
                if self.amid:
                    yield from self._otherwise(statement, column)
        self.lines.update(_line(source) for sources in doubtful.found.values() for source in sources)
        yield from doubtful.warnings()

    def _said(self, statement: Statement, column: int, least: float, first: Set[int]) -> Iterator[str]:
        """What is doubtful about a statement; `first` are the blocks that open the row's cells in order."""
        column_said = list(self._column(statement, least))
        yield from column_said
        if not self.amid:
            return
        if not column_said and statement[0][0].block not in first:
            yield f"Place incertaine : dans « {self._name(column)} », hors de l’ordre des cellules"
        if any(part.adrift for part, _ in statement):
            yield "Ligne incertaine : le texte ne dit pas où s’arrête la cellule"
        yield from self._limits(statement, column)

    def _otherwise(self, statement: Statement, column: int) -> Iterator[Warning]:
        lines = [line for piece, _ in statement for line in piece.lines]
        width = self.widest[column] if self.widest else math.inf
        for message, text in readings(lines, width, self.known, self.words):
            yield Warning(message=message, text=text, source=statement[0][0].source)

    def _name(self, column: int) -> str:
        names = {own.kind: own.plural for own in self.stage.columns}
        if self.method.feedback is not None:
            names[FEEDBACK_COLUMN] = self.method.feedback.word
        return names[self.columns[column]]

    def _column(self, statement: Statement, least: float) -> Iterator[str]:
        """What speaks for the column and for its rival, where these are about as likely."""
        _, spot = min(statement, key=lambda part: part[1].margin)
        if spot.margin >= least:
            return
        because = ", ".join(_signs(spot.evidence)) or "aucun indice net, sinon l’ordre des colonnes"
        own, rival = self._name(spot.column), self._name(spot.rival)
        yield f"Colonne incertaine : placé dans « {own} » plutôt que « {rival} » ({because})"

    def _limits(self, statement: Statement, column: int) -> Iterator[str]:
        """What says that the statement is cut, or holds another's words."""
        lines = [line for piece, _ in statement for line in piece.lines]
        if len(statement) > 1 or any(piece.mended for piece, _ in statement):
            yield "Texte incertain : recomposé de morceaux séparés"
        elif not statement[0][0].bulleted:
            yield "Texte incertain : commence sans puce"
        if any(piece.cut for piece, _ in statement):
            yield "Texte incertain : se poursuit peut-être à la page suivante"
        elif OPEN_END.search(lines[-1]):
            yield "Texte incertain : semble coupé"
        widest = self.widest[column] if self.widest else math.inf
        if any(METRICS[0](longer) < widest * ROOM for _, longer in breaks(lines)):
            yield "Texte incertain : va à la ligne avant le bord de sa colonne"


def shorter(statement: Statement) -> Iterator[Warning]:
    """A warning for each beginning of a statement that others were joined to."""
    lines: list[str] = []
    for piece, _ in statement:
        joints = ([len(lines)] if lines else []) + [len(lines) + at for at in piece.joints]
        lines += piece.lines
        for joint in joints:
            if text := join(lines[:joint]):
                yield Warning(message=SHORTER, text=text, source=statement[0][0].source)


def _signs(evidence: Mapping[str, float]) -> Iterator[str]:
    """`evidence` has what each kind of sign says for the column rather than for its rival."""
    for name, score in evidence.items():
        if abs(score) >= WEIGHT:
            yield f"{name} {'pour' if score > 0 else 'contre'}"


def _first_pass(row: RowPieces, places: Sequence[Place], columns: int) -> frozenset[int]:
    """Blocks that open the row's cells one after the other, from left to right, where hardly a cell is left out.

    In three columns none may be.
    """
    blocks: list[int] = []
    last = -1
    met = 0
    order = sorted(zip(row.pieces, places, strict=True), key=lambda part: (part[0].chunk, part[0].block))
    for piece, spot in order:
        if blocks and piece.block == blocks[-1]:
            continue
        if spot.column <= last:
            break
        last = spot.column
        met += 1
        blocks.append(piece.block)
    return frozenset(blocks) if met >= columns - (columns > 3) else frozenset()


def widest_lines(rows: Sequence[tuple[RowPieces, Sequence[Place]]], columns: int) -> list[float]:
    """How wide the lines of each column are: all but the widest few, which may be glued ones."""
    widths: list[list[float]] = [[] for _ in range(columns)]
    for row, places in rows:
        for piece, spot in zip(row.pieces, places, strict=True):
            widths[spot.column] += [METRICS[0](line) for line in piece.lines[:-1] if line]
    return [sorted(own)[len(own) * 9 // 10] if own else math.inf for own in widths]


def cited_words(row: RowPieces, places: Sequence[Place], columns: Sequence[str]) -> Iterator[Warning]:
    """A warning for each statement among cited sheets that may be of the column beside.

    It is where it stands when every column of the row is filled, below a header row.
    """
    is_full = len({spot.column for spot in places}) == len(columns)
    for piece, spot in zip(row.pieces, places, strict=True):
        cites = columns[spot.column] == FEEDBACK_COLUMN and not NUMBERS.fullmatch(piece.text)
        if cites and piece.bulleted and piece.text and (piece.adrift or not is_full):
            yield Warning(message=CITED, text=piece.text, source=piece.source)


def tight_words(row: RowPieces) -> Iterator[Warning]:
    """Warnings for a text that keeps its columns: one for the statements whose words touch those of another column.

    What they may say instead is alone in a warning.
    """
    doubtful = RowDoubts()
    for piece in row.pieces:
        if (piece.mended or piece.cut) and piece.text:
            doubtful.say((TIGHT,), piece.source)
    yield from doubtful.warnings()
    told = [(reading.statement(), CUT if reading.cut else OTHERWISE) for reading in row.others]
    messages = {(piece.text, piece.source): message for piece, message in reversed(told)}
    for (text, source), message in reversed(messages.items()):
        yield Warning(message=message, text=text, source=source)
