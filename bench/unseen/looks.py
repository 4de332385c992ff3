"""The looks that authors give the template, as data."""

import random
from dataclasses import dataclass, fields
from typing import Final, Literal

Lines = Literal["style", "single", "horizontal", "outer", "dotted", "none"]
Fill = Literal["", "header", "bands"]


@dataclass(frozen=True, kw_only=True)
class Look:
    """How an author sets the template; `aside` marks looks that readers are measured on and never tuned on.

    `region` is the demo's region whose words it takes; `dealt` deals these out again into rows of other sizes, by
    that seed, the share `spliced` of them with other ends. `size` is in points, `padding` in twentieths of a point,
    `spacing` in points after a paragraph; `widths` are the columns' shares of the page, by how many columns a table
    has.
    """

    region: int
    dealt: int | None = None
    spliced: float = 0.0
    bullet: str = "►"
    font: str = "Liberation Sans"
    size: float = 9
    style: str = "Table Grid"
    lines: Lines = "style"
    fill: Fill = ""
    padding: int = 0
    spacing: float = 3
    centred: bool = False
    merged: bool = False
    repeats: bool = True
    whole_rows: bool = False
    split_tables: bool = True
    bars: bool = True
    heads: bool = True
    theme_bullet: bool = True
    empty_ends: float = 0.0
    widths: tuple[tuple[int, ...], ...] = ()
    aside: bool = False


LOOKS: Final = {
    "grid": Look(region=1),
    "grid-merged": Look(region=2, bullet="•", font="Liberation Serif", size=11, merged=True),
    "light-grid": Look(
        region=3, bullet="-", font="DejaVu Sans", size=8, style="Light Grid Accent 1", repeats=False
    ),
    "medium-shading": Look(
        region=1, bullet="–", font="Carlito", size=10, style="Medium Shading 1 Accent 3"
    ),
    "wide": Look(region=2, font="DejaVu Serif", heads=False, bars=False, split_tables=False, spacing=6,
                 widths=((16, 12, 34, 38), (18, 22, 26, 34), (12, 16, 20, 18, 14, 20))),
    "narrow": Look(region=3, font="DejaVu Sans", size=8, theme_bullet=False, heads=False, bars=False, spacing=6,
                   split_tables=False, widths=((20, 10, 35, 35), (14, 28, 28, 30), (14, 22, 22, 14, 12, 16))),
    "whole-rows": Look(region=1, bullet="•", font="DejaVu Sans", spacing=0, whole_rows=True, empty_ends=0.5,
                       heads=False, bars=False, split_tables=False),
    "dashes": Look(region=2, bullet="-", font="DejaVu Sans", size=11, theme_bullet=False, spacing=6, bars=False),
    "no-lines": Look(region=1, lines="none", split_tables=False),
    "no-lines-repeated": Look(region=2, bullet="•", font="Carlito", size=10, lines="none", repeats=False),
    "horizontal": Look(region=1, bullet="–", font="Liberation Serif", size=10, lines="horizontal"),
    "horizontal-merged": Look(region=2, bullet="•", size=10, lines="horizontal", merged=True),
    "header-filled": Look(region=3, bullet="•", lines="none", fill="header"),
    "bands": Look(region=1, font="Carlito", size=10, lines="none", fill="bands", repeats=False),
    "outer": Look(region=2, lines="outer", centred=True),
    "light-shading": Look(region=1, style="Light Shading Accent 2"),
    "large-padded": Look(region=2, size=14, padding=140),
    "list": Look(region=1, bullet="•", style="Medium List 2 Accent 1"),
    "colourful": Look(region=3, font="Carlito", size=10, style="Colorful Shading Accent 1"),
    "dealt": Look(region=1, dealt=7, bullet="•", font="Carlito", size=11, bars=False, heads=False),
    "dealt-bare": Look(region=2, dealt=8, lines="none", font="Liberation Serif", size=10, theme_bullet=False),
    "dealt-bands": Look(region=3, dealt=9, style="Light List Accent 3", font="DejaVu Sans", size=8, bullet="➢"),
    "aside-columns": Look(region=3, dealt=11, bullet="•", font="DejaVu Sans Condensed", size=9, spacing=2, bars=False,
                          lines="horizontal", widths=((14, 8, 44, 34), (18, 26, 30, 26), (13, 19, 25, 14, 12, 17)),
                          aside=True),
    "aside-shades": Look(region=2, dealt=12, font="Liberation Serif", size=10, style="Medium Shading 2 Accent 6",
                         heads=False, theme_bullet=False, aside=True),
    "aside-list": Look(region=1, dealt=13, bullet="–", font="Carlito", size=9, style="Colorful List Accent 2",
                       split_tables=False, repeats=False, aside=True),
    "aside-serif": Look(region=3, bullet="➢", font="Liberation Serif", size=11, spacing=4, split_tables=False,
                        widths=((15, 10, 40, 35), (16, 26, 26, 32), (14, 20, 24, 14, 12, 16)), aside=True),
    "aside-padded": Look(region=1, dealt=17, bullet="•", font="DejaVu Sans", size=9, padding=100, heads=False,
                         style="Light Grid Accent 4", aside=True),
}  # fmt: skip


def drawn(seed: int) -> Look:
    """A look that has each of its properties from any of the others, and words dealt anew."""
    dice = random.Random(seed)
    looks = list(LOOKS.values())
    values = {own.name: getattr(dice.choice(looks), own.name) for own in fields(Look)}
    return Look(**{**values, "dealt": seed, "spliced": 0.5, "aside": True})
