"""Characters that word processors take from symbol fonts, as the Unicode characters they look like."""

from typing import Final

CHECKED: Final = "☒"
UNCHECKED: Final = "☐"

_FONTS: Final[dict[str, dict[int, str]]] = {
    "wingdings": {
        0x6C: "●", 0x6E: "■", 0x6F: "☐", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x78: "☒",
        0x9E: "·", 0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "☐", 0xD8: "➢", 0xDC: "➲", 0xE0: "→", 0xE8: "➔",
        0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    },
    "wingdings 2": {
        0x2A: "☐", 0x30: "☐", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0xA2: "■", 0xA3: "☐",
    },
    "wingdings 3": {0x7D: "▶", 0x75: "►", 0x84: "►", 0x67: "→", 0x22: "→"},
    "webdings": {0x34: "▶", 0x61: "✓", 0x63: "☐", 0x67: "■", 0x72: "✗", 0x6E: "●"},
    "opensymbol": {0xE00A: "☐", 0xE00C: "◆", 0xE469: "➢"},
    "symbol": {0xB7: "•", 0xA8: "♦", 0xAE: "→", 0xDE: "⇒", 0xA7: "♣", 0x2D: "−"},
}  # fmt: skip


def is_symbol_font(font: str | None) -> bool:
    """Whether the font draws pictograms in place of letters."""
    return font is not None and font.strip("'\" ").lower() in _FONTS


def from_symbol_font(font: str | None, text: str) -> str:
    """Text set in a symbol font, as Unicode; what is not known stays as it is."""
    name = (font or "").strip("'\" ").lower()
    known = _FONTS.get(name, {})
    return "".join(known.get(_code(character, known), character) for character in text)


def _code(character: str, known: dict[int, str]) -> int:
    """Place in the font: files write it bare (0xA8) or in the private area (0xF0A8)."""
    code = ord(character)
    return code - 0xF000 if 0xF020 <= code <= 0xF0FF and code not in known else code
