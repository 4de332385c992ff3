"""A meeting in real browsers: telephones, a wall and a facilitator, on a network that comes and goes."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.boards.site import Site
from tests.browser.conftest import AXE, CHROMIUM
from tests.browser.hands import Keyboard, Mouse
from tests.browser.test_pages import violations
from tests.installation import copied

pytestmark = pytest.mark.browser
#: A name that is this machine's in the test's browser alone: not a secure origin.
PLAIN_HOST = "atelier.example"
PHONE = {"width": 320, "height": 640}
WALL = {"width": 1920, "height": 1080}
DESK = {"width": 1280, "height": 800}
FIRST, SECOND = "Le wifi tombe souvent", "Les tablettes se partagent"


@pytest.fixture(scope="module")
def room(prepared, tmp_path_factory) -> Iterator[Site]:
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is absent")
    folder = copied(prepared, tmp_path_factory.mktemp("room"))
    (folder / "secret_key").write_text("of-this-test-alone-" * 3)
    site = Site(folder)
    site.environment["ALLOWED_HOSTS"] = f"127.0.0.1,{PLAIN_HOST}"
    site.start()
    yield site
    site.close()


@pytest.fixture(scope="module")
def chromium(driver) -> Iterator:
    browser = driver.chromium.launch(
        executable_path=str(CHROMIUM),
        args=["--no-sandbox", "--disable-gpu", f"--host-resolver-rules=MAP {PLAIN_HOST} 127.0.0.1"],
    )
    yield browser
    browser.close()


@pytest.fixture
def opened(room, chromium) -> Iterator[Callable]:
    """Opens pages of someone of their own; a script's error, or what breaks the security policy, fails the test."""
    with ExitStack() as stack:
        troubles: list[str] = []

        def open_(path: str, *, host: str = "127.0.0.1", member: bool = False, **given):
            given = {"base_url": f"http://{host}:{room.port}", "locale": "fr-FR", "viewport": PHONE} | given
            context = chromium.new_context(**given)
            stack.callback(context.close)
            if member:
                session = {"name": "sessionid", "value": room.do("member"), "url": given["base_url"]}
                context.add_cookies([session])
            page = context.new_page()
            page.on("pageerror", lambda error: troubles.append(str(error)))
            page.on("console", lambda said: "Content Security" in said.text and troubles.append(said.text))
            page.goto(path)
            return page

        yield open_
    assert not troubles


def join(opened, board, **given):
    """A telephone that has joined."""
    phone = opened(f"/r/{board['code']}/", **given)
    phone.get_by_label("Je préfère ne pas le dire").check()
    phone.get_by_role("button", name="Rejoindre").click()
    phone.locator("#panel").wait_for()
    return phone


def write(phone, text: str, label: str = "Irritant") -> None:
    field = phone.get_by_label(label, exact=True)
    field.fill(text)
    phone.locator("form", has=field).get_by_role("button", name="Envoyer").click()


def sent(phone, *, within: float = 30) -> None:
    phone.get_by_text("Tout est envoyé").wait_for(timeout=within * 1000)


def shows(page, text: str, *, where: str = "#board") -> None:
    page.locator(where).filter(has_text=text).wait_for(timeout=15_000)


def step(host, name: str) -> None:
    host.get_by_role("button", name=name, exact=True).click()
    host.locator("[aria-current=step]", has_text=name).first.wait_for()


def stream(page, code: str, level: str) -> str:
    """All that this page's device is told, from the beginning."""
    asked = f"fetch('/direct/{code}/suite?niveau={level}&after=0').then(answer => answer.text())"
    return str(page.evaluate(asked))


def group(hand, host, name: str) -> None:
    """The first card in a new row."""
    hand.check_box(host.locator("#rows [name=card]").first)
    hand.fill(host.get_by_label("Nom de la nouvelle ligne"), name)
    hand.trigger(host.get_by_role("button", name="Déplacer", exact=True))
    host.locator("#rows h3", has_text=name).wait_for()


