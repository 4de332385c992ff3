"""Lines of a session form as pieces of its columns: labels made whole, values, counts."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, Literal

from cahiers.documents.matching import fold
from cahiers.documents.normal import tidy
from cahiers.documents.readers.txt.lines import Line
from cahiers.documents.session_form import (
    BOX,
    DATES_LABEL,
    FACILITATORS_LABEL,
    FORMAT_LABEL,
    FORMAT_WORDS,
    PARTICIPANTS_LABEL,
    PARTICIPANTS_PROMPT,
    field_of,
)
from cahiers.methods import Method

Side = Literal["label", "value", "count"]

COUNT: Final = re.compile(r"\bNombre d[e’']", re.IGNORECASE)
REGION: Final = "Nom de la Région académique"
PROMPT: Final = frozenset(fold(f"{PARTICIPANTS_PROMPT} la case correspondante").split())
#: So many labels one after the other stand before their values.
LABELS_FIRST: Final = 3
#: A label has no more lines.
LINES_OF_A_LABEL: Final = 4
#: Other lines that may stand between two lines of a label, where columns are not kept.
BETWEEN: Final = 1
#: Values stand farther from the edge of the page.
MARGIN: Final = 15
#: Columns nearer than this are one.
APART: Final = 8
#: How far a column drifts from where it usually stands.
DRIFT: Final = 8


@dataclass(frozen=True, slots=True)
class Piece:
    """What one line holds of one column; no side where columns are not kept."""

    line: Line
    text: str
    side: Side | None = None


def pieces(lines: Sequence[Line], method: Method) -> list[Piece]:
    """In reading order; the lines of a wrapped label are one piece, where its first line stood."""
    found: list[Piece] = []
    for _, page in groupby(lines, key=lambda line: line.page):
        same = list(page)
        found += _parted(same, *_edges(same, begun=bool(found)))
    labels = [
        method.territory_heading,
        REGION,
        DATES_LABEL,
        FORMAT_LABEL,
        FACILITATORS_LABEL,
        PARTICIPANTS_LABEL,
    ]
    labels.append(f"{FACILITATORS_LABEL} de la session")
    return _beside_values(
        _labels_whole(found, [label.split() for label in labels]), set(map(fold, labels)), method
    )


def halves(line: Line) -> list[tuple[int, str]]:
    """A line's label and value with where each begins, parted by spaces; boxes side by side are one."""
    if len(BOX.findall(line.text)) > 1 and BOX.match(line.text):
        return [(_indent(line), line.text)]
    gap = re.search(r"(?<=\S)(?: {3,}| {2,}(?=Nombre d))(?=\S)", line.raw)
    if gap is None:
        return [(_indent(line), line.text)]
    return [(0, tidy(line.raw[: gap.start()])), (gap.end(), tidy(line.raw[gap.end() :]))]


def _indent(line: Line) -> int:
    return len(line.raw) - len(line.raw.lstrip())


def _edges(lines: Sequence[Line], *, begun: bool) -> tuple[int | None, int | None]:
    """Where values begin, and counts beyond them, in a page of a form that keeps its columns by spaces.

    A form that has ``begun`` on the page before may hold no label any more: its boxes begin the line then.
    """
    starts = Counter(at for line in lines for at, _ in halves(line) if at > MARGIN)
    boxes = Counter(match.start() for line in lines if (match := BOX.search(line.raw)))
    numbers = Counter(match.start() for line in lines if (match := COUNT.search(line.raw)))
    value = _usual(boxes)
    if value is None or (value <= MARGIN and not begun):
        value = _usual(starts)
    if value is None:
        return None, None
    count = _usual(Counter({at: times for at, times in numbers.items() if at > value + APART}))
    return (None, None) if value <= MARGIN and count is None else (value, count)


def _usual(places: Counter[int]) -> int | None:
    common = places.most_common(1)
    return common[0][0] if common and common[0][1] >= 3 else None


