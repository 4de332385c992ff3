"""Files that people sent, on the disk: each under the uuid of its draft, or of what it has become."""

from hashlib import sha256
from typing import BinaryIO, Final
from uuid import UUID

from django.core.files import File
from django.core.files.storage import default_storage

FOLDER: Final = "imports"
BLOCK: Final = 1 << 20


def store(uuid: UUID, stream: BinaryIO, folder: str = FOLDER) -> None:
    stream.seek(0)
    default_storage.save(f"{folder}/{uuid}", File(stream))


def opened(uuid: UUID, folder: str = FOLDER) -> BinaryIO:
    """Raises OSError where the file is gone."""
    return default_storage.open(f"{folder}/{uuid}", "rb")  # type: ignore[return-value]


def remove(uuid: UUID, folder: str = FOLDER) -> None:
    """Without a word where there is none."""
    default_storage.delete(f"{folder}/{uuid}")


def digest(stream: BinaryIO) -> str:
    """SHA-256 in hexadecimal."""
    found = sha256()
    stream.seek(0)
    while block := stream.read(BLOCK):
        found.update(block)
    return found.hexdigest()
