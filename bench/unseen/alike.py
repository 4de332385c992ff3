"""Two documents that say other things and give the same text in reading order: `python -m bench.unseen.alike`.

No reader can tell them apart: what it can do is to tell both readings.
"""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from bench.unseen import office

#: Of each document, two cells that stand beside each other, line by line.
DOCUMENTS: Final = (
    (
        ("• Un lieu ouvert", "aux familles", "le mercredi"),
        ("• Un tableau de", "bord relu", "avec les élus"),
    ),
    (
        ("• Un lieu ouvert", "aux familles"),
        ("• Un tableau de", "bord relu", "le mercredi", "avec les élus"),
    ),
)
#: In points: where the cells begin, from the left, and how far apart lines are.
CELLS: Final = (50, 138)
STEP: Final = 14


def page(cells: Sequence[Sequence[str]]) -> bytes:
    """A PDF page that sets the cells level with each other, in Helvetica."""
    lines = "".join(
        f"1 0 0 1 {left} {500 - STEP * at} Tm ({text}) Tj "
        for left, cell in zip(CELLS, cells, strict=True)
        for at, text in enumerate(cell)
    )
    words = f"BT /F1 12 Tf {lines}ET"
    return b"".join(_file([
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 842 595]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(words)}>>\nstream\n{words}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]))  # fmt: skip


def _file(objects: Sequence[str]) -> Iterator[bytes]:
    at = 0
    places = []
    for number, text in enumerate(objects, start=1):
        part = ("%PDF-1.4\n" * (number == 1) + f"{number} 0 obj\n{text}\nendobj\n").encode("cp1252")
        places.append(at + 9 * (number == 1))
        at += len(part)
        yield part
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    yield f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    yield f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{at}\n%%EOF".encode()


def texts() -> Iterator[str]:
    """Each document's text as pdftotext gives it."""
    with tempfile.TemporaryDirectory() as folder:
        for cells in DOCUMENTS:
            pdf, text = Path(folder, "page.pdf"), Path(folder, "page.txt")
            pdf.write_bytes(page(cells))
            office.extract(pdf, text)
            yield text.read_text(encoding="utf-8")


def main() -> None:
    if "pdftotext" in office.missing():
        sys.exit("Skipped: pdftotext not installed.")
    first, second = texts()
    for cells in DOCUMENTS:
        print(" | ".join(" ".join(cell) for cell in cells))
    print(first.strip())
    print("The two texts are the same." if first == second else "The two texts differ.")


if __name__ == "__main__":
    main()
