"""Workbooks: written, read back, and changed by people in between."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Color, Font

from cahiers.documents.errors import DocumentError, NotASynthesis, Unreadable
from cahiers.documents.model import (
    Feedback,
    Item,
    Meeting,
    MeetingDate,
    Participant,
    Row,
    Synthesis,
    ThemeBlock,
)
from cahiers.documents.readers.xlsx import READER
from cahiers.documents.writers.xlsx import WRITER
from cahiers.methods import Category, Column, FeedbackSheets, Method, Stage, get, keys
from tests.documents.strategies import syntheses

METHOD = get("etats-generaux")


def write(synthesis: Synthesis, method: Method = METHOD) -> bytes:
    stream = io.BytesIO()
    WRITER.write(synthesis, method, stream)
    return stream.getvalue()


def read(data: bytes, method: Method = METHOD) -> Synthesis:
    return READER.read(io.BytesIO(data), method)


def theme_of(
    *rows: Row, stage: str = "diagnosis", title: str = "Travailler ensemble autrement"
) -> ThemeBlock:
    return ThemeBlock(key="working_together", number=3, title=title, feedback=(), stages={stage: rows})


def synthesis_of(*themes: ThemeBlock, meetings: tuple[Meeting, ...] = ()) -> Synthesis:
    return Synthesis(method="etats-generaux", territory="Val d’Aube", meetings=meetings, themes=themes)


def items(*texts: str) -> tuple[Item, ...]:
    return tuple(Item(text=text) for text in texts)


SMALL = synthesis_of(
    theme_of(
        Row(
            cells={
                "irritant": items("Trop de réunions", "Salles trop petites"),
                "strength": items("De l’entrain"),
            }
        ),
        Row(cells={"irritant": items("Peu de temps")}, feedback=(1, 2), name="Le soir"),
    )
)


def changed(change: Callable[[Any], None], synthesis: Synthesis = SMALL) -> Synthesis:
    """What is read after somebody opened the workbook, changed it and saved it."""
    book = openpyxl.load_workbook(io.BytesIO(write(synthesis)), rich_text=True)
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return read(stream.getvalue())


def column(sheet: Any, header: str) -> int:
    found: int = next(cell.column for cell in sheet[1] if cell.value == header)
    return found


# Round trips


@pytest.mark.parametrize("key", keys())
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_round_trip(key: str, data: st.DataObject) -> None:
    method = get(key)
    synthesis = data.draw(syntheses(method))
    after = read(write(synthesis, method), method)
    assert after == synthesis
    assert after.warnings == ()


def test_same_synthesis_same_bytes() -> None:
    assert write(SMALL) == write(SMALL)


def test_everything_stands_in_visible_cells() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write(SMALL)))
    assert book.sheetnames == ["Sessions", "RETEX", "Diagnostic", "Projections", "Plan d’action"]
    for sheet in book:
        assert sheet.sheet_state == "visible"
        assert not any(dimension.hidden for dimension in sheet.column_dimensions.values())
        assert not any(dimension.hidden for dimension in sheet.row_dimensions.values())
        assert not any(cell.comment for line in sheet.iter_rows() for cell in line)
    assert len(book.defined_names) == 0
    names = zipfile.ZipFile(io.BytesIO(write(SMALL))).namelist()
    assert not any("custom" in name.lower() for name in names)


def test_sheets_are_made_for_people() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(write(SMALL)))["Diagnostic"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:K4"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet["J2"].alignment.wrap_text
    assert [cell.value for cell in sheet[1]][2] == "Thématique"


def test_a_method_without_feedback_sheets_has_no_sheet_for_them() -> None:
    synthesis = Synthesis(method="retrospective", territory=None, meetings=(), themes=())
    book = openpyxl.load_workbook(io.BytesIO(write(synthesis, get("retrospective"))))
    assert book.sheetnames == ["Sessions", "Bilan", "Actions"]


def test_formulas_are_text() -> None:
    texts = ("=1+1", "+33 1", "-2", "@nom", '=HYPERLINK("http://exemple.fr")', "1", "https://exemple.fr")
    synthesis = synthesis_of(theme_of(Row(cells={"irritant": items(*texts)})))
    data = write(synthesis)
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Diagnostic"]
    cells = [sheet.cell(line, column(sheet, "Irritants")) for line in range(2, 9)]
    assert [cell.data_type for cell in cells] == ["s"] * 7
    assert [bool(cell.quotePrefix) for cell in cells] == [True] * 5 + [False] * 2
    assert not any(
        b"<f>" in zipfile.ZipFile(io.BytesIO(data)).read(f"xl/worksheets/sheet{n}.xml") for n in (1, 2, 3)
    )
    assert read(data) == synthesis


def test_a_text_too_long_for_a_cell_is_refused() -> None:
    fits = synthesis_of(theme_of(Row(cells={"irritant": items("é" * 32_767)})))
    assert read(write(fits)) == fits
    for text in ("é" * 32_768, "🎓" * 16_384):
        with pytest.raises(DocumentError, match="32767 caractères"):
            write(synthesis_of(theme_of(Row(cells={"irritant": items(text)}))))


def test_a_long_account_goes_on_in_the_next_cell() -> None:
    text = "\n".join(f"{n} " + "récit " * 3000 + "fin" for n in range(5))
    sheet = Feedback(number=1, scope=None, text=text, links=("https://exemple.fr",))
    theme = ThemeBlock(key=None, number=None, title="Un sujet", feedback=(sheet,), stages={})
    assert read(write(synthesis_of(theme))) == synthesis_of(theme)


def test_statements_that_the_method_does_not_have_are_refused() -> None:
    with pytest.raises(DocumentError, match="ne prévoit pas"):
        write(synthesis_of(theme_of(Row(cells={"keep": items("Un énoncé")}))))


WHAT = Column(kind="a", heading="Quoi", label="Quoi", plural="Quoi")
TITLES = (
    "Où / quand : [étape] n° 2, avec un titre long",
    "Où / quand : [étape] n° 2, avec un long titre",
    "'History'",
)
AWKWARD = Method(
    key="awkward",
    title="Noms malcommodes",
    theme_word="SUJET",
    theme_heading="Sujet",
    territory_heading="Territoire",
    themes=(),
    categories=(
        Category(key="a", label="Les uns", short_label="Tous"),
        Category(key="b", label="Les autres", short_label="Tous"),
    ),
    feedback=FeedbackSheets(word="Sessions", title="Récits", caption="Récits"),
    stages=(
        Stage(
            key="one",
            title="Sessions",
            columns=tuple(
                Column(kind=kind, heading=heading, label="Nom", plural="Noms")
                for kind, heading in zip("abcd", ("Ligne", "Quoi", "Quoi", "→"), strict=True)
            ),
            caption="",
        ),
        *(Stage(key=f"s{i}", title=title, columns=(WHAT,), caption="") for i, title in enumerate(TITLES)),
    ),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(syntheses(AWKWARD))
def test_methods_with_awkward_names(synthesis: Synthesis) -> None:
    assert read(write(synthesis, AWKWARD), AWKWARD) == synthesis


# What people change


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


# Files that are no such workbook


def test_a_workbook_of_something_else_is_no_synthesis() -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"] = "Budget"
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(NotASynthesis, match="aucune de ses feuilles"):
        read(stream.getvalue())


def with_part(name: str, content: bytes) -> bytes:
    """The small workbook with one of its parts replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(write(SMALL))) as old, zipfile.ZipFile(stream, "w") as new:
        for other in old.namelist():
            new.writestr(other, content if other == name else old.read(other))
        if name not in old.namelist():
            new.writestr(name, content)
    return stream.getvalue()


