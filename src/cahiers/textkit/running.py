"""Runs ``analyse``: a CSV file in, a report out, and what changed since the last time."""

import argparse
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

from cahiers.reasons import why
from cahiers.textkit import interchange
from cahiers.textkit.analysis import Progress, analyse
from cahiers.textkit.codebooks import Codebook, Theme
from cahiers.textkit.counts import THRESHOLD
from cahiers.textkit.encoders import Encoder, FolderEncoder, FusedVectoriser
from cahiers.textkit.intake import Columns, Table, Unreadable, read_csv
from cahiers.textkit.lexical import LexicalVectoriser
from cahiers.textkit.model import Analysis, Passage
from cahiers.textkit.output import NotWritten, check, write_together
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

    ``encoder`` takes the place of the sentence encoder, and ``finish`` has the last word on the analysis. The report
    and what the next run starts from are written at the end, both or neither.
    """
    try:
        writer = _writer(args.output)
        check(args.output)
        columns = Columns(args.text, args.by, args.id, args.author, args.meeting, args.weight)
        table = read_csv(args.file, columns)
        codebook = _codebook(args.themes) if args.themes else None
        memory = _memory(args.output)
        previous = None if args.fresh else _previous(memory)
        vectoriser = FusedVectoriser(encoder) if encoder else _vectoriser(args)
        analysis = analyse(
            table.passages,
            vectoriser=vectoriser,
            seed=args.seed,
            by_sentence=args.sentences,
            codebook=codebook,
            previous=previous,
            numbered=args.id is None,
            progress=_progress(args.quiet),
        )
        if finish is not None:
            analysis = finish(analysis, table.passages)
        summary = summarise(
            table.passages,
            analysis,
            title=f"Analyse de {args.file.name}",
            column=args.by or "",
            threshold=0 if args.internal else THRESHOLD,
            themes={theme.key: theme.name for theme in codebook.themes} if codebook else {},
        )
        write_together({args.output: writer(summary), memory: _kept(analysis, summary)})
    except (Unreadable, MissingExtra, NotWritten) as error:
        print(f"cahiers analyse\u00a0: {error}", file=sys.stderr)
        return 2
    _warn(table)
    if not args.quiet:
        print(_told(analysis, args.output, table.empty))
    return 0


def _warn(table: Table) -> None:
    if not table.overlong:
        return
    some = ", ".join(map(str, table.overlong[:5])) + ("…" if len(table.overlong) > 5 else "")
    print(
        f"Attention\u00a0: {_some(len(table.overlong), 'ligne a', 'lignes ont')} plus de cellules que de "
        f"colonnes (ligne {some})\u00a0: un texte qui contient le séparateur doit être entre guillemets.",
        file=sys.stderr,
    )


def _told(analysis: Analysis, output: Path, empty: int) -> str:
    counts = analysis.counts
    lines = [
        f"{_some(counts.remarks, 'remarque', 'remarques')} ({counts.distinct} sans les copies), "
        f"{_some(len(analysis.at_level(1)), 'groupe', 'groupes')}, "
        f"{_some(len(analysis.outliers), 'remarque isolée', 'remarques isolées')}, "
        f"{_some(empty, 'ligne', 'lignes')} sans texte.",
    ]
    if analysis.drift is not None:
        drift = analysis.drift
        lines.append(
            f"Depuis la fois précédente\u00a0: {_some(drift.added, 'remarque nouvelle', 'remarques nouvelles')}, "
            f"{_some(len(drift.corrected), 'corrigée', 'corrigées')}, "
            f"{_some(len(drift.removed_passages), 'retirée', 'retirées')}, "
            f"{_some(len(drift.created), 'groupe nouveau', 'groupes nouveaux')}, "
            f"{_some(len(drift.vanished), 'disparu', 'disparus')}."
        )
    return "\n".join([*lines, f"Rapport\u00a0: {output}"])


def _some(number: int, one: str, many: str) -> str:
    return f"{number} {many if number > 1 else one}"


def _memory(output: Path) -> Path:
    """Where the next run finds this one: it holds no text but the sentences that name groups."""
    return output if output.suffix.lower() == ".json" else output.with_name(output.name + ".analysis.json")


def _previous(memory: Path) -> Analysis | None:
    if not memory.exists():
        return None
    try:
        with memory.open(encoding="utf-8") as stream:
            return interchange.read(stream)
    except OSError as error:
        raise Unreadable(f"«\u00a0{memory}\u00a0» ne se lit pas ({why(error)}).") from error
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable(
            f"{memory} n’est pas une analyse que cette version relit\u00a0; --fresh l’ignore et le remplace."
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
    except OSError as error:
        raise Unreadable(f"«\u00a0{path}\u00a0» ne se lit pas ({why(error)}).") from error
    except KeyError as error:
        raise Unreadable(f"{path.name} n’est pas une grille de thèmes\u00a0: il y manque {error}.") from error
    except (ValueError, TypeError) as error:
        raise Unreadable(f"{path.name} n’est pas une grille de thèmes, en JSON.") from error


def _writer(output: Path) -> Callable[[Summary], bytes]:
    writers = {".html": _html, ".xlsx": _xlsx, ".json": lambda summary: _kept(summary.analysis, summary)}
    if output.suffix.lower() not in writers:
        raise Unreadable(
            f"«\u00a0{output}\u00a0»\u00a0: l’extension dit le format, parmi .html, .xlsx et .json."
        )
    return writers[output.suffix.lower()]


def _html(summary: Summary) -> bytes:
    stream = io.StringIO()
    html.write(summary, stream)
    return stream.getvalue().encode()


def _xlsx(summary: Summary) -> bytes:
    stream = io.BytesIO()
    xlsx.write(summary, stream)
    return stream.getvalue()


def _kept(analysis: Analysis, summary: Summary) -> bytes:
    """The analysis for the next run, which is the JSON report itself: no number of people that the report withholds."""
    stream = io.StringIO()
    interchange.write(analysis, stream, people=summary.published_people)
    return stream.getvalue().encode()


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
