"""A figure beside its reference, and how both are measured."""

import io
import resource
import statistics
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Final

from bench.material import METHOD, synthesis
from cahiers.documents import formats
from cahiers.documents.model import Synthesis

#: Rows a stage that make sixty pages, and runs of a figure.
SIXTY_PAGES: Final = 7
RUNS: Final = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """Seconds of CPU for what was measured and for its reference (None: absent), and what is asked."""

    what: str
    seconds: float | None
    reference: str = ""
    reference_seconds: float | None = None
    goal: str = ""
    remark: str = ""

    def __str__(self) -> str:
        ratio = ""
        if self.seconds is not None and self.reference_seconds:
            ratio = f"{self.seconds / self.reference_seconds:.2f} x"
        reference = f"{self.reference} {_seconds(self.reference_seconds)}" if self.reference else ""
        return f"{self.what:<44}{_seconds(self.seconds):>10}  {ratio:>8}  {reference:<38}{self.goal:<26}{self.remark}"


def _seconds(value: float | None) -> str:
    return "absent" if value is None else f"{value:.3f} s"


def cpu(work: Callable[[], object], runs: int = RUNS) -> float:
    """Median CPU seconds of several runs, after one that warms caches."""
    work()
    found = []
    for _ in range(runs):
        started = used()
        work()
        found.append(used() - started)
    return statistics.median(found)


def used() -> float:
    """CPU seconds so far, those of processes that were waited for included."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def maybe(work: Callable[[], object], *needed: str, runs: int = RUNS) -> float | None:
    """`cpu`, or None where a module it needs is not installed or a format is not there."""
    if not all(map(find_spec, needed)):
        return None
    try:
        return cpu(work, runs)
    except (ImportError, AttributeError):
        return None


@cache
def written(name: str, rows_a_stage: int = SIXTY_PAGES) -> bytes:
    return write(name, synthesis(rows_a_stage))


def write(name: str, source: Synthesis) -> bytes:
    stream = io.BytesIO()
    formats.writer(name).write(source, METHOD, stream)
    return stream.getvalue()


def read(name: str, data: bytes) -> Synthesis:
    return formats.reader(name).read(io.BytesIO(data), METHOD)


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)