SHEET = "xl/worksheets/sheet3.xml"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<worksheet",
        b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>',
        b'<worksheet><sheetData><row r="x"><c r="A1"><v>1</v></c></row></sheetData></worksheet>',
        b'<worksheet><sheetData><row><c t="s"><v>999999</v></c></row></sheetData></worksheet>',
        b'<worksheet><sheetData><row><c t="s"><v>-1x</v></c></row></sheetData></worksheet>',
        b"<worksheet><sheetData><row><c><v>douze</v></c></row></sheetData></worksheet>",
        b"<worksheet>" + b"<a/>" * 2_000_000 + b"</worksheet>",
    ],
)
def test_a_broken_part_is_said_to_be_broken(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read(with_part(SHEET, content))


def test_cells_at_the_end_of_the_grid_cost_nothing() -> None:
    head = "".join(
        f'<c r="{name}1" t="inlineStr"><is><t>{text}</t></is></c>'
        for name, text in (("A", "Thématique"), ("B", "Irritants"), ("C", "Points forts"))
    )
    sheet = (
        f'<worksheet><sheetData><row r="1">{head}</row>'
        '<row r="1048576"><c r="A1048576" t="str"><v>Un sujet</v></c><c r="B1048576"><v>1e300</v></c>'
        '<c r="XFD1048576"><v>7</v></c></row></sheetData>'
        '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    )
    after = read(with_part(SHEET, sheet.encode()))
    assert after.themes[0].stages["diagnosis"] == (Row(cells={"irritant": items("1e+300")}),)
    assert [warning.text for warning in after.warnings] == ["7"]


def test_macros_are_left_aside_and_told() -> None:
    after = read(with_part("xl/vbaProject.bin", b"\0" * 100))
    assert after == SMALL
    assert "macros" in after.warnings[0].message
