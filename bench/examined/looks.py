"""How two dozen teams made their documents from the official template."""

from dataclasses import dataclass, field
from typing import Final

from bench.examined.wording import Hand


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A document's looks and size.

    `amount` is the share of the stock that it takes; `maker` the word processor; `bullet` is empty for none, and
    `native` where the word processor draws it. `theme_cell` is written on `each` row, `merged` down or on the `first`.
    `titles` are above the table as a `paragraph`, a `bar`, or a `row` of the table. `widths` are shares of the columns
    after the theme's. `untold` themes are left out. `splits` types the header again in the middle of each long table.
    """

    amount: float
    maker: str = "word"
    hand: Hand = field(default_factory=Hand)
    landscape: bool = True
    font: str = "DejaVu Sans Condensed"
    size: float = 10
    margin: float = 1.5
    bullet: str = "►"
    inner_bullet: str = ""
    native: bool = True
    repeated: bool = True
    theme_cell: str = "each"
    short_theme: bool = False
    widths: dict[str, tuple[float, ...]] = field(default_factory=dict)
    titles: str = "bar"
    captions: str = "after"
    prompts: bool = True
    boxes: bool = True
    borders: str = "all"
    justified: bool = False
    centred_headings: bool = False
    bold_headings: bool = True
    all_bold: bool = False
    middle: bool = False
    blank_lines: float = 0.0
    line_breaks: float = 0.0
    joined: float = 0.0
    empty_cells: float = 0.0
    sans_objet: str = ""
    comments: float = 0.0
    fragments: bool = False
    splits: bool = False
    whole_rows: bool = False
    cover: bool = False
    contents: bool = False
    footer: str | None = None
    page_header: str | None = None
    spacing: float = 0.0
    big_rows: bool = False
    meetings: int = 1
    untold: tuple[str, ...] = ()
    order: tuple[int, ...] = (0, 1, 2, 3, 4)


LONG: Final = Hand(tails=0.6, leads=0.25, case="capital", ending=".")
CURT: Final = Hand(tails=0.2, case="lower", short=True)
MIXED: Final = Hand(tails=0.3, ending="mixed")

#: Exactly in the official layout.
OFFICIAL: Final = {
    "brumaire": Look(amount=0.3),
    "vallons": Look(amount=0.55, maker="flat", hand=MIXED, meetings=2),
    "estran": Look(amount=0.65, hand=LONG, size=10, meetings=2),
    "causse": Look(amount=0.06, maker="flat", hand=CURT, size=11),
    "hautbois": Look(amount=0.68, hand=Hand(tails=0.45, case="capital"), size=10, big_rows=True),
    "garrigue": Look(amount=0.5, maker="flat", hand=Hand(ending=";"), size=10.5, order=(2, 0, 3, 1, 4)),
    "marais": Look(amount=0.4, hand=Hand(straight=True, space=" ", tails=0.4), size=11, short_theme=True),
    "combes": Look(
        amount=0.7, maker="flat", hand=Hand(tails=0.35, case="lower", ending="mixed"), empty_cells=0.08
    ),
}
#: With ordinary freedoms.
FREE: Final = {
    "rivage": Look(
        amount=0.45,
        font="DejaVu Serif",
        size=9,
        bullet="•",
        cover=True,
        contents=True,
        footer="Page ",
        centred_headings=True,
        justified=True,
        hand=LONG,
    ),
    "plateau": Look(
        amount=0.6,
        maker="flat",
        font="DejaVu Sans",
        size=9,
        bullet="-",
        native=False,
        theme_cell="merged",
        repeated=False,
        footer="Synthèse régionale – ",
    ),
    "bocage": Look(
        amount=0.35,
        bullet="",
        hand=Hand(ending=".", case="capital"),
        spacing=4,
        size=11,
        titles="paragraph",
        prompts=False,
        boxes=False,
        empty_cells=0.1,
    ),
    "littoral": Look(
        amount=0.5,
        maker="flat",
        landscape=False,
        size=9,
        bullet="–",
        margin=1.2,
        hand=Hand(tails=0.45, case="lower"),
        theme_cell="first",
        captions="none",
        widths={"action_plan": (1.3, 1.6, 0.9, 0.9, 1.2)},
    ),
    "montagne": Look(
        amount=0.66,
        font="DejaVu Serif Condensed",
        size=10,
        bullet="▪",
        inner_bullet="o",
        native=True,
        titles="row",
        cover=True,
        footer="",
        hand=MIXED,
        widths={"diagnosis": (0.5, 1, 1.6), "projections": (0.8, 1, 1.5)},
    ),
    "confluent": Look(
        amount=0.25,
        hand=Hand(tails=0.5, ending="mixed"),
        maker="flat",
        font="DejaVu Serif",
        size=12,
        bullet="➢",
        centred_headings=True,
        repeated=False,
        theme_cell="merged",
        captions="before",
        spacing=3,
        short_theme=True,
    ),
    "lisiere": Look(
        amount=0.65,
        bullet="*",
        native=False,
        justified=True,
        page_header="Document de travail",
        footer="",
        hand=Hand(tails=0.7, leads=0.4, ending="."),
        empty_cells=0.12,
        contents=True,
        meetings=2,
        inner_bullet="-",
    ),
    "fleuve": Look(
        amount=0.65,
        maker="flat",
        size=9.5,
        bullet="",
        spacing=5,
        hand=Hand(case="capital", ending=".", tails=0.4),
        bold_headings=False,
        theme_cell="merged",
        titles="row",
        footer="p. ",
    ),
}
#: Made under time pressure.
HURRIED: Final = {
    "averse": Look(
        amount=0.4,
        middle=True,
        all_bold=True,
        hand=Hand(straight=True, space="", tails=0.15, short=True),
        bullet="-",
        native=False,
    ),
    "bourrasque": Look(
        amount=0.5,
        maker="flat",
        middle=True,
        blank_lines=0.25,
        sans_objet="Sans objet",
        empty_cells=0.15,
        hand=MIXED,
    ),
    "giboulee": Look(
        amount=0.6,
        borders="none",
        widths={"action_plan": (1.2, 1.8, 0.55, 0.8, 1.2)},
        hand=Hand(straight=True, space=" ", tails=0.2),
        fragments=True,
    ),
    "grele": Look(
        amount=0.35,
        maker="flat",
        splits=True,
        line_breaks=0.15,
        hand=MIXED,
        comments=0.1,
        captions="none",
        prompts=False,
    ),
    "orage": Look(
        amount=0.62, joined=0.5, native=False, comments=0.05, repeated=False, splits=True, hand=MIXED
    ),
    "tramontane": Look(
        amount=0.3,
        maker="flat",
        borders="rows",
        bullet="",
        spacing=0,
        blank_lines=1.0,
        hand=Hand(case="capital"),
        sans_objet="/",
        empty_cells=0.1,
    ),
    "brouillard": Look(
        amount=0.55,
        borders="outer",
        landscape=False,
        size=9,
        middle=True,
        fragments=True,
        hand=Hand(tails=0.5, straight=True, space="", ending="mixed"),
        bullet="-",
        native=False,
        widths={"diagnosis": (0.35, 1, 1), "action_plan": (1, 1.3, 0.8, 0.6, 1)},
        untold=("governance",),
    ),
    "redoux": Look(
        amount=0.7,
        maker="flat",
        all_bold=True,
        splits=True,
        joined=0.3,
        native=False,
        bullet="→",
        blank_lines=0.1,
        sans_objet="Néant",
        empty_cells=0.1,
        theme_cell="first",
        whole_rows=True,
        footer="",
    ),
}
LOOKS: Final = {**OFFICIAL, **FREE, **HURRIED}
#: The kept dozen that is measured first: half of each group.
FIRST: Final = tuple(name for group in (OFFICIAL, FREE, HURRIED) for name in list(group)[:4])
