"""Writes a synthesis as a tagged PDF (PDF/UA-1) in the official layout."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from typing import Any, BinaryIO, Final, Literal

import typst

from cahiers.documents.blocks import Block, Cell, Paragraph, Role, Run, Table, TableKind
from cahiers.documents.compose import compose
from cahiers.documents.model import Synthesis
from cahiers.methods import Method

#: Seconds since 1970 of 1 January 2020: a fixed date, so that the same synthesis gives the same bytes.
WRITTEN_AT: Final = 1_577_836_800
#: A word this long may be broken anywhere, lest it run out of a narrow column.
LONG_RUN: Final = re.compile(r"[^\s\u200b]{24,}")
ZERO_WIDTH_SPACE: Final = "\u200b"
ADDRESS: Final = re.compile(r"https?://\S+")
LEVELS: Final[dict[Role | None, int]] = {Role.THEME: 1, Role.HEADING: 2}
#: Stands for a character that no font at hand can draw, for PDF/UA forbids leaving a hole; every style has it.
SUBSTITUTE: Final = "¤"
JOINERS: Final = (0x200D, 0xFE0E, 0xFE0F, 0x20E3)
FORGOTTEN_AFTER: Final = 11
MAX_RETRIES: Final = 200
#: The last of the Latin letters, which every font has.
LATIN: Final = 0x2FF
#: What French text is made of beyond Latin letters, and what the layout itself uses: known to be drawable.
DRAWABLE: Final = frozenset("\u2009\u200b\u2010\u2011\u202f‒–—‘’“”„†•…‰‹›€™►■□☐☒")
PROBE: Final = (
    b'#set document(title: "-")\n#set text(lang: "fr", font: ("Libertinus Serif", "DejaVu Sans Mono"))\n'
    b"#sys.inputs.document"
)


class PdfWriter:
    name = "pdf"
    extension = "pdf"
    media_type = "application/pdf"

    def write(self, synthesis: Synthesis, method: Method, stream: BinaryIO) -> None:
        title = " – ".join(
            part for part in (synthesis.consultation or method.title, synthesis.territory) if part
        )
        stream.write(render(compose(synthesis, method), title=title))
        forget()


WRITER = PdfWriter()


def render(blocks: Iterable[Block], *, title: str) -> bytes:
    """The blocks as PDF bytes. Reads no file but the layout, writes none, asks no network."""
    document = {"title": title, "blocks": list(_blocks(blocks))}
    return compile_layout(_layout(), json.dumps(document, ensure_ascii=False))


def compile_layout(layout: bytes, data: str) -> bytes:
    """A layout in typst's language, given that JSON as `sys.inputs.document`, as the bytes of a tagged PDF."""
    missing = _undrawable(frozenset(data))
    for _ in range(MAX_RETRIES):
        try:
            return _compile(layout, _without(data, missing))
        except typst.TypstError as error:
            named = _named_in(error)
            if named <= missing:
                if "could not be displayed" not in error.message:
                    raise
                break
            missing |= named
    # Signs that only their neighbours make undrawable: the file is tagged all the same, without the UA-1 label.
    return _compile(layout, _without(data, missing), standards=())


def _compile(layout: bytes, document: str, standards: tuple[Literal["ua-1"], ...] = ("ua-1",)) -> bytes:
    pdf = typst.compile(
        layout,
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={"document": document},
        pdf_standards=list(standards),
        timestamp=WRITTEN_AT,
    )
    assert isinstance(pdf, bytes)
    return pdf


def forget() -> None:
    """Makes typst drop what it remembers of a document: it does so ten compilations later, and one of 60 pages
    weighs 100 MB."""
    for _ in range(FORGOTTEN_AFTER):
        typst.compile(b"", format="svg", font_paths=_fonts())


