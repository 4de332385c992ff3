"""Files made beside the one whose place they take, so that nobody finds half of one."""

import os
import tempfile
from pathlib import Path


def beside(path: Path) -> Path:
    """An empty file in the folder of `path`, with the permissions that the file there has or would have.

    Raises OSError.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    os.close(handle)
    mask = os.umask(0o022)
    os.umask(mask)
    Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~mask)
    return Path(name)
