"""What is doubtful about the statements of a table's rows: their column, their row, where they begin and end."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cahiers.documents.items import NUMBERS
from cahiers.documents.matching import FEEDBACK_COLUMN
from cahiers.documents.model import Warning
from cahiers.documents.readers.txt.evidence import breaks
from cahiers.documents.readers.txt.fragments import OPEN_END, Piece, join
from cahiers.documents.readers.txt.metrics import METRICS
from cahiers.documents.readers.txt.pieces import RowPieces
from cahiers.documents.readers.txt.placing import Place
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
TIGHT: Final = (
    "Texte incertain : ses mots touchent ceux d’une colonne voisine, qui peuvent s’y être mêlés, ou la fin d’une page"
    " le coupe."
)

CITED: Final = (
    "Colonne incertaine : placé parmi les retours d’expérience, où l’on attend plutôt des numéros de fiches."
)
OTHERWISE: Final = "Autre lecture possible d’un énoncé dont les mots touchent ceux d’une colonne voisine."
SHORTER: Final = "Autre lecture possible d’un énoncé recomposé de morceaux séparés : sans ceux qui suivent."

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubts:
    """Says of each statement of a stage what is doubtful; one warning a statement.

    `amid` says that the text gives blocks of all columns in one reading order, `merged` that theme cells may go over
    several rows, `widest` how wide each column's lines are.
    """

    columns: Sequence[str]
    stage: Stage
    method: Method
    amid: bool
    merged: bool = False
    widest: Sequence[float] = ()

    def of(self, row: RowPieces, places: Sequence[Place]) -> Iterator[Warning]:
        first = _first_pass(row, places, len(self.columns)) if self.amid else frozenset()
        cells = statements(row, places, len(self.columns))
        least = DOUBTFUL
        if self.amid:
            least = DOUBTFUL_AMID if all(cells) else DOUBTFUL_SHIFTED
        for column, cell in enumerate(cells):
            for at, statement in enumerate(cell):
                piece = statement[0][0]
                said = list(self._column(statement, least))
                if self.amid:
                    if not said and piece.block not in first:
                        said.append(
                            f"Place incertaine : dans « {self._name(column)} », hors de l’ordre des cellules"
                        )
                    if any(part.adrift for part, _ in statement):
                        said.append("Ligne incertaine : le texte ne dit pas où s’arrête la cellule")
                    said += self._limits(statement, column)
                    # Alone this would be said of most statements, and rightly of hardly any.
                    if said and self.merged and (at or not row.theme):
                        said.append(
                            "Ligne incertaine : la cellule de sa thématique en couvre peut-être plusieurs"
                        )
                text = join([line for part, _ in statement for line in part.lines]) if said else ""
                if text:
                    yield Warning(message=f"{' ; '.join(said)}.", text=text, source=piece.source)
                yield from shorter(statement)

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
            widths[spot.column] += [METRICS[0](line) for line in piece.lines[:-1]]
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
    """A warning for each statement in a text that keeps its columns whose words touch those of another column."""
    for piece in row.pieces:
        if (piece.mended or piece.cut) and piece.text:
            yield Warning(message=TIGHT, text=piece.text, source=piece.source)
    told = [reading.statement() for reading in row.others]
    for text, source in dict.fromkeys((piece.text, piece.source) for piece in told):
        yield Warning(message=OTHERWISE, text=text, source=source)
