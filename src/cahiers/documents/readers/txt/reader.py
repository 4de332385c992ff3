"""Reads text extracted from a PDF of a synthesis, its columns lost or kept by spaces."""

from collections.abc import Sequence
from dataclasses import replace
from typing import BinaryIO, Final

from cahiers.documents import intake
from cahiers.documents.blocks import Block, Paragraph, Table
from cahiers.documents.errors import NotASynthesis, Unreadable
from cahiers.documents.interpret import interpret
from cahiers.documents.model import Synthesis, Warning
from cahiers.documents.readers.txt import decoding, prose
from cahiers.documents.readers.txt.bullets import with_bullets
from cahiers.documents.readers.txt.columns import Columns
from cahiers.documents.readers.txt.cutting import cut
from cahiers.documents.readers.txt.forms import session_table
from cahiers.documents.readers.txt.furniture import without_furniture
from cahiers.documents.readers.txt.lines import read_lines
from cahiers.documents.readers.txt.narrow import whole_words
from cahiers.documents.readers.txt.parts import STATEMENT, FormPart, Part, ProsePart, TablePart
from cahiers.documents.readers.txt.remains import remains
from cahiers.documents.readers.txt.telling import told
from cahiers.documents.readers.txt.units import spaced
from cahiers.documents.readers.txt.whole_headings import whole_headings
from cahiers.documents.readers.txt.wording import worded
from cahiers.methods import Method

#: A synthesis of sixty pages has six thousand.
MAX_LINES: Final = 60_000
FURNITURE: Final = "Ces lignes reviennent en haut ou en bas des pages et ont été laissées de côté : {}."
#: So many running heads and feet are named.
SHOWN: Final = 10
STRAY: Final = "Cet énoncé, hors des tableaux, n’a pas été placé."


class TextReader:
    """Plain text in any encoding, as copied or extracted from a PDF."""

    name = "txt"

    def accepts(self, stream: BinaryIO, filename: str) -> bool:
        try:
            return decoding.looks_like_text(intake.head(stream, decoding.SAMPLE))
        except (OSError, ValueError):
            return False

    def read(self, stream: BinaryIO, method: Method) -> Synthesis:
        return read_text(decoding.decode(stream), method)


def read_text(text: str, method: Method) -> Synthesis:
    """Synthesis that the text holds; pages begin at form feeds. Raises Unreadable or NotASynthesis."""
    lines = read_lines(text)
    if not lines:
        raise NotASynthesis("Ce fichier ne contient aucun texte.")
    if len(lines) > MAX_LINES:
        raise Unreadable(
            f"Le fichier compte plus de {MAX_LINES} lignes : ce n’est pas le texte d’une synthèse."
        )
    if lines[0].page is not None:
        lines = whole_headings(lines, method)
    lines, own = worded(lines, method)
    if lines[0].page is not None:
        lines = whole_words(spaced(lines), own)
    lines, furniture = without_furniture(lines, own)
    lines = with_bullets(lines, own)
    parts, instructions = cut(lines, own)
    columns = Columns(own)
    tables = columns.read([part for part in parts if isinstance(part, TablePart)])
    blocks, strays = _blocks(parts, tables, method)
    synthesis = interpret(blocks, method)
    lost = [
        Warning(message=STRAY, text=STATEMENT.sub("", stray.text, count=1), source=stray.source)
        for stray in strays
    ]
    lost += remains(parts, blocks, strays, instructions, synthesis, method)
    if furniture:
        quoted = ", ".join(f"« {name} »" for name in furniture[:SHOWN])
        lost.append(Warning(message=FURNITURE.format(quoted)))
    warnings = [*synthesis.warnings, *columns.warnings, *lost]
    return replace(
        synthesis, warnings=tuple(told(synthesis, warnings, columns.doubtful, mixed=columns.mixed))
    )


def _blocks(
    parts: Sequence[Part], tables: Sequence[Table], method: Method
) -> tuple[list[Block], list[Paragraph]]:
    """Blocks of the document in order, and statements that stand outside of tables."""
    width = prose.widest([part.lines for part in parts if isinstance(part, ProsePart)])
    blocks: list[Block] = []
    strays: list[Paragraph] = []
    waiting = iter(tables)
    for part in parts:
        if isinstance(part, TablePart):
            blocks.append(next(waiting))
        elif isinstance(part, FormPart):
            table, stray = session_table(part.lines, method)
            blocks.append(table)
            strays += stray
        else:
            for paragraph in prose.paragraphs(part.lines, width):
                out = not part.sheet and STATEMENT.match(paragraph.text)
                (strays if out else blocks).append(paragraph)
    return blocks, strays
