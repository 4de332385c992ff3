"""What tests look for in a page."""

import gzip
from dataclasses import dataclass, field
from html.parser import HTMLParser

#: Elements that make a browser ask for something.
FETCHING = {"link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src"}


@dataclass
class Page(HTMLParser):
    """A page's elements, ids, links, and what it makes a browser fetch."""

    html: str
    elements: int = 0
    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)

    @property
    def weight(self) -> int:
        """Bytes once compressed."""
        return len(gzip.compress(self.html.encode()))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements += 1
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        if tag in FETCHING and given.get(FETCHING[tag]):
            self.fetched.append(str(given[FETCHING[tag]]))
        if tag == "style" or any(name == "style" or name.startswith("on") for name in given):
            self.inline.append(tag)
