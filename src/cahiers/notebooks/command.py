"""`cahiers import` and `cahiers export`."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cahiers.language import gettext as _
from cahiers.reasons import why

# Django is imported by the commands when they run, so that the others start without it.
if TYPE_CHECKING:
    from cahiers.consultations.models import Consultation
    from cahiers.documents.model import Synthesis
    from cahiers.notebooks.actions import SourceFile
    from cahiers.notebooks.bundles import Bundle
    from cahiers.notebooks.models import Notebook
    from cahiers.territories.models import Territory


class Refused(Exception):
    """What was asked cannot be done; its text says why in one French sentence."""


def add_parsers(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    importing = commands.add_parser("import", help=_("importer des documents dans une concertation"))
    importing.add_argument("files", nargs="+", type=Path, metavar=_("FICHIER"))
    importing.add_argument(
        "--into", required=True, metavar=_("CONCERTATION"), help=_("nom de la concertation dans son adresse")
    )
    importing.add_argument(
        "--territory",
        metavar=_("NOM"),
        help=_("nom ou code du territoire (par défaut, celui que dit le document)"),
    )
    importing.add_argument(
        "--update",
        metavar=_("CAHIER"),
        help=_("nom dans son adresse du cahier dont c’est une nouvelle version ; ce qu’on y a modifié reste"),
    )
    importing.add_argument("--publish", action="store_true", help=_("publier aussitôt les cahiers importés"))
    importing.set_defaults(run=run_import)

    exporting = commands.add_parser("export", help=_("écrire les cahiers d’une concertation dans un dossier"))
    exporting.add_argument(
        "consultation", metavar=_("CONCERTATION"), help=_("nom de la concertation dans son adresse")
    )
    exporting.add_argument(
        "--format",
        action="append",
        metavar="FORMAT",
        dest="formats",
        help=_("docx, odt, pdf… (répétable ; docx)"),
    )
    exporting.add_argument(
        "--to", type=Path, default=Path(), metavar=_("DOSSIER"), help=_("dossier (par défaut, ici)")
    )
    exporting.add_argument(
        "--zip",
        type=Path,
        metavar=_("FICHIER"),
        help=_("tout écrire dans cette archive plutôt que dans un dossier"),
    )
    exporting.add_argument(
        "--published", action="store_true", help=_("ce que lit le public (par défaut, les brouillons)")
    )
    exporting.set_defaults(run=run_export)


def run_import(arguments: argparse.Namespace) -> int:
    """0 when every file went in, 2 when one could not; the others go in all the same."""
    import django

    django.setup()
    failed = 0
    for file in arguments.files:
        try:
            print(_import(file, arguments))
        except Refused as refusal:
            print(f"{file.name} : {refusal}", file=sys.stderr)
            failed += 1
    return 2 if failed else 0


def run_export(arguments: argparse.Namespace) -> int:
    import django

    django.setup()
    from cahiers.documents.errors import DocumentError

    try:
        if arguments.zip:
            _write_zip(arguments)
        else:
            _write_files(arguments)
    except (Refused, DocumentError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _write_files(arguments: argparse.Namespace) -> None:
    arguments.to.mkdir(parents=True, exist_ok=True)
    for _name, made in _bundle(arguments).exports:
        (arguments.to / made.filename).write_bytes(made.data)
        print(arguments.to / made.filename)


def _write_zip(arguments: argparse.Namespace) -> None:
    """Beside its name, then renamed: the archive is whole or absent."""
    target: Path = arguments.zip
    bundle = _bundle(arguments)
    beside = target.with_name(f".{target.name}.part")
    try:
        with beside.open("wb") as stream:
            stream.writelines(bundle.chunks())
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    print(target)


def _bundle(arguments: argparse.Namespace) -> "Bundle":
    from cahiers.notebooks.bundles import Bundle, annexes_of, drafts, published

    consultation = _consultation(arguments.consultation)
    readings = published(consultation) if arguments.published else drafts(consultation)
    annexes = annexes_of(consultation, public=arguments.published)
    return Bundle(consultation, readings, arguments.formats or ["docx"], annexes)


def _import(file: Path, arguments: argparse.Namespace) -> str:
    from django.utils import timezone

    from cahiers.documents import formats
    from cahiers.documents.errors import DocumentError
    from cahiers.notebooks import actions
    from cahiers.notebooks.reception import NotImportable

    consultation = _consultation(arguments.into)
    try:
        data = file.read_bytes()
        with file.open("rb") as stream:
            reader = formats.detect(stream, file.name)
            synthesis = reader.read(stream, consultation.method)
        source = actions.SourceFile.of(data, name=file.name, format=reader.name)
        if arguments.update:
            notebook = _update(file, _notebook(consultation, arguments), synthesis, source)
        else:
            notebook = actions.import_synthesis(
                consultation=consultation,
                territory=_territory(consultation, arguments.territory or synthesis.territory),
                synthesis=synthesis,
                source=source,
                by=None,
                now=timezone.now(),
            )
        if arguments.publish:
            actions.publish(notebook=notebook, by=None, now=timezone.now())
    except OSError as error:
        raise Refused(f"le fichier ne se lit pas ({why(error)}).") from None
    except actions.NothingChanged:
        raise Refused(
            "rien n’a changé depuis la dernière édition : elle n’est pas publiée de nouveau."
        ) from None
    except (DocumentError, NotImportable, actions.AlreadyImported) as error:
        raise Refused(str(error)) from None
    _warn(file, synthesis)
    return f"{file.name} → {notebook.get_absolute_url()} ({_summary(synthesis)})"


def _update(file: Path, notebook: "Notebook", synthesis: "Synthesis", source: "SourceFile") -> "Notebook":
    """The file taken into the notebook; of what was changed on both sides the notebook's stays, and is listed."""
    from django.utils import timezone

    from cahiers.notebooks.merging.actions import update
    from cahiers.notebooks.merging.report import counts, kept

    done = update(notebook=notebook, synthesis=synthesis, source=source, by=None, now=timezone.now())
    print(f"{file.name} : {counts(done.comparison)}")
    for line in kept(done.comparison, notebook.consultation.method):
        print(f"{file.name} : {line}", file=sys.stderr)
    return notebook


