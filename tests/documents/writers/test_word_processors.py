"""The docx and the odt that we write are read back, by us and once LibreOffice has saved them as the other."""

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cahiers.documents import formats
from cahiers.documents.blocks import Block, Cell, Paragraph, Role, Table, paragraph
from cahiers.documents.errors import NotASynthesis
from cahiers.documents.normal import equal, normalise
from cahiers.documents.readers import docx as docx_reader
from cahiers.documents.readers import odt as odt_reader
from cahiers.documents.writers import docx as docx_writer
from cahiers.documents.writers import odt as odt_writer
from cahiers.methods import get
from tests.documents.strategies import syntheses
from tests.documents.writers.layouts import blocks, read_as
from tests.documents.writers.office import all_converted, converted, needs_office, synthesis, written

METHOD = get("etats-generaux")
RENDER = {"docx": docx_writer.render, "odt": odt_writer.render}
BLOCKS_OF = {"docx": docx_reader.blocks_of, "odt": odt_reader.blocks_of}

each_format = pytest.mark.parametrize("format", ["docx", "odt"])


def again(document: list[Block], format: str, title: str = "") -> tuple[Block, ...]:
    """What is written, as it is read."""
    return tuple(BLOCKS_OF[format](io.BytesIO(RENDER[format](document, title=title))))


@each_format
@pytest.mark.parametrize("key", ["etats-generaux", "retrospective"])
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_every_synthesis_is_read_back(key: str, format: str, data: st.DataObject) -> None:
    method = get(key)
    document = data.draw(syntheses(method))
    try:
        read = formats.reader(format).read(written(document, format, method), method)
        assert normalise(read) == document
    except NotASynthesis:
        assert not document.themes
        assert not document.meetings


@each_format
@given(document=blocks)
@settings(max_examples=60, deadline=None)
def test_every_block_is_read_back(format: str, document: list[Block]) -> None:
    assert again(document, format) == read_as(document)


@each_format
def test_the_same_synthesis_gives_the_same_bytes(format: str) -> None:
    assert written(synthesis(), format).getvalue() == written(synthesis(), format).getvalue()


@each_format
def test_characters_that_no_file_can_hold_are_left_out(format: str) -> None:
    read = again([paragraph("a\0b\x0bc\ud800d\uffffe\rf", Role.VALUE)], format, title="t\0")
    assert [block.text for block in read if isinstance(block, Paragraph)] == ["abcdef"]


@each_format
def test_an_empty_document_is_one(format: str) -> None:
    assert again([], format) == ()


@each_format
def test_tables_keep_spans_and_merges(format: str) -> None:
    table = Table(
        rows=(
            (
                Cell(paragraphs=(paragraph("a", Role.VALUE),), span=2),
                Cell(paragraphs=(paragraph("b", Role.VALUE),)),
            ),
            (Cell(), Cell(paragraphs=(paragraph("c", Role.VALUE),)), Cell(continues=True)),
            (Cell(), Cell(), Cell(continues=True)),
        ),
    )
    assert again([table], format) == (table,)


@needs_office
def test_libreoffice_keeps_what_we_read(tmp_path: Path) -> None:
    document = normalise(synthesis())
    ours = {format: written(document, format).getvalue() for format in RENDER}
    saved = converted(ours["docx"], "docx", "odt", tmp_path)
    assert equal(formats.reader("odt").read(saved, METHOD), document)
    for back in all_converted([(saved.getvalue(), "odt"), (ours["odt"], "odt")], "docx", tmp_path):
        assert equal(formats.reader("docx").read(back, METHOD), document)
