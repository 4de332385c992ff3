"""Whatever the bytes: a synthesis or a sentence, soon, in little memory, and nothing else happens."""

import contextlib
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cahiers.documents import formats
from cahiers.documents.errors import NotASynthesis, UnknownFormat, Unreadable
from tests.documents import hostile_files
from tests.documents.hostile_files import MAIN_PART, METHOD, READ, repacked, valid
from tests.installation import ROOT, once

#: CPU, not wall time: the machine may be busy.
MAX_SECONDS = 5.0
MAX_MEBIBYTES = 500.0


def read_all(folder: Path) -> None:
    """Writes hostile files, has each read in a process apart, and keeps what became of them."""
    hostile_files.write_all(folder)
    ran = subprocess.run(
        [sys.executable, "-m", "tests.documents.hostile_reading", str(folder)],
        capture_output=True,
        cwd=ROOT,
        check=True,
        timeout=900,
    )
    for path in folder.iterdir():
        path.unlink()
    (folder / "results").write_bytes(ran.stdout)


@pytest.fixture(scope="module")
def results(shared: Path) -> list[dict[str, object]]:
    """What became of each hostile file."""
    kept = once(shared / "hostile", read_all) / "results"
    found = [json.loads(line) for line in kept.read_text().splitlines()]
    assert len(found) > 150
    return found


def test_each_ends_in_a_synthesis_or_a_sentence(results: list[dict[str, object]]) -> None:
    allowed = ("read", "Unreadable", "NotASynthesis", "UnknownFormat")
    assert [result for result in results if result["outcome"] not in allowed] == []
    for result in results:
        sentence = str(result["sentence"])
        assert result["outcome"] == "read" or re.fullmatch(r"[A-ZÀÉÊ«][^\n]{10,400}[.)»]", sentence), result


def test_soon(results: list[dict[str, object]]) -> None:
    assert [result for result in results if float(str(result["seconds"])) > MAX_SECONDS] == []


def test_in_little_memory(results: list[dict[str, object]]) -> None:
    assert [result for result in results if float(str(result.get("mebibytes", 0))) > MAX_MEBIBYTES] == []


def test_without_network_process_or_file(results: list[dict[str, object]]) -> None:
    assert [result for result in results if result["deeds"] or result["left"]] == []


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        (r"(misnamed-)?empty\.(docx|odt|xlsx|json)", r"vide"),
        (r"encrypted.*", r"mot de passe"),
        (r"oversized(\.(docx|odt|xlsx|pdf|json)|-prose\.txt)", r"Mio"),
        (r"entity-(laughs|file|network|utf16)\..*", r"entités"),
        (r"bomb-(zeros|lie|parts)\..*", r"(démesur|abîmé)"),
    ],
)
def test_the_sentence_tells_what_is_wrong(
    results: list[dict[str, object]], pattern: str, sentence: str
) -> None:
    concerned = [result for result in results if re.fullmatch(pattern, str(result["file"]))]
    assert concerned
    assert [result for result in concerned if not re.search(sentence, str(result["sentence"]))] == []


def test_a_wrong_extension_does_not_matter(results: list[dict[str, object]]) -> None:
    """What the bytes are decides, not what the file is called."""
    misnamed = [
        result
        for result in results
        if re.fullmatch(r"misnamed-(docx|odt|xlsx|pdf|json)\..*", str(result["file"]))
    ]
    assert [result for result in misnamed if result["outcome"] != "read"] == []


def test_macros_and_attachments_do_not_keep_a_document_from_being_read(
    results: list[dict[str, object]],
) -> None:
    laden = [
        result for result in results if str(result["file"]).startswith(("macros", "traversal", "actions"))
    ]
    assert {result["outcome"] for result in laden} == {"read"}


def test_valid_files_are_valid() -> None:
    """The mutations below start from documents that are read."""
    for name in READ:
        stream = io.BytesIO(valid(name))
        reader = formats.detect(stream, f"a.{name}")
        assert reader.name == name
        assert reader.read(stream, METHOD).themes


