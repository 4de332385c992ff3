"""Forms on a bad network in a real browser: nothing lost, nothing doubled, whatever fails in between."""

import pytest
from django.http import HttpResponse

from cahiers.ui import outbox
from tests.browser.conftest import PLAIN_HOST
from tests.browser.examining import examine_as_it_is, needs_axe
from tests.browser.hands import becomes
from tests.browser.outbox.hands import (
    ENTRIES,
    FIRST,
    FOURTH,
    NO_DATABASE,
    SECOND,
    THIRD,
    kept_by_worker,
    told,
    until,
    write,
)
from tests.ui.outbox_demo.site import state

pytestmark = pytest.mark.browser


def broken(write) -> HttpResponse:
    return HttpResponse("Panne", status=500)


def lost_after_commit(write) -> HttpResponse:
    write()
    raise ConnectionResetError


def test_sent_at_once_when_the_network_is_there(phone):
    with phone() as page:
        page.get_by_label("J’accepte").check()
        page.get_by_label("Genre").select_option("strength")
        write(page, FIRST)
        until(page, "Tout est envoyé")
        (one,) = state.kept.values()
        assert (one["text"], one["place"], one["agreed"], one["kind"]) == (
            FIRST,
            "Ormance",
            "yes",
            "strength",
        )
        assert len(one["receipt"]) == 32
        assert "csrfmiddlewaretoken" not in one
        assert page.get_by_label("Ce que vous avez vécu").input_value() == ""
        assert page.locator("[name=receipt]").input_value() != one["receipt"]
        assert (
            page.get_by_role("link", name="Voir mon reçu").get_attribute("href") == f"/recu/{one['receipt']}"
        )
        assert "Votre fiche" in told(page)
        assert FIRST in told(page)
        assert "Merci." in told(page)


def test_written_without_a_network_read_again_then_sent_in_order_once(phone):
    with phone() as page:
        kept_by_worker(page)
        page.context.set_offline(True)
        for text in (FIRST, SECOND, THIRD):
            write(page, text)
        until(page, "3 envois attendent le réseau")
        page.reload()
        assert page.get_by_role("heading", level=1).inner_text() == "Fiche d’essai"
        assert page.evaluate("getComputedStyle(document.querySelector('main .field')).display") == "flex"
        until(page, "3 envois attendent le réseau")
        assert state.received == []
        page.context.set_offline(False)
        until(page, "Tout est envoyé")
        assert state.texts == [FIRST, SECOND, THIRD]
        page.reload()
        # What were sent again would be sent before it.
        write(page, FOURTH)
        page.get_by_text("Merci.").nth(3).wait_for(state="attached")
        # The first three are shown, the rest unfolds.
        shown = page.locator("[data-outbox-status] li:visible")
        assert (shown.count(), FOURTH in shown.first.inner_text()) == (3, True)
        page.get_by_text("Mes envois plus anciens").click()
        assert shown.count() == 4
        assert state.texts == [FIRST, SECOND, THIRD, FOURTH]
        assert len(state.received) == 4


def test_a_failing_server_is_asked_again(phone):
    state.faults.extend([broken, broken])
    with phone() as page:
        write(page, FIRST)
        write(page, SECOND)
        until(page, "Tout est envoyé")
    assert state.texts == [FIRST, SECOND]
    assert len(state.received) == 4


def test_an_answer_lost_after_the_commit_doubles_nothing(phone):
    state.faults.append(lost_after_commit)
    with phone() as page:
        write(page, FIRST)
        until(page, "Tout est envoyé")
    assert state.texts == [FIRST]
    assert len(set(state.received)) == 1
    assert len(state.received) >= 2


def test_too_many_waits_as_long_as_the_server_says(phone):
    state.faults.append(lambda write: outbox.later(3000))
    with phone(script=NO_DATABASE) as page:
        page.clock.install()
        page.reload()
        write(page, FIRST)
        becomes(page, f"() => {ENTRIES}[0]?.until > Date.now() + 1e6")
        page.clock.fast_forward(2_000_000)
        page.evaluate("dispatchEvent(new Event('online'))")
        write(page, SECOND)
        until(page, "2 envois attendent le réseau")
        assert len(state.received) == 1
        page.clock.fast_forward(2_000_000)
        until(page, "Tout est envoyé")
    assert state.texts == [FIRST, SECOND]


def test_a_page_without_its_cookie_finds_another(phone):
    with phone() as page:
        page.context.clear_cookies()
        write(page, FIRST)
        until(page, "Tout est envoyé")
    assert state.texts == [FIRST]


def test_groups_do_not_wait_for_each_other(phone):
    state.faults.extend([broken] * 100)
    with phone() as page:
        write(page, FIRST)
        write(page, SECOND)
        becomes(page, "() => document.getElementById('text').value === ''")  # it is stored
        page.goto("/essai/autre")
        write(page, THIRD)
        page.get_by_text("Merci.").wait_for()
        until(page, "2 envois attendent le réseau")
        assert state.texts == [THIRD]
        state.faults.clear()
        until(page, "Tout est envoyé")
    assert state.texts == [THIRD, FIRST, SECOND]


@pytest.mark.parametrize("host", ["127.0.0.1", PLAIN_HOST], ids=["locks", "leases"])
def test_two_tabs_send_each_entry_once(phone, host):
    with phone(host=host) as page:
        other = page.context.new_page()
        other.goto("/essai/")
        page.context.set_offline(True)
        write(page, FIRST)
        write(other, SECOND)
        write(page, THIRD)
        until(page, "3 envois attendent le réseau")
        until(other, "3 envois attendent le réseau")
        page.context.set_offline(False)
        until(page, "Tout est envoyé")
        until(other, "Tout est envoyé")
    assert state.texts == [FIRST, SECOND, THIRD]
    assert len(state.received) == 3


def test_plain_http_works_without_the_worker(phone):
    with phone(host=PLAIN_HOST) as page:
        assert (
            page.evaluate("[isSecureContext, 'serviceWorker' in navigator, 'locks' in navigator]")
            == [False] * 3
        )
        page.context.set_offline(True)
        write(page, FIRST)
        write(page, SECOND)
        until(page, "2 envois attendent le réseau")
        page.context.set_offline(False)
        page.reload()
        until(page, "Tout est envoyé")
    assert state.texts == [FIRST, SECOND]


def test_other_scripts_hear_of_it_and_may_push(phone):
    with phone() as page:
        page.evaluate(
            "window.heard = []; document.addEventListener('outbox', ({detail}) => heard.push(detail))"
        )
        page.get_by_label("Ce que vous avez vécu").fill(FIRST)
        page.evaluate("cahiers.outbox.add(document.querySelector('[data-outbox]'))")
        until(page, "Tout est envoyé")
        heard = page.evaluate("heard")
        assert [one["state"] for one in heard] == ["waiting", "sent"]
        assert heard[1]["answer"]["number"] == 1


@needs_axe
def test_the_list_breaks_no_rule_of_accessibility(phone):
    with phone() as page:
        write(page, FIRST)
        write(page, "Un récit interdit")
        until(page, "Un envoi est à reprendre")
        page.context.set_offline(True)
        write(page, SECOND)
        until(page, "1 envoi attend le réseau")
        page.get_by_label("Ce que vous avez vécu").fill(THIRD)
        examine_as_it_is(page)
