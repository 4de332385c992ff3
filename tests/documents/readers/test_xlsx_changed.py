"""Workbooks that people changed by hand say what they mean."""

from datetime import date
from typing import Any

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Color, Font

from cahiers.documents.model import (
    Meeting,
    MeetingDate,
    Participant,
    Row,
)
from tests.documents.readers.workbooks import SMALL, changed, column, items, synthesis_of


def test_an_added_line_is_a_statement_of_the_row_above() -> None:
    def change(book: Any) -> None:
        sheet = book["Diagnostic"]
        sheet.insert_rows(4)
        sheet.cell(4, column(sheet, "Points forts"), "Un mot de plus")

    rows = changed(change).themes[0].stages["diagnosis"]
    assert rows[0].cells["strength"] == items("De l’entrain", "Un mot de plus")
    assert len(rows) == 2


@pytest.mark.parametrize("with_number", [True, False])
def test_an_added_row(with_number: bool) -> None:
    def change(book: Any) -> None:
        sheet = book["Diagnostic"]
        sheet.cell(5, column(sheet, "Thématique"), "Travailler ensemble autrement")
        if with_number:
            sheet.cell(5, column(sheet, "Ligne"), 3)
        sheet.cell(5, column(sheet, "RETEX"), "3 et 4")
        sheet.cell(5, column(sheet, "Irritants"), "Une ligne nouvelle")
        sheet.cell(6, column(sheet, "Irritants"), "et sa suite")

    (theme,) = changed(change).themes
    rows = theme.stages["diagnosis"]
    assert rows[2] == Row(cells={"irritant": items("Une ligne nouvelle", "et sa suite")}, feedback=(3, 4))


def test_a_row_named_anew_begins_without_number() -> None:
    def change(book: Any) -> None:
        sheet = book["Diagnostic"]
        sheet.cell(5, column(sheet, "Nom de la ligne"), "Le matin")
        sheet.cell(5, column(sheet, "Irritants"), "Trop tôt")

    rows = changed(change).themes[0].stages["diagnosis"]
    assert rows[2] == Row(cells={"irritant": items("Trop tôt")}, name="Le matin")


def test_a_new_theme_is_known_by_its_title() -> None:
    def change(book: Any) -> None:
        sheet = book["Plan d’action"]
        sheet.cell(2, column(sheet, "Thématique"), "Numérique responsable et souverain")
        sheet.cell(2, column(sheet, "Actions à mener (Comment)"), "Mesurer")

    themes = changed(change).themes
    assert [(theme.key, theme.number) for theme in themes] == [("working_together", 3), ("responsible", None)]
    assert themes[1].stages["action_plan"] == (Row(cells={"action": items("Mesurer")}),)


def test_columns_and_sheets_in_another_order_with_headers_in_another_case() -> None:
    def change(book: Any) -> None:
        book.move_sheet("Diagnostic", 2)
        book.move_sheet("Sessions", 4)
        sheet = book["Diagnostic"]
        lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
        for number, values in enumerate(lines, start=1):
            for index, value in enumerate(reversed(values), start=1):
                sheet.cell(number, index).value = str(value).upper() if number == 1 else value

    after = changed(change)
    assert after == SMALL
    assert after.warnings == ()


def test_blank_lines_and_a_title_above_the_table() -> None:
    def change(book: Any) -> None:
        sheet = book["Diagnostic"]
        sheet.insert_rows(3, amount=3)
        sheet.insert_rows(1, amount=2)
        sheet["A1"] = "Ce que l’on nous a dit"

    after = changed(change)
    assert after == SMALL
    assert [warning.text for warning in after.warnings] == ["Ce que l’on nous a dit"]


def test_lines_sorted_by_a_statement_keep_their_rows() -> None:
    def change(book: Any) -> None:
        sheet = book["Diagnostic"]
        lines = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=2)]
        for number, values in enumerate(sorted(lines, key=lambda line: str(line[9])), start=2):
            for index, value in enumerate(values, start=1):
                sheet.cell(number, index).value = value

    rows = changed(change).themes[0].stages["diagnosis"]
    assert {frozenset(item.text for item in row.cells["irritant"]) for row in rows} == {
        frozenset({"Trop de réunions", "Salles trop petites"}),
        frozenset({"Peu de temps"}),
    }


def test_extra_columns_and_sheets_become_warnings() -> None:
    def change(book: Any) -> None:
        sheet = book["Diagnostic"]
        sheet["L1"] = "Qui l’a dit"
        sheet["L2"] = "Un voisin"
        sheet["M4"] = "Sans titre"
        book.create_sheet("Brouillon")["B2"] = "À trier"

    after = changed(change)
    assert after == SMALL
    assert [(warning.text, str(warning.source)) for warning in after.warnings] == [
        ("Un voisin", "Diagnostic!L2"),
        ("Sans titre", "Diagnostic!M4"),
        ("À trier", "Brouillon!B2"),
    ]
    assert "« Qui l’a dit »" in after.warnings[0].message


