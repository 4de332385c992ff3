"""Which encoding a file of text is in, found over all of its bytes, and its lines as text."""

import codecs
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from cahiers.contributions.tables.streams import Opener, blocks
from cahiers.documents.errors import Unreadable

#: Bytes of the longest line: one cell of a mebibyte, and room for a hundred columns.
MAX_LINE: Final = 32 << 20
MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: How French spreadsheets write é and è where they do not write UTF-8: Windows, old Macintosh, MS-DOS.
LEGACY: Final = {"cp1252": b"\xe9\xe8", "mac_roman": b"\x8e\x8f", "cp850": b"\x82\x8a"}
NAMES: Final = {"cp1252": "Windows-1252", "mac_roman": "Macintosh", "cp850": "MS-DOS (cp850)"}
#: Letters that French does not have, made of two that it has in capitals when they are taken for UTF-8.
_UNLIKELY: Final = re.compile("[\u0180-\u02ff]")
_CONTROLS: Final = bytes([*range(9), *range(14, 27), *range(28, 32)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """`name` decodes the file; `legacy`, where given, the lines that are not UTF-8 in a file that mostly is."""

    name: str
    legacy: str = ""
    remark: str = ""


def detect(opener: Opener) -> Encoding:
    """Encoding of the whole file. Raises Unreadable where the bytes are no text."""
    with opener() as stream:
        start = stream.read(1 << 16)
    marked = next((name for mark, name in MARKS if start.startswith(mark)), "")
    wide = marked if marked[4:6] in ("16", "32") else _wide(start)
    if wide:
        return _wide_encoding(opener, wide)
    if len(start) - len(start.translate(None, _CONTROLS)) > max(2, len(start) // 50):
        raise Unreadable(
            "Ce fichier n’est pas un tableau : enregistrez la feuille au format CSV, XLSX ou ODS."
        )
    counts, is_utf8, has_lines = _scan(opener)
    if is_utf8:
        return Encoding(name=marked or "utf-8")
    legacy = max(LEGACY, key=lambda name: sum(counts[byte] for byte in LEGACY[name]))
    utf8, others = _by_line(opener) if has_lines else (0, 1)
    if not utf8:
        remark = f"Le fichier n’est pas en UTF-8 : il est lu en {NAMES[legacy]}."
        return Encoding(name=legacy, remark=remark)
    some = "1 ligne est lue" if others == 1 else f"{others} lignes sont lues"
    remark = f"Le fichier mêle deux encodages : {some} en {NAMES[legacy]}, les autres en UTF-8."
    return Encoding(name=marked or "utf-8", legacy=legacy, remark=remark)


def _wide(start: bytes) -> str:
    """UTF-16 without a mark: one byte of two of its Latin text is null."""
    pairs = len(start) // 2
    if pairs < 2:
        return ""
    if start[1 : 2 * pairs : 2].count(0) > 0.6 * pairs and start[: 2 * pairs : 2].count(0) < 0.1 * pairs:
        return "utf-16-le"
    if start[: 2 * pairs : 2].count(0) > 0.6 * pairs and start[1 : 2 * pairs : 2].count(0) < 0.1 * pairs:
        return "utf-16-be"
    return ""


def _wide_encoding(opener: Opener, name: str) -> Encoding:
    decoder = codecs.getincrementaldecoder(name)(errors="replace")
    run = strange = 0
    for block in blocks(opener):
        text = decoder.decode(block)
        strange += text.count("\ufffd")
        run = _run(run, text)
    remark = "Des caractères du fichier sont abîmés : ils sont remplacés par « \ufffd »." if strange else ""
    return Encoding(name=name, remark=remark)


def _scan(opener: Opener) -> tuple[Counter[int], bool, bool]:
    """Counts of the bytes that tell legacy encodings apart, whether all is UTF-8, whether lines end with \\n."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    counts: Counter[int] = Counter()
    is_utf8, has_lines, run = True, False, 0
    for block in blocks(opener):
        run = _run(run, block)
        has_lines = has_lines or b"\n" in block
        if is_utf8:
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                is_utf8 = False
        for marks in LEGACY.values():
            for byte in marks:
                counts[byte] += block.count(byte)
    if is_utf8:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            is_utf8 = False
    return counts, is_utf8, has_lines


def _run(run: int, block: bytes | str) -> int:
    """Length of the line that is open at the end of the block. Raises Unreadable over the limit."""
    ends = (b"\n", b"\r") if isinstance(block, bytes) else ("\n", "\r")
    last = max(block.rfind(end) for end in ends)  # type: ignore[arg-type]
    run = run + len(block) if last < 0 else len(block) - last
    if run > MAX_LINE:
        raise Unreadable(
            "Ce fichier n’est pas un tableau : il contient une ligne démesurée, sans fin de ligne."
        )
    return run


def _by_line(opener: Opener) -> tuple[int, int]:
    """How many lines with accents are UTF-8, and how many are not."""
    utf8 = others = 0
    with opener() as stream:
        for line in stream:
            if not line.isascii():
                if _utf8(line) is None:
                    others += 1
                else:
                    utf8 += 1
    return utf8, others


def _utf8(line: bytes) -> str | None:
    try:
        text = line.decode()
    except UnicodeDecodeError:
        return None
    return None if _UNLIKELY.search(text) else text


def text_lines(stream: BinaryIO, encoding: Encoding, recoded: list[int]) -> Iterator[str]:
    """Lines with their ends; where two encodings are mixed, the numbers of those in the legacy one go to `recoded`."""
    if not encoding.legacy:
        return io.TextIOWrapper(stream, encoding=encoding.name, errors="replace", newline="")
    return _mixed(stream, encoding, recoded)


def _mixed(stream: BinaryIO, encoding: Encoding, recoded: list[int]) -> Iterator[str]:
    for number, line in enumerate(stream, start=1):
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        text = _utf8(line)
        if text is None:
            recoded.append(number)
            text = line.decode(encoding.legacy, errors="replace")
        yield text
