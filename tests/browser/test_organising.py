"""What organisers make, in a real browser: a meeting written on a phone without a script."""

import pytest
from playwright.sync_api import expect

from tests.browser.examining import PHONE
from tests.browser.test_pages import CONSULTATION

pytestmark = pytest.mark.browser


def test_a_meeting_is_written_on_a_phone_without_a_script(reader, signed_in):
    with reader(viewport=PHONE, java_script_enabled=False, storage_state=signed_in) as page:
        page.goto(CONSULTATION)
        page.get_by_role("link", name="Ajouter une session").click()
        page.get_by_label("Nom de la session").fill("Lycées de la côte")
        page.get_by_label("Territoire").fill("Plaines d’Ormance")
        page.get_by_label("Dates et lieux").fill("12 octobre 2026, lycée du Lac")
        page.get_by_role("button", name="Enregistrer").click()
        expect(page.get_by_label("Du").first).to_have_value("2026-10-12")
        page.get_by_role("button", name="Enregistrer ces jours").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Lycées de la côte")
