"""Tables: lines a second of records() beside bare readers of the same file, and memory as lines grow.

`python -m bench.tables` prints them, CSV first, then XLSX; `python -m bench.tables 1000000` also takes a file of that
many lines. Each size is measured in a process of its own, so that its peak is its own.
"""

import csv
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from cahiers import methods
from cahiers.contributions.tables import Record, open_table, propose, recognise, records

SIZES: Final = (100_000,)
RUNS: Final = 3
#: Bytes of files that are measured once.
LARGE: Final = 20 << 20
SUBJECTS: Final = (
    "Le réseau",
    "La salle informatique",
    "Le prêt de tablettes",
    "L’espace numérique",
    "La formation",
)
SAYS: Final = (
    "tombe souvent",
    "reste fermée le soir",
    "manque de moyens",
    "aide les familles",
    "demande du temps",
)
HEADER: Final = (
    "Horodateur",
    "Vous êtes",
    "Commune",
    "Thème",
    "Qu’est-ce qui vous gêne ?",
    "Utile",
    "Lien",
    "Personnes",
)


def lines(count: int) -> Iterator[tuple[str, ...]]:
    """Lines of eight short cells; every text is different."""
    dice = random.Random(1)
    for number in range(count):
        yield (
            f"{1 + number % 28:02}/10/2026 {number % 24:02}:{number % 60:02}:00",
            dice.choice(("Parent", "Élève", "Enseignant", "Élu")),
            dice.choice(("Laval", "Mayenne", "Rennes", "Brest", "Vitré", "Dinan")),
            dice.choice(("Égal accès", "Enseigner", "Gouvernance")),
            f"{dice.choice(SUBJECTS)} {dice.choice(SAYS)}, pour la {number}e fois",
            dice.choice(("Oui", "Non")),
            "",
            str(1 + number % 3),
        )


def write(path: Path, count: int) -> None:
    if path.suffix == ".csv":
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(HEADER)
            writer.writerows(lines(count))
        return
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"tmpdir": str(path.parent)})
    sheet = book.add_worksheet()
    for at, row in enumerate((HEADER, *lines(count))):
        sheet.write_row(at, 0, row)
    book.close()


def bare(path: Path) -> int:
    """Lines that the fastest reader of the format gives, nothing done with them."""
    if path.suffix == ".csv":
        with path.open(newline="", encoding="utf-8") as file:
            return sum(1 for _ in csv.reader(file, delimiter=";")) - 1
    # By name, for this reference is none of the project's dependencies.
    sheet = import_module("python_calamine").CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    return sum(1 for _ in sheet.iter_rows()) - 1


def rows(path: Path) -> int:
    with path.open("rb") as file:
        return sum(1 for _ in open_table(file, path.name).rows())


def read(path: Path) -> int:
    with path.open("rb") as file:
        table = open_table(file, path.name)
        mapping = propose(table, recognise(table), methods.get("etats-generaux"))
        return sum(1 for one in records(table, mapping) if isinstance(one, Record))


WORK: Final[dict[str, Callable[[Path], int]]] = {"bare": bare, "rows": rows, "records": read}


def measured(what: str, path: Path) -> tuple[float, int, int]:
    """Lines a second, peak memory in KiB and lines, of a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.tables", "--one", what, str(path)],
        check=True,
        capture_output=True,
        text=True,
    )
    rate, peak, count = done.stdout.split()
    return float(rate), int(peak), int(count)


def one(what: str, path: Path) -> None:
    best, count = 0.0, 0
    for _ in range(RUNS if path.stat().st_size < LARGE else 1):
        started = time.process_time()
        count = WORK[what](path)
        best = max(best, count / (time.process_time() - started))
    # Not ru_maxrss, which a child takes over from the process that started it.
    peak = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    print(best, peak[1] if peak else 0, count)


def main(sizes: tuple[int, ...]) -> None:
    print(f"{'file':<24}{'what':<10}{'lines/s':>10}{'x bare':>8}{'peak MiB':>10}")
    with tempfile.TemporaryDirectory() as folder:
        for suffix in (".csv", ".xlsx"):
            for size in sizes:
                path = Path(folder) / f"lines{suffix}"
                write(path, size)
                reference = 0.0
                for what in WORK:
                    if what == "bare" and suffix == ".xlsx" and not find_spec("python_calamine"):
                        print(f"{suffix} {size:,}: python-calamine is absent, no reference")
                        continue
                    rate, peak, count = measured(what, path)
                    reference = reference or rate
                    name = f"{suffix[1:]}, {count:,} lines"
                    print(f"{name:<24}{what:<10}{rate:>10,.0f}{rate / reference:>8.2f}{peak / 1024:>10.0f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], Path(sys.argv[3]))
    else:
        main(SIZES + tuple(map(int, sys.argv[1:])))
