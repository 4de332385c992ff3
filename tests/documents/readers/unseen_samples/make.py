"""Makes the samples: `python -m tests.documents.readers.unseen_samples.make` (needs python-docx, LibreOffice, poppler).

The tests need none of these.
"""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Final

from bench.unseen import office
from bench.unseen.content import dealt, region
from bench.unseen.looks import LOOKS
from cahiers.documents.model import Synthesis

HERE: Final = Path(__file__).parent
#: Looks whose PDF file is kept, without tags.
PDF: Final = ("header-filled", "bands", "light-shading", "outer", "horizontal-merged", "list", "dealt-bands")
#: Looks whose text is kept, with its columns and without.
TEXT: Final = ("grid", "horizontal-merged", "dealt", "whole-rows", "light-grid")


def source(name: str) -> Synthesis:
    """What the sample was made of."""
    look = LOOKS[name]
    whole = region(look.region)
    whole = whole if look.dealt is None else dealt(whole, look.dealt)
    return replace(whole, meetings=(), themes=whole.themes[:1])


def main() -> None:
    from bench.unseen import author

    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        drafts = [folder / f"{name}.docx" for name in dict.fromkeys((*PDF, *TEXT))]
        for seed, draft in enumerate(drafts):
            author.write(source(draft.stem), LOOKS[draft.stem], draft, seed)
        office.convert(drafts, "pdf", folder, folder / "profile")
        for name in PDF:
            (HERE / f"{name}.pdf").write_bytes((folder / f"{name}.pdf").read_bytes())
        for name in TEXT:
            office.extract(folder / f"{name}.pdf", HERE / f"{name}.layout.txt", "-layout")
            office.extract(folder / f"{name}.pdf", HERE / f"{name}.plain.txt")


if __name__ == "__main__":
    main()
