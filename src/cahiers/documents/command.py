"""`cahiers convert`: a document in any format, written again in any other."""

import argparse
import io
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, Protocol, runtime_checkable

from tqdm import tqdm

from cahiers import methods
from cahiers.documents import formats, report
from cahiers.documents.errors import DocumentError, NotASynthesis, UnknownFormat
from cahiers.documents.intake import MAX_BYTES
from cahiers.documents.model import Synthesis
from cahiers.documents.output import write_file, write_stdout
from cahiers.language import gettext as _
from cahiers.language import gettext_noop, labelled, quoted
from cahiers.methods import Method
from cahiers.reasons import why

STANDARD: Final = "-"
HELP: Final = gettext_noop("convertir des synthèses d’un format à un autre")
DESCRIPTION: Final = gettext_noop(
    """\
Lit une synthèse et l’écrit dans un autre format : le compte des énoncés et ce qui n’a pu être
placé vont sur la sortie d’erreur."""
)
EPILOG: Final = gettext_noop(
    """\
exemples :
  cahiers convert synthese.docx synthese.odt
  cahiers convert *.docx sorties/ --to json
  cahiers convert - - --to md < synthese.pdf

Sans --from, le format d’entrée se reconnaît au contenu ; sans --to, celui de sortie à l’extension.
Sans --method, une synthèse en JSON suit la méthode qu’elle nomme ; pour les autres formats, c’est
la première des méthodes installées qui trouve des énoncés dans le document.

Rend 0, ou 2 quand un document n’a pu être lu ou écrit."""
)


@dataclass(frozen=True, slots=True)
class Task:
    """A document to convert; `target` is a path or "-"."""

    source: str
    target: str
    writer: formats.Writer


@runtime_checkable
class NamesMethod(Protocol):
    """A reader of a format that says which method a document follows."""

    def method_key(self, stream: BinaryIO) -> str | None: ...


