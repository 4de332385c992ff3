"""Reads text extracted from a PDF of a synthesis, its columns lost or kept by spaces."""

from collections.abc import Sequence
from dataclasses import replace
from typing import BinaryIO

from cahiers.documents import intake
from cahiers.documents.blocks import Block
from cahiers.documents.errors import NotASynthesis
from cahiers.documents.interpret import interpret
from cahiers.documents.model import Synthesis
from cahiers.documents.readers.txt import decoding, prose
from cahiers.documents.readers.txt.columns import Columns
from cahiers.documents.readers.txt.forms import session_table
from cahiers.documents.readers.txt.lines import read_lines
from cahiers.documents.readers.txt.parts import FormPart, Part, ProsePart, TablePart, cut
from cahiers.methods import Method


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
    """Synthesis that the text holds; pages begin at form feeds. Raises NotASynthesis."""
    lines = read_lines(text)
    if not lines:
        raise NotASynthesis("Ce fichier ne contient aucun texte.")
    parts = cut(lines, method)
    columns = Columns(method)
    tables = columns.read([part for part in parts if isinstance(part, TablePart)])
    synthesis = interpret(_blocks(parts, tables, method), method)
    return replace(synthesis, warnings=(*synthesis.warnings, *columns.warnings))


def _blocks(parts: Sequence[Part], tables: Sequence[Block], method: Method) -> list[Block]:
    width = prose.widest([part.lines for part in parts if isinstance(part, ProsePart)])
    blocks: list[Block] = []
    waiting = iter(tables)
    for part in parts:
        if isinstance(part, TablePart):
            blocks.append(next(waiting))
        elif isinstance(part, FormPart):
            blocks.append(session_table(part.lines, method))
        else:
            blocks.extend(prose.paragraphs(part.lines, width))
    return blocks

