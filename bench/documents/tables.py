"""Workbooks, and formats for other programs."""

import io
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from bench.documents.figures import SIXTY_PAGES, Figure, cpu, maybe, read, write, written
from bench.documents.word_processors import same
from bench.material import synthesis
from cahiers.documents.interchange import to_dict


def other_formats() -> Iterator[Figure]:
    source = synthesis(SIXTY_PAGES)
    data = to_dict(source)
    yield Figure(
        "60-page xlsx written",
        maybe(lambda: write("xlsx", source)),
        "openpyxl, the same cells",
        maybe(lambda: _openpyxl_write(written("xlsx")), "openpyxl"),
    )
    yield Figure(
        "60-page xlsx read",
        maybe(lambda: read("xlsx", written("xlsx"))),
        "openpyxl, every cell",
        maybe(lambda: _openpyxl_read(written("xlsx")), "openpyxl"),
        "",
        same(read("xlsx", written("xlsx")), source),
    )
    yield Figure(
        "60-page json written",
        maybe(lambda: write("json", source)),
        "json.dumps",
        cpu(lambda: json.dumps(data)),
    )
    yield Figure(
        "60-page json read and checked",
        maybe(lambda: read("json", written("json"))),
        "json.loads",
        cpu(lambda: json.loads(written("json"))),
        "",
        same(read("json", written("json")), source),
    )
    for name in ("html", "md", "csv"):
        yield Figure(f"60-page {name} written", maybe(lambda name=name: write(name, source)))  # type: ignore[misc]


def _openpyxl_read(data: bytes) -> list[list[Any]]:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    return [list(values) for sheet in book for values in sheet.iter_rows(values_only=True)]


def _openpyxl_write(data: bytes) -> None:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for values in _openpyxl_cells(data):
        sheet.append(values)
    book.save(io.BytesIO())


@cache
def _openpyxl_cells(data: bytes) -> list[list[Any]]:
    return _openpyxl_read(data)
