"""Pages in a real browser: accessible, readable on a phone, by keyboard and without a script."""

import pytest
from playwright.sync_api import expect

from tests.browser.examining import LOOKS, PHONE, examine, fits, needs_axe, violations

pytestmark = pytest.mark.browser

CONSULTATION = "/ecole-et-numerique-2026/"
NOTEBOOK = f"{CONSULTATION}plaines-d-ormance/"
THEME = f"{NOTEBOOK}theme-1/"
OTHER_METHOD = "/bilan-mediatheque-2026/mediatheque-des-trois-ponts/theme-2/"
PAGES = [
    "/",
    CONSULTATION,
    f"{CONSULTATION}sessions/",
    f"{CONSULTATION}sessions/2/",
    NOTEBOOK,
    f"{NOTEBOOK}editions/",
    THEME,
    OTHER_METHOD,
    "/mentions-legales/",
    "/donnees-personnelles/",
    "/accessibilite/",
]


@needs_axe
@pytest.mark.parametrize("look", LOOKS, ids=["phone, dark", "screen, light"])
def test_no_page_breaks_a_rule_of_accessibility(reader, look):
    viewport, scheme = look
    with reader(viewport=viewport, color_scheme=scheme) as page:
        for address in PAGES:
            page.goto(address)
            examine(page, [look])


@needs_axe
def test_a_page_that_is_not_there_breaks_none_either(browser, site):
    page = browser.new_page(base_url=site)
    page.goto("/nulle-part/")
    assert violations(page) == []
    page.close()


def test_nothing_overflows(reader):
    with reader() as page:
        for address in PAGES:
            page.goto(address)
            for width in (1280, 769, 640, 360, 320):
                page.set_viewport_size({"width": width, "height": 800})
                assert fits(page), f"{address}, {width}"


def test_the_stylesheet_is_applied(reader):
    """A stylesheet can be blocked without a word: the colour of the margin says that it was not."""
    with reader() as page:
        page.goto("/")
        margin = page.locator(".head .in").evaluate("element => getComputedStyle(element).borderLeftColor")
        assert margin == "rgb(217, 87, 74)"


def test_the_keyboard_skips_to_the_content(reader):
    with reader() as page:
        page.goto(THEME)
        page.keyboard.press("Tab")
        skip = page.locator(".skip")
        assert skip.evaluate("element => element === document.activeElement")
        assert skip.bounding_box()["x"] >= 0
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.locator("main a:focus")).to_have_count(1)


def test_from_the_front_page_to_a_cited_sheet_without_a_script(reader):
    with reader(java_script_enabled=False) as page:
        page.goto("/")
        page.get_by_role("link", name="L’école et le numérique").click()
        page.get_by_role("link", name="Plaines d’Ormance").click()
        page.get_by_role("link", name="Garantir un égal accès").click()
        page.get_by_role("table").first.get_by_role("link", name="2").click()
        expect(page).to_have_url(f"{THEME}#retex-2")
        page.get_by_role("link", name="Enseigner et apprendre").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Enseigner et apprendre avec le numérique")


def test_rows_are_cards_on_a_phone_and_stay_a_table_to_screen_readers(reader):
    with reader(viewport=PHONE) as page:
        page.goto(THEME)
        cell = page.get_by_role("cell").first
        assert cell.evaluate("element => getComputedStyle(element).display") == "block"
        assert page.get_by_role("table").count() == 3
        assert page.get_by_role("columnheader", name="Irritants", exact=True).count() == 1


def test_emphasis_shows_without_colour(reader):
    with reader() as page:
        page.goto(THEME)
        weight = page.locator("td strong").first.evaluate("element => getComputedStyle(element).fontWeight")
        assert int(weight) >= 700


def test_a_notebook_is_downloaded(reader):
    with reader() as page:
        page.goto(NOTEBOOK)
        with page.expect_download() as started:
            page.get_by_role("link", name="Word").click()
        assert started.value.suggested_filename == "ecole-et-numerique-2026-plaines-d-ormance-edition-1.docx"


def test_the_first_visit_takes_few_requests(browser, site):
    context = browser.new_context(base_url=site)
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(THEME, wait_until="networkidle")
    assert len(asked) <= 6
    assert all(address.startswith(site) for address in asked)
    context.close()


def test_paper_shows_where_links_lead(reader):
    with reader() as page:
        page.goto(THEME)
        page.emulate_media(media="print")
        assert page.locator(".foot").is_hidden()
        assert page.locator(".retex a").first.inner_text().startswith("https://")


def test_paper_shows_no_button(reader, signed_in):
    with reader(storage_state=signed_in) as page:
        page.goto(THEME)
        page.emulate_media(media="print")
        for useless in (".go", ".at", ".tools", ".crumbs"):
            assert page.locator(useless).first.is_hidden(), useless
        assert page.get_by_role("columnheader", name="Irritants", exact=True).is_visible()