class Fingers(Mouse):
    def check_box(self, box) -> None:
        box.check()


class Keys(Keyboard):
    def check_box(self, box) -> None:
        self.reach(box)
        self.page.keyboard.press("Space")
        assert box.is_checked()


def test_from_the_first_note_to_the_notebook(opened, room, tmp_path):
    board = room.do("board", hides=True)
    code = board["code"]
    host = opened(f"/r/{code}/animer/", member=True, viewport=DESK)
    one, two = join(opened, board), join(opened, board)
    wall, afar = opened(f"/r/{code}/ecran/", viewport=WALL), opened(f"/r/{code}/suivre/")
    write(one, FIRST)
    write(two, SECOND)
    write(two, "On s’entraide", "Point fort")
    shows(wall, "Notes : 3")
    shows(host, FIRST, where="#hidden")
    for page in (two, wall, afar):
        assert FIRST not in page.content()
        for level in ("lean", "full", "host"):
            assert FIRST not in stream(page, code, level)

    two.get_by_label("Irritant", exact=True).fill("Pas encore fini")
    step(host, "Découvrir")
    for page in (wall, afar, one, two):
        shows(page, FIRST)
    assert two.get_by_label("Irritant", exact=True).input_value() == "Pas encore fini"
    write(two, "Fini trop tard")
    shows(wall, "arrivée après coup", where="#rows")

    step(host, "Regrouper")
    group(Fingers(host), host, "Le réseau")
    shows(wall, "Le réseau", where="#rows")
    card, row = host.locator("#rows .card", has_text=SECOND), host.locator("#rows .row", has_text="Le réseau")
    drag(host, card, row)
    wall.locator("#rows .row", has_text="Le réseau").get_by_text(SECOND).wait_for()

    step(host, "Voter")
    dots = one.get_by_label("Points pour Le réseau")
    dots.fill("2")
    one.locator("form", has=dots).get_by_role("button").click()
    shows(one, "Il vous reste 1 point")
    assert dots.input_value() == "2"
    shows(wall, "2 points", where="#rows")

    for stage, kinds in (("Projections", ("Besoin", "Levier")), ("Plan d’action", ("Action", "Acteur"))):
        host.reload()
        host.locator("#choisir [name=row]").first.check()
        host.get_by_role("button", name="Emporter vers l’étape suivante").click()
        host.get_by_text("Emporté vers l’étape suivante").wait_for()
        host.get_by_text("Changer de thème ou d’étape").click()
        host.get_by_label("Étape", exact=True).select_option(label=stage)
        host.get_by_role("button", name="Passer à ce thème").click()
        step(host, "Écrire")
        for kind in kinds:
            one.get_by_label(kind, exact=True).wait_for()
            one.locator("form", has=one.get_by_label(kind, exact=True)).locator("[name=row]").select_option(
                index=1
            )
            write(one, f"{kind} de l’atelier", kind)
        sent(one)
        step(host, "Découvrir")
        shows(wall, f"{kinds[1]} de l’atelier", where="#rows")

    host.get_by_role("link", name="Clore la séance").click()
    host.get_by_role("button", name="Clore la séance").click()
    host.get_by_role("heading", name="La séance est close").wait_for()
    for page in (one, wall, afar):
        shows(page, "La séance est close")
    with host.expect_download() as started:
        host.get_by_role("link", name="Word").click()
    started.value.save_as(tmp_path / "cahier.docx")
    assert (tmp_path / "cahier.docx").stat().st_size > 5000
    host.get_by_role("link", name="Lire et corriger le cahier").click()
    host.locator("a[href*='theme-1']").first.click()
    host.get_by_text(FIRST).first.wait_for()
    said = room.do("look", code=code)["notebook"]
    assert {FIRST, SECOND, "Fini trop tard", "Levier de l’atelier", "Acteur de l’atelier"} <= set(said)


