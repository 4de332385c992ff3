"""Runs ``analyse``: a CSV file in, a report out, and what changed since the last time."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from cahiers.textkit import interchange
from cahiers.textkit.analysis import Progress, analyse
from cahiers.textkit.codebooks import Codebook, Theme
from cahiers.textkit.counts import THRESHOLD
from cahiers.textkit.encoders import Encoder, FolderEncoder, FusedVectoriser
from cahiers.textkit.intake import Columns, Unreadable, read_csv
from cahiers.textkit.lexical import LexicalVectoriser
from cahiers.textkit.model import Analysis, Passage
from cahiers.textkit.reports import html, xlsx
from cahiers.textkit.reports.summary import Summary, summarise
from cahiers.textkit.vectors import MissingExtra, Vectoriser

STEPS = {
    "features": "Lecture des mots",
    "groups": "Groupes",
    "duplicates": "Copies",
    "names": "Noms",
    "labels": "Natures et thèmes",
}
_BAR = 24


Finish = Callable[[Analysis, list[Passage]], Analysis]


def run(args: argparse.Namespace, *, encoder: Encoder | None = None, finish: Finish | None = None) -> int:
    """Exit status 0, or 2 with a sentence on standard error where the file or an option cannot be used.

    ``encoder`` takes the place of the sentence encoder, and ``finish`` has the last word on the analysis.
    """
    try:
        writer = _writer(args.output)
        columns = Columns(args.text, args.by, args.id, args.author, args.meeting, args.weight)
        passages, empty = read_csv(args.file, columns)
        codebook = _codebook(args.themes) if args.themes else None
        memory = _memory(args.output)
        previous = None if args.fresh else _previous(memory)
        vectoriser = FusedVectoriser(encoder) if encoder else _vectoriser(args)
    except (Unreadable, MissingExtra, OSError) as error:
        print(f"cahiers analyse : {error}", file=sys.stderr)
        return 2
    analysis = analyse(
        passages,
        vectoriser=vectoriser,
        seed=args.seed,
        by_sentence=args.sentences,
        codebook=codebook,
        previous=previous,
        progress=_progress(args.quiet),
    )
    if finish is not None:
        analysis = finish(analysis, passages)
    threshold = 0 if args.internal else THRESHOLD
    summary = summarise(
        passages, analysis, title=f"Analyse de {args.file.name}", column=args.by or "", threshold=threshold
    )
    writer(summary, args.output)
    with memory.open("w", encoding="utf-8") as stream:
        interchange.write(analysis, stream)
    if not args.quiet:
        print(_told(analysis, args.output, empty))
    return 0


def _told(analysis: Analysis, output: Path, empty: int) -> str:
    groups = len(analysis.at_level(1))
    lines = [
        f"{analysis.counts.remarks} remarques ({analysis.counts.distinct} sans les copies), {groups} groupes, "
        f"{len(analysis.outliers)} remarques isolées, {empty} lignes sans texte.",
    ]
    if analysis.drift is not None:
        drift = analysis.drift
        lines.append(
            f"Depuis la fois précédente : {sum(drift.joined.values())} remarques ont rejoint un groupe connu, "
            f"{len(drift.created)} groupes nouveaux, {len(drift.vanished)} disparus, "
            f"{len(drift.removed_passages)} remarques retirées."
        )
    return "\n".join([*lines, f"Rapport : {output}"])


def _memory(output: Path) -> Path:
    """Where the next run finds this one: it holds no text but the sentences that name groups."""
    return output if output.suffix == ".json" else output.with_name(output.name + ".analysis.json")


def _previous(memory: Path) -> Analysis | None:
    if not memory.exists():
        return None
    with memory.open(encoding="utf-8") as stream:
        try:
            return interchange.read(stream)
        except (ValueError, KeyError, TypeError) as error:
            raise Unreadable(
                f"{memory} n’est pas une analyse ({error}) ; --fresh l’ignore et le remplace."
            ) from error


def _vectoriser(args: argparse.Namespace) -> Vectoriser | None:
    """What the options name; None leaves the choice to the analysis, which knows how many texts there are."""
    if args.encoder:
        return FusedVectoriser(FolderEncoder(args.encoder))
    return LexicalVectoriser() if args.lexical else None


def _codebook(path: Path) -> Codebook:
    """``{"key", "version", "themes": [{"key", "name", "aliases", "guidance"}]}``."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        themes = tuple(
            Theme(entry["key"], entry["name"], tuple(entry.get("aliases", ())), entry.get("guidance", ""))
            for entry in data["themes"]
        )
        return Codebook(
            data.get("key", path.stem), int(data.get("version", 1)), themes, bool(data.get("multiple", True))
        )
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable(f"{path.name} n’est pas une grille de thèmes : {error}") from error


def _writer(output: Path) -> Callable[[Summary, Path], None]:
    writers = {".html": _write_html, ".xlsx": _write_xlsx, ".json": _write_nothing}
    if output.suffix not in writers:
        raise Unreadable(f"{output.name} : l’extension dit le format, parmi .html, .xlsx et .json.")
    return writers[output.suffix]


def _write_html(summary: Summary, output: Path) -> None:
    with output.open("w", encoding="utf-8") as stream:
        html.write(summary, stream)


def _write_xlsx(summary: Summary, output: Path) -> None:
    with output.open("wb") as stream:
        xlsx.write(summary, stream)


def _write_nothing(summary: Summary, output: Path) -> None:
    """The analysis kept for the next run is the JSON report itself."""


def _progress(quiet: bool) -> Progress:
    lively = sys.stderr.isatty()

    def show(step: str, share: float) -> None:
        if quiet:
            return
        done = round(_BAR * share)
        text = f"[{'█' * done}{'·' * (_BAR - done)}] {share:4.0%} {STEPS.get(step, 'Terminé')}"
        end = "" if lively and share < 1 else "\n"
        print(f"\r{text:<60}" if lively else text, end=end, file=sys.stderr, flush=True)

    return show
