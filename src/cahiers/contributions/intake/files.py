"""Tables that people sent, on the disk, until their import ends; rejected lines for a week more."""

from hashlib import sha256
from typing import IO, BinaryIO, Final
from uuid import UUID

from django.core.files import File
from django.core.files.storage import default_storage

FOLDER: Final = "tables"
BLOCK: Final = 1 << 20
TABLE: Final = ""
STRUCTURE: Final = ".lss"
REJECTED: Final = ".rejected"


def store(uuid: UUID, stream: IO[bytes], part: str = TABLE) -> None:
    stream.seek(0)
    remove(uuid, part)
    default_storage.save(_path(uuid, part), File(stream))


def hand_over(giver: UUID, taker: UUID) -> None:
    """The table and its structure. Raises OSError where the file is gone."""
    for part in (TABLE, STRUCTURE):
        if part == TABLE or exists(giver, part):
            with opened(giver, part) as stream:
                store(taker, stream, part)


def opened(uuid: UUID, part: str = TABLE) -> BinaryIO:
    """Raises OSError where the file is gone."""
    return default_storage.open(_path(uuid, part), "rb")  # type: ignore[return-value]


def path(uuid: UUID, part: str = TABLE) -> str:
    """On the disk, where there may be none."""
    return default_storage.path(_path(uuid, part))


def exists(uuid: UUID, part: str) -> bool:
    return default_storage.exists(_path(uuid, part))


def remove(uuid: UUID, *parts: str) -> None:
    """Without a word where there is none."""
    for part in parts or (TABLE, STRUCTURE, REJECTED):
        default_storage.delete(_path(uuid, part))


def digest(stream: IO[bytes]) -> str:
    """SHA-256 in hexadecimal."""
    found = sha256()
    stream.seek(0)
    while block := stream.read(BLOCK):
        found.update(block)
    return found.hexdigest()


def _path(uuid: UUID, part: str) -> str:
    return f"{FOLDER}/{uuid}{part}"