# Fuzzing: a document, a few bytes of which became others.

ODD = [
    b"",
    b"\0",
    b"<",
    b">",
    b"&",
    b'"',
    b"-1",
    b"99999999999999999999",
    b"1e999",
    b"x",
    b"\xff\xfe",
    "é".encode(),
]


@st.composite
def edits(draw: st.DrawFn, data: bytes) -> bytes:
    """The bytes, with up to eight stretches cut, doubled, moved or replaced."""
    for _ in range(draw(st.integers(1, 8))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.sampled_from([0, 1, 2, 8, 64, 512, 4096])))
        piece = data[start:end]
        put = draw(st.sampled_from([b"", piece * 2, piece[::-1], *ODD]))
        data = data[:start] + put + data[end:]
    return data


@st.composite
def edited_markup(draw: st.DrawFn, data: bytes) -> bytes:
    """XML that mostly stays well formed: attribute values and texts become odd ones, elements go or come twice."""
    for _ in range(draw(st.integers(1, 6))):
        spots = [m.span(1) for m in re.finditer(rb'="([^"<]*)"|>([^<]+)<', data) if m[1] is not None]
        elements = [
            m.span() for m in re.finditer(rb"<([\w:]+)(?: [^<>]*)?/>|<([\w:]+)(?: [^<>]*)?>[^<>]*</\2>", data)
        ]
        chosen = draw(st.sampled_from(spots if draw(st.booleans()) and spots else elements or [(0, 0)]))
        piece = data[slice(*chosen)]
        odd = [b"", b"-1", b"0", b"7", b"99999999999999999999", b"1e999", b"x", b"0.5"]
        put = draw(st.sampled_from(odd if chosen in spots else [b"", piece * 2, piece * 50]))
        data = data[: chosen[0]] + put + data[chosen[1] :]
    return data


def must_survive(data: bytes, name: str) -> None:
    stream = io.BytesIO(data)
    with contextlib.suppress(Unreadable, NotASynthesis, UnknownFormat):
        formats.detect(stream, f"a.{name}").read(stream, METHOD)


FUZZ = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


#: The pdf reader starts a process a file, so that it gets fewer.
QUICK = [name for name in READ if name != "pdf"]


@settings(FUZZ, max_examples=6)
@given(edits(valid("pdf")))
def test_edited_pdf_files(data: bytes) -> None:
    must_survive(data, "pdf")


@pytest.mark.parametrize("name", QUICK)
@FUZZ
@given(data=st.data())
def test_edited_files(name: str, data: st.DataObject) -> None:
    must_survive(data.draw(edits(valid(name))), name)


@pytest.mark.parametrize("name", QUICK)
@FUZZ
@given(
    data=st.binary(max_size=400),
    mark=st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.7\n", b"{", b"\xef\xbb\xbf"]),
)
def test_any_bytes(name: str, data: bytes, mark: bytes) -> None:
    stream = io.BytesIO(mark + data)
    with contextlib.suppress(Unreadable, NotASynthesis):
        formats.reader(name).read(stream, METHOD)


@pytest.mark.parametrize("name", MAIN_PART)
@FUZZ
@given(data=st.data())
def test_edited_parts(name: str, data: st.DataObject) -> None:
    parts = {
        "docx": ["word/styles.xml", "word/numbering.xml", "word/_rels/document.xml.rels"],
        "odt": ["styles.xml"],
    }
    others = parts.get(
        name, ["xl/styles.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet3.xml"]
    )
    target = data.draw(st.sampled_from([MAIN_PART[name]] * len(others) + others))
    how = data.draw(st.sampled_from([edits, edited_markup]))
    must_survive(
        repacked(valid(name), lambda part, content: data.draw(how(content)) if part == target else content),
        name,
    )
