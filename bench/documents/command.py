"""The command that converts, and what one process needs at most."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from bench.documents.figures import SIXTY_PAGES, Figure, maybe, write
from bench.documents.word_processors import python_docx
from bench.material import synthesis

#: Files of one command.
MANY: Final = 100


#: Runs the command and tells its CPU seconds, seconds and MiB; a small process of its own, for a child's peak counts
#: from what its parent held when it was started.
_MEASURED: Final = """
import resource, subprocess, sys, time
started = time.monotonic()
subprocess.run([sys.executable, "-m", "cahiers.documents", "convert", *sys.argv[1:]], check=True, stderr=-3)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, time.monotonic() - started, used.ru_maxrss / 1024)
"""


def command() -> Figure:
    """A hundred documents converted by one command."""
    with tempfile.TemporaryDirectory() as folder:
        sources = []
        for number in range(MANY):
            path = Path(folder) / f"{number:03}.docx"
            path.write_bytes(write("docx", synthesis(2, seed=number)))
            sources.append(str(path))
        ran = subprocess.run(
            [sys.executable, "-c", _MEASURED, *sources, f"{folder}/json/", "--to", "json"],
            check=True,
            capture_output=True,
        )
        seconds, wall, peak = map(float, ran.stdout.split())
        count = len(list((Path(folder) / "json").iterdir()))
        others = maybe(lambda: [python_docx(Path(source).read_bytes()) for source in sources], "docx", runs=1)
    return Figure(
        f"{MANY} docx converted to json in one command",
        seconds,
        "python-docx, every paragraph",
        others,
        "",
        f"{count} written, {wall:.1f} s on the clock, peak {peak:.0f} MiB",
    )


def peak_of(name: str, times: int) -> float:
    """MiB that a process of its own needs at most to write sixty pages that often, imports included."""
    ran = subprocess.run(
        [sys.executable, "-m", "bench.documents", "--peak", name, str(times)], check=True, capture_output=True
    )
    return float(ran.stdout)


def print_peak(name: str, times: int) -> None:
    for seed in range(times):
        write(name, synthesis(SIXTY_PAGES, seed=seed))
    # Unlike getrusage, this forgets what the parent process weighed.
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    match = re.search(r"VmHWM:\s+(\d+)", status)
    print(int(match[1]) / 1024 if match else 0)
