"""Documents in looks that authors give the template: tables without lines, merged cells, text in reading order."""

import io
from functools import cache

import pytest

from bench.unseen.score import Score, score
from cahiers.documents.blocks import Paragraph, Run
from cahiers.documents.interpret import interpret
from cahiers.documents.model import Synthesis
from cahiers.documents.readers.pdf import READER as PDF_READER
from cahiers.documents.readers.txt import READER as TEXT_READER
from cahiers.documents.readers.txt.remains import LEFT_OUT
from cahiers.methods import get
from tests.documents.readers.unseen_samples.make import HERE, PDF, TEXT, source

METHOD = get("etats-generaux")
#: Samples whose rows share a theme cell: where one page ends with a row and the next begins with one, they may join.
MERGED = {"horizontal-merged": 0.92}


def pdf(name: str) -> Synthesis:
    return PDF_READER.read(io.BytesIO((HERE / f"{name}.pdf").read_bytes()), METHOD)


@cache
def text(name: str) -> Synthesis:
    return TEXT_READER.read(io.BytesIO((HERE / f"{name}.txt").read_bytes()), METHOD)


def judged(name: str, found: Synthesis) -> Score:
    return score(source(name), found)


@pytest.mark.parametrize("name", PDF)
def test_pdf_tables_without_lines_between_their_cells(name: str) -> None:
    found = judged(name, pdf(name))
    assert found.f1 >= MERGED.get(name, 1.0)
    assert (found.lost, found.cut, found.glued, found.unplaced) == (0, 0, 0, 0)


@pytest.mark.parametrize("name", TEXT)
def test_text_that_keeps_its_columns(name: str) -> None:
    found = judged(name, text(f"{name}.layout"))
    assert found.f1 >= MERGED.get(name, 1.0)
    assert (found.lost, found.cut, found.glued, found.unplaced) == (0, 0, 0, 0)


def test_rows_that_may_share_a_theme_cell_are_told() -> None:
    told = [warning.message for warning in text("horizontal-merged.layout").warnings]
    assert sum("plusieurs lignes du tableau" in message for message in told) == 2


#: Least F1, and most items lost and wrong without a word: what these texts still allow.
READING_ORDER = {
    "grid": (0.85, 0, 0),
    "horizontal-merged": (0.61, 0, 0),
    "dealt": (0.66, 0, 0),
    "whole-rows": (0.75, 0, 0),
    "light-grid": (0.97, 0, 0),
}


@pytest.mark.parametrize("name", TEXT)
def test_text_in_reading_order_says_what_it_doubts(name: str) -> None:
    found = judged(name, text(f"{name}.plain"))
    least, lost, unsaid = READING_ORDER[name]
    assert found.f1 >= least
    assert found.lost <= lost
    assert found.unsaid <= unsaid


@pytest.mark.parametrize("name", [f"{name}.{ending}" for name in TEXT for ending in ("plain", "layout")])
def test_no_word_of_a_table_is_left_out(name: str) -> None:
    assert not [warning for warning in text(name).warnings if warning.message == LEFT_OUT]


@pytest.mark.parametrize("name", TEXT)
def test_what_is_doubtful_is_told_with_its_line(name: str) -> None:
    told = [
        warning for warning in text(f"{name}.plain").warnings if "laissées de côté" not in warning.message
    ]
    told = [warning for warning in told if not warning.is_of_whole]
    assert told
    assert all(warning.source is not None and warning.source.line is not None for warning in told)


def test_what_stands_before_the_first_theme_is_told() -> None:
    said = "► Les familles demandent un lieu ouvert le soir"
    words = ["Synthèse régionale", said, "THEMATIQUE N°1 : Travailler ensemble autrement", "2. Projections"]
    blocks = [Paragraph(runs=(Run(text=text),)) for text in words]
    assert [warning.text for warning in interpret(blocks, METHOD).warnings] == [said, words[0]]
