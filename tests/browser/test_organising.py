"""What organisers make, in a real browser: accessible pages, a meeting written on a phone without a script."""

import pytest

from tests.browser.conftest import AXE
from tests.browser.test_pages import CONSULTATION, NOTEBOOK, PHONE, SCREEN, THEME, violations

pytestmark = pytest.mark.browser

SETTINGS = f"{CONSULTATION}equipe/reglages/"
PAGES = [
    CONSULTATION,
    "/compte/concertations/ajouter/",
    SETTINGS,
    *(
        f"{SETTINGS}{page}/"
        for page in ("etapes", "territoires", "themes", "themes/ajouter", "themes/access")
    ),
    *(f"{SETTINGS}arbre/{page}/" for page in ("ajouter", "annuaire")),
    f"{CONSULTATION}sessions/ajouter/",
    *(f"{CONSULTATION}sessions/2/{page}" for page in ("", "modifier/", "verifier/", "participants/")),
    f"{NOTEBOOK}sessions/",
    f"{THEME}fiches/",
    f"{THEME}fiches/ajouter/",
]


@pytest.mark.parametrize("viewport", [PHONE, SCREEN], ids=["phone", "screen"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_a_rule_of_accessibility(reader, signed_in, viewport, scheme):
    if not AXE.exists():
        pytest.skip("axe-core is absent: npm ci installs it")
    with reader(viewport=viewport, color_scheme=scheme, storage_state=signed_in) as page:
        for address in PAGES:
            page.goto(address)
            assert violations(page) == [], address
            assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], address


def test_a_meeting_is_written_on_a_phone_without_a_script(reader, signed_in):
    with reader(viewport=PHONE, java_script_enabled=False, storage_state=signed_in) as page:
        page.goto(CONSULTATION)
        page.get_by_role("link", name="Ajouter une session").click()
        page.get_by_label("Nom de la session").fill("Lycées de la côte")
        page.get_by_label("Territoire").fill("Plaines d’Ormance")
        page.get_by_label("Dates et lieux").fill("12 octobre 2026, lycée du Lac")
        page.get_by_role("button", name="Enregistrer").click()
        assert page.get_by_label("Du").first.input_value() == "2026-10-12"
        page.get_by_role("button", name="Enregistrer ces jours").click()
        assert "Lycées de la côte" in page.get_by_role("heading", level=1).inner_text()
