"""Reads PDF files: text by its place on the page, tables by their lines, rows whole over page breaks."""

from dataclasses import replace
from typing import BinaryIO

from cahiers.documents.intake import PDF, head
from cahiers.documents.interpret import interpret
from cahiers.documents.model import Synthesis, Warning
from cahiers.documents.readers.pdf.file import read_pages
from cahiers.documents.readers.pdf.layout import blocks_of
from cahiers.documents.readers.pdf.remains import remains
from cahiers.methods import Method


class PdfReader:
    name = "pdf"

    def accepts(self, stream: BinaryIO, filename: str) -> bool:
        # The signature may follow a few bytes that a mail program left.
        return PDF in head(stream)

    def read(self, stream: BinaryIO, method: Method) -> Synthesis:
        doubts: list[Warning] = []
        blocks = blocks_of(read_pages(stream), method, doubts)
        synthesis = interpret(blocks, method, told=doubts)
        left = tuple(remains(blocks, synthesis, method))
        return replace(synthesis, warnings=(*synthesis.warnings, *left))


READER = PdfReader()
