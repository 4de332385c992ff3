"""Runs ``analyse``: a CSV file in, a report out, and what changed since the last time."""

import argparse
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

from cahiers.language import gettext as _
from cahiers.language import gettext_noop, grouped, labelled, ngettext, percent, quoted
from cahiers.textkit import interchange
from cahiers.textkit.analysis import Progress, analyse
from cahiers.textkit.codebooks import Codebook, Theme
from cahiers.textkit.counts import THRESHOLD
from cahiers.textkit.encoders import Encoder, FolderEncoder, FusedVectoriser
from cahiers.textkit.intake import Columns, Table, Unreadable, read_csv, unread
from cahiers.textkit.lexical import LexicalVectoriser
from cahiers.textkit.model import Analysis, Passage
from cahiers.textkit.output import NotWritten, check, write_together
from cahiers.textkit.reports import html, xlsx
from cahiers.textkit.reports.summary import Summary, summarise
from cahiers.textkit.vectors import MissingExtra, Vectoriser

STEPS = {
    "features": gettext_noop("Lecture des mots"),
    "groups": gettext_noop("Groupes"),
    "duplicates": gettext_noop("Copies"),
    "names": gettext_noop("Noms"),
    "labels": gettext_noop("Natures et thèmes"),
}
_DONE = gettext_noop("Terminé")
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
            title=_("Analyse de %(file)s") % {"file": args.file.name},
            column=args.by or "",
            threshold=0 if args.internal else THRESHOLD,
            themes={theme.key: theme.name for theme in codebook.themes} if codebook else {},
        )
        write_together({args.output: writer(summary), memory: _kept(analysis, summary)})
    except (Unreadable, MissingExtra, NotWritten) as error:
        print(labelled("cahiers analyse", error), file=sys.stderr)
        return 2
    _warn(table)
    if not args.quiet:
        print(_told(analysis, args.output, table.empty))
    return 0


def _warn(table: Table) -> None:
    if not table.overlong:
        return
    some = ", ".join(map(str, table.overlong[:5])) + ("…" if len(table.overlong) > 5 else "")
    told = ngettext(
        "Attention : %(n)s ligne a plus de cellules que de colonnes (ligne %(lines)s) : un texte qui "
        "contient le séparateur doit être entre guillemets.",
        "Attention : %(n)s lignes ont plus de cellules que de colonnes (lignes %(lines)s) : un texte qui "
        "contient le séparateur doit être entre guillemets.",
        len(table.overlong),
    )
    print(told % {"n": grouped(len(table.overlong)), "lines": some}, file=sys.stderr)


def _told(analysis: Analysis, output: Path, empty: int) -> str:
    counts, groups, alone = analysis.counts, len(analysis.at_level(1)), len(analysis.outliers)
    distinct = _("%(n)s sans les copies") % {"n": grouped(counts.distinct)}
    found = (
        _some(ngettext("%(n)s remarque", "%(n)s remarques", counts.remarks), counts.remarks)
        + f" ({distinct})",
        _some(ngettext("%(n)s groupe", "%(n)s groupes", groups), groups),
        _some(ngettext("%(n)s remarque isolée", "%(n)s remarques isolées", alone), alone),
        _some(ngettext("%(n)s ligne sans texte", "%(n)s lignes sans texte", empty), empty),
    )
    lines = [", ".join(found) + "."]
    if (drift := analysis.drift) is not None:
        added, corrected, removed = drift.added, len(drift.corrected), len(drift.removed_passages)
        created, vanished = len(drift.created), len(drift.vanished)
        changed = (
            _some(ngettext("%(n)s remarque nouvelle", "%(n)s remarques nouvelles", added), added),
            _some(ngettext("%(n)s corrigée", "%(n)s corrigées", corrected), corrected),
            _some(ngettext("%(n)s retirée", "%(n)s retirées", removed), removed),
            _some(ngettext("%(n)s groupe nouveau", "%(n)s groupes nouveaux", created), created),
            _some(ngettext("%(n)s groupe disparu", "%(n)s groupes disparus", vanished), vanished),
        )
        lines.append(labelled(_("Depuis la fois précédente"), ", ".join(changed) + "."))
    return "\n".join([*lines, labelled(_("Rapport"), output)])


def _some(form: str, number: int) -> str:
    return form % {"n": grouped(number)}


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
        raise unread(memory, error) from error
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable(
            _("%(file)s n’est pas une analyse que cette version relit ; --fresh l’ignore et le remplace.")
            % {"file": memory}
        ) from error


def _vectoriser(args: argparse.Namespace) -> Vectoriser | None:
    """What the options name; None leaves the choice to the analysis, which knows how many texts there are."""
    if args.encoder:
        if not args.encoder.is_dir():
            raise Unreadable(_("%(folder)s n’est pas un dossier.") % {"folder": quoted(args.encoder)})
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
        raise unread(path, error) from error
    except KeyError as error:
        raise Unreadable(
            _("%(file)s n’est pas une grille de thèmes : il y manque %(name)s.")
            % {"file": path.name, "name": error}
        ) from error
    except (ValueError, TypeError) as error:
        raise Unreadable(
            _("%(file)s n’est pas une grille de thèmes, en JSON.") % {"file": path.name}
        ) from error


def _writer(output: Path) -> Callable[[Summary], bytes]:
    writers = {".html": _html, ".xlsx": _xlsx, ".json": lambda summary: _kept(summary.analysis, summary)}
    if output.suffix.lower() not in writers:
        raise Unreadable(
            labelled(quoted(output), _("l’extension dit le format, parmi .html, .xlsx et .json."))
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
        text = f"[{'█' * done}{'·' * (_BAR - done)}] {percent(share):>5} {_(STEPS.get(step, _DONE))}"
        end = "" if lively and share < 1 else "\n"
        print(f"\r{text:<60}" if lively else text, end=end, file=sys.stderr, flush=True)

    return show
