"""LibreOffice and poppler: a document as the files that people send instead of it."""

import json
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

NEEDED: Final = ("soffice", "pdftotext")
#: Seconds for all the documents of one conversion.
PATIENCE: Final = 600


def missing() -> list[str]:
    """Programs that are not installed."""
    return [name for name in NEEDED if shutil.which(name) is None]


def convert(drafts: Iterable[Path], kind: str, folder: Path, profile: Path, *, tagged: bool = False) -> None:
    """Writes each draft as odt or pdf into the folder."""
    options = {"UseTaggedPDF": {"type": "boolean", "value": str(tagged).lower()}}
    target = f"pdf:writer_pdf_Export:{json.dumps(options)}" if kind == "pdf" else kind
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", target]
    command += ["--outdir", str(folder), *map(str, drafts)]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)


def extract(pdf: Path, text: Path, *options: str) -> None:
    """Writes the text of a PDF file as pdftotext gives it."""
    subprocess.run(["pdftotext", *options, str(pdf), str(text)], check=True, timeout=PATIENCE)


def print_out(drafts: Sequence[Path], kinds: Sequence[str], folder: Path, profile: Path) -> None:
    """Writes each draft, which stands in the folder, as PDF with and without tags, and the texts of the latter."""
    if "tagged" in kinds:
        convert(drafts, "pdf", folder, profile, tagged=True)
        for draft in drafts:
            draft.with_suffix(".pdf").rename(draft.with_suffix(".tagged.pdf"))
    if {"pdf", "layout", "plain"} & set(kinds):
        convert(drafts, "pdf", folder, profile)
    for draft in drafts:
        if "layout" in kinds:
            extract(draft.with_suffix(".pdf"), draft.with_suffix(".layout.txt"), "-layout")
        if "plain" in kinds:
            extract(draft.with_suffix(".pdf"), draft.with_suffix(".plain.txt"))
