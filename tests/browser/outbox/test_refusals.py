"""What the server refuses is shown, and put back or dropped; it holds nothing else."""

import pytest

from tests.browser.outbox.hands import FIRST, SECOND, told, until, write
from tests.ui.outbox_demo.site import state

pytestmark = pytest.mark.browser


def test_what_is_refused_is_shown_and_put_back(phone):
    with phone() as page:
        write(page, "Un récit interdit")
        until(page, "Un envoi est à reprendre")
        assert "Ce mot n’est pas admis." in told(page)
        assert "Un récit interdit" in told(page)
        page.reload()
        until(page, "Un envoi est à reprendre")
        page.get_by_role("button", name="Remettre dans le formulaire").click()
        field = page.get_by_label("Ce que vous avez vécu")
        assert field.input_value() == "Un récit interdit"
        assert field.evaluate("field => field === document.activeElement")
        assert "Ce mot n’est pas admis." in told(page)
        write(page, FIRST)
        until(page, "Tout est envoyé")
        assert "interdit" not in told(page)
    assert state.texts == [FIRST]


def test_what_is_refused_can_be_dropped(phone):
    with phone() as page:
        write(page, "Un récit interdit")
        until(page, "Un envoi est à reprendre")
        page.get_by_role("button", name="Effacer").click()
        page.locator("[data-outbox-status] li").wait_for(state="detached")
        page.reload()
        write(page, FIRST)
        until(page, "Tout est envoyé")
        assert "interdit" not in told(page)
    assert state.texts == [FIRST]


def test_what_is_refused_does_not_hold_the_next(phone):
    with phone() as page:
        page.context.set_offline(True)
        write(page, "Un récit interdit")
        write(page, SECOND)
        until(page, "2 envois attendent le réseau")
        page.context.set_offline(False)
        until(page, "Un envoi est à reprendre")
    assert state.texts == [SECOND]
