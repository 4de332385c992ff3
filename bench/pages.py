"""Pages: CPU beside a bare Django view, queries as rows grow, weight, and the memory of two workers.

`python bench/pages.py` prints them beside the goals, on SQLite and, where pg_virtualenv is there, on PostgreSQL.
"""

import gzip
import os
import re
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from shutil import which
from typing import Any, Final

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

#: Statements (about) of the small and of the large state; the pages that are measured are the same in both.
ROWS: Final = ("1k", "100k")
#: Consultations on the front page, meetings of the list.
LIST: Final = 25
#: Requests of a burst, bursts of a figure.
BURST, BURSTS = 10, 15
WORKERS: Final = 2
NOW: Final = datetime(2026, 10, 1, 9, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A page; `most` is how many times the CPU of a bare view the goals let it take."""

    name: str
    address: str
    queries: int
    most: float
    stretch: float
    elements: int = 350


#: A list must keep 0.20 of a bare view's pace, 0.35 as a stretch; a detail page takes at most 6 times its CPU, or 4.
PAGES: Final = (
    Target(name=f"home, {LIST} consultations", address="/", queries=6, most=5, stretch=2.9),
    Target(name="consultation", address="/mesure-0/", queries=8, most=6, stretch=4),
    Target(name=f"sessions, {LIST}", address="/mesure-0/sessions/", queries=6, most=5, stretch=2.9),
    Target(name="notebook", address="/mesure-0/bref/", queries=8, most=6, stretch=4),
    Target(name="theme, 40 items", address="/mesure-0/bref/theme-1/", queries=8, most=6, stretch=4),
    Target(name="theme, 200 items", address="/mesure-0/long/theme-1/", queries=8, most=0, stretch=0, elements=600),
    Target(name="journal", address="/mesure-0/bref/journal/", queries=6, most=5, stretch=2.9),
)  # fmt: skip
PARTS: Final = ("django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)  # fmt: skip
SMALL_TEMPLATE: Final = """<!doctype html><html lang="fr"><head><title>{{ title }}</title></head><body>
<h1>{{ title }}</h1>
<ul>{% for one in found %}<li><a href="/{{ one.slug }}/">{{ one.title }}</a></li>{% endfor %}</ul></body></html>"""


@dataclass(slots=True)
class Figure:
    """CPU in milliseconds and queries by state, and what a visitor downloads."""

    cpu: dict[str, float]
    bare: dict[str, float]
    queries: dict[str, int]
    #: Milliseconds where nothing was written since a stranger last read it, beside the bare view.
    kept: float = 0
    html: int = 0
    assets: int = 0
    scripts: int = 0
    requests: int = 0
    elements: int = 0


class Elements(HTMLParser):
    """How many elements a page has, and the files that it makes a browser ask for."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.count = 0
        self.files: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.count += 1
        wanted = {"link": "href", "script": "src", "img": "src"}.get(tag)
        self.files |= {value for name, value in attrs if name == wanted and value}


# What is measured


def fill(state: str) -> None:
    """Bring the database to that state, through the actions that people's documents go through."""
    from django.db import connection

    from bench.material import meeting, synthesis
    from cahiers.consultations.actions import create, publish
    from cahiers.consultations.models import Consultation
    from cahiers.territories.actions import add
    from cahiers.territories.models import Level, Territory

    if state == ROWS[0]:
        nation = add(parent=None, level=Level.NATION, name="Valmarie", by=None, now=NOW)
        for number in range(LIST):
            made = create(
                slug=f"mesure-{number}",
                title=f"L’école et le village, {number}",
                method_key="etats-generaux",
                description="Ce que disent celles et ceux qui y travaillent, y apprennent ou y passent. " * 3,
                opens=date(2026, 9, 1),
                closes=date(2026, 12, 1),
                territories=[nation],
                by=None,
                now=NOW,
            )
            publish(consultation=made, by=None, now=NOW)
    nation = Territory.objects.get(parent=None)
    consultations = list(Consultation.objects.order_by("pk"))
    if state == ROWS[0]:
        meetings = tuple(meeting(f"Rencontre {number}") for number in range(1, LIST + 1))
        put(consultations[0], nation, "Bref", replace(synthesis(1), meetings=()))
        put(consultations[0], nation, "Long", replace(synthesis(6, seed=2), meetings=meetings))
    else:
        for number in range(96):
            put(consultations[1 + number % (LIST - 1)], nation, f"Cahier {number}", synthesis(6, seed=number))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def put(consultation: Any, territory: Any, title: str, read: Any) -> None:
    from django.utils.text import slugify

    from cahiers.notebooks.actions import SourceFile, import_synthesis, publish

    notebook = import_synthesis(
        consultation=consultation,
        territory=territory,
        synthesis=read,
        source=SourceFile.of(repr(read).encode(), name=f"{title}.json", format="json"),
        by=None,
        now=NOW,
    )
    notebook.title, notebook.slug = title, slugify(title)
    notebook.save(update_fields=["title", "slug"])
    publish(notebook=notebook, by=None, now=NOW)


def bare(request: Any) -> Any:
    """One SELECT of as many rows as our lists have, a small template."""
    from django.shortcuts import render

    from cahiers.consultations.models import Consultation

    found = Consultation.objects.only("slug", "title").order_by("pk")[:LIST]
    return render(request, "bare.html", {"found": found, "title": "Concertations"})


def handlers() -> tuple[Callable[[str], bytes], Callable[[str], bytes], Callable[[str], bytes]]:
    """How the bare view is asked, under the middleware of a new Django project, and how ours are: drawn, and kept."""
    from django.conf import settings
    from django.core.handlers.wsgi import WSGIHandler
    from django.test import RequestFactory, override_settings
    from django.urls import path

    from cahiers import urls

    urls.urlpatterns.insert(0, path("mesure-nue/", bare))  # type: ignore[arg-type]
    environ = RequestFactory(headers={"accept-language": "fr"})._base_environ  # type: ignore[attr-defined]

    def asker(handler: WSGIHandler) -> Callable[[str], bytes]:
        def ask(address: str) -> bytes:
            answered: list[str] = []
            started: Any = lambda status, headers: answered.append(status)  # noqa: E731
            response = handler(environ(PATH_INFO=address), started)
            body = b"".join(response)
            response.close()
            assert answered == ["200 OK"], (address, answered)
            return body

        return ask

    with override_settings(MIDDLEWARE=list(PARTS)):
        plain = asker(WSGIHandler())
    drawn = [part for part in settings.MIDDLEWARE if "kept_for_strangers" not in part]
    with override_settings(MIDDLEWARE=drawn):
        ours = asker(WSGIHandler())
    return plain, ours, asker(WSGIHandler())


def measure(figures: dict[str, Figure], state: str) -> None:
    """Bursts of each page and of the bare view by turns, so that a busy machine slows both alike."""
    plain, ours, keeping = ASK
    for page in PAGES:
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
        weigh(figure, ours(page.address))


def burst(ask: Callable[[str], bytes], address: str) -> float:
    """Milliseconds of CPU a request."""
    started = time.process_time()
    for _ in range(BURST):
        ask(address)
    return (time.process_time() - started) * 1000 / BURST


def queries(ask: Callable[[str], bytes], address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counted = 0

    def count(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal counted
        counted += 1
        return execute(*arguments)

    with connection.execute_wrapper(count), CaptureQueriesContext(connection):
        ask(address)
    return counted


def weigh(figure: Figure, page: bytes) -> None:
    """Bytes once compressed, as they travel."""
    from django.contrib.staticfiles import finders

    found = Elements(page.decode())
    figure.html, figure.elements = len(gzip.compress(page)), found.count
    figure.requests = 1 + len(found.files)
    figure.assets = figure.scripts = 0
    for file in found.files:
        name = re.sub(r"\.[0-9a-f]{12}(?=\.\w+$)", "", file.removeprefix("/static/"))
        size = len(gzip.compress(Path(str(finders.find(name))).read_bytes()))
        if name.endswith(".js"):
            figure.scripts += size
        else:
            figure.assets += size


def show(figures: dict[str, Figure], database: str) -> None:
    small, large = ROWS
    print(f"\n{database}: CPU of a page, in process, beside a bare Django view in the same run")
    head = f"{'':<24}{'CPU':>9}{'x bare':>8}  {'goal (stretch)':<16}{'100k / 1k':>10}  {'goal':<12}{'queries':>9}"
    print(f"{head}  {'goal':<15}{'kept':>8}")
    for page in PAGES:
        figure = figures[page.name]
        ratio = figure.cpu[small] / figure.bare[small]
        growth = figure.cpu[large] / figure.bare[large] / ratio
        goal = f"≤ {page.most:g} (≤ {page.stretch:g})" if page.most else ""
        asked = f"{figure.queries[small]} / {figure.queries[large]}"
        print(
            f"{page.name:<24}{figure.cpu[small]:>6.2f} ms{ratio:>8.2f}  {goal:<16}{growth:>10.2f}  {'≤ 1.3 (1.1)':<12}"
            f"{asked:>9}  {f'≤ {page.queries}, constant':<15}{figure.kept:>8.2f}"
        )
    bare_cpu = statistics.median(value for figure in figures.values() for value in figure.bare.values())
    print(f"{'(bare view)':<24}{bare_cpu:>6.2f} ms")


def show_weights(figures: dict[str, Figure]) -> None:
    print(
        "\nFirst visit, gzip"
        + " " * 7
        + "HTML ≤ 8 KB   CSS and logo ≤ 16   JS ≤ 10   requests ≤ 6   DOM ≤ 350, tables 600"
    )
    for page in PAGES:
        figure = figures[page.name]
        print(
            f"{page.name:<24}{figure.html / 1024:>8.1f} KB{figure.assets / 1024:>17.1f} KB"
            f"{figure.scripts / 1024:>7.1f} KB{figure.requests:>15}{figure.elements:>12} (≤ {page.elements})"
        )


# Memory


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
    fill_small = [sys.executable, __file__, "--fill"]
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


# The runs


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


def run_on(database: str) -> None:
    global ASK
    start()
    ASK = handlers()
    figures: dict[str, Figure] = {}
    for state in ROWS:
        fill(state)
        measure(figures, state)
    show(figures, database)
    if database == "SQLite":
        show_weights(figures)


ASK: tuple[Callable[[str], bytes], Callable[[str], bytes], Callable[[str], bytes]]


def postgresql_address() -> str:
    host, port, user, password = (os.environ[f"PG{key}"] for key in ("HOST", "PORT", "USER", "PASSWORD"))
    return f"postgres://{user}:{password}@{host}:{port}/{os.environ['PGDATABASE']}"


def main() -> None:
    if "--fill" in sys.argv:
        start()
        fill(ROWS[0])
        return
    if "--postgresql" in sys.argv:
        os.environ["DATABASE_URL"] = postgresql_address()
        run_on("PostgreSQL")
        return
    os.environ.pop("DATABASE_URL", None)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CAHIERS_VAR"] = folder
        run_on("SQLite")
    memory()
    if not which("pg_virtualenv"):
        print("\nPostgreSQL: pg_virtualenv is absent (Debian: postgresql-common)")
        return
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"CAHIERS_VAR": folder}
        command = ["pg_virtualenv", sys.executable, __file__, "--postgresql"]
        done = subprocess.run(command, env=environment, stderr=subprocess.PIPE, text=True)
        if done.returncode:
            print(f"\nPostgreSQL: not measured ({done.stderr.strip().splitlines()[-1:]})")


if __name__ == "__main__":
    main()
