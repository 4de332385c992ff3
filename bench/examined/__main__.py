"""Documents of a second author, read back: `python -m bench.examined [--keep FOLDER] [FORMAT or NAME…]`.

`--written docx`, `odt` or `pdf` reads what is said in the official layout instead, as that writer of ours gives it:
printed by LibreOffice, or the PDF itself, and the text that is extracted from the print.

The lines are those of `bench.unseen`, then the fields right among those that the document states beside its items:
titles and numbers of themes, feedback sheets and what rows cite of them, session forms.
"""

import argparse
import random
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.examined import draft, flat, word
from bench.examined.fields import fields
from bench.examined.looks import FIRST, LOOKS
from bench.examined.said import source
from bench.unseen import office
from bench.unseen.__main__ import FORMATS, HEADINGS, read, row_of, summary
from bench.unseen.content import METHOD
from bench.unseen.score import score
from cahiers.documents import formats


def make(names: Sequence[str], kinds: Sequence[str], folder: Path) -> None:
    """Writes the documents that the folder does not hold yet, in the formats asked for."""
    lacking = [
        name for name in names if not all((folder / f"{name}{FORMATS[kind][0]}").exists() for kind in kinds)
    ]
    if not lacking:
        return
    drafts = [_draft(name, folder) for name in lacking]
    with tempfile.TemporaryDirectory() as home:
        profile = Path(home, "profile")
        for kind in ("docx", "odt"):
            others = [path for path in drafts if path.suffix != f".{kind}"]
            if kind in kinds and others:
                office.convert(others, kind, folder, profile)
        office.print_out(drafts, kinds, folder, profile)


def make_written(names: Sequence[str], ending: str, kinds: Sequence[str], folder: Path) -> None:
    """The same of documents as our own writer gives them."""
    lacking = [
        name for name in names if not all((folder / f"{name}{FORMATS[kind][0]}").exists() for kind in kinds)
    ]
    drafts = [folder / f"{name}.{ending}" for name in lacking]
    for name, path in zip(lacking, drafts, strict=True):
        with path.open("wb") as out:
            formats.writer(ending).write(source(name), METHOD, out)
    if ending == "pdf":
        for name in lacking:
            printed = folder / f"{name}.pdf"
            shutil.copy(printed, folder / f"{name}.tagged.pdf")
            office.extract(printed, folder / f"{name}.layout.txt", "-layout")
            office.extract(printed, folder / f"{name}.plain.txt")
    elif drafts:
        with tempfile.TemporaryDirectory() as home:
            office.print_out(drafts, kinds, folder, Path(home, "profile"))


def _draft(name: str, folder: Path) -> Path:
    look = LOOKS[name]
    rng = random.Random(f"{name} on paper")
    document = draft.document(source(name), look, rng)
    if look.maker == "word":
        word.write(document, folder / f"{name}.docx", rng)
        return folder / f"{name}.docx"
    flat.write(document, folder / f"{name}.fodt")
    return folder / f"{name}.fodt"


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.examined")
    parser.add_argument("--keep", type=Path, help="folder of the documents, used again by the next run")
    parser.add_argument("--first", action="store_true", help="half of the documents only")
    parser.add_argument(
        "--written", choices=("docx", "odt", "pdf"), help="what our own writer of that format gives"
    )
    parser.add_argument("only", nargs="*", choices=[[], *FORMATS, *LOOKS], help="formats and names")
    asked = parser.parse_args(arguments)
    if absent := office.missing():
        print(f"Skipped: {' and '.join(absent)} not installed.")
        return
    every = FIRST if asked.first else tuple(LOOKS)
    names = [name for name in LOOKS if name in asked.only] or every
    kinds = [kind for kind in FORMATS if kind in asked.only] or list(FORMATS)
    with tempfile.TemporaryDirectory() as scratch:
        folder: Path = asked.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        if asked.written is None:
            make(names, kinds, folder)
        else:
            kinds = [kind for kind in kinds if FORMATS[kind][1] in ("pdf", "txt", asked.written)]
            make_written(names, asked.written, kinds, folder)
        print(
            f"{'document':<20}{'format':<8}    F1"
            + "".join(f"  {heading}" for heading in HEADINGS)
            + "  fields"
        )
        found = []
        for name in names:
            said = source(name)
            for kind in kinds:
                ending, reader = FORMATS[kind]
                got = read(folder / f"{name}{ending}", reader)
                one = score(said, got)
                found.append((name, kind, one))
                right, all_of_them = fields(said, got)
                print(f"{name:<20}{kind:<8}{row_of(one)}  {right}/{all_of_them}", flush=True)
        print("\n".join(summary(found)))


if __name__ == "__main__":
    main(sys.argv[1:])
