"""Workbooks: written, read back, and changed by people in between."""

import io
import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cahiers.documents.errors import DocumentError, NotASynthesis, Unreadable
from cahiers.documents.model import (
    Feedback,
    Row,
    Synthesis,
    ThemeBlock,
)
from cahiers.methods import Category, Column, FeedbackSheets, Method, Stage, get, keys
from tests.documents.readers.workbooks import (
    SMALL,
    column,
    items,
    read,
    synthesis_of,
    theme_of,
    write,
)
from tests.documents.strategies import syntheses

# Round trips


@pytest.mark.parametrize("key", keys())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
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


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(syntheses(AWKWARD))
def test_methods_with_awkward_names(synthesis: Synthesis) -> None:
    assert read(write(synthesis, AWKWARD), AWKWARD) == synthesis


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
