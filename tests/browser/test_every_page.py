"""Whatever the site's addresses answer with a page is looked at: a new one is, too, or fails here."""

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from cahiers.boards import urls as boards
from tests.browser.examining import NARROW, OF_LOOKS, SCREEN, fits, violations
from tests.browser.test_pages import CONSULTATION, THEME

pytestmark = pytest.mark.browser


def names(
    patterns: list[URLPattern | URLResolver], above: frozenset[str] = frozenset()
) -> Iterator[tuple[str, frozenset[str]]]:
    """Of addresses, with what stands in each."""
    for one in patterns:
        wanted = above | {*one.pattern.converters}
        if isinstance(one, URLResolver):
            yield from names(one.url_patterns, wanted)
        else:
            yield str(one.name), wanted


#: What stands in an address, where it is always the same.
KNOWN = {
    "consultation": "ecole-et-numerique-2026",
    "notebook": "plaines-d-ormance",
    "number": 2,
    "order": 1,
    "edition": 1,
    "stage": "projections",
    "meeting": 1,
    "theme": 1,
    "kind": "need",
    "index": 1,
    "format": "json",
}
#: Where the same words mean other things: rows and sheets of a document on its way in have numbers.
COMING_IN = {"row": 1, "sheet": 1, "number": 1}
THEME_OF_ALL = {"theme": "access"}


#: Pages of the demo's live meeting.
OF_BOARD = {name for name, _ in names(boards.urlpatterns)}
MEETING = "/r/DMNTRX/animer/"

#: Names of addresses that lead elsewhere, or answer only to whoever has something that this person has not.
NOT_HERE = {
    "own_note": "of the telephone that wrote it: tests/browser/boards/test_meetings.py",
    "run_command": "takes a command, or a link that is secret: tests/boards/test_host.py",
    "import_row": "leads to the row in its table",
    "import_progress": "leads back to the list where nothing waits",
    "import_compare": "once it is a newer version of a notebook: tests/browser/test_newer_versions.py",
    "import_choose": "once its territory has a notebook: tests/browser/test_newer_versions.py",
    "import_keep": "what is no synthesis: tests/browser/test_corrections.py",
    "annex": "a file",
    "edit_annex": "tests/browser/test_corrections.py",
    "passkey": "tests/browser/test_passkeys.py",
    **dict.fromkeys(
        (
            *("fill_in", "find_establishment", "form", "edit_form", "preview_form", "form_results"),
            *("add_question", "edit_question"),
            *("receipt", "correct_said", "erase_said"),
        ),
        "tests/browser/test_forms.py",
    ),
    **dict.fromkeys(
        (
            *("table_import", "table_columns", "table_given", "table_names", "table_check", "table_save"),
            *("table_accept", "table_progress", "table_rejected", "table_leave"),
            *("paper_sheet", "entry", "entry_undo", "print_sheets"),
        ),
        "of a table that is coming in, or of a sheet: tests/browser/test_tables.py",
    ),
    "form_answers": "a file",
    "thanks": "after something was sent: tests/browser/test_forms.py",
    "sign_in": "leads on whoever has signed in: tests/browser/test_sign_in.py",
    "sign_in_code": "after an address: tests/browser/test_sign_in.py",
}


ROUTES = dict(names(get_resolver().url_patterns))


@pytest.fixture(scope="module")
def found(browser, site, signed_in) -> dict[str, Any]:
    """What stands in addresses, which each demo makes anew."""
    context = browser.new_context(base_url=site, storage_state=signed_in, locale="fr-FR")
    page = context.new_page()

    def address(start: str, pattern: str) -> str:
        page.goto(start)
        matches = (re.search(pattern, link) for link in links(page))
        return next(match[1] for match in matches if match)

    code = address(THEME, r"^/e/(\w+)$")
    pool = {
        "code": code,
        "row": address(f"/e/{code}", r"^/l/([\w-]+)$"),
        "sheet": address(f"{THEME}fiches/", r"/fiches/([\w-]{36})/"),
        "membership": address(f"{CONSULTATION}equipe/", r"/equipe/([\w-]{36})/"),
        "uuid": address(f"{CONSULTATION}contributions/", r"/contributions/([\w-]{36})/"),
    }
    book = address(MEETING, rf"^({CONSULTATION}[\w-]+/)$")
    card = address(f"{book}theme-1/", r"^/e/(\w+)$")
    pool["board"] = {
        "code": "DMNTRX",
        "statement": card,
        "row": address(f"/e/{card}", r"^/l/([\w-]+)$"),
        "note": address(MEETING, r"^n/([\w-]+)/$"),
    }
    page.goto(f"{CONSULTATION}importer/")
    page.get_by_label("Documents").set_input_files([document()])
    page.get_by_role("button", name="Déposer").click()
    pool["draft"] = re.search(r"[\w-]{36}", page.url)[0]
    context.close()
    return pool


def links(page) -> list[str]:
    return list(page.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))"))


def document() -> dict[str, object]:
    """One of the demo's, with a doubt, and another territory's."""
    held = json.loads((files("cahiers.demo") / "data" / "region-3.json").read_bytes())
    held |= {"territory": "Îles-d’Aunaise", "warnings": [{"message": "Sans colonne.", "text": "À placer."}]}
    data = json.dumps(held).encode()
    return {"name": "tout.json", "mimeType": "application/json", "buffer": data}


@pytest.fixture(scope="module")
def addresses(browser, site, signed_in, found) -> list[str]:
    """Of every page, asked for once."""
    context = browser.new_context(base_url=site, storage_state=signed_in, locale="fr-FR")
    walked = []
    for name, wanted in ROUTES.items():
        if name in NOT_HERE:
            continue
        given = KNOWN | found
        given |= found["board"] if name in OF_BOARD else {}
        given |= COMING_IN if name.startswith("import_") else {}
        given |= THEME_OF_ALL if name in {"edit_theme", "delete_theme"} else {}
        try:
            address = reverse(name, kwargs={word: given[word] for word in wanted if word in given})
        except NoReverseMatch:
            # Only a form sent answers there, at an address of its own.
            assert name in ONLY_SENT, f"What stands in the address of {name}?"
            continue
        answer = context.request.get(address, max_redirects=0)
        if answer.status in {204, 405} or "text/html" not in answer.headers.get("content-type", ""):
            continue
        assert answer.status == 200, f"{name}: {answer.status} at {address}"
        walked.append(address)
    context.close()
    assert len(walked) > 60
    return walked


# In parts that workers share.
@pytest.mark.parametrize("part", range(3))
def test_every_page_is_accessible_and_fits(browser, site, signed_in, addresses, part):
    context = browser.new_context(
        base_url=site, storage_state=signed_in, locale="fr-FR", viewport=NARROW, color_scheme="dark"
    )
    page = context.new_page()
    for address in addresses[part::3]:
        page.goto(address)
        assert fits(page), address
        assert violations(page, OF_LOOKS) == [], address
        page.set_viewport_size(SCREEN)
        page.emulate_media(color_scheme="light")
        assert fits(page), address
        assert violations(page) == [], address
        page.set_viewport_size(NARROW)
        page.emulate_media(color_scheme="dark")
    context.close()


#: Answer to POST alone, with something in their address that no page shows.
ONLY_SENT = {
    *("undo", "put_back", "restore_meeting", "remove_passkey", "delete_annex"),
    *("withdraw_said", "put_back_said"),
    "import_carry_row",
    *("release_form", "close_form", "reopen_form", "duplicate_form"),
    *("move_question", "remove_question", "put_back_question"),
}
