"""Workbooks to read, and to change as people do."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl

from cahiers.documents.model import (
    Item,
    Meeting,
    Row,
    Synthesis,
    ThemeBlock,
)
from cahiers.documents.readers.xlsx import READER
from cahiers.documents.writers.xlsx import WRITER
from cahiers.methods import Method, get

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