def test_missing_sheets_and_renamed_ones() -> None:
    def change(book: Any) -> None:
        del book["Sessions"]
        del book["RETEX"]
        del book["Projections"]
        book["Diagnostic"].title = "Ce qui gêne"

    assert changed(change).themes == SMALL.themes


def test_emphasis_given_in_the_spreadsheet() -> None:
    def change(book: Any) -> None:
        sheet = book["Diagnostic"]
        irritants = column(sheet, "Irritants")
        sheet.cell(2, irritants).font = Font(bold=True, color="FF00B050")
        sheet.cell(3, irritants).font = Font(bold=True, color="FFFF0000")
        green = InlineFont(b=True, color=Color(rgb="FF00B050"))
        sheet.cell(4, irritants).value = CellRichText("Peu ", TextBlock(green, "de temps"))

    found = [
        item.emphasised
        for row in changed(change).themes[0].stages["diagnosis"]
        for item in row.cells["irritant"]
    ]
    assert found == [True, False, True]


def test_a_list_typed_in_one_cell() -> None:
    def change(book: Any) -> None:
        sheet = book["Diagnostic"]
        sheet.cell(4, column(sheet, "Irritants"), "► Peu de temps\n► Peu de place\n")
        sheet.cell(4, column(sheet, "Points forts"), "Une phrase\ncoupée à la main")

    cells = changed(change).themes[0].stages["diagnosis"][1].cells
    assert cells == {
        "irritant": items("Peu de temps", "Peu de place"),
        "strength": items("Une phrase coupée à la main"),
    }


def test_numbers_dates_and_results_are_read_as_they_show() -> None:
    def change(book: Any) -> None:
        sheet = book["Diagnostic"]
        irritants = column(sheet, "Irritants")
        sheet.cell(2, irritants, date(2026, 10, 12)).number_format = "dd/mm/yyyy"
        sheet.cell(3, irritants, 0.5).number_format = "0%"
        sheet.cell(4, irritants, 12.5)
        sheet.cell(5, irritants, True)

    texts = [
        item.text for row in changed(change).themes[0].stages["diagnosis"] for item in row.cells["irritant"]
    ]
    assert texts == ["12/10/2026", "50 %", "12,5", "VRAI"]


MEETING = Meeting(
    label="Val d’Aube",
    dates_text=("Le 12/10/2026 : Troyes",),
    dates=(MeetingDate(start=date(2026, 10, 12), end=date(2026, 10, 12), place="Troyes"),),
    format="in_person",
    facilitators=(),
    participants=(
        Participant(category="researchers", label="Chercheurs", checked=True, count=3, establishments=None, note=None),
    ),
)  # fmt: skip


def test_a_session_added_by_hand() -> None:
    def change(book: Any) -> None:
        sheet = book["Sessions"]
        columns = {cell.value: cell.column for cell in sheet[4]}
        for name, value in {
            "Intitulé": "Val d’Aube, suite",
            "Format": "distanciel",
            "Dates et lieux": "Le 14/10/2026 : Romilly",
            "Participants": "Chercheurs",
            "Nombre de participants": "1 234",
        }.items():
            sheet.cell(6, columns[name], value)

    first, second = changed(change, synthesis_of(meetings=(MEETING,))).meetings
    assert first == MEETING
    assert second == Meeting(
        label="Val d’Aube, suite",
        dates_text=("Le 14/10/2026 : Romilly",),
        dates=(MeetingDate(start=date(2026, 10, 14), end=date(2026, 10, 14), place="Romilly"),),
        format="remote",
        facilitators=(),
        participants=(
            Participant(
                category="researchers",
                label="Chercheurs",
                checked=True,
                count=1234,
                establishments=None,
                note=None,
            ),
        ),
    )


def test_what_is_no_number_or_date_becomes_a_warning() -> None:
    def change(book: Any) -> None:
        sheet = book["Sessions"]
        columns = {cell.value: cell.column for cell in sheet[4]}
        sheet.cell(5, columns["Nombre de participants"], "une vingtaine")
        sheet.cell(5, columns["Fin"], "vers Noël")
        sheet.cell(5, columns["Format"], "au choix")

    after = changed(change, synthesis_of(meetings=(MEETING,)))
    assert after.meetings[0].participants[0].count is None
    assert sorted(
        warning.text or "" for warning in after.warnings if warning.text not in ("12/10/2026", "Troyes")
    ) == [
        "au choix",
        "une vingtaine",
        "vers Noël",
    ]