def _parted(lines: Sequence[Line], value: int | None, count: int | None) -> Iterator[Piece]:
    """Pieces of each line; a box or a count says where its column stands from there on: columns drift a little."""
    for line in lines:
        if value is None or count is None:
            for at, text in halves(line):
                side: Side = "value" if value is not None and at >= value - 2 else "label"
                yield Piece(line, text, None if value is None else side)
            continue
        box, number = BOX.search(line.raw, max(0, value - DRIFT)), COUNT.search(line.raw)
        if box and box.start() <= value + DRIFT:
            value = box.start()
        if number and abs(number.start() - count) <= DRIFT:
            count = number.start()
        cuts: list[tuple[int, Side]] = [(0, "label")]
        if (start := _begins(line.raw, value)) is not None:
            cuts.append((start, "value"))
        if (start := _begins(line.raw, count)) is not None and not BOX.match(line.raw[start:]):
            cuts.append((start, "count"))
        for (at, side), (end, _) in zip(cuts, [*cuts[1:], (len(line.raw), "count")], strict=True):
            if text := tidy(line.raw[at:end]):
                yield Piece(line, text, side)


def _begins(raw: str, edge: int) -> int | None:
    """Where words begin at a column's edge, two characters apart at most; one space before is enough right at it."""
    for at in (edge, edge + 1, edge - 1, edge + 2, edge - 2):
        before = raw[max(0, at - (1 if at == edge else 2)) : at]
        if 0 <= at < len(raw) and raw[at] != " " and not before.strip():
            return at
    return None


def _labels_whole(found: Sequence[Piece], labels: Sequence[Sequence[str]]) -> list[Piece]:
    whole: list[Piece] = []
    taken: set[int] = set()
    for number, piece in enumerate(found):
        if number in taken:
            continue
        if piece.side in (None, "label"):
            for label in labels:
                if (rest := _rest(found, number, label)) is not None:
                    taken.update(rest)
                    said = piece.text.split()[_known(piece.text, label) :]
                    piece = replace(piece, text=" ".join([*label, *said]))
                    break
        whole.append(piece)
    return whole


def _known(text: str, label: Sequence[str]) -> int:
    """How many words of a label a text begins with."""
    known = 0
    for word, expected in zip(text.split(), label, strict=False):
        if fold(word) != fold(expected):
            break
        known += 1
    return known


def _rest(found: Sequence[Piece], number: int, label: Sequence[str]) -> list[int] | None:
    """The pieces that end the label which one begins; none where it is whole, None where it is not this label.

    A piece may hold the value behind what it has of the label, where columns are not kept.
    """
    text, side = found[number].text, found[number].side
    known = _known(text, label)
    alone = known == len(text.split())
    if known == len(label) or not known or not (alone or (side is None and known > 1)):
        return None
    rest: list[int] = []
    strangers = 0
    for after in range(number + 1, len(found)):
        piece = found[after]
        if side is not None and piece.side != side:
            continue
        more = _known(piece.text, label[known:])
        if more and more == len(piece.text.split()):
            rest.append(after)
            known += more
        else:
            strangers += 1
        if known == len(label):
            return rest
        if strangers > BETWEEN * (side is None) or len(rest) == LINES_OF_A_LABEL:
            break
    return rest if label[:3] == REGION.split()[:3] and known > 3 else None


def _beside_values(found: list[Piece], labels: set[str], method: Method) -> list[Piece]:
    """Where all labels come before the values, each goes before its own: a name, dates, boxes, people, more boxes."""
    names: dict[str, Piece] = {}
    at = 0
    for piece in found:
        name = field_of(piece.text, method) if fold(piece.text) in labels else None
        prompt = _prompts(piece.text) and (name is None or piece.text[0].islower())
        if piece.side is not None or not (prompt or name) or (name in names and not prompt):
            break
        if name is not None and not prompt:
            names[name] = piece
        at += 1
    if len(names) < LABELS_FIRST or "label" not in names or at + 1 >= len(found):
        return found
    values = found[at:]
    boxed = [bool(BOX.match(piece.text)) for piece in values]
    dates = boxed.index(True) if True in boxed else len(values)
    people = dates
    while people < len(values) and fold(BOX.sub("", values[people].text)).startswith(FORMAT_WORDS):
        people += 1
    bounds = {"label": 0, "dates": 1, "format": dates, "facilitators": people}
    ordered: list[Piece] = []
    for (name, start), end in zip(bounds.items(), [1, dates, people, len(values)], strict=True):
        ordered += [names[name]] if name in names else []
        ordered += values[start:end]
    return ordered


def _prompts(text: str) -> bool:
    return set(fold(text).split()) <= PROMPT
