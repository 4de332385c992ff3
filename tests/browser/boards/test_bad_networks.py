"""A meeting on a network that comes and goes: nothing is lost, nothing is doubled, pages catch up."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.boards.hands import DESK, FIRST, SECOND, join, sent, shows, write
from tests.browser.conftest import PLAIN_HOST
from tests.browser.hands import becomes

pytestmark = pytest.mark.browser


def test_thirty_notes_without_a_network_are_sent_in_order_once(opened, room):
    board = room.do("board", step="pause")
    phone = join(opened, board)
    afar = opened(f"/r/{board['code']}/suivre/")
    room.do("turn", code=board["code"], step="write")
    # What is kept is what the page shows by now.
    kept = "async () => (await (await caches.match(location.href) || new Response('')).text()).includes('stands_for')"
    becomes(phone, kept)
    notes = [f"Note {number} écrite sans réseau" for number in range(1, 31)]
    phone.context.set_offline(True)
    shows(phone, "Hors ligne", where="#line")
    waiting = phone.locator("[data-outbox-status] li")
    for number, text in enumerate(notes[:20], 1):
        write(phone, text)
        # As a person does, who sees it there: the list that grows moves the button.
        expect(waiting).to_have_count(number)
    phone.get_by_text("20 envois attendent le réseau").wait_for()
    phone.reload()
    phone.get_by_text("20 envois attendent le réseau").wait_for()
    for number, text in enumerate(notes[20:], 21):
        write(phone, text)
        expect(waiting).to_have_count(number)
    phone.get_by_text("30 envois attendent le réseau").wait_for()
    assert room.do("said", code=board["code"]) == []
    phone.context.set_offline(False)
    sent(phone)
    assert room.do("said", code=board["code"]) == notes
    shows(afar, notes[-1], where="#rows")
    phone.reload()
    expect(phone.locator("#mine li")).to_have_count(30)
    # What were sent again would be sent before it.
    write(phone, SECOND)
    shows(afar, SECOND, where="#rows")
    assert room.do("said", code=board["code"]) == [*notes, SECOND]


def test_over_plain_http(opened, room):
    board = room.do("board")
    phone = join(opened, board, host=PLAIN_HOST)
    other = opened(f"/r/{board['code']}/suivre/", host=PLAIN_HOST)
    assert not phone.evaluate("isSecureContext")
    phone.context.set_offline(True)
    write(phone, FIRST)
    write(phone, SECOND)
    phone.get_by_text("2 envois attendent le réseau").wait_for()
    phone.context.set_offline(False)
    sent(phone)
    shows(other, SECOND, where="#rows")
    assert room.do("said", code=board["code"]) == [FIRST, SECOND]


def test_a_telephone_follows_what_is_seen_and_rests_when_it_is_put_away(opened, room):
    board = room.do("board")
    phone, other = join(opened, board), join(opened, board)
    phone.clock.install()
    phone.reload()
    put_away(phone, True)
    phone.wait_for_load_state("networkidle")
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    write(other, FIRST)
    sent(other)
    phone.wait_for_timeout(300)
    assert asked == []
    put_away(phone, False)
    told = room.do("look", code=board["code"])["position"]
    becomes(phone, f"() => +document.getElementById('board').dataset.position >= {told}")
    # It reads the page a moment later, so that a room of people does not do so at once.
    phone.clock.fast_forward(10_000)
    shows(phone, FIRST, where="#rows")
    # A stream that tells little, and the page that is the same for all; never one's own again.
    assert {url.split("?")[0].partition(board["code"])[2] for url in asked} == {"/flux", "/suivre/"}


def put_away(phone, hidden: bool) -> None:
    told = "true" if hidden else "false"
    phone.evaluate(f"Object.defineProperty(document, 'hidden', {{ value: {told}, configurable: true }})")
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_behind_a_proxy_that_keeps_streams_back_pages_ask(opened, room):
    board = room.do("board")
    wall = opened(f"/r/{board['code']}/suivre/")
    wall.route("**/flux*", lambda _route: None)  # never answered
    wall.clock.install()
    wall.reload()
    wall.clock.fast_forward(21_000)
    phone = join(opened, board)
    write(phone, FIRST)
    shows(wall, FIRST, where="#rows")


def test_a_wrong_clock_counts_down_as_the_server_s(opened, room):
    board = room.do("board")
    host = opened(f"/r/{board['code']}/animer/", member=True, viewport=DESK)
    phone = join(opened, board)
    phone.add_init_script("const now = Date.now; Date.now = () => now() + 7200000;")
    phone.reload()
    host.get_by_label("Minuteur").fill("60")
    host.get_by_role("button", name="Lancer").click()
    # Some minutes, which the slowest machine may take to tell it; by its own clock the telephone would be at 0.
    phone.locator("[data-countdown]", has_text=re.compile(r"^5\d:\d\d$")).wait_for()


def test_a_page_comes_back_after_the_server_was_away(opened, room):
    board = room.do("board")
    wall = opened(f"/r/{board['code']}/suivre/")
    phone = join(opened, board)
    wall.route("**/direct/**", lambda route: route.abort())
    wall.evaluate("dispatchEvent(new Event('online'))")
    shows(wall, "Hors ligne", where="#line")
    write(phone, FIRST)
    sent(phone)
    wall.unroute("**/direct/**")
    shows(wall, FIRST, where="#rows")
    shows(wall, "De retour en ligne", where="#line")