def drag(page, what, where) -> None:
    what.scroll_into_view_if_needed()
    from_, to = what.bounding_box(), where.bounding_box()
    page.mouse.move(from_["x"] + from_["width"] - 6, from_["y"] + 6)
    page.mouse.down()
    page.mouse.move(from_["x"] + 40, from_["y"], steps=3)
    page.mouse.move(to["x"] + to["width"] - 20, to["y"] + 15, steps=6)
    page.mouse.up()


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


def test_a_note_is_corrected_and_withdrawn(opened, room):
    board = room.do("board")
    phone = join(opened, board)
    write(phone, FIRST)
    correct = phone.locator("#mine").get_by_text("Corriger ou retirer")
    correct.click()
    assert phone.get_by_label("Ma note").input_value() == FIRST
    phone.get_by_label("Ma note").fill(SECOND)
    phone.get_by_role("button", name="Corriger").click()
    shows(phone, SECOND, where="#mine p")
    assert room.do("said", code=board["code"]) == [SECOND]
    correct.click()
    phone.get_by_role("button", name="Retirer").click()
    phone.locator("#mine li").wait_for(state="detached")
    assert room.do("look", code=board["code"])["notebook"] == []


def test_with_the_keyboard_alone(opened, room):
    board = room.do("board", hides=True)
    phone = opened(f"/r/{board['code']}/")
    hand = Keys(phone)
    hand.check(phone.get_by_label("Je préfère ne pas le dire"))
    hand.reach(phone.get_by_role("button", name="Rejoindre"))
    phone.keyboard.press("Enter")
    phone.locator("#panel").wait_for()
    field = phone.get_by_label("Irritant", exact=True)
    hand.fill(field, FIRST)
    hand.trigger(phone.locator("form", has=field).get_by_role("button", name="Envoyer"))
    sent(phone)
    host = opened(f"/r/{board['code']}/animer/", member=True, viewport=DESK)
    lead = Keys(host)
    lead.trigger(host.get_by_role("button", name="Regrouper", exact=True))
    group(lead, host, "Le réseau")
    lead.trigger(host.get_by_role("button", name="Voter", exact=True))
    dots = phone.get_by_label("Points pour Le réseau")
    dots.wait_for()
    hand.fill(dots, "3")
    phone.keyboard.press("Enter")
    shows(phone, "Il vous reste 0 point")


def test_without_a_script(opened, room):
    board = room.do("board", hides=True)
    phone = join(opened, board, java_script_enabled=False)
    write(phone, FIRST)
    shows(phone, FIRST, where="#mine")
    host = opened(f"/r/{board['code']}/animer/", member=True, viewport=DESK, java_script_enabled=False)
    host.get_by_role("button", name="Regrouper", exact=True).click()
    group(Fingers(host), host, "Le réseau")
    host.get_by_role("button", name="Voter", exact=True).click()
    phone.reload()
    dots = phone.get_by_label("Points pour Le réseau")
    dots.fill("1")
    phone.locator("form", has=dots).get_by_role("button").click()
    shows(phone, "Il vous reste 2 points")


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
    time.sleep(1.2)
    assert phone.locator("[data-countdown]").inner_text().startswith("02:5")


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


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1920, "light")])
def test_no_view_breaks_a_rule_of_accessibility(opened, room, width, scheme):
    if not AXE.exists():
        pytest.skip("axe-core is absent: npm ci installs it")
    board = room.do("board")
    looks = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    phone = join(opened, board, **looks)
    write(phone, FIRST)
    phone.locator("#mine li").wait_for()
    pages = [
        ("phone", phone),
        *(
            (path, opened(path, **looks))
            for path in (
                "/r/",
                f"/r/{board['code']}/",
                f"/r/{board['code']}/suivre/",
                f"/r/{board['code']}/ecran/",
            )
        ),
        ("host", opened(f"/r/{board['code']}/animer/", member=True, **looks)),
    ]
    for name, page in pages:
        assert violations(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, name
    for turned in ("vote", "reveal"):
        room.do("turn", code=board["code"], step=turned)
        phone.locator(".votes" if turned == "vote" else "#panel p").first.wait_for()
        assert violations(phone) == [], turned
