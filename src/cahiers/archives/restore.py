"""Reads an archive back into an empty installation."""

import json
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final

from django.conf import settings
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from cahiers.archives.contents import (
    CHUNK,
    FILES,
    FORMAT,
    MANIFEST,
    ArchiveError,
    member_of,
    migrations,
    rows,
    tables,
)
from cahiers.contributions import search

MAX_MANIFEST: Final = 16 << 20


def restore(*, stream: BinaryIO, progress: Callable[[str], None] = lambda _: None) -> None:
    """Put everything back, or nothing. Raises ArchiveError.

    The installation must be empty, and of the version that made the archive: `migrate` brings it up to date after.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            manifest = _manifest(archive)
            _check_members(archive, manifest["members"])
            _check_place(manifest)
            with transaction.atomic():
                for model in tables():
                    progress(str(model._meta.verbose_name_plural))
                    _fill(archive, model)
                _restart_sequences()
                progress("index")
                search.rebuild()
                # Files come last: what goes before can still be undone.
                _put_files(archive, manifest["members"])
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise ArchiveError("Ce fichier n’est pas une archive de Cahiers, ou il est abîmé.") from error
    except DatabaseError as error:
        raise ArchiveError(f"La base de données refuse le contenu de l’archive ({error}).") from error


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    try:
        with archive.open(MANIFEST) as member:
            manifest = json.loads(member.read(MAX_MANIFEST))
        if manifest["format"] == FORMAT and isinstance(manifest["members"], dict):
            return dict(manifest)
    except (KeyError, ValueError, TypeError):
        pass
    raise ArchiveError("Ce fichier n’est pas une archive de Cahiers : il lui manque son manifeste.")


def _check_members(archive: zipfile.ZipFile, members: Mapping[str, str]) -> None:
    """Every member there and whole, none besides, none that would be written elsewhere."""
    if set(archive.namelist()) != {*members, MANIFEST}:
        raise ArchiveError("L’archive est abîmée : son contenu n’est pas celui que dit son manifeste.")
    root = Path(settings.MEDIA_ROOT).resolve()
    for name, expected in members.items():
        if name.startswith(FILES) and root not in (root / name.removeprefix(FILES)).resolve().parents:
            raise ArchiveError(f"L’archive est refusée : « {name} » sortirait du dossier des fichiers.")
        digest = sha256()
        with archive.open(name) as member:
            while block := member.read(1 << 20):
                digest.update(block)
        if digest.hexdigest() != expected:
            raise ArchiveError(f"L’archive est abîmée : « {name} » n’est pas tel qu’il a été écrit.")


def _check_place(manifest: Mapping[str, Any]) -> None:
    if manifest["migrations"] != migrations():
        raise ArchiveError(
            f"L’archive a été faite par la version {manifest.get('version')} de Cahiers, dont la base de données n’est"
            " pas faite comme celle-ci : restaurez-la avec cette version, puis mettez à jour."
        )
    for model in tables():
        if model._base_manager.exists():
            raise ArchiveError(
                "Cette installation n’est pas vide : restaurez dans une base neuve (un autre CAHIERS_VAR, ou une autre"
                " DATABASE_URL)."
            )
    root = Path(settings.MEDIA_ROOT)
    if root.exists() and any(root.iterdir()):
        raise ArchiveError(f"Le dossier des fichiers, « {root.name} », n’est pas vide.")


def _fill(archive: zipfile.ZipFile, model: type[Model]) -> None:
    name = member_of(model)
    if name not in archive.NameToInfo:
        return
    with archive.open(name) as member:
        waiting: Iterator[Model] = rows(model, member)
        while chunk := list(islice(waiting, CHUNK)):
            model._base_manager.bulk_create(chunk)


def _restart_sequences() -> None:
    """Identifiers go on after those that were put back (SQLite does so by itself)."""
    for statement in connection.ops.sequence_reset_sql(no_style(), tables()):
        with connection.cursor() as cursor:
            cursor.execute(statement)


def _put_files(archive: zipfile.ZipFile, members: Mapping[str, str]) -> None:
    root = Path(settings.MEDIA_ROOT)
    for name in members:
        if name.startswith(FILES):
            target = root / name.removeprefix(FILES)
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as member, target.open("wb") as file:
                shutil.copyfileobj(member, file)
