"""No consultation and no notebook can take an address that is a page's, and no page that of another one."""

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver, resolve

from cahiers.consultations.models import RESERVED as FIRST_WORDS
from cahiers.notebooks.models import RESERVED as SECOND_WORDS


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, before + str(one.pattern))
        else:
            yield before + str(one.pattern)


ROUTES = list(routes(get_resolver().url_patterns))


def test_first_words_are_reserved():
    # A consultation's address ends with a slash: files of the site's own, without one, are in nobody's way.
    firsts = {route.partition("/")[0] for route in ROUTES if "/" in route}
    words = {word for word in firsts if not word.startswith("<")}
    assert {"compte", "e", "l"} <= words
    assert words <= {*FIRST_WORDS}


def test_words_after_a_consultation_are_reserved():
    words = {found[1] for route in ROUTES if (found := re.match(r"<slug:consultation>/([\w-]+)/", route))}
    assert "sessions" in words
    assert words <= {*SECOND_WORDS}


def test_each_address_leads_to_its_own_page():
    """None stands below another one that takes it: a page nobody reaches."""
    given = {"slug": "libre", "str": "ABCD-EFGH", "int": "7", "uuid": "00000000-0000-4000-8000-000000000000"}

    def reached(route: str) -> str:
        return resolve("/" + re.sub(r"<(\w+):\w+>", lambda found: given[found[1]], route)).route

    assert [route for route in ROUTES if reached(route) != route] == []
