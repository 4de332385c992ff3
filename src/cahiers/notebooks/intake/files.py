"""Dropped files on the disk, each under its draft's uuid."""

from hashlib import sha256
from typing import BinaryIO, Final
from uuid import UUID

from django.core.files import File
from django.core.files.storage import default_storage

FOLDER: Final = "imports"
BLOCK: Final = 1 << 20


def store(uuid: UUID, stream: BinaryIO) -> None:
    stream.seek(0)
    default_storage.save(_path(uuid), File(stream))


def opened(uuid: UUID) -> BinaryIO:
    """Raises OSError where the file is gone."""
    return default_storage.open(_path(uuid), "rb")  # type: ignore[return-value]


def remove(uuid: UUID) -> None:
    """Without a word where there is none."""
    default_storage.delete(_path(uuid))


def digest(stream: BinaryIO) -> str:
    """SHA-256 in hexadecimal."""
    found = sha256()
    stream.seek(0)
    while block := stream.read(BLOCK):
        found.update(block)
    return found.hexdigest()


def _path(uuid: UUID) -> str:
    return f"{FOLDER}/{uuid}"
