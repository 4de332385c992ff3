"""Documents: how long each format takes to write and to read, beside what others take for the same file.

`python -m bench.documents` prints a line a figure: CPU seconds (medians of several runs), the same for a reference
measured in this run, their ratio, and the goal. With CAHIERS_SEEDS set, the texts of that folder are read too.
"""

import io
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import pypdfium2
from lxml import etree

from bench.material import METHOD, long_table, synthesis
from cahiers.documents import formats
from cahiers.documents.interchange import to_dict
from cahiers.documents.model import Synthesis
from cahiers.documents.normal import equal

#: Rows a stage that make sixty and thirty-one pages, rows of the long table, and files of one command.
SIXTY_PAGES: Final = 7
THIRTY_PAGES: Final = 3
TABLE_ROWS: Final = 444
MANY: Final = 100
RUNS: Final = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """Seconds of CPU for what was measured and for its reference (None: absent), and what is asked."""

    what: str
    seconds: float | None
    reference: str = ""
    reference_seconds: float | None = None
    goal: str = ""
    remark: str = ""

    def __str__(self) -> str:
        ratio = ""
        if self.seconds is not None and self.reference_seconds:
            ratio = f"{self.seconds / self.reference_seconds:.2f} x"
        reference = f"{self.reference} {_seconds(self.reference_seconds)}" if self.reference else ""
        return f"{self.what:<44}{_seconds(self.seconds):>10}  {ratio:>8}  {reference:<38}{self.goal:<26}{self.remark}"


def _seconds(value: float | None) -> str:
    return "absent" if value is None else f"{value:.3f} s"


def cpu(work: Callable[[], object], runs: int = RUNS) -> float:
    """Median CPU seconds of several runs, after one that warms caches."""
    work()
    found = []
    for _ in range(runs):
        started = _used()
        work()
        found.append(_used() - started)
    return statistics.median(found)


