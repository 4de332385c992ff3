"""Workbooks that people laid out their own way, and what stands in one beside its cells."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from cahiers.documents.model import Synthesis
from tests.documents.readers.workbooks import changed, column, items, read


def of_rows(*rows: tuple[object, ...]) -> Synthesis:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return read(stream.getvalue())


def test_a_sheet_with_its_own_headers_and_lists_in_its_cells() -> None:
    found = of_rows(
        ("Thème", "Retex", "Freins", "Atouts"),
        ("2. Enseigner et apprendre", 1, "- Un\n- Deux", "- Trois"),
        ("", "", "Quatre\nCinq", "1) Six\n2) Sept"),
        ("Thème 3 : Travailler ensemble", "", "Huit", ""),
    )
    first, second = found.themes
    assert (first.key, second.key) == ("teaching", "working_together")
    (row,) = first.stages["diagnosis"]
    assert row.feedback == (1,)
    assert row.cells["irritant"] == items("Un", "Deux", "Quatre", "Cinq")
    assert row.cells["strength"] == items("Trois", "Six", "Sept")
    assert found.warnings == ()


def test_numbered_lines_in_a_cell_of_our_layout_are_statements_a_lone_one_is_text() -> None:
    def change(book: Any) -> None:
        sheet = book["Diagnostic"]
        sheet.cell(2, column(sheet, "Irritants")).value = "1. Un\n2. Deux"
        sheet.cell(2, column(sheet, "Points forts")).value = "1. Trois"

    cells = changed(change).themes[0].stages["diagnosis"][0].cells
    assert cells["irritant"][:2] == items("Un", "Deux")
    assert cells["strength"] == items("1. Trois")


def test_comments_and_formulas_without_result_are_told() -> None:
    def change(book: Any) -> None:
        sheet = book["Diagnostic"]
        sheet.cell(2, column(sheet, "Irritants")).comment = Comment("À revoir", "Relecture")
        sheet.cell(2, column(sheet, "Points forts")).value = '=UPPER("a")'

    told = changed(change).warnings
    assert [(warning.text, warning.source and warning.source.cell) for warning in told] == [
        ('=UPPER("a")', "Diagnostic!K2"),
        ("À revoir", "Diagnostic!J2"),
    ]


@pytest.mark.parametrize(
    ("code", "shown"), [("mmmm yyyy", "septembre 2027"), ("yyyy", "2027"), ("d mmm yy", "01/09/2027")]
)
def test_a_date_shows_no_more_than_its_format(code: str, shown: str) -> None:
    def change(book: Any) -> None:
        sheet = book["Diagnostic"]
        cell = sheet.cell(2, column(sheet, "Points forts"))
        cell.value, cell.number_format = date(2027, 9, 1), code

    assert changed(change).themes[0].stages["diagnosis"][0].cells["strength"] == items(shown)
