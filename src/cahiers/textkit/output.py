"""Files written whole, together or not at all."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from cahiers.beside import beside
from cahiers.reasons import why


class NotWritten(ValueError):
    """A file cannot be written; the message, in French, says why."""


def check(path: Path) -> None:
    """Raises NotWritten before the work rather than after it."""
    try:
        with tempfile.TemporaryFile(dir=path.parent):
            pass
    except OSError as error:
        folder = path.parent
        raise NotWritten(f"Rien ne peut être écrit dans «\u00a0{folder}\u00a0» ({why(error)}).") from error


def write_together(files: Mapping[Path, bytes]) -> None:
    """Whoever interrupts or fills the disk finds the files as they were. Raises NotWritten."""
    ready: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            ready[path] = beside(path.resolve())  # a symbolic link stays one
            ready[path].write_bytes(data)
        for path, temporary in ready.items():
            temporary.replace(path.resolve())
    except OSError as error:
        raise NotWritten(
            f"«\u00a0{path}\u00a0» ne peut être écrit ({why(error)})\u00a0: rien n’a changé."
        ) from error
    finally:
        for temporary in ready.values():
            temporary.unlink(missing_ok=True)