def _notebook(consultation: "Consultation", arguments: argparse.Namespace) -> "Notebook":
    if len(arguments.files) > 1:
        raise Refused("--update prend un seul fichier à la fois.")
    notebooks = consultation.notebooks.select_related("consultation", "territory")
    found = notebooks.filter(slug=arguments.update).first()
    if found is None:
        known = ", ".join(notebooks.values_list("slug", flat=True)) or "aucun"
        raise Refused(f"aucun cahier ne s’appelle « {arguments.update} » (il y a : {known}).")
    return found


def _warn(file: Path, synthesis: "Synthesis") -> None:
    for warning in synthesis.warnings:
        place = f" ({warning.source})" if warning.source else ""
        text = f" « {warning.text} »" if warning.text else ""
        print(f"{file.name}{place} : {warning.message}{text}", file=sys.stderr)


def _summary(synthesis: "Synthesis") -> str:
    rows = [row for theme in synthesis.themes for stage in theme.stages.values() for row in stage]
    statements = sum(len(items) for row in rows for items in row.cells.values())
    sheets = sum(len(theme.feedback) for theme in synthesis.themes)
    return (
        f"thèmes : {len(synthesis.themes)}, rangs : {len(rows)}, énoncés : {statements},"
        f" retours d’expérience : {sheets}, sessions : {len(synthesis.meetings)}"
    )


def _consultation(slug: str) -> "Consultation":
    from cahiers.consultations.models import Consultation

    found = Consultation.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Consultation.objects.values_list("slug", flat=True)) or "aucune"
        raise Refused(f"aucune concertation ne s’appelle « {slug} » (il y a : {known}).")
    return found


def _territory(consultation: "Consultation", name: str | None) -> "Territory":
    from django.db.models import Q

    from cahiers.territories.models import Territory

    if not name:
        raise Refused("le document ne nomme pas son territoire : dites-le avec --territory.")
    territories = Territory.objects.within(*consultation.territories.all())
    found = list(territories.filter(Q(name__iexact=name) | Q(code__iexact=name) & ~Q(code=""))[:2])
    if len(found) != 1:
        why = (
            "plusieurs territoires s’appellent"
            if found
            else "aucun territoire de la concertation ne s’appelle"
        )
        raise Refused(f"{why} « {name} ».")
    return found[0]
