"""Reads every file of a folder as `cahiers` would, each in a process of its own, and prints what became of it.

`python -m tests.documents.hostile_reading FOLDER` prints one JSON object a line: file, outcome ("read" or the name of
the exception), sentence, CPU seconds, peak memory in MiB, and what the reading did that no reading may do.
"""

import json
import os
import resource
import sys
import tempfile
from pathlib import Path
from typing import Any

from cahiers.documents import formats
from cahiers.documents.errors import DocumentError
from cahiers.methods import get

METHOD = get("etats-generaux")
#: Above what is tested, so that a runaway ends and is told rather than swapping the machine to death.
MAX_MEMORY = 3 << 30
MAX_SECONDS = 30
FORBIDDEN = ("socket.", "os.system", "os.exec", "os.remove", "os.rename", "os.mkdir")
WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def watch(deeds: list[str]) -> None:
    """Note whatever Python code does beyond reading; audit hooks cannot be removed, the process ends with them."""

    def note(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            # A number is a pipe that stands open already.
            wrong = not isinstance(path, int) and isinstance(flags, int) and bool(flags & WRITING)
        elif event in ("subprocess.Popen", "os.posix_spawn"):
            # The pdf reader shuts pdfium up in an interpreter of its own; from Python 3.13 on, both tell of it.
            wrong = arguments[0] != sys.executable
        else:
            wrong = event.startswith(FORBIDDEN)
        if wrong:
            deeds.append(f"{event} {arguments[:1]}")

    sys.addaudithook(note)


def read(path: Path) -> dict[str, object]:
    """What becomes of the file, told by the process that reads it."""
    deeds: list[str] = []
    watch(deeds)
    outcome, sentence = "read", ""
    try:
        with path.open("rb") as stream:
            formats.detect(stream, path.name).read(stream, METHOD)
    except DocumentError as error:
        outcome, sentence = type(error).__name__, str(error)
    except BaseException as error:
        outcome, sentence = f"crash: {type(error).__name__}", repr(error)[:500]
    return {
        "file": path.name,
        "outcome": outcome,
        "sentence": sentence,
        "seconds": sum(os.times()[:4]),
        "mebibytes": max(resource.getrusage(who).ru_maxrss for who in WHO) / 1024,
        "deeds": deeds,
    }


def read_apart(path: Path) -> dict[str, object]:
    """The same from a forked process, which may be killed."""
    receiving, sending = os.pipe()
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))
        os.write(sending, json.dumps(read(path)).encode())
        os._exit(0)
    os.close(sending)
    with os.fdopen(receiving, "rb") as pipe:
        told = pipe.read()
    _, status = os.waitpid(child, 0)
    if not told:
        return {"file": path.name, "outcome": f"killed: {status}", "sentence": "", "seconds": 99, "deeds": []}
    found: dict[str, object] = json.loads(told)
    return found


def main(folder: Path) -> None:
    list(formats.readers())
    with tempfile.TemporaryDirectory() as scratch:
        os.chdir(scratch)
        os.environ["TMPDIR"] = scratch
        for path in sorted(folder.iterdir()):
            result = read_apart(path)
            result["left"] = [left.name for left in Path(scratch).iterdir()]
            print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
