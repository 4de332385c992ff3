"""A board in pages: few enough cards for a telephone or the facilitator's table, and screens read from afar."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from math import ceil

from django.core.paginator import Page, Paginator

from cahiers.boards.queries import Card, RowOfRound

#: Cards of a page, where a row counts for two: with what a facilitator does with each, some 300 elements.
PAGE = 48
#: What must be left of a page for a row to begin there that goes on on the next.
SHARE = 12
#: Lines of a screen under its bar, in the least letters that are read from ten metres: 28 pixels of 1080.
LINES = 23.5
#: Letters of a line over the whole width of a screen, and in one of its two columns.
WIDE, NARROW = 112, 44
#: Lines that a row's name and the titles of its columns take, and the space around a card.
HEAD, AROUND = 3.4, 0.5
#: What a tag adds to the line where it stands.
TAG = 0.2

Cells = Sequence[Sequence[Card]]
Size = Callable[[Cells], float]
Pages = list[list[RowOfRound]]


def page_of(rows: list[RowOfRound], number: int | str) -> Page[list[RowOfRound]]:
    """The rows of that page, the nearest one where there is none such."""
    return _get(pages_of(rows), number)


def screen_of(rows: list[RowOfRound], number: int) -> Page[list[RowOfRound]]:
    """The same, of what the wall shows."""
    return _get(screens_of(rows), number)


def page_with(rows: list[RowOfRound], screen: Page[list[RowOfRound]]) -> int:
    """The page where what is on that screen begins."""
    return page_holding(pages_of(rows), {card.id for row in screen[0] for card in row.cards})


def page_holding(pages: Pages, cards: Collection[str]) -> int:
    """The first page with one of the cards that have these ids."""
    found = (
        number
        for number, page in enumerate(pages, 1)
        if any(card.id in cards for row in page for card in row.cards)
    )
    return next(found, 1)


def pages_of(rows: list[RowOfRound]) -> Pages:
    pages: Pages = [[]]
    room = 0.0
    for row in rows:
        for part in _parts(row, PAGE, _count, room if room >= SHARE else PAGE):
            size = _count(_cells(part))
            # A part goes on from the page before: a page holds one part of a row.
            if size > room or part.follows:
                pages.append([])
                room = PAGE
            pages[-1].append(part)
            room -= size
    return [page for page in pages if page] or [[]]


def screens_of(rows: list[RowOfRound]) -> Pages:
    """Rows stand in two columns; one too high for a column has the whole width, and as many screens as it takes."""
    screens: Pages = []
    left: list[float] = []
    for row in rows:
        height = _narrow(_cells(row))
        if height > LINES:
            screens += [[part] for part in _parts(row, LINES, _wide, LINES)]
            left = []
            continue
        left = [room for room in left if room >= height]
        if not left:
            screens.append([])
            left = [LINES, LINES]
        screens[-1].append(row)
        left[0] -= height
    return screens or [[]]


def _get(pages: Pages, number: int | str) -> Page[list[RowOfRound]]:
    return Paginator(pages, 1).get_page(number)


def _parts(row: RowOfRound, room: float, size: Size, first: float) -> Iterator[RowOfRound]:
    """The row, or as many parts of it as have room, the first of which has its own; columns are filled side by side."""
    cells: list[list[Card]] = [[] for _ in row.columns]
    cut = False
    for rank in zip_longest(*(column.cards for column in row.columns)):
        for place, card in enumerate(rank):
            if card is None:
                continue
            cells[place].append(card)
            if size(cells) > (room if cut else first) and sum(map(len, cells)) > 1:
                cells[place].pop()
                yield _part(row, cells, cut)
                cells, cut = [[] for _ in row.columns], True
                cells[place].append(card)
    yield _part(row, cells, cut)


def _part(row: RowOfRound, cells: Cells, cut: bool) -> RowOfRound:
    columns = [replace(column, cards=list(cards)) for column, cards in zip(row.columns, cells, strict=True)]
    return replace(row, columns=columns, follows=cut)


def _cells(row: RowOfRound) -> Cells:
    return [column.cards for column in row.columns]


def _count(cells: Cells) -> float:
    return 2 + sum(map(len, cells))


def _wide(cells: Cells) -> float:
    return _height(cells, WIDE)


def _narrow(cells: Cells) -> float:
    return _height(cells, NARROW)


def _height(cells: Cells, letters: int) -> float:
    """In lines; three columns at most stand side by side."""
    beside = min(3, len(cells)) or 1
    heights = [sum(_lines(card, letters // beside) for card in cards) for cards in cells]
    tiers = [heights[start : start + beside] for start in range(0, len(heights), beside)]
    return sum(HEAD + max(tier) for tier in tiers)


def _lines(card: Card, letters: int) -> float:
    tags = 9 * ((card.voices > 1) + bool(card.dots)) + 24 * card.late
    return ceil((len(card.text) + tags) / letters) + AROUND + (TAG if tags else 0)
