"""Tells what of a text no table, form, sheet or warning has taken up."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from cahiers.documents.blocks import Block, Paragraph, Table
from cahiers.documents.landmarks import Landmarks
from cahiers.documents.model import Synthesis, Warning
from cahiers.documents.normal import tidy
from cahiers.documents.readers.txt.accounting import left_out
from cahiers.documents.readers.txt.forms import form_words
from cahiers.documents.readers.txt.fragments import join
from cahiers.documents.readers.txt.lines import Line
from cahiers.documents.readers.txt.parts import BULLET, FormPart, Part, ProsePart, TablePart
from cahiers.methods import Method

LEFT_OUT: Final = "Ce texte n’a pas trouvé sa place."
ALIKE: Final = "Cette ligne, hors des tableaux, a la puce des énoncés : elle n’a pas été placée."
ASIDE: Final = "Ces lignes ont été lues comme des titres ou des consignes et laissées de côté : {}."
#: So many of them are named, as far as that.
SHOWN: Final = 20
LENGTH: Final = 80


def remains(
    parts: Sequence[Part],
    blocks: Sequence[Block],
    strays: Sequence[Paragraph],
    instructions: Sequence[Sequence[Line]],
    synthesis: Synthesis,
    method: Method,
) -> Iterator[Warning]:
    """A warning for each text left; one for all the titles and instructions.

    `blocks` and `strays` are what was made of the parts, `instructions` the lines that the cutter left out.
    """
    yield from _left_out(parts, blocks, strays, method)
    texts = Counter(_text(group) for group in instructions)
    usual = _usual_bullet(parts)
    for group in instructions:
        if texts[_text(group)] == 1 and group[0].text[:1] == usual:
            yield Warning(message=ALIKE, text=_text(group), source=group[0].source)
            del texts[_text(group)]
    names = [*texts, *_unread(blocks, synthesis, method)]
    if names:
        quoted = ", ".join(
            f"« {name if len(name) <= LENGTH else name[:LENGTH].rstrip() + '…'} »" for name in names[:SHOWN]
        )
        yield Warning(message=ASIDE.format(quoted + (", …" if len(names) > SHOWN else "")))


def _left_out(
    parts: Sequence[Part], blocks: Sequence[Block], strays: Sequence[Paragraph], method: Method
) -> Iterator[Warning]:
    """What stands in a table or a form and in none of the blocks made of it."""
    tables = (block for block in blocks if isinstance(block, Table))
    free = form_words(method)
    for part in parts:
        if isinstance(part, ProsePart):
            continue
        said = [cell.text for row in next(tables).rows for cell in row]
        is_form = isinstance(part, FormPart)
        said += [stray.text for stray in strays] if is_form else []
        for stretch in left_out(part.lines, said, free if is_form else frozenset()):
            yield Warning(message=LEFT_OUT, text=_text(stretch), source=stretch[0].source)


def _text(lines: Sequence[Line]) -> str:
    return BULLET.sub("", join([line.text for line in lines]), count=1)


def _usual_bullet(parts: Sequence[Part]) -> str | None:
    """The bullet that most statements have; None where they have none."""
    bullets = Counter(
        line.text[0]
        for part in parts
        if isinstance(part, TablePart)
        for line in part.lines
        if BULLET.match(line.text)
    )
    return bullets.most_common(1)[0][0] if bullets else None


def _unread(blocks: Sequence[Block], synthesis: Synthesis, method: Method) -> Iterator[str]:
    """Paragraphs that neither the synthesis nor a warning holds, each once."""
    sheets = [sheet for theme in synthesis.themes for sheet in theme.feedback]
    said = {line for sheet in sheets for line in (*sheet.text.split("\n"), *sheet.links)}
    said |= {warning.text for warning in synthesis.warnings if warning.text}
    landmarks = Landmarks(method)
    for block in blocks:
        if isinstance(block, Table) or (text := tidy(block.text)) in said:
            continue
        if not (
            landmarks.theme(text)
            or landmarks.is_heading(text)
            or landmarks.is_caption(text)
            or landmarks.feedback(text)
        ):
            said.add(text)
            yield text
