"""XLSX and ODS: the same records as separated values give."""

import io
import random
import zipfile
from contextlib import suppress
from datetime import datetime

import pytest

from cahiers.contributions.tables import Unreadable, strings, workbooks
from cahiers.contributions.tables.plain_rows import NotPlain
from tests.contributions.tables.samples import HEADER, LINES, as_csv, as_ods, as_xlsx, opened, said


def test_a_workbook_gives_the_records_of_its_csv():
    expected = said(opened(as_csv([HEADER, *LINES])))
    for data, name in ((as_xlsx([HEADER, *LINES]), "a.xlsx"), (as_ods([HEADER, *LINES]), "a.ods")):
        found = said(opened(data, name))
        assert [one._replace(line=0) for one in found] == [one._replace(line=0) for one in expected]
        assert [one.line for one in found] == [2, 3, 4, 5]


def test_dates_numbers_and_ticks_are_shown_as_people_see_them():
    rows = [["Date", "Nombre", "Part", "Oui"], [datetime(2026, 11, 3, 10, 22), 12, 2.5, True]]  # noqa: DTZ001
    assert next(opened(as_xlsx(rows), "a.xlsx").rows()).cells == ["03/11/2026 10:22", "12", "2,5", "oui"]


def test_sheets_are_tables_the_one_with_most_texts_first():
    table = opened(as_xlsx([["Consigne"], ["x"]], [HEADER, *LINES]), "a.xlsx")
    assert table.name == "Sheet2"
    assert [one.name for one in table.tables] == ["Sheet2", "Sheet1"]


def test_holes_and_rows_without_cells():
    table = opened(as_xlsx([["Nom", "Avis", "Note"], ["", "", ""], ["", "", "5"], ["a", "b", ""]]), "a.xlsx")
    assert [(line.number, list(line.cells)) for line in table.rows()] == [
        (3, ["", "", "5"]),
        (4, ["a", "b", ""]),
    ]


def test_ods_repeats_and_line_breaks():
    rows = [["Nom", "Avis"], ["a", "une ligne\nune autre"], ["a", "a"]]
    assert [list(line.cells) for line in opened(as_ods(rows), "a.ods").rows()] == rows[1:]


def test_many_strings_go_to_a_file(monkeypatch):
    monkeypatch.setattr(strings, "IN_MEMORY", 2000)
    texts = [f"La salle {n} est froide, même en mai : élèves et professeurs le disent." for n in range(300)]
    kept = strings.SharedStrings(texts)
    order = list(range(300))
    random.Random(3).shuffle(order)
    assert all(kept[n] == texts[n] for n in order)
    with pytest.raises(LookupError):
        kept[300]
    with pytest.raises(LookupError):
        kept[-1]


def test_a_cell_at_the_far_corner_costs_nothing():
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Nom", "Avis"])
    sheet.write_row(1, 0, ["a", "b"])
    sheet.write(1_048_575, 16_383, "loin")
    book.close()
    assert [list(line.cells) for line in opened(stream.getvalue(), "a.xlsx").rows()] == [["a", "b"]]


def patched(data: bytes, part: str, change) -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for info in source.infolist():
            content = source.read(info)
            target.writestr(info.filename, change(content) if info.filename == part else content)
    return stream.getvalue()


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"])
@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml[: len(xml) // 2],
        lambda xml: b"",
        lambda xml: b'<!DOCTYPE a [<!ENTITY b "c">]>' + xml,
        lambda xml: xml.replace(b"<v>", b"<v>9"),
        lambda xml: bytes(reversed(xml)),
    ],
)
def test_damaged_parts_are_a_sentence(part, change):
    data = patched(as_xlsx([HEADER, *LINES]), part, change)
    with suppress(Unreadable):  # whatever else it raises fails
        for table in opened(data, "a.xlsx").tables:
            list(table.rows())


def test_a_bomb_is_refused():
    data = patched(as_xlsx([["a"]]), "xl/worksheets/sheet1.xml", lambda xml: bytes(30 << 20))
    with pytest.raises(Unreadable, match="gonfle"):
        opened(data, "a.xlsx")


def test_documents_are_no_tables():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<a/>")
        archive.writestr("word/document.xml", "<a/>")
    with pytest.raises(Unreadable, match="document"):
        opened(stream.getvalue(), "a.docx")


CELLS = [
    ["Nom", "Avis", "Note", "Date"],
    ["a", "une\nligne & <b>deux</b>", 12, datetime(2026, 11, 3, 10, 22)],  # noqa: DTZ001
    ["", None, -2.5, True],
    ["b", "_x000D_ et \u00e9t\u00e9", 1e21, False],
    ["c", "=1+1", "", "fin"],
]


@pytest.mark.parametrize("inline", [False, True])
def test_rows_of_any_form_are_read_alike(monkeypatch, inline):
    """The quick way and the parser give the same, and the parser takes over where the form changes."""

    def refuse(stream):
        raise NotPlain
        yield

    data = as_xlsx(CELLS)
    if inline:
        old, new = b'<c r="A5" t="s"><v>', b'<c r="A5" t="inlineStr"><is><t>c</t></is></c><c r="Z5" t="s"><v>'
        data = patched(data, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(old, new))
    quick = list(opened(data, "a.xlsx").rows())
    assert [line.number for line in quick] == [2, 3, 4, 5]
    assert quick[3].cells[0] == "c"
    assert quick[1].cells == ["", "", "-2,5", "oui"]
    monkeypatch.setattr(workbooks, "plain_rows", refuse)
    monkeypatch.setattr(workbooks, "plain_strings", refuse)
    assert list(opened(data, "a.xlsx").rows()) == quick
