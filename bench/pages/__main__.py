"""Pages: CPU beside a bare Django view, queries as rows grow, weight, and the memory of two workers.

`python -m bench.pages` prints them beside the goals, on SQLite and, where pg_virtualenv is there, on PostgreSQL.
`python -m bench.pages consultation` keeps to the pages of that name and to the small state, on one database: PostgreSQL
where it is there.
"""

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from shutil import which
from typing import Final

from bench.pages.asking import SMALL_TEMPLATE, Asked, burst, handlers, queries
from bench.pages.filling import fill
from bench.pages.memory import memory
from bench.pages.targets import PAGES, ROWS, Figure, Target
from bench.pages.weighing import show_weights, weigh

#: Bursts of a figure.
BURSTS: Final = 15


def measure(figures: dict[str, Figure], state: str, asked: Asked, pages: Sequence[Target] = PAGES) -> None:
    """Bursts of each page and of the bare view by turns, so that a busy machine slows both alike."""
    plain, ours, keeping, member = asked
    for page in pages:
        figure = figures.setdefault(page.name, Figure(cpu={}, bare={}, queries={}))
        for _ in range(3):
            plain("/mesure-nue/")
            ours(page.address)
        pairs = [(burst(ours, page.address), burst(plain, "/mesure-nue/")) for _ in range(BURSTS)]
        figure.cpu[state] = statistics.median(ours for ours, _ in pairs)
        figure.bare[state] = statistics.median(plain for _, plain in pairs)
        figure.queries[state] = queries(ours, page.address)
        keeping(page.address)
        kept = [burst(keeping, page.address) / burst(plain, "/mesure-nue/") for _ in range(BURSTS)]
        figure.kept = statistics.median(kept)
        member(page.address)
        drawn = [burst(member, page.address) / burst(plain, "/mesure-nue/") for _ in range(BURSTS)]
        figure.member, figure.member_queries = statistics.median(drawn), queries(member, page.address)
        weigh(figure, ours(page.address))


def show(figures: dict[str, Figure], database: str) -> None:
    small = ROWS[0]
    print(f"\n{database}: CPU of a page, in process, beside a bare Django view in the same run")
    head = f"{'':<24}{'CPU':>9}{'x bare':>8}  {'goal (stretch)':<16}{'100k / 1k':>10}  {'goal':<12}{'queries':>9}"
    print(f"{head}  {'goal':<15}{'kept':>8}{'organiser':>10}{'queries':>9}")
    for page in PAGES:
        if page.name not in figures:
            continue
        figure = figures[page.name]
        large = list(figure.cpu)[-1]
        ratio = figure.cpu[small] / figure.bare[small]
        growth = figure.cpu[large] / figure.bare[large] / ratio
        goal = f"≤ {page.most:g} (≤ {page.stretch:g})" if page.most else ""
        asked = f"{figure.queries[small]} / {figure.queries[large]}"
        print(
            f"{page.name:<24}{figure.cpu[small]:>6.2f} ms{ratio:>8.2f}  {goal:<16}{growth:>10.2f}  {'≤ 1.3 (1.1)':<12}"
            f"{asked:>9}  {f'≤ {page.queries}, constant':<15}{figure.kept:>8.2f}"
            f"{figure.member:>10.2f}{figure.member_queries:>9}"
        )
    bare_cpu = statistics.median(value for figure in figures.values() for value in figure.bare.values())
    print(f"{'(bare view)':<24}{bare_cpu:>6.2f} ms")


def start() -> None:
    """Django on an empty database of the environment's; templates and settings as they are served."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cahiers.settings")
    import django
    from django.conf import settings

    templates = Path(os.environ["CAHIERS_VAR"]) / "templates"
    templates.mkdir(parents=True, exist_ok=True)
    (templates / "bare.html").write_text(SMALL_TEMPLATE)
    settings.TEMPLATES[0]["DIRS"] = [templates]
    settings.ALLOWED_HOSTS = ["testserver"]
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)


def run_some(name: str) -> None:
    """The pages that are called so, in the small state."""
    start()
    fill(ROWS[0])
    figures: dict[str, Figure] = {}
    measure(figures, ROWS[0], handlers(), [page for page in PAGES if page.name.startswith(name)])
    show(figures, "PostgreSQL" if "DATABASE_URL" in os.environ else "SQLite")


def run_on(database: str) -> None:
    start()
    figures: dict[str, Figure] = {}
    fill(ROWS[0])
    asked = handlers()
    for state in ROWS:
        if state != ROWS[0]:
            fill(state)
        measure(figures, state, asked)
    show(figures, database)
    if database == "SQLite":
        show_weights(figures)


def postgresql_address() -> str:
    host, port, user, password = (os.environ[f"PG{key}"] for key in ("HOST", "PORT", "USER", "PASSWORD"))
    return f"postgres://{user}:{password}@{host}:{port}/{os.environ['PGDATABASE']}"


def main() -> None:
    name = next((one for one in sys.argv[1:] if not one.startswith("--")), "")
    if "--fill" in sys.argv:
        start()
        fill(ROWS[0])
    elif "--postgresql" in sys.argv:
        os.environ["DATABASE_URL"] = postgresql_address()
        run_some(name) if name else run_on("PostgreSQL")
    elif name:
        if not on_postgresql(name):
            on_sqlite(lambda: run_some(name))
    else:
        on_sqlite(lambda: run_on("SQLite"))
        memory()
        on_postgresql()


def on_sqlite(run: Callable[[], None]) -> None:
    os.environ.pop("DATABASE_URL", None)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CAHIERS_VAR"] = folder
        run()


def on_postgresql(*names: str) -> bool:
    """Whether it could be; what went wrong is printed."""
    if not which("pg_virtualenv"):
        print("\nPostgreSQL: pg_virtualenv is absent (Debian: postgresql-common)")
        return False
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"CAHIERS_VAR": folder}
        command = ["pg_virtualenv", "-t", sys.executable, "-m", "bench.pages", "--postgresql", *names]
        done = subprocess.run(command, env=environment, stderr=subprocess.PIPE, text=True)
        if done.returncode:
            print(f"\nPostgreSQL: not measured ({done.stderr.strip().splitlines()[-1:]})")
        return not done.returncode


if __name__ == "__main__":
    main()
