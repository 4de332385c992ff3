"""How each role looks in word processors' files: one table that the docx and odt writers turn into named styles."""

from dataclasses import dataclass
from typing import Final, Literal

from cahiers.documents.blocks import Role, RunRole

FONT: Final = "Calibri"
INK: Final = "1F2933"
DEEP: Final = "1D3A6E"
PALE: Final = "E6ECF5"
RULE: Final = "6B7F9E"
GREY: Final = "51606F"
WHITE: Final = "FFFFFF"
#: 5.8 to 1 on white, 4.9 to 1 on PALE: legible to people who see contrast badly.
GREEN: Final = "18753C"

#: A4 across, in centimetres.
PAGE_WIDTH: Final = 29.7
PAGE_HEIGHT: Final = 21.0
MARGIN_SIDE: Final = 1.6
MARGIN_TOP: Final = 1.5
MARGIN_BOTTOM: Final = 1.5
TEXT_WIDTH: Final = PAGE_WIDTH - 2 * MARGIN_SIDE


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullet:
    """What a word processor draws before an item, a space behind; indents in centimetres.

    As large as the text, since what extracts text from a PDF keeps signs of another size, or far away, apart from it.
    """

    name: str
    character: str
    left: float
    hanging: float
    colour: str = DEEP


ARROW: Final = Bullet(name="Cahiers Puce", character="►", left=0.42, hanging=0.42)
SQUARE: Final = Bullet(name="Cahiers Puce de consigne", character="■", left=0.3, hanging=0.3)
DASH: Final = Bullet(name="Cahiers Puce de détail", character="–", left=0.6, hanging=0.27, colour=GREY)
BULLETS: Final = (ARROW, SQUARE, DASH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A named style. Sizes and spaces in points; `listed` is False where the bullet is given case by case."""

    size: float = 9.5
    bold: bool = False
    italic: bool = False
    colour: str = INK
    fill: str | None = None
    align: Literal["left", "center"] = "left"
    before: float = 0
    after: float = 0
    keep_with_next: bool = False
    keep_lines: bool = False
    level: int | None = None
    bullet: Bullet | None = None
    listed: bool = False


# Rows may split over pages, the lines of a statement should not.
_ITEM: Final = Look(after=2.5, keep_lines=True, bullet=ARROW, listed=True)

LOOKS: Final[dict[Role, Look]] = {
    Role.TITLE: Look(size=21, bold=True, colour=DEEP, align="center", after=1, keep_with_next=True),
    Role.SUBTITLE: Look(size=14, colour=DEEP, align="center", after=9, keep_with_next=True),
    Role.THEME: Look(
        size=16, bold=True, colour=WHITE, fill=DEEP, before=4, after=12, keep_with_next=True, level=1
    ),
    Role.THEME_KEY: Look(italic=True, colour=GREY, after=4, keep_with_next=True),
    Role.HEADING: Look(size=13.5, bold=True, colour=DEEP, before=14, after=5, keep_with_next=True, level=2),
    Role.PROMPT: Look(colour=GREY, after=3, bullet=SQUARE, listed=True),
    Role.PROMPT_DETAIL: Look(size=9, colour=GREY, after=2, bullet=DASH),
    Role.LEGEND: Look(bold=True, colour=GREEN, before=5, after=5, keep_with_next=True),
    Role.CAPTION: Look(italic=True, colour=DEEP, align="center", before=5, after=10),
    Role.COLUMN: Look(bold=True, colour=DEEP, keep_with_next=True),
    Role.LABEL: Look(size=10, bold=True, colour=DEEP),
    Role.VALUE: Look(size=10),
    Role.DATE: Look(size=9, italic=True, colour=GREY),
    Role.FACILITATOR: Look(size=10),
    Role.NOTE: Look(size=9, italic=True, colour=GREY),
    Role.BOX: Look(size=10),
    Role.COUNT: Look(size=10),
    Role.FEEDBACK: Look(size=11, bold=True, colour=DEEP, after=2, keep_with_next=True),
    Role.FEEDBACK_TEXT: Look(size=10, after=2),
    Role.FEEDBACK_LINK: Look(size=9, colour=DEEP, after=1),
    Role.ROW_THEME: Look(bold=True, colour=DEEP, after=2, keep_lines=True),
    Role.ROW_NAME: Look(italic=True, after=2),
    Role.CITED: _ITEM,
    Role.CITED_TEXT: _ITEM,
    Role.ITEM: _ITEM,
}

RUN_LOOKS: Final[dict[RunRole, Look]] = {
    RunRole.NAME: Look(bold=True),
    RunRole.PERSON_NOTE: Look(italic=True),
    RunRole.PERSON_ROLE: Look(),
}


def bullet_of(role: Role | None) -> Bullet:
    """Bullet that paragraphs of the role get when they are listed."""
    look = LOOKS.get(role) if role is not None else None
    return look.bullet if look is not None and look.bullet is not None else ARROW