@cache
def _layout() -> bytes:
    return resources.files(__package__).joinpath("pdf.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    """The fonts inside the typst package alone: the same document everywhere."""
    return typst.Fonts(include_system_fonts=False)


def _blocks(blocks: Iterable[Block]) -> Iterator[dict[str, Any]]:
    level = 0
    sessions = 0
    for block in blocks:
        if isinstance(block, Table):
            drawn = _table(block)
            drawn["break"] = block.kind is TableKind.SESSION and sessions > 0
            sessions += block.kind is TableKind.SESSION
        else:
            drawn = _paragraph(block)
            if wanted := block.heading_level or LEVELS.get(block.role):
                # PDF/UA: no level may be skipped on the way down.
                level = drawn["level"] = min(wanted, level + 1)
            drawn["break"] = block.role is Role.THEME
        yield drawn


def _table(table: Table) -> dict[str, Any]:
    columns = max((sum(cell.span for cell in row) for row in table.rows), default=1)
    widths = table.widths if len(table.widths) == columns else (1.0,) * columns
    return {
        "kind": table.kind or "",
        "widths": widths,
        "header_rows": table.header_rows,
        "rows": [
            [
                _cell(cell, _height(table.rows, index, column))
                for column, cell in _placed(row)
                if not cell.continues
            ]
            for index, row in enumerate(table.rows)
        ],
    }


def _placed(row: Iterable[Cell]) -> Iterator[tuple[int, Cell]]:
    column = 0
    for cell in row:
        yield column, cell
        column += cell.span


def _height(rows: tuple[tuple[Cell, ...], ...], index: int, column: int) -> int:
    """How many rows the cell at that grid place spans."""
    height = 1
    for row in rows[index + 1 :]:
        if not any(place == column and cell.continues for place, cell in _placed(row)):
            break
        height += 1
    return height


def _cell(cell: Cell, height: int) -> dict[str, Any]:
    drawn: dict[str, Any] = {"paragraphs": [_paragraph(paragraph) for paragraph in cell.paragraphs]}
    if cell.span > 1:
        drawn["span"] = cell.span
    if height > 1:
        drawn["rowspan"] = height
    return drawn


def _paragraph(paragraph: Paragraph) -> dict[str, Any]:
    drawn: dict[str, Any] = {"runs": [_run(run) for run in paragraph.runs]}
    if paragraph.role is not None:
        drawn["role"] = paragraph.role.name
    if paragraph.listed:
        drawn["listed"] = True
    if paragraph.role is Role.FEEDBACK_LINK and ADDRESS.fullmatch(paragraph.text):
        drawn["url"] = paragraph.text
    if _is_right_to_left(paragraph.text):
        drawn["rtl"] = True
    return drawn


def _run(run: Run) -> dict[str, Any]:
    drawn: dict[str, Any] = {"text": breakable(run.text)}
    if run.emphasised:
        drawn["emphasised"] = True
    if run.role is not None:
        drawn["role"] = run.role.name
    return drawn


def breakable(text: str) -> str:
    """The text, whose longest words may be broken anywhere."""
    return LONG_RUN.sub(lambda word: ZERO_WIDTH_SPACE.join(word[0]), text)


def _is_right_to_left(text: str) -> bool:
    """Whether the first character that has a direction goes from right to left."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def _undrawable(characters: frozenset[str]) -> set[str]:
    """Those of the characters that no font at hand has; asked of a tiny document, which costs little."""
    suspects = {character for character in characters if ord(character) > LATIN and character not in DRAWABLE}
    missing: set[str] = set()
    while suspects - missing and len(missing) < MAX_RETRIES:
        try:
            _compile(PROBE, " ".join(sorted(suspects - missing)))
            break
        except typst.TypstError as error:
            named = _named_in(error) & suspects
            if not named - missing:
                break
            missing |= named
    return missing


def _named_in(error: typst.TypstError) -> set[str]:
    """Characters beyond Latin that the error says cannot be drawn; none where it is about something else."""
    named = re.search(r'the text `"(.+?)"` could not be displayed', error.message, re.DOTALL)
    words = re.sub(r"\\u\{([0-9a-f]+)\}", lambda code: chr(int(code[1], 16)), named[1]) if named else ""
    return {character for character in words if ord(character) > LATIN}


def _without(data: str, missing: set[str]) -> str:
    """The data with a substitute for each missing character; what only joins such characters goes."""
    if not missing:
        return data
    return data.translate({ord(character): SUBSTITUTE for character in missing} | dict.fromkeys(JOINERS))