def _used() -> float:
    """CPU seconds so far, those of processes that were waited for included."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def maybe(work: Callable[[], object], *needed: str, runs: int = RUNS) -> float | None:
    """`cpu`, or None where a module it needs is not installed or a format is not there."""
    if not all(map(find_spec, needed)):
        return None
    try:
        return cpu(work, runs)
    except (ImportError, AttributeError):
        return None


@cache
def written(name: str, rows_a_stage: int = SIXTY_PAGES) -> bytes:
    return write(name, synthesis(rows_a_stage))


def write(name: str, source: Synthesis) -> bytes:
    stream = io.BytesIO()
    formats.writer(name).write(source, METHOD, stream)
    return stream.getvalue()


def read(name: str, data: bytes) -> Synthesis:
    return formats.reader(name).read(io.BytesIO(data), METHOD)


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


# Word processors


def word_processors() -> Iterator[Figure]:
    source = synthesis(SIXTY_PAGES)
    xml = part(written("docx"), "word/document.xml")
    goals = {"docx": ("must 0.4 s, stretch 0.1", "must 0.5 s, stretch 0.1")}
    for name, main in (("docx", "word/document.xml"), ("odt", "content.xml")):
        writing, reading = goals.get(name, ("", ""))
        limit = part(written(name), main)
        yield Figure(
            f"60-page {name} written",
            maybe(lambda name=name: write(name, source)),  # type: ignore[misc]
            "lxml + zlib of its XML",
            cpu(lambda limit=limit: zlib.compress(etree.tostring(etree.fromstring(limit)))),  # type: ignore[misc]
            writing,
        )
        yield Figure(
            f"60-page {name} read",
            maybe(lambda name=name: read(name, written(name))),  # type: ignore[misc]
            "lxml parse of its XML",
            cpu(lambda limit=limit: etree.fromstring(limit)),  # type: ignore[misc]
            reading,
            _same(read(name, written(name)), source),
        )
    yield Figure(
        "60-page docx read, again",
        maybe(lambda: read("docx", written("docx"))),
        "python-docx, every paragraph",
        maybe(lambda: _python_docx(written("docx")), "docx"),
        "",
        f"{len(xml) >> 10} KiB of XML",
    )


def _python_docx(data: bytes) -> int:
    import docx

    return sum(len(paragraph.text) for paragraph in _paragraphs(docx.Document(io.BytesIO(data))))


def _paragraphs(container: Any) -> Iterator[Any]:
    yield from container.paragraphs
    for table in container.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from _paragraphs(cell)


def _same(found: Synthesis, source: Synthesis) -> str:
    return "identical" if equal(found, source) else "DIFFERENT"


# Workbooks and interchange


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
        _same(read("xlsx", written("xlsx")), source),
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
        _same(read("json", written("json")), source),
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


# PDF and text


def portable_documents() -> Iterator[Figure]:
    pages = len(pypdfium2.PdfDocument(written("pdf")))
    yield Figure(
        f"{pages}-page pdf written, tagged",
        maybe(lambda: write("pdf", synthesis(SIXTY_PAGES))),
        "typst, the bare paragraphs",
        maybe(_typst_paragraphs, "typst"),
        "must 1 s, stretch 0.6",
        f"peak {_peak_of('pdf', 1):.0f} MiB (must 200), of ten in a row {_peak_of('pdf', 10):.0f}",
    )
    source = long_table(TABLE_ROWS)
    tagged = write("pdf", source)
    yield from _table_read("tagged", tagged, source)
    yield _pdfplumber_read(tagged, source)
    if find_spec("pikepdf"):
        yield from _table_read("without tags", _untagged(tagged), source)
    else:
        yield Figure("pdf table read, without tags", None)


def _typst_paragraphs() -> bytes:
    import typst

    texts = [item.text for item in _items(synthesis(SIXTY_PAGES))]
    # Twice the text fills about as many pages as the tables do.
    body = "\n\n".join(f'#par(["{text}"])' for text in texts * 2)
    found: bytes = typst.compile(f'#set page("a4", flipped: true)\n{body}'.encode(), format="pdf")
    return found


def _items(source: Synthesis) -> Iterator[Any]:
    for theme in source.themes:
        for rows in theme.stages.values():
            for row in rows:
                for items in row.cells.values():
                    yield from items


def _table_read(kind: str, data: bytes, source: Synthesis) -> Iterator[Figure]:
    pages, split = _split_rows(data)
    right = _rows_right(read("pdf", data), source)
    yield Figure(
        f"{pages}-page pdf table read, {kind}",
        maybe(lambda: read("pdf", data), runs=3),
        "pdfium, raw text",
        cpu(lambda: _raw_text(data), 3),
        "must 3 s, stretch 1",
        f"{right} of {TABLE_ROWS} rows whole, {split} of them split over pages",
    )


def _pdfplumber_read(data: bytes, source: Synthesis) -> Figure:
    """How the usual library fares; once, for it takes long."""
    if not find_spec("pdfplumber"):
        return Figure("the same by pdfplumber", None)
    import pdfplumber

    started = _used()
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        lines = [row for page in pdf.pages for table in page.extract_tables() for row in table]
    seconds = _used() - started
    found = [_letters(" ".join(cell or "" for cell in line)) for line in lines]
    (rows,) = source.themes[0].stages.values()
    whole = 0
    for row in rows:
        wanted = [_letters(item.text) for items in row.cells.values() for item in items]
        whole += any(all(text in line for text in wanted) for line in found if wanted[0] in line)
    return Figure("the same by pdfplumber", seconds, remark=f"{whole} of {TABLE_ROWS} rows whole")


def _rows_right(found: Synthesis, source: Synthesis) -> int:
    """Rows found word for word, wherever they stand."""
    (stage,) = source.themes[0].stages
    rows = [row for theme in found.themes for row in theme.stages.get(stage, ())]
    return sum(1 for row in source.themes[0].stages[stage] if row in rows)


def _split_rows(data: bytes) -> tuple[int, int]:
    """Pages, and rows whose words stand on two: those that a page goes on with before it names a row."""
    texts = list(_pages(data))
    split = 0
    for text in texts[1:]:
        body = text.split("Points forts", 1)[-1]
        first = re.search(r"Ligne \d+ :", body)
        start = body[: first.start()] if first else body
        # The first cell of a whole row holds the theme and a number; anything else is the rest of a row.
        split += len(re.sub(r"[\d\s►]+", "", start)) > len("Garantirunégalaccèsaunumériquepourtous") + 3
    return len(texts), split


def _pages(data: bytes) -> Iterator[str]:
    for page in pypdfium2.PdfDocument(data):
        yield page.get_textpage().get_text_range()


def _raw_text(data: bytes) -> str:
    return "\n".join(_pages(data))


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def _untagged(data: bytes) -> bytes:
    """The file without its structure, as older exporters leave it."""
    import pikepdf

    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for name in ("/StructTreeRoot", "/MarkInfo"):
            if name in pdf.Root:
                del pdf.Root[name]
        pdf.save(stream)
    return stream.getvalue()


def texts() -> Iterator[Figure]:
    made = "\n".join(_pages(written("pdf", THIRTY_PAGES))).replace("\r\n", "\n").encode()
    pages = len(pypdfium2.PdfDocument(written("pdf", THIRTY_PAGES)))
    yield _text_read(f"{pages}-page text read (as pdfium extracts it)", made)
    folder = os.environ.get("CAHIERS_SEEDS")
    for path in sorted(Path(folder).glob("*.txt")) if folder else ():
        yield _text_read(f"text read ({path.stat().st_size >> 10} KiB, {path.name[:8]})", path.read_bytes())


def _text_read(what: str, data: bytes) -> Figure:
    found = read("txt", data)
    counted = sum(1 for _ in _items(found))
    return Figure(
        what,
        maybe(lambda: read("txt", data)),
        "re, every word",
        cpu(lambda: re.findall(r"\w+", data.decode(errors="replace"))),
        "must 0.3 s",
        f"{counted} statements, {len(found.warnings)} warnings",
    )


# The command

#: Runs the command and tells its CPU seconds, seconds and MiB; a small process of its own, for a child's peak counts
#: from what its parent held when it was started.
_MEASURED: Final = """
import resource, subprocess, sys, time
started = time.monotonic()
subprocess.run([sys.executable, "-m", "cahiers.documents", "convert", *sys.argv[1:]], check=True, stderr=-3)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, time.monotonic() - started, used.ru_maxrss / 1024)
"""


def command() -> Figure:
    """A hundred documents converted by one command."""
    with tempfile.TemporaryDirectory() as folder:
        sources = []
        for number in range(MANY):
            path = Path(folder) / f"{number:03}.docx"
            path.write_bytes(write("docx", synthesis(2, seed=number)))
            sources.append(str(path))
        ran = subprocess.run(
            [sys.executable, "-c", _MEASURED, *sources, f"{folder}/json/", "--to", "json"],
            check=True,
            capture_output=True,
        )
        seconds, wall, peak = map(float, ran.stdout.split())
        count = len(list((Path(folder) / "json").iterdir()))
        others = maybe(
            lambda: [_python_docx(Path(source).read_bytes()) for source in sources], "docx", runs=1
        )
    return Figure(
        f"{MANY} docx converted to json in one command",
        seconds,
        "python-docx, every paragraph",
        others,
        "",
        f"{count} written, {wall:.1f} s on the clock, peak {peak:.0f} MiB",
    )


def _peak_of(name: str, times: int) -> float:
    """MiB that a process of its own needs at most to write sixty pages that often, imports included."""
    ran = subprocess.run(
        [sys.executable, "-m", "bench.documents", "--peak", name, str(times)], check=True, capture_output=True
    )
    return float(ran.stdout)


def print_peak(name: str, times: int) -> None:
    for seed in range(times):
        write(name, synthesis(SIXTY_PAGES, seed=seed))
    # Unlike getrusage, this forgets what the parent process weighed.
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    match = re.search(r"VmHWM:\s+(\d+)", status)
    print(int(match[1]) / 1024 if match else 0)


def main() -> None:
    if sys.argv[1:2] == ["--peak"]:
        print_peak(sys.argv[2], int(sys.argv[3]))
        return
    for family in (word_processors, other_formats, portable_documents, texts):
        for figure in family():
            print(figure, flush=True)
    print(command())


if __name__ == "__main__":
    main()
