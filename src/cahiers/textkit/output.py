"""Files written whole, together or not at all."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from cahiers.beside import beside
from cahiers.language import gettext as _
from cahiers.language import quoted
from cahiers.reasons import why


class NotWritten(ValueError):
    """A file cannot be written; the message, in the language of the person, says why."""


def check(path: Path) -> None:
    """Raises NotWritten before the work rather than after it."""
    try:
        with tempfile.TemporaryFile(dir=path.parent):
            pass
    except OSError as error:
        raise NotWritten(
            _("Rien ne peut être écrit dans %(folder)s (%(why)s).")
            % {"folder": quoted(path.parent), "why": why(error)}
        ) from error


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
            _("%(file)s ne peut être écrit (%(why)s) : rien n’a changé.")
            % {"file": quoted(path), "why": why(error)}
        ) from error
    finally:
        for temporary in ready.values():
            temporary.unlink(missing_ok=True)