def add_parsers(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "convert",
        help=_(HELP),
        description=_(DESCRIPTION),
        epilog=_(EPILOG),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "inputs", nargs="+", metavar=_("ENTRÉE"), help=_("fichier à lire, ou - pour l’entrée standard")
    )
    parser.add_argument(
        "output", metavar=_("SORTIE"), help=_("fichier ou dossier à écrire, ou - pour la sortie standard")
    )
    parser.add_argument(
        "--method",
        metavar=_("CLÉ"),
        help=_("méthode suivie (%(known)s)") % {"known": ", ".join(methods.keys())},
    )
    parser.add_argument("--from", dest="source_format", metavar="FORMAT", help=_("format d’entrée"))
    parser.add_argument(
        "--to",
        dest="target_format",
        metavar="FORMAT",
        help=_("format de sortie (%(known)s)") % {"known": ", ".join(formats.writer_names())},
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0, or 2 with a sentence on standard error for each document that could not be converted."""
    try:
        method = None if args.method is None else _method(args.method)
        reader = None if args.source_format is None else formats.reader(args.source_format)
        tasks = _tasks(args.inputs, args.output, args.target_format)
    except DocumentError as error:
        return _refuse(str(error))
    status = 0
    for task in _progress(tasks):
        try:
            lines = _convert(task, method, reader, brief=len(tasks) > 1)
        except DocumentError as error:
            status = _refuse(labelled(task.source, error) if len(tasks) > 1 else str(error))
        except BrokenPipeError:
            _forget_stdout()
            return 0
        else:
            _say(lines)
    return status


def _method(key: str) -> Method:
    try:
        return methods.get(key)
    except KeyError:
        known = ", ".join(methods.keys())
        raise DocumentError(
            _("La méthode %(key)s est inconnue ; on connaît : %(known)s.")
            % {"key": quoted(key), "known": known}
        ) from None


def _tasks(inputs: Sequence[str], output: str, target_format: str | None) -> list[Task]:
    """What to write where, checked before anything is read."""
    is_folder = output.endswith(("/", os.sep)) or Path(output).is_dir()
    if len(inputs) > 1 and not is_folder and (output == STANDARD or Path(output).suffix):
        raise DocumentError(
            _("Plusieurs documents ne tiennent pas dans %(file)s : donnez un dossier.")
            % {"file": quoted(output)}
        )
    into_folder = output != STANDARD and (is_folder or len(inputs) > 1)
    if inputs.count(STANDARD) > 1:
        raise DocumentError(_("L’entrée standard ne se lit qu’une fois."))
    extension = "" if into_folder or output == STANDARD else Path(output).suffix.lstrip(".")
    if not (target_format or extension):
        known = ", ".join(formats.writer_names())
        raise UnknownFormat(_("Précisez le format de sortie avec --to (%(known)s).") % {"known": known})
    writer = formats.writer(target_format or extension)
    tasks = []
    for source in inputs:
        stem = "synthese" if source == STANDARD else Path(source).stem
        target = str(Path(output) / f"{stem}.{writer.extension}") if into_folder else output
        tasks.append(Task(source, target, writer))
    _check_targets(tasks)
    return tasks


def _check_targets(tasks: Sequence[Task]) -> None:
    sources = {Path(task.source).resolve() for task in tasks if task.source != STANDARD}
    targets: set[Path] = set()
    for task in tasks:
        if task.target == STANDARD:
            continue
        target = Path(task.target).resolve()
        if target in sources:
            raise DocumentError(
                _("%(file)s est un fichier d’entrée : il ne sera pas écrasé.") % {"file": quoted(task.target)}
            )
        if target in targets:
            raise DocumentError(
                _("Deux documents donneraient le même fichier %(file)s.") % {"file": quoted(task.target)}
            )
        targets.add(target)


def _progress(tasks: Sequence[Task]) -> Iterable[Task]:
    """The tasks, with a bar where there are several and somebody watches."""
    watched = len(tasks) > 1 and sys.stderr.isatty()
    return tqdm(tasks, unit="document", leave=False, file=sys.stderr) if watched else tasks


def _convert(task: Task, method: Method | None, reader: formats.Reader | None, *, brief: bool) -> list[str]:
    """Lines that tell what was done. Raises DocumentError; nothing is written then."""
    with _opened(task.source) as stream:
        name = "" if task.source == STANDARD else task.source
        reader = reader or formats.detect(stream, name)
        synthesis, followed = _read(reader, stream, method)
    written = io.BytesIO()
    task.writer.write(synthesis, followed, written)
    if task.target == STANDARD:
        write_stdout(written.getvalue())
    else:
        write_file(Path(task.target), written.getvalue())
    statements, doubts = report.item_count(synthesis), len(synthesis.warnings)
    told = _(
        "%(source)s (%(reader)s, méthode %(method)s) → %(target)s (%(writer)s) : énoncés %(statements)s, "
        "avertissements %(warnings)s"
    )
    lines = [
        told
        % {
            "source": task.source, "reader": reader.name, "method": quoted(followed.title), "target": task.target,
            "writer": task.writer.name, "statements": statements, "warnings": doubts,
        }
    ]  # fmt: skip
    lines += report.warnings([warning for warning in synthesis.warnings if warning.is_of_whole])
    if not brief:
        lines += report.counts(synthesis, followed)
    return [*lines, *report.warnings([warning for warning in synthesis.warnings if not warning.is_of_whole])]


def _opened(source: str) -> BinaryIO:
    """The document's bytes in a stream that can be rewound. Raises DocumentError."""
    try:
        if source == STANDARD:
            return io.BytesIO(sys.stdin.buffer.read(MAX_BYTES + 1))
        stream = Path(source).open("rb")  # noqa: SIM115  the caller closes it
        if stream.seekable():
            return stream
        with stream:
            return io.BytesIO(stream.read(MAX_BYTES + 1))
    except FileNotFoundError:
        raise DocumentError(_("Le fichier %(file)s n’existe pas.") % {"file": quoted(source)}) from None
    except IsADirectoryError:
        raise DocumentError(
            _("%(file)s est un dossier, pas un document.") % {"file": quoted(source)}
        ) from None
    except OSError as error:
        raise DocumentError(
            _("Le fichier %(file)s ne se lit pas (%(why)s).") % {"file": quoted(source), "why": why(error)}
        ) from None


def _read(reader: formats.Reader, stream: BinaryIO, method: Method | None) -> tuple[Synthesis, Method]:
    if method is None and isinstance(reader, NamesMethod):
        key = reader.method_key(stream)
        method = None if key is None else _method(key)
    if method is not None:
        return reader.read(stream, method), method
    return _first_that_fits(reader, stream)


def _first_that_fits(reader: formats.Reader, stream: BinaryIO) -> tuple[Synthesis, Method]:
    """The reading by the first method that finds statements, else by the first that finds anything."""
    fallback: tuple[Synthesis, Method] | None = None
    refusal: NotASynthesis | None = None
    for candidate in map(methods.get, methods.keys()):
        stream.seek(0)
        try:
            synthesis = reader.read(stream, candidate)
        except NotASynthesis as error:
            refusal = refusal or error
            continue
        if report.item_count(synthesis):
            return synthesis, candidate
        fallback = fallback or (synthesis, candidate)
    if fallback is None:
        raise refusal or NotASynthesis(_("Aucune méthode n’est installée."))
    return fallback


def _say(lines: Iterable[str]) -> None:
    tqdm.write("\n".join(lines), file=sys.stderr)


def _refuse(sentence: str) -> int:
    _say([labelled("cahiers", sentence)])
    return 2


def _forget_stdout() -> None:
    """Keep Python from flushing what nobody reads any more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
