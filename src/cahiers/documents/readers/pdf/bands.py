"""Rows told apart by the colour behind them: the sides of filled cells are lines, and white rows stand between."""

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from cahiers.documents.readers.pdf.lines import lines_of
from cahiers.documents.readers.pdfium.pieces import Area, Page, Piece, Rule, merged

#: Points by which sides that meet may miss each other.
NEAR: Final = 4.0
#: Lower fills are lines, narrower ones no cells.
LOWEST: Final = 7.0
NARROWEST: Final = 15.0
#: Sizes of letters from one line to the next, where these are not of one cell.
WIDE: Final = 1.8
#: The same inside of a theme's name.
WIDE_NAME: Final = 1.5
MAX_FILLS: Final = 2_000
WHITE: Final = 0xFFFFFF


@dataclass(frozen=True, slots=True)
class Band:
    """Filled cells side by side: a row, or a part of one. `xs` are their sides."""

    y0: float
    y1: float
    xs: tuple[float, ...]
    paint: int


def with_bands(page: Page) -> Page:
    """The page with the lines that its filled cells stand for."""
    across, down = list(page.across), list(page.down)
    bands = bands_of(page)
    for stack in _stacks(bands):
        bridges = list(_bridges(stack, bands, page))
        down += bridges
        for band in stack:
            if _is_alone(band, stack, bridges, page):
                # The header of a table that nothing else is drawn around.
                continue
            across += [Rule(at, band.xs[0], band.xs[-1]) for at in (band.y0, band.y1)]
            down += [Rule(x, band.y0, band.y1) for x in band.xs]
    return replace(page, across=tuple(across), down=tuple(down))


def _is_alone(band: Band, stack: Sequence[Band], bridges: Sequence[Rule], page: Page) -> bool:
    """Whether neither a line nor another filled row meets the band."""
    levels = [y for other in stack if other is not band for y in (other.y0, other.y1)]
    levels += [y for rule in bridges for y in (rule.start, rule.end)]
    if any(abs(y - own) <= NEAR for y in levels for own in (band.y0, band.y1)):
        return False
    return not any(
        abs(rule.at - x) <= NEAR and rule.start <= band.y1 and rule.end >= band.y0
        for rule in page.down
        for x in (band.xs[0], band.xs[-1])
    )


def bands_of(page: Page) -> list[Band]:
    """Runs of two filled cells or more, from top to bottom."""
    fills = _fills(page)
    by_height: dict[tuple[int, int], list[Area]] = {}
    for fill in fills:
        key = next(
            (ys for ys in by_height if abs(ys[0] - fill.y0) <= 2 and abs(ys[1] - fill.y1) <= 2),
            (round(fill.y0), round(fill.y1)),
        )
        by_height.setdefault(key, []).append(fill)
    bands = [band for row in by_height.values() for band in _runs(row)]
    return sorted(bands, key=lambda band: (band.y0, band.xs))


def _fills(page: Page) -> list[Area]:
    """Areas that may be cells: none that is white, none that lies under the letters of one word alone."""
    if len(page.areas) > MAX_FILLS:
        return []
    seen: dict[tuple[int, ...], Area] = {}
    for area in page.areas:
        if (
            area.y1 - area.y0 > LOWEST
            and area.x1 - area.x0 > NARROWEST
            and area.x1 - area.x0 < page.width * 0.9
        ):
            # The last one painted is the one seen.
            seen[round(area.x0), round(area.y0), round(area.x1), round(area.y1)] = area
    return list(seen.values())


def _runs(row: list[Area]) -> Iterator[Band]:
    row.sort(key=lambda area: area.x0)
    run: list[Area] = []
    for area in row:
        if run and abs(area.x0 - run[-1].x1) > NEAR:
            yield from _band(run)
            run = []
        run.append(area)
    yield from _band(run)


def _band(run: Sequence[Area]) -> Iterator[Band]:
    if len(run) > 1:
        xs = (*(area.x0 for area in run), run[-1].x1)
        # The first cells are often of a colour of their own.
        yield Band(min(a.y0 for a in run), max(a.y1 for a in run), xs, run[-1].paint)


def _stacks(bands: Sequence[Band]) -> list[list[Band]]:
    """Bands of the same cells, one below the other; the theme's cell may be of another colour, and go further down."""
    stacks: list[list[Band]] = []
    for band in bands:
        own = next(
            (
                stack
                for stack in stacks
                if any(_same_sides(xs, band.xs) for xs in (stack[0].xs, stack[0].xs[1:]))
            ),
            None,
        )
        if own is None:
            stacks.append([band])
        else:
            own.append(band)
    return stacks


