"""Lines of prose as paragraphs, wrapped lines and broken web addresses made whole."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from cahiers.documents.blocks import Paragraph, Run
from cahiers.documents.model import Source
from cahiers.documents.readers.txt.fragments import join
from cahiers.documents.readers.txt.lines import ADDRESS, Line
from cahiers.documents.readers.txt.metrics import METRICS
from cahiers.documents.readers.txt.parts import STATEMENT

#: Prose fills its box to this part at least; a shorter line ends its paragraph.
FULL: Final = 0.97
#: Where the next line begins in lower case, after no full stop, less will do: faces and justified lines differ.
NEARLY_FULL: Final = 0.85
#: A box is at least this wide, in widths of the widest.
NARROWEST: Final = 0.6
URL_PART: Final = re.compile(r"[\w.~:/?#@!$&'()*+,;=%-]+")


def as_paragraph(text: str, source: Source) -> Paragraph:
    return Paragraph(runs=(Run(text=text),), source=source)


def widest(parts: Sequence[Sequence[Line]]) -> float:
    """Width of the widest line of prose that is not a web address."""
    return max(
        (_width(line.text) for lines in parts for line in lines if not ADDRESS.match(line.text)), default=0.0
    )


def paragraphs(lines: Sequence[Line], width: float) -> Iterator[Paragraph]:
    """Paragraphs of one stretch of prose; `width` is that of the document's widest line."""
    own = max(widest([lines[1:]]), width * NARROWEST)
    group: list[Line] = []
    for line in lines:
        if group and not _goes_on(group, line, own):
            yield _joined(group)
            group = []
        group.append(line)
    if group:
        yield _joined(group)


def _joined(group: Sequence[Line]) -> Paragraph:
    if ADDRESS.fullmatch(group[0].text):
        return as_paragraph("".join(line.text for line in group), group[0].source)
    return as_paragraph(join([line.text for line in group]), group[0].source)


def _goes_on(group: Sequence[Line], line: Line, width: float) -> bool:
    """Whether the line goes on with the paragraph of `group`."""
    before = group[-1]
    if ADDRESS.fullmatch(group[0].text):
        return not line.apart and _is_rest(before.text, line.text)
    if STATEMENT.match(group[0].text) and not STATEMENT.match(line.text):
        return not line.apart or line.text[0].islower()
    if (
        STATEMENT.match(line.text)
        or ADDRESS.fullmatch(line.text)
        or (line.page is None and line.raw[:1] == " " and line.raw[1:2] != " ")
    ):
        return False
    word = line.text.split()[0]
    ended = before.text[-1] in ".!?…"
    part = NEARLY_FULL if not ended and line.text[0].islower() else 1.0 if ended else FULL
    full = _width(f"{before.text} {word}") > width * part
    if line.apart:
        return full and line.opens_page and line.text[0].islower()
    return full


def _is_rest(address: str, text: str) -> bool:
    """Whether a line is the rest of a web address broken at the end of the line before."""
    if not URL_PART.fullmatch(text) or ADDRESS.match(text):
        return False
    return address.endswith(("-", "/", "_", "=", "&", "?", ".", "%")) or bool(
        re.search(r"[/?=&%]|\.\w+$", text)
    )


def _width(text: str) -> float:
    return METRICS[0](text)
