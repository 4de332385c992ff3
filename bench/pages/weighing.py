"""What a visitor downloads."""

import gzip
import re
from html.parser import HTMLParser
from pathlib import Path

from bench.pages.targets import PAGES, Figure


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
