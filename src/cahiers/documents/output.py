"""Files written whole or not at all."""

import sys
from pathlib import Path

from cahiers.beside import beside
from cahiers.documents.errors import DocumentError
from cahiers.language import gettext as _
from cahiers.language import quoted
from cahiers.reasons import why


def write_file(path: Path, data: bytes) -> None:
    """Write beside the file, then rename: a reader sees the old one or the new one. Raises DocumentError."""
    try:
        path = path.resolve()  # a symbolic link stays one
        if path.exists() and not path.is_file():
            if path.is_dir():
                raise DocumentError(_("%(file)s est un dossier, pas un fichier.") % {"file": quoted(path)})
            path.write_bytes(data)  # a device or a pipe cannot be replaced
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, data)
    except OSError as error:
        raise DocumentError(
            _("Le fichier %(file)s ne peut être écrit (%(why)s).") % {"file": quoted(path), "why": why(error)}
        ) from None


def _replace(path: Path, data: bytes) -> None:
    temporary = beside(path)
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def write_stdout(data: bytes) -> None:
    """Write to standard output. Raises BrokenPipeError where its reader has left."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
