"""Writes an archive."""

import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final

from django.conf import settings
from django.db import connection, transaction

from cahiers import __version__
from cahiers.archives.contents import FILES, FORMAT, MANIFEST, lines, member_of, migrations, tables

#: Zip keeps no date before 1980; a fixed one makes the same state the same bytes.
WRITTEN: Final = (1980, 1, 1, 0, 0, 0)
BLOCK: Final = 1 << 20


def backup(*, stream: BinaryIO, now: datetime, progress: Callable[[str], None] = lambda _: None) -> None:
    """Everything that the installation keeps, as a zip archive; the database is read at one moment.

    Sessions and the secret key stay out: people sign in again, and an archive opens no door.
    """
    outermost = not connection.in_atomic_block
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive, transaction.atomic():
        if outermost:
            _hold()
        members = {}
        for model in tables():
            progress(str(model._meta.verbose_name_plural))
            members[member_of(model)] = _add(archive, member_of(model), lines(model))
        for path in kept_files():
            name = FILES + path.relative_to(settings.MEDIA_ROOT).as_posix()
            members[name] = _add(archive, name, _blocks(path))
        manifest = {
            "format": FORMAT,
            "version": __version__,
            "made_at": now.isoformat(),
            "migrations": migrations(),
            "members": members,
        }
        _add(archive, MANIFEST, [json.dumps(manifest, indent=1).encode()])


def kept_files() -> list[Path]:
    """Files that people sent, in the order of their names."""
    root = Path(settings.MEDIA_ROOT)
    return sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())


def _hold() -> None:
    """One state for all tables: PostgreSQL would otherwise show each query what was committed meanwhile."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _add(archive: zipfile.ZipFile, name: str, parts: Iterable[bytes]) -> str:
    """SHA-256 of what was written, in hexadecimal."""
    digest = sha256()
    info = zipfile.ZipInfo(name, WRITTEN)
    info.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(info, "w", force_zip64=True) as member:
        for part in parts:
            digest.update(part)
            member.write(part)
    return digest.hexdigest()


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            yield block
