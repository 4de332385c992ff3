"""What organisers make, in a real browser: a meeting written on a phone without a script."""

import pytest

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
        assert page.get_by_label("Du").first.input_value() == "2026-10-12"
        page.get_by_role("button", name="Enregistrer ces jours").click()
        assert "Lycées de la côte" in page.get_by_role("heading", level=1).inner_text()
