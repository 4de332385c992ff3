"""Territories as tiles of one size, roughly where they are: a large empty one weighs no more than a small full one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil, sqrt
from typing import Final

from cahiers.contributions.portrait.charts import shown_as
from cahiers.contributions.portrait.queries import Line
from cahiers.territories.models import Level, Territory

#: Side of a tile and what parts it from the next, in units of the drawing.
SIDE, STEP = 44, 48
#: How dark each share of the largest number is; nobody is none.
SHADES: Final = (0.08, 0.16, 0.24, 0.32, 0.4)
_LAYOUTS: Final = {
    Level.REGION: """
        .  .  32 .  .
        .  28 11 44 .
        53 52 24 27 .
        .  75 84 .  .
        .  76 93 .  94
        01 02 03 04 06""",
    Level.DEPARTMENT: """
        .   .   .   .   .   .   .   62  59  .   .   .   .
        .   .   .   .   .   76  80  60  02  08  .   .   .
        .   .   .   50  14  27  95  93  77  51  55  57  67
        29  22  35  53  61  78  92  75  94  10  52  54  68
        .   56  44  49  72  28  91  45  89  21  70  88  90
        .   .   85  79  37  41  18  58  71  39  25  .   .
        .   .   17  16  86  36  23  03  42  69  01  74  .
        .   .   .   33  24  87  19  63  43  38  73  .   .
        .   .   .   40  47  46  15  48  07  26  05  .   .
        .   .   .   32  82  81  12  30  84  04  06  .   .
        .   .   64  65  31  11  34  13  83  .   .   .   2B
        .   .   .   .   09  66  .   .   .   .   .   .   2A
        971 972 973 974 976 977 978 .   .   .   .   .   .""",
}
#: Column and row of each French territory, by level and code.
PLACES: Final = {
    level: {
        code: (column, row)
        for row, codes in enumerate(drawn.split("\n")[1:])
        for column, code in enumerate(codes.split())
        if code != "."
    }
    for level, drawn in _LAYOUTS.items()
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """`x` and `y` are of its corner."""

    territory: Territory
    label: str
    shown: str
    #: Index in SHADES, -1 where nobody spoke.
    shade: int
    x: int
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TileMap:
    tiles: tuple[Tile, ...]
    #: Outlines of the tiles of each shade, with how dark they are; one path a shade keeps the page light.
    paths: tuple[tuple[str, float], ...]
    width: int
    height: int

    @property
    def drawn_width(self) -> int:
        """In pixels, where there is room."""
        return self.width * 5 // 4

    @property
    def large(self) -> bool:
        """Wider than a telephone shows with letters that can be read."""
        return self.width > 8 * STEP


def tile_map(lines: Sequence[Line]) -> TileMap:
    """Numbers of people by territory; a number that is withheld is of the lightest shade."""
    known = [line for line in lines if line.territory is not None]
    spots = _spots([line.territory for line in known if line.territory is not None])
    most = max((line.total or 0 for line in known), default=0) or 1
    tiles = tuple(
        Tile(
            territory=line.territory,
            label=_label(line.territory),
            shown=shown_as(line.total),
            shade=0 if line.total is None else ceil(line.total * len(SHADES) / most) - 1,
            x=column * STEP,
            y=row * STEP,
        )
        for line, (column, row) in zip(known, spots, strict=True)
        if line.territory is not None
    )
    shaded = groupby(sorted(tiles, key=lambda tile: tile.shade), key=lambda tile: tile.shade)
    return TileMap(
        tiles=tiles,
        paths=tuple((_path(those), SHADES[shade] if shade >= 0 else 0.0) for shade, those in shaded),
        width=(max((column for column, _ in spots), default=0) + 1) * STEP,
        height=(max((row for _, row in spots), default=0) + 1) * STEP,
    )


def _spots(territories: Sequence[Territory]) -> list[tuple[int, int]]:
    """Columns and rows: of France where all are of France, else line by line in their order."""
    places = PLACES.get(Level(territories[0].level), {}) if territories else {}
    if territories and all(one.code in places for one in territories):
        spots = [places[one.code] for one in territories]
        left, top = min(column for column, _ in spots), min(row for _, row in spots)
        return [(column - left, row - top) for column, row in spots]
    across = ceil(sqrt(len(territories) * 1.5)) or 1
    return [(at % across, at // across) for at in range(len(territories))]


def _label(territory: Territory) -> str:
    """Départements go by their number; others by the beginnings of their name."""
    if territory.level == Level.DEPARTMENT and territory.code:
        return territory.code
    words = territory.name.replace("-", " ").replace("’", " ").split()
    named = [word if word.isdigit() else word[0] for word in words if word[0].isupper() or word.isdigit()]
    return "".join(named)[:5] if len(named) > 1 else territory.name[:4]


def _path(tiles: Iterable[Tile]) -> str:
    return "".join(f"M{tile.x} {tile.y}h{SIDE}v{SIDE}h-{SIDE}z" for tile in tiles)
