"""`cahiers import-contributions`: other platforms' tables into a consultation."""

import argparse
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Never
from uuid import UUID

from cahiers.language import gettext as _

if TYPE_CHECKING:
    from tqdm import tqdm

    from cahiers.consultations.models import Consultation
    from cahiers.contributions.intake.models import SavedMapping, TableImport
    from cahiers.territories.models import Territory


def add_parsers(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "import-contributions",
        help=_("importer ce que d’autres outils ont recueilli (CSV, XLSX, ODS, JSON, ZIP)"),
    )
    parser.add_argument(
        "files", nargs="+", type=Path, metavar=_("FICHIER"), help=_("tableau, ou structure .lss des autres")
    )
    parser.add_argument("--into", required=True, metavar=_("CONCERTATION"), help=_("mot de son adresse"))
    parser.add_argument(
        "--territory",
        metavar=_("NOM"),
        help=_("d’où vient ce qui ne nomme aucun lieu (par défaut, toute la concertation)"),
    )
    parser.add_argument(
        "--mapping",
        metavar=_("NOM"),
        help=_("correspondance gardée, ou fichier .json (par défaut, celle du tableau)"),
    )
    parser.add_argument(
        "--what-is-right",
        action="store_true",
        help=_("importer les lignes justes même si d’autres ne le sont pas"),
    )
    parser.add_argument("--dry-run", action="store_true", help=_("lire et compter sans rien importer"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0 where all was taken, 1 where lines were left, 2 where a file or a name cannot be used."""
    import django

    django.setup()
    from cahiers.consultations.models import Consultation
    from cahiers.contributions.intake.models import TableImport
    from cahiers.contributions.tables import BadMapping, Unreadable

    consultation = Consultation.objects.filter(slug=arguments.into).first()
    if consultation is None:
        return _refuse(f"Aucune concertation n’a l’adresse « {arguments.into} ».")
    tables = [path for path in arguments.files if path.suffix.lower() != ".lss"]
    told = [path for path in arguments.files if path.suffix.lower() == ".lss"]
    if not tables or len(told) > 1:
        return _refuse("Il faut au moins un tableau, et une seule structure .lss.")
    left = 0
    for path in tables:
        before = set(TableImport.objects.values_list("pk", flat=True))
        try:
            left += _import(path, told[0] if told else None, consultation, arguments)
        except (Unreadable, BadMapping, _Refused, OSError) as refusal:
            _forget(before)
            return _refuse(f"{path.name} : {refusal}")
    return 1 if left else 0


class _Refused(Exception):
    """What was given cannot be worked on, in words."""


def _import(
    path: Path, told: Path | None, consultation: "Consultation", arguments: argparse.Namespace
) -> int:
    """How many lines were left."""
    from contextlib import ExitStack

    from django.utils import timezone

    from cahiers.contributions.intake import actions, files
    from cahiers.contributions.intake.models import TableImport
    from cahiers.contributions.tables import UnknownColumns

    now = timezone.now()
    with ExitStack() as stack:
        stream = stack.enter_context(path.open("rb"))
        structure = stack.enter_context(told.open("rb")) if told else None
        found = actions.drop(
            consultation=consultation,
            territory=_territory(consultation, arguments.territory),
            stream=stream,
            name=path.name,
            size=path.stat().st_size,
            structure=structure,
            structure_name=told.name if told else "",
            saved=_saved(consultation, arguments.mapping, now),
            by=None,
            now=now,
        )
    try:
        actions.ask_check(found=found)
    except actions.NothingToRead:
        raise _Refused(
            "aucune colonne ne dit quelque chose : choisissez-les dans la page des imports, gardez la correspondance"
            " et donnez son nom par --mapping."
        ) from None
    except UnknownColumns as missing:
        raise _Refused(f"ces colonnes manquent : {missing}. Voyez --mapping.") from None
    _carry_out(found, f"{path.name}, lecture")
    counts = found.counted
    print(f"{path.name} : {counts['records']} contributions lues, {counts['known']} déjà là,")
    print(f"  {counts['rejected']} lignes à reprendre, {len(found.unknown)} noms non reconnus")
    if counts["withdrawn"]:
        print(f"  {counts['withdrawn']} retirées par leur auteur : gardées comme telles, montrées à personne")
    for line, column, cell, sentence, _code in found.problems[:20]:
        print(f"  ligne {line}{f', {column}' if column else ''} : « {cell} » {sentence}", file=sys.stderr)
    if counts["rejected"]:
        _copy_rejected(found.uuid, path)
    whole = not arguments.what_is_right
    if arguments.dry_run or (whole and counts["rejected"]):
        if found.by_id is None:  # else someone is making it ready in the page
            actions.leave(found=found, by=None, now=now)
        if not arguments.dry_run:
            print("  Rien n’a été importé : corrigez, ou ajoutez --what-is-right.", file=sys.stderr)
        return int(counts["rejected"])
    actions.begin(found=found, whole=whole)
    _carry_out(found, f"{path.name}, import", counts["lines"])
    files.remove(found.uuid)
    TableImport.objects.filter(pk=found.pk).update(following=None)
    print(f"  {found.counted['added']} contributions importées, {found.counted['held']} à relire d’abord")
    return int(counts["rejected"])


def _move(bar: "tqdm[Never]", line: int) -> None:
    bar.update(line - bar.n)


def _carry_out(found: "TableImport", said: str, total: int | None = None) -> None:
    from tqdm import tqdm

    from cahiers.contributions.intake import working

    with tqdm(desc=said, total=total, unit=" lignes", disable=None) as bar:
        try:
            working.carry_out(found, None, lambda line, _share: _move(bar, line))
        except working.Busy:
            raise _Refused("quelqu’un d’autre s’en occupe en ce moment.") from None


def _copy_rejected(uuid: UUID, path: Path) -> None:
    """Beside the table, under its own name."""
    from shutil import copyfileobj

    from cahiers.contributions.intake import files

    there = path.with_name(f"{path.stem}-a-reprendre.csv")
    with files.opened(uuid, files.REJECTED) as stream, there.open("wb") as copy:
        copyfileobj(stream, copy)
    print(f"  Elles sont dans {there}")


def _territory(consultation: "Consultation", name: str | None) -> "Territory":
    from django.core.exceptions import ValidationError

    from cahiers.consultations.team.forms import TerritoryField
    from cahiers.territories.models import Territory

    tops = list(consultation.territories.all())
    if not name:
        return tops[0]
    field = TerritoryField()
    field.among = Territory.objects.within(*tops)
    try:
        found = field.clean(name)
    except ValidationError as error:
        raise _Refused(" ".join(error.messages)) from None
    assert found is not None
    return found


def _saved(consultation: "Consultation", name: str | None, now: datetime) -> "SavedMapping | None":
    """A mapping that was kept, or that a file holds."""
    from cahiers.contributions.intake.models import SavedMapping
    from cahiers.contributions.tables import Mapping

    if not name:
        return None
    if name.endswith(".json"):
        try:
            data = json.loads(Path(name).read_text(encoding="utf-8"))
        except ValueError:
            raise _Refused(f"« {name} » n’est pas du JSON.") from None
        Mapping.from_json(data)
        return SavedMapping(consultation=consultation, name=name, mapping=data)
    found = consultation.table_mappings.filter(name=name).first()
    if found is None:
        known = ", ".join(consultation.table_mappings.values_list("name", flat=True)) or "aucune"
        raise _Refused(f"Aucune correspondance ne s’appelle « {name} » (gardées : {known}).")
    return found


def _forget(before: set[int]) -> None:
    """What this command dropped and cannot import waits for nobody; what people drop meanwhile is theirs."""
    from django.utils import timezone

    from cahiers.contributions.intake.actions import leave
    from cahiers.contributions.intake.models import State, TableImport

    for one in TableImport.objects.filter(by=None).exclude(pk__in=before):
        leave(found=one, by=None, now=timezone.now())
        if one.state == State.UNDOING:
            _carry_out(one, f"{one.name}, annulation")


def _refuse(why: str) -> int:
    print(why, file=sys.stderr)
    return 2
