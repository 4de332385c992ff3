"""What people do on a board: on a telephone, and as who runs the meeting."""

from tests.browser.hands import Keyboard, Mouse
from tests.waiting import PATIENCE

PHONE = {"width": 320, "height": 640}
WALL = {"width": 1920, "height": 1080}
DESK = {"width": 1280, "height": 800}
FIRST, SECOND = "Le wifi tombe souvent", "Les tablettes se partagent"


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


def sent(phone) -> None:
    phone.get_by_text("Tout est envoyé").wait_for(timeout=PATIENCE * 1000)


def shows(page, text: str, *, where: str = "#board") -> None:
    page.locator(where).filter(has_text=text).wait_for(timeout=PATIENCE * 1000)


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


def drag(page, what, where) -> None:
    what.scroll_into_view_if_needed()
    from_, to = what.bounding_box(), where.bounding_box()
    page.mouse.move(from_["x"] + from_["width"] - 6, from_["y"] + 6)
    page.mouse.down()
    page.mouse.move(from_["x"] + 40, from_["y"], steps=3)
    page.mouse.move(to["x"] + to["width"] - 20, to["y"] + 15, steps=6)
    page.mouse.up()
