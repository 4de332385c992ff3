"""`cahiers territories plant-france` and `cahiers territories import`."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cahiers.language import gettext as _
from cahiers.reasons import why

# Django is imported by the commands when they run, so that the others start without it.
if TYPE_CHECKING:
    from cahiers.territories.report import Report


def add_parsers(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    territories = commands.add_parser(
        "territories", help=_("planter les territoires de France, importer l’annuaire")
    )
    actions = territories.add_subparsers(title=_("actions"), dest="action", required=True, metavar="ACTION")

    planting = actions.add_parser(
        "plant-france", help=_("ajouter les régions académiques, académies et départements qui manquent")
    )
    planting.set_defaults(run=run_plant)

    importing = actions.add_parser(
        "import", help=_("importer les bassins et les établissements d’un annuaire CSV")
    )
    importing.add_argument("file", type=Path, metavar=_("FICHIER"))
    importing.add_argument("--check", action="store_true", help=_("vérifier le fichier sans rien importer"))
    importing.add_argument(
        "--partial", action="store_true", help=_("importer les lignes justes même s’il y en a de fausses")
    )
    importing.add_argument(
        "--kind",
        action="append",
        default=[],
        metavar=_("TYPE"),
        dest="kinds",
        help=_("ne garder que ce type d’établissement, par exemple « Collège » (répétable)"),
    )
    importing.set_defaults(run=run_import)


def run_plant(arguments: argparse.Namespace) -> int:
    import django

    django.setup()
    from django.utils import timezone

    from cahiers.territories.planting import Occupied, plant_france

    try:
        added = plant_france(by=None, now=timezone.now())
    except Occupied as error:
        print(error, file=sys.stderr)
        return 2
    print(
        f"Territoires ajoutés : {added}."
        if added
        else "Tous les territoires y étaient déjà : rien n’a changé."
    )
    return 0


def run_import(arguments: argparse.Namespace) -> int:
    """0 when the file went in, or could; 2 otherwise."""
    import django

    django.setup()
    from django.utils import timezone
    from tqdm import tqdm

    from cahiers.documents.errors import Unreadable
    from cahiers.territories.enrolment import NoDepartments, enrol

    try:
        with arguments.file.open("rb") as stream, tqdm(unit=" lignes", leave=False, disable=None) as bar:
            report = enrol(
                stream=stream,
                kinds=arguments.kinds,
                dry_run=arguments.check,
                partial=arguments.partial,
                progress=lambda lines: bar.update(lines - bar.n),
                by=None,
                now=timezone.now(),
            )
    except (Unreadable, NoDepartments) as error:
        print(f"{arguments.file.name} : {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{arguments.file} : le fichier ne s’ouvre pas ({why(error)}).", file=sys.stderr)
        return 2
    _tell(report, checking=arguments.check)
    return 0 if report.applied or (arguments.check and not report.refused) else 2


def _tell(report: "Report", *, checking: bool) -> None:
    for problem in report.problems:
        print(problem, file=sys.stderr)
    if (more := report.refused + report.repeated - len(report.problems)) > 0:
        print(f"… et {more} autres lignes.", file=sys.stderr)
    counts = {
        "Lignes lues": report.lines,
        "Établissements nouveaux": report.added,
        "Établissements modifiés": report.changed,
        "Établissements inchangés": report.unchanged,
        "Bassins nouveaux": report.basins,
        "Lignes d’un autre type": report.left_out,
        "Lignes répétées": report.repeated,
        "Lignes refusées": report.refused,
    }
    for what, count in counts.items():
        if count:
            print(f"{what} : {count}")
    if checking:
        print("Rien n’a été importé : c’était une vérification.")
    elif not report.applied:
        print("Rien n’a été importé : corrigez ces lignes, ou importez les autres avec --partial.")
