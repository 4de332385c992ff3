"""A meeting on a network that comes and goes: nothing is lost, nothing is doubled, pages catch up."""

import pytest

from tests.browser.boards.hands import DESK, FIRST, SECOND, join, sent, shows, write
from tests.browser.conftest import PLAIN_HOST

pytestmark = pytest.mark.browser


def test_thirty_notes_without_a_network_are_sent_in_order_once(opened, room):
    board = room.do("board", step="pause")
    phone = join(opened, board)
    afar = opened(f"/r/{board['code']}/suivre/")
    room.do("turn", code=board["code"], step="write")
    # What is kept is what the page shows by now.
    kept = "async () => (await (await caches.match(location.href) || new Response('')).text()).includes('stands_for')"
    for _ in range(100):
        if phone.evaluate(kept):
            break
        phone.wait_for_timeout(100)
    notes = [f"Note {number} écrite sans réseau" for number in range(1, 31)]
    phone.context.set_offline(True)
    shows(phone, "Hors ligne", where="#line")
    for text in notes[:20]:
        write(phone, text)
    phone.get_by_text("20 envois attendent le réseau").wait_for()
    phone.reload()
    phone.get_by_text("20 envois attendent le réseau").wait_for()
    for text in notes[20:]:
        write(phone, text)
    phone.get_by_text("30 envois attendent le réseau").wait_for()
    assert room.do("said", code=board["code"]) == []
    phone.context.set_offline(False)
    sent(phone, within=60)
    assert room.do("said", code=board["code"]) == notes
    shows(afar, notes[-1], where="#rows")
    phone.reload()
    phone.wait_for_timeout(1500)
    assert room.do("said", code=board["code"]) == notes
    assert phone.locator("#mine li").count() == 30


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
    sent(phone, within=60)
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
    for _ in range(50):
        phone.clock.fast_forward(1_000)
        if phone.locator("#rows", has_text=FIRST).count():
            break
        phone.wait_for_timeout(50)
    assert phone.locator("#rows", has_text=FIRST).count()
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
    host.get_by_label("Minuteur").fill("3")
    host.get_by_role("button", name="Lancer").click()
    phone.locator("[data-countdown]").wait_for()
    phone.locator("[data-countdown]", has_text="02:5").wait_for()


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