def _same_sides(ones: Sequence[float], others: Sequence[float]) -> bool:
    return len(ones) == len(others) and all(abs(x - y) <= NEAR for x, y in zip(ones, others, strict=True))


def _bridges(stack: Sequence[Band], bands: Sequence[Band], page: Page) -> Iterator[Rule]:
    """Sides of the white rows between two bands, and between a band and the lines below it."""
    xs = stack[0].xs
    sides = [y for band in stack for y in (band.y0, band.y1)]
    marks = sorted({*sides, *_stops(stack, page), *_end(stack, page)})
    goes_on = True
    for top, stop in itertools.pairwise(marks):
        own = [band for band in bands if top - NEAR < band.y0 < stop - NEAR]
        if any(band in stack for band in own):
            goes_on = True
        elif stop - top > LOWEST and goes_on:
            pieces = [p for p in page.pieces if top < p.middle < stop and xs[0] < p.x1 and p.x0 <= xs[-1]]
            goes_on = not own and (is_row(pieces, xs) or _encloses(page, xs, top, stop))
            if goes_on:
                yield from (Rule(x, top, stop) for x in xs)


def _stops(stack: Sequence[Band], page: Page) -> Iterator[float]:
    """Where level lines as wide as the bands stand below these, and their outer lines and cells before them end."""
    left, right = stack[0].xs[0], stack[0].xs[-1]
    for area in page.areas:
        # The theme's cell is beside several rows.
        if abs(area.x1 - left) <= NEAR and any(
            area.y0 <= band.y0 + NEAR and area.y1 > band.y1 + LOWEST for band in stack
        ):
            yield area.y1
    for rule in merged(page.across):
        if rule.at > stack[0].y1 and abs(rule.start - left) <= NEAR and abs(rule.end - right) <= NEAR:
            yield rule.at
    for rule in merged(page.down):
        outer = min(abs(rule.at - x) for x in (left, right)) <= NEAR
        if outer and any(rule.start <= band.y1 + NEAR < rule.end - LOWEST for band in stack):
            yield rule.end


def _end(stack: Sequence[Band], page: Page) -> Iterator[float]:
    """Where the text ends of a white row that the page's end leaves open, below filled rows of two colours."""
    if all(band.paint == stack[0].paint for band in stack):
        # A header row alone does not tell that rows alternate.
        return
    xs, top = stack[0].xs, stack[-1].y1
    first = end = -math.inf
    for line in lines_of((p for p in page.pieces if p.upright and p.middle > top), page.number):
        columns = {sum(x <= piece.x0 + 2 for x in xs) for piece in line.pieces}
        crosses = any(p.x0 + 2 < x < p.x1 - 2 for p in line.pieces for x in xs)
        if crosses or not columns <= set(range(1, len(xs))):
            break
        if columns == {1} and line.y - first > WIDE_NAME * line.size:
            # At the left side alone stands the text that follows the table, or runs along the pages.
            break
        first = line.y if 1 in columns else first
        end = line.y + 2
    if end > top:
        yield end


def _encloses(page: Page, xs: Sequence[float], y0: float, y1: float) -> bool:
    """Whether the table's outer lines go on along a white row."""
    return all(
        any(
            abs(rule.at - x) <= NEAR and rule.start <= y0 + NEAR and rule.end >= y1 - NEAR
            for rule in page.down
        )
        for x in (xs[0], xs[-1])
    )


def is_row(pieces: Sequence[Piece], xs: Sequence[float]) -> bool:
    """Whether text keeps to the columns, and stands in two of them at one height, or in the first one nowhere."""
    if any(p.x0 + 2 < x < p.x1 - 2 for p in pieces for x in xs[:-1]):
        return False
    lines: list[tuple[float, set[int]]] = []
    for piece in sorted(pieces, key=lambda piece: piece.y):
        column = sum(x <= piece.x0 + 2 for x in xs)
        if lines and piece.y - lines[-1][0] < 2:
            lines[-1][1].add(column)
        elif lines and column == 1 and piece.y - lines[-1][0] > WIDE * piece.size:
            # Below a row, at its left side, stands the text that follows the table.
            return False
        else:
            lines.append((piece.y, {column}))
    held = [columns for _, columns in lines]
    # The rest of a row from the page before may be of one cell: what stands outside of tables begins at the left.
    return any(len(columns) > 1 for columns in held) or (
        bool(held) and not any(1 in columns for columns in held)
    )


def paint_of(y0: float, y1: float, bands: Sequence[Band]) -> int:
    """Colour behind most of a row's height: white where none is."""
    covering = [b for b in bands if min(b.y1, y1) - max(b.y0, y0) > (y1 - y0) / 2]
    return max(covering, key=lambda band: band.xs[-1] - band.xs[0]).paint if covering else WHITE
