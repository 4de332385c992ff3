"""Zips of exports."""

import io
import zipfile

import pytest

from cahiers.contributions.tables import Unreadable
from tests.contributions.tables.samples import HEADER, LINES, as_csv, as_ods, as_xlsx, as_zip, opened, said


def test_each_file_is_a_table_and_notices_are_named():
    data = as_zip(
        README__md="Lisez-moi",
        vide__csv="",
        image__png=b"\x89PNG",
        avis__csv=as_csv([HEADER, *LINES]),
        autre__xlsx=as_xlsx([["a", "b"], ["1", "2"]]),
        tableur__ods=as_ods([["c", "d"], ["1", "2"]]),
    )
    table = opened(data, "export.zip")
    assert table.name == "avis.csv"
    assert {one.name for one in table.tables} == {"avis.csv", "autre.xlsx", "tableur.ods"}
    assert any("vide.csv" in remark for remark in table.remarks)
    assert any("README.md" in remark and "image.png" in remark for remark in table.remarks)
    assert len(said(table)) == 4


def test_tables_of_an_archive_are_read_side_by_side():
    data = as_zip(
        un__csv=as_csv([["a", "b"], ["1", "2"], ["3", "4"]]),
        deux__csv=as_csv([["c", "d"], ["5", "6"], ["7", "8"]]),
    )
    first, second = opened(data, "a.zip").tables
    assert [(x.cells[0], y.cells[0]) for x, y in zip(first.rows(), second.rows(), strict=True)] == [
        ("1", "5"),
        ("3", "7"),
    ]


def test_archives_without_tables_or_in_archives():
    with pytest.raises(Unreadable, match="aucun tableau"):
        opened(as_zip(note__md="x"), "a.zip")
    with pytest.raises(Unreadable):
        opened(as_zip(dedans__csv=as_zip(a__csv="a;b\n1;2\n")), "a.zip")


def test_too_many_files_or_bytes():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bombe.csv", bytes(64 << 20))
    with pytest.raises(Unreadable, match="gonfle"):
        opened(stream.getvalue(), "a.zip")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(5000):
            archive.writestr(f"{number}.csv", "a;b")
    with pytest.raises(Unreadable, match="5000 fichiers"):
        opened(stream.getvalue(), "a.zip")
