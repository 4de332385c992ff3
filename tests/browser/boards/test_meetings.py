"""A meeting in real browsers: telephones, a wall and who runs it, from the first note to the notebook."""

import pytest
from playwright.sync_api import expect

from tests.browser.boards.hands import (
    DESK,
    FIRST,
    SECOND,
    WALL,
    Fingers,
    Keys,
    drag,
    group,
    join,
    sent,
    shows,
    step,
    stream,
    write,
)
from tests.browser.examining import fits, needs_axe, violations

pytestmark = pytest.mark.browser


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
    expect(dots).to_have_value("2")
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


def test_a_note_is_corrected_and_withdrawn(opened, room):
    board = room.do("board")
    phone = join(opened, board)
    write(phone, FIRST)
    correct = phone.locator("#mine").get_by_text("Corriger ou retirer")
    correct.click()
    expect(phone.get_by_label("Ma note")).to_have_value(FIRST)
    assert violations(phone) == []
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


@needs_axe
@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1920, "light")])
def test_no_view_breaks_a_rule_of_accessibility(opened, room, width, scheme):
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
        assert fits(page), name
    for turned in ("vote", "reveal"):
        room.do("turn", code=board["code"], step=turned)
        phone.locator(".votes" if turned == "vote" else "#panel p").first.wait_for()
        assert violations(phone) == [], turned
