"""Tells what of a PDF's tables neither the synthesis nor a warning has taken up."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from cahiers.documents.blocks import Block, Paragraph, Table
from cahiers.documents.items import content
from cahiers.documents.landmarks import Landmarks
from cahiers.documents.matching import stage_of_headers, theme_key
from cahiers.documents.model import Source, Synthesis, Warning
from cahiers.documents.normal import tidy
from cahiers.documents.session_tables import is_session
from cahiers.methods import Method

LEFT_OUT: Final = "Ce texte n’a pas trouvé sa place."
#: Letters that a text has at least, where its loss would matter.
SHORTEST: Final = 12
#: A theme's cell says no more than this: what is longer is other cells' text.
LONGEST_THEME: Final = 200


def remains(blocks: Sequence[Block], synthesis: Synthesis, method: Method) -> Iterator[Warning]:
    """A warning for each cell that has paragraphs left, with their text."""
    landmarks = Landmarks(method)
    said = "\n".join(_bare(text) for text in _said(synthesis))
    times = Counter(_bare(content(paragraph)) for _, own in _groups(blocks, method) for paragraph in own)
    for source, own in _groups(blocks, method):
        left = [
            paragraph
            for paragraph in own
            if len(bare := _bare(content(paragraph))) >= SHORTEST
            and times[bare] == 1
            and bare not in said
            and not _is_template(landmarks, tidy(content(paragraph)), method)
        ]
        if left:
            text = " ".join(tidy(content(paragraph)) for paragraph in left)
            yield Warning(message=LEFT_OUT, text=text, source=source)


def _groups(blocks: Sequence[Block], method: Method) -> Iterator[tuple[Source | None, Sequence[Paragraph]]]:
    """Paragraphs of each cell but headings; what stands elsewhere, and in session forms, is told by their readers."""
    for block in blocks:
        if isinstance(block, Table) and not is_session(block, method):
            for row in block.rows:
                if stage_of_headers([cell.text for cell in row], method) is None:
                    yield from ((cell.source, cell.paragraphs) for cell in row)


def _said(synthesis: Synthesis) -> Iterator[str]:
    yield from (synthesis.consultation or "", synthesis.territory or "")
    for warning in synthesis.warnings:
        yield from (warning.message, warning.text or "")
    for theme in synthesis.themes:
        yield theme.title
        for sheet in theme.feedback:
            yield from (sheet.scope or "", sheet.text, *sheet.links)
        for rows in theme.stages.values():
            for row in rows:
                yield from (row.name or "", *row.feedback_text)
                if row.theme_text and len(row.theme_text) <= LONGEST_THEME:
                    yield row.theme_text
                yield from (item.text for items in row.cells.values() for item in items)


def _is_template(landmarks: Landmarks, text: str, method: Method) -> bool:
    """Whether the words are those of a landmark, or a theme's name."""
    return landmarks.is_of_template(text) or bool(theme_key(text, method))


def _bare(text: str) -> str:
    """Letters and digits alone, as they are in whatever form."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return "".join(filter(str.isalnum, plain))
