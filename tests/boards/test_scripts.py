"""Scripts of live meetings are light, and run in the browsers that people have."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from tests.pages import Page

OURS = settings.PACKAGE / "boards" / "static" / "boards"


@pytest.mark.django_db
def test_what_a_telephone_loads_weighs_five_kilobytes(client, board, writing):
    client.post(f"/r/{board.code}/rejoindre/", {"category": ""})
    page = Page(client.get(f"/r/{board.code}/").content.decode())
    scripts = [finders.find(url.removeprefix("/static/")) for url in page.fetched if url.endswith(".js")]
    assert len(scripts) == 2
    assert sum(len(gzip.compress(Path(file).read_bytes(), 9)) for file in scripts) <= 5 * 1024


def test_the_sheet_of_styles_weighs_four():
    assert len(gzip.compress((OURS / "boards.css").read_bytes(), 9)) <= 4 * 1024


@pytest.mark.parametrize("name", ["live.js", "board.js", "drag.js"])
def test_scripts_are_for_browsers_of_2017(name):
    source = (OURS / name).read_text()
    assert not re.search(
        r"\?\.|\?\?|^import |^export |\.\.\.\w+ }|replaceAll|crypto\.(subtle|randomUUID)",
        source,
        re.MULTILINE,
    )
    assert not re.search(r"eval\(|innerHTML|https?:", source)
