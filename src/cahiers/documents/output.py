"""Files written whole or not at all."""

import os
import sys
import tempfile
from pathlib import Path

from cahiers.documents.errors import DocumentError
from cahiers.reasons import why


def write_file(path: Path, data: bytes) -> None:
    """Write beside the file, then rename: a reader sees the old one or the new one. Raises DocumentError."""
    try:
        path = path.resolve()  # a symbolic link stays one
        if path.exists() and not path.is_file():
            if path.is_dir():
                raise DocumentError(f"« {path} » est un dossier, pas un fichier.")
            path.write_bytes(data)  # a device or a pipe cannot be replaced
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, data)
    except OSError as error:
        raise DocumentError(f"Le fichier « {path} » ne peut être écrit ({why(error)}).") from None


def _replace(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def write_stdout(data: bytes) -> None:
    """Write to standard output. Raises BrokenPipeError where its reader has left."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
