"""Documents in many looks, read back: `python -m bench.unseen [--keep FOLDER] [--deal FIRST] [FORMAT or LOOK…]`.

A line a document and format: F1 of its items (theme, stage, row, kind and text right), items neither placed nor alone
in a warning, items in a warning alone and their share, placed texts that are cut or glued, items placed elsewhere, and
how many of these errors no warning of their own tells. Looks marked * are kept aside: readers are never tuned on them.
`--deal` measures others instead, drawn with their words by seeds from that one on, `--documents` of them.
"""

import argparse
import io
import statistics
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from bench.unseen import office
from bench.unseen.content import METHOD, dealt, region
from bench.unseen.looks import LOOKS, Look, drawn
from bench.unseen.score import Score, score
from cahiers.documents import formats
from cahiers.documents.errors import NotASynthesis, Unreadable
from cahiers.documents.model import Synthesis

#: Each format's file, after the look's name, and its reader.
FORMATS: Final = {
    "docx": (".docx", "docx"),
    "odt": (".odt", "odt"),
    "tagged": (".tagged.pdf", "pdf"),
    "pdf": (".pdf", "pdf"),
    "layout": (".layout.txt", "txt"),
    "plain": (".plain.txt", "txt"),
}


def source(look: Look) -> Synthesis:
    """What a look's document says."""
    whole = region(look.region)
    return whole if look.dealt is None else dealt(whole, look.dealt, look.spliced)


def make(looks: Mapping[str, Look], kinds: Sequence[str], folder: Path) -> None:
    """Writes the documents that the folder does not hold yet, in the formats asked for."""
    from bench.unseen import author

    lacking = [
        name for name in looks if not all((folder / f"{name}{FORMATS[kind][0]}").exists() for kind in kinds)
    ]
    if not lacking:
        return
    drafts = [folder / f"{name}.docx" for name in lacking]
    for draft in drafts:
        look = looks[draft.stem]
        author.write(source(look), look, draft, seed=list(looks).index(draft.stem))
    with tempfile.TemporaryDirectory() as home:
        profile = Path(home, "profile")
        if "odt" in kinds:
            office.convert(drafts, "odt", folder, profile)
        office.print_out(drafts, kinds, folder, profile)


def read(path: Path, reader: str) -> Synthesis:
    """The file as its reader gives it; a refusal is an empty synthesis."""
    try:
        return formats.reader(reader).read(io.BytesIO(path.read_bytes()), METHOD)
    except (NotASynthesis, Unreadable):
        return Synthesis(method=METHOD.key, territory=None, meetings=(), themes=())


def measure(
    looks: Mapping[str, Look], kinds: Sequence[str], folder: Path
) -> Iterator[tuple[str, str, Score]]:
    for name, look in looks.items():
        expected = source(look)
        for kind in kinds:
            ending, reader = FORMATS[kind]
            yield name, kind, score(expected, read(folder / f"{name}{ending}", reader))


HEADINGS: Final = ("items", "lost", "in warning", "share", "cut", "glued", "elsewhere", "unsaid", "warnings")


def row_of(found: Score) -> str:
    share = found.unplaced / (found.items or 1)
    values = [
        found.items,
        found.lost,
        found.unplaced,
        f"{share:.1%}",
        found.cut,
        found.glued,
        found.misplaced,
    ]
    values += [found.unsaid, found.warned]
    return f"{found.f1:.4f}" + "".join(
        f"{value:>{len(heading) + 2}}" for heading, value in zip(HEADINGS, values, strict=True)
    )


def summary(found: Sequence[tuple[str, str, Score]], aside: Collection[str] = ()) -> Iterator[str]:
    """A line a format: mean F1, of documents kept aside too, the most unplaced, and the sums of what went wrong."""
    for kind in FORMATS:
        own = [(name, one) for name, own, one in found if own == kind]
        if not own:
            continue
        means = []
        for kept in (False, True):
            values = [one.f1 for name, one in own if (name in aside) is kept]
            means.append(f"{statistics.mean(values):.4f}" if values else "–")
        total = sum(one.items for _, one in own)
        parts = [f"F1 {means[0]}, kept aside {means[1]}", f"{total} items"]
        parts += [f"at most {max(one.unplaced / (one.items or 1) for _, one in own):.1%} unplaced in one"]
        wrongs = ("lost", "unplaced", "cut", "glued", "misplaced", "unsaid")
        parts += [f"{name} {sum(getattr(one, name) for _, one in own)}" for name in wrongs]
        yield f"{kind:<8}{', '.join(parts)}"


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.unseen")
    parser.add_argument("--keep", type=Path, help="folder of the documents, used again by the next run")
    parser.add_argument("--tuning", action="store_true", help="leave out the looks that are kept aside")
    parser.add_argument(
        "--deal", type=int, help="documents never seen before, drawn by seeds from that one on"
    )
    parser.add_argument("--documents", type=int, default=len(LOOKS), help="how many of them")
    parser.add_argument("only", nargs="*", choices=[[], *FORMATS, *LOOKS], help="formats and looks")
    asked = parser.parse_args(arguments)
    if absent := office.missing():
        print(f"Skipped: {' and '.join(absent)} not installed.")
        return
    looks: Mapping[str, Look] = {name: LOOKS[name] for name in LOOKS if name in asked.only} or LOOKS
    if asked.tuning:
        looks = {name: look for name, look in looks.items() if not look.aside}
    if asked.deal is not None:
        looks = {f"drawn-{seed}": drawn(seed) for seed in range(asked.deal, asked.deal + asked.documents)}
    kinds = [kind for kind in FORMATS if kind in asked.only] or list(FORMATS)
    with tempfile.TemporaryDirectory() as scratch:
        folder: Path = asked.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        make(looks, kinds, folder)
        print(f"{'look':<20}{'format':<8}    F1" + "".join(f"  {heading}" for heading in HEADINGS))
        found = []
        for name, kind, one in measure(looks, kinds, folder):
            found.append((name, kind, one))
            print(f"{name + '*' * looks[name].aside:<20}{kind:<8}{row_of(one)}", flush=True)
        print("\n".join(summary(found, [name for name, look in looks.items() if look.aside])))


if __name__ == "__main__":
    main(sys.argv[1:])
