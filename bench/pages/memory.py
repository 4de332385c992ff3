"""What two workers take."""

import os
import re
import secrets
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bench.pages.targets import PAGES

WORKERS: Final = 2


def memory() -> None:
    """What two workers and their parent take once each page was asked for, shared pages counted once."""
    with tempfile.TemporaryDirectory() as folder, served(folder) as (address, process):
        for _ in range(40):
            for page in PAGES:
                with urllib.request.urlopen(address + page.address) as answer:
                    answer.read()
        sizes = [proportional(number) for number in family(process)]
    print(f"\nMemory of {WORKERS} workers and their parent (PSS): {sum(sizes):.0f} MB, goal ≤ 150 (≤ 110)")
    print("  " + " + ".join(f"{size:.0f}" for size in sizes))


@contextmanager
def served(folder: str) -> Iterator[tuple[str, int]]:
    port = 20000 + secrets.randbelow(20000)
    environment = os.environ | {"CAHIERS_VAR": folder}
    environment.pop("DATABASE_URL", None)
    fill_small = [sys.executable, "-m", "bench.pages", "--fill"]
    subprocess.run(fill_small, env=environment, check=True)
    command = [sys.executable, "-m", "cahiers", "serve", "--port", str(port), "--workers", str(WORKERS)]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(address).close()
                break
            except OSError:
                time.sleep(0.2)
        yield address, server.pid
    finally:
        server.terminate()
        server.wait(20)


def family(process: int) -> list[int]:
    """The process and all that it started, in the order of their numbers."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(status.parent.name)] = int(status.read_text().rpartition(")")[2].split()[1])
        except OSError:  # ended meanwhile
            continue
    found = {process}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return sorted(found)


def proportional(process: int) -> float:
    """MB, pages that several processes share divided between them."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text()
    match = re.search(r"^Pss:\s+(\d+) kB", lines, re.MULTILINE)
    return int(match[1]) * 1024 / 1e6 if match else 0.0
