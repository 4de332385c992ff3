"""How a person acts on a page: with a mouse, or with a keyboard alone, always seeing where the focus is."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from tests.waiting import until

#: Presses of Tab after which the thing looked for is not there.
PATIENCE = 600
#: What is on the screen is what was asked for: the page has changed, or a form has opened in it.
MARK = """() => (document.querySelector(".inplace > section") ?? document.querySelector("#page"))
  .setAttribute("data-seen", "")"""
CHANGED = "html:not(:has([data-seen])), html:has(.inplace > section:not([data-seen]))"
#: An outline that shows, on something that is on the screen and that nothing hides.
SEEN = """element => {
  const style = getComputedStyle(element), box = element.getBoundingClientRect();
  const at = document.elementFromPoint(
    (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2,
    (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2);
  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
    && at !== null && (element.contains(at) || at.contains(element));
}"""


@contextmanager
def changes(page) -> Iterator[None]:
    """Wait until what is done has changed the page, whether or not it is loaded again for that."""
    page.evaluate(MARK)
    yield
    page.locator(CHANGED).wait_for(state="attached")
    settles(page)


def settles(page) -> None:
    """All of the page is there, and what came into it answers to its scripts and has taken the focus."""
    page.wait_for_load_state()
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)


def becomes(page, true: str) -> None:
    """Wait until the page says that it is: `wait_for_function` takes a promise for a yes."""
    until(lambda: page.evaluate(true), rest=lambda: page.wait_for_timeout(50))


class Mouse:
    """Points and clicks."""

    def __init__(self, page) -> None:
        self.page = page

    def press(self, thing) -> None:
        """A link or a button that leads to something."""
        with changes(self.page):
            thing.click()

    def download(self, link, path) -> bytes:
        with self.page.expect_download() as started:
            self.trigger(link)
        started.value.save_as(path)
        return bytes(path.read_bytes())

    def trigger(self, thing) -> None:
        thing.click()

    def fill(self, field, text: str) -> None:
        field.fill(text)

    def check(self, radio) -> None:
        radio.check()

    def choose(self, select, index: int) -> None:
        select.select_option(index=index)

    def attach(self, field, file) -> None:
        field.set_input_files([file])


class Keyboard(Mouse):
    """Tab, arrows, letters and Enter."""

    def __init__(self, page) -> None:
        super().__init__(page)
        # Listened to from the start: a listener that is added with the key comes too late on a busy machine.
        self.choosers: list = []
        page.on("filechooser", lambda chooser: self.choosers.append(chooser))

    def reach(self, thing, test: str = "element => element === document.activeElement") -> None:
        for _ in range(PATIENCE):
            if thing.evaluate(test):
                break
            self.page.keyboard.press("Tab")
        else:
            pytest.fail(f"The keyboard does not reach {thing}.")
        focused = self.page.locator(":focus")
        assert focused.evaluate(SEEN), f"Where is the focus? {focused.evaluate('one => one.outerHTML')}"

    def press(self, thing) -> None:
        self.reach(thing)
        with changes(self.page):
            self.page.keyboard.press("Enter")

    def trigger(self, thing) -> None:
        self.reach(thing)
        self.page.keyboard.press("Enter")

    def fill(self, field, text: str) -> None:
        self.reach(field)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def check(self, radio) -> None:
        """Tab leads to a group of radio buttons, arrows from one to the next."""
        self.reach(radio, "element => element.name === document.activeElement.name")
        for _ in range(20):
            if radio.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        pytest.fail(f"Arrows do not reach {radio}.")

    def choose(self, select, index: int) -> None:
        self.reach(select)
        for _ in range(index):
            self.page.keyboard.press("ArrowDown")
        assert select.evaluate("element => element.selectedIndex") == index

    def attach(self, field, file) -> None:
        self.reach(field)
        self.page.keyboard.press("Enter")
        until(lambda: self.choosers, rest=lambda: self.page.wait_for_timeout(50))
        self.choosers.pop().set_files([file])
