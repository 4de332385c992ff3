"""What people wrote, out of a cell: HTML and entities into lines, control characters and escapes taken off."""

import html
import re
from typing import Final

from lxml import etree

from cahiers.contributions.paragraphs import paragraphs

#: What spreadsheets compute, and exports put an apostrophe before (Decidim, LimeSurvey, and this project's files).
ACTIVE: Final = ("=", "+", "-", "@", "\t", "\r")

_TAG: Final = re.compile(
    r"</?(?:p|br|div|span|a|ul|ol|li|b|i|u|em|strong|h[1-6]|table|tbody|tr|td|th|blockquote|script|style|img|iframe"
    r"|font|pre|hr|html|body|section|article|figure|video|dl|dt|dd|sup|sub|xml|o:p)\b[^<>]*/?>|<!--",
    re.IGNORECASE,
)
#: Markup that makes the lines itself; without any, line ends of the cell are those that people typed.
_MARKED_UP: Final = re.compile(r"<(?:p|br|div|li|tr|h[1-6])\b", re.IGNORECASE)
_ENTITY: Final = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,6}|#[xX][0-9A-Fa-f]{2,5});")
# Control characters, lone surrogates, marks that turn or hide text; line ends are kept for what follows.
_ILLEGAL: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069"
    "\ud800-\udfff\ufeff\ufffe\uffff]"
)
_BREAK: Final = re.compile("\r\n?|[\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
#: Which stand on lines of their own, and those that a blank line parts from what is around them.
_LINES: Final = frozenset({"div", "li", "tr", "dt", "dd"})
_PARAGRAPHS: Final = frozenset(
    {
        "p", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "table", "blockquote", "pre", "hr", "section", "article",
        "figure", "dl",
    }
)  # fmt: skip
_DROPPED: Final = frozenset({"script", "style", "head", "template", "noscript", "object"})
_RUBY: Final = re.compile(r'"([\w-]+)"\s*(?:=>|: ?)\s*"((?:[^"\\]|\\.)*)"')


def unescaped(cell: str) -> str:
    """The cell without the apostrophe that kept a spreadsheet from computing it."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] and cell[1] in ACTIVE else cell


def plain(cell: str) -> tuple[str, tuple[str, ...]]:
    """Text of a cell as tidy lines, and the addresses that its HTML points to."""
    if cell.isprintable() and "<" not in cell and "&" not in cell:
        return (" ".join(cell.split()) if "  " in cell else cell.strip()), ()
    links: tuple[str, ...] = ()
    if _TAG.search(cell):
        cell, links = _from_html(cell)
    elif _ENTITY.search(cell):
        cell = html.unescape(cell)
    return lines(cell), links


def lines(text: str) -> str:
    """Lines with single ordinary spaces inside, as the normal form of documents has them, in paragraphs."""
    text = _ILLEGAL.sub("", text)
    if _BREAK.search(text) is None:
        return " ".join(text.split())
    return paragraphs("\n".join(" ".join(line.split()) for line in _BREAK.split(text)))


def short(cell: str) -> str:
    """A name, a title: one line. Of a translated name as Ruby prints it, `{"fr"=>"Écoles"}`, the French."""
    cell = unescaped(cell)
    if cell[:2] == '{"' and (said := _RUBY.findall(cell)):
        cell = ", ".join(_one_language(said))
    return " ".join(plain(cell)[0].split())


def _one_language(said: list[tuple[str, str]]) -> list[str]:
    language = "fr" if any(code == "fr" for code, _ in said) else said[0][0]
    return [re.sub(r"\\(.)", r"\1", text) for code, text in said if code == language and text]


def _from_html(cell: str) -> tuple[str, tuple[str, ...]]:
    cell = _ILLEGAL.sub("", cell)
    parser = etree.HTMLParser(no_network=True, remove_pis=True, remove_comments=True, encoding="utf-8")
    try:
        root = etree.fromstring(f"<html><body>{cell}</body></html>".encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        return html.unescape(_TAG.sub("\n", cell)), ()
    flow = _unbroken if _MARKED_UP.search(cell) else _as_is
    found = _Lines()
    links: dict[str, None] = {}
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in _DROPPED:
                walk.skip_subtree()
                continue
            found.open(tag)
            address = (
                element.get("href") if tag == "a" else element.get("src") if tag == "iframe" else ""
            ) or ""
            if address.startswith(("http://", "https://")):
                links[address.strip()] = None
            found.say(flow(element.text))
        else:
            found.close(tag)
            found.say(flow(element.tail))
    return "".join(found.pieces), tuple(links)


class _Lines:
    """Text as it is met, with as many line ends before each piece as a browser would show."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._ends = 0
        self._items = 0
        self._dash = ""

    def open(self, tag: str) -> None:
        if tag == "br":
            self._ends += 1
            return
        self._part(tag)
        if tag == "li":
            self._items += 1
            self._dash = "- "

    def close(self, tag: str) -> None:
        if tag == "li":
            self._items -= 1
            self._dash = ""
        self._part(tag)

    def _part(self, tag: str) -> None:
        if tag in _LINES or tag in _PARAGRAPHS:
            # Items of a list stand close together.
            self._ends = max(self._ends, 2 if tag in _PARAGRAPHS and not self._items else 1)

    def say(self, text: str) -> None:
        if text.isspace() and self._ends:
            return
        if text:
            self.pieces += "\n" * self._ends, self._dash, text
            self._ends, self._dash = 0, ""


def _unbroken(text: str | None) -> str:
    """Text of an element: its line ends are spaces, as in a browser."""
    return _BREAK.sub(" ", text) if text else ""


def _as_is(text: str | None) -> str:
    return text or ""
