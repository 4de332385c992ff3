"""The pages that are measured, and what the goals ask of each."""

from dataclasses import dataclass
from typing import Final

#: Statements (about) of the small and of the large state; the pages that are measured are the same in both.
ROWS: Final = ("1k", "100k")
#: Consultations on the front page, meetings of the list.
LIST: Final = 25


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


@dataclass(slots=True)
class Figure:
    """CPU in milliseconds and queries by state, and what a visitor downloads."""

    cpu: dict[str, float]
    bare: dict[str, float]
    queries: dict[str, int]
    #: Milliseconds where nothing was written since a stranger last read it, beside the bare view.
    kept: float = 0
    #: To someone who organises, drawn each time, beside the bare view; and queries.
    member: float = 0
    member_queries: int = 0
    html: int = 0
    assets: int = 0
    scripts: int = 0
    requests: int = 0
    elements: int = 0
