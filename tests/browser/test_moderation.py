"""Moderation by keys alone; its pages break no rule of accessibility, and work without a script."""

import pytest
from playwright.sync_api import expect

from tests.browser.examining import examine, needs_axe
from tests.browser.hands import changes
from tests.browser.test_pages import CONSULTATION, THEME

pytestmark = pytest.mark.browser

QUEUE = f"{CONSULTATION}moderation/"
ONE = "Le réseau du gymnase tombe dès que deux classes se connectent ensemble."
COPY = "Le reseau du gymnase tombe, dès que deux classes se connectent ensemble !"
TELLING = "Au gymnase, écrivez à M. Lerond au 06 12 34 56 78 quand le réseau tombe."
INSULT = "Au gymnase, tout le monde est incompétent."
TEXTS = (ONE, COPY, TELLING, INSULT)
#: Put in the demo's database as a form would, about another place for whom leaves them as they are.
FILL = f"""
from django.db import transaction
from django.utils import timezone
from cahiers.consultations.models import Consultation
from cahiers.contributions.actions import Draft
from cahiers.contributions.actions.taking import store
from cahiers.contributions.models import Channel, Consent, Status
found = Consultation.objects.get(slug={CONSULTATION.strip("/")!r})
place = found.territories.first()
with transaction.atomic():
    store(consultation=found, now=timezone.now(), drafts=[
        Draft(territory=place, channel=Channel.FORM, text=text, kind="irritant", status=Status.PENDING,
              consent=Consent.PUBLIC)
        for text in {TEXTS!r} for text in (text, text.replace("gymnase", "préau"))
    ])
"""


# Once a worker: its tests may come in two parts.
@pytest.fixture(scope="session")
def waiting(beside):
    """Four contributions about a gymnasium that wait to be read, and four about a playground."""
    beside("-m", "cahiers", "manage", "shell", "--verbosity", "0", "-c", FILL)
    return f"{QUEUE}?q=gymnase"


@needs_axe
def test_pages_break_no_rule_and_fit(reader, signed_in, waiting):
    waiting = waiting.replace("gymnase", "préau")
    with reader(storage_state=signed_in) as page:
        page.goto(waiting)
        one = page.get_by_role("listitem").filter(has_text="06 12 34").get_by_role("link")
        addresses = [waiting, one.get_attribute("href"), f"{CONSULTATION}contributions/?q=préau"]
        page.goto(addresses[-1])
        addresses.append(page.locator(".said-list a").first.get_attribute("href"))
        page.goto(waiting)
        copy = page.get_by_role("listitem").filter(has_text="reseau").get_by_role("link")
        addresses.append(copy.get_attribute("href"))
        page.goto(THEME)
        code = page.locator("a[href^='/e/']").first.get_attribute("href")
        page.goto(f"{code}/appuis/")
        addresses += [f"{code}/appuis/", page.locator(".retex a").first.get_attribute("href")]
        for address in addresses:
            page.goto(address)
            page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
            examine(page)


def test_by_keys_alone(reader, signed_in, waiting):
    with reader(storage_state=signed_in) as page:
        said = page.get_by_role("status")

        def press(key: str) -> None:
            with changes(page):
                page.keyboard.press(key)

        def at(text: str) -> None:
            """J until the item has the focus, which shows."""
            page.goto(waiting)
            for _ in range(6):
                page.keyboard.press("j")
                focused = page.locator("[data-item]:focus")
                if text in focused.inner_text().replace("\u00a0", " "):
                    assert focused.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
                    return
            pytest.fail(f"J does not reach {text!r}.")

        at(ONE)
        for key in "xjx":
            page.keyboard.press(key)
        expect(page.locator("[name=chosen]:checked")).to_have_count(2)
        press("a")
        assert "2 contributions acceptées." in said.inner_text().replace("\u00a0", " ")
        press("u")
        assert "C’est annulé." in said.inner_text()
        at(ONE)
        press("a")
        assert "1 contribution acceptée." in said.inner_text()
        # The place in the list is kept: what stood below is next.
        page.locator("[data-item]:focus").wait_for()
        press("u")
        assert "C’est annulé." in said.inner_text()
        at(ONE)
        press("a")
        at("06 12 34")
        press("r")
        at("[nom]")
        expect(page.locator("[data-item]:focus")).to_contain_text("[téléphone]")
        page.keyboard.press("h")
        expect(page.locator("#reason")).to_be_focused()
        page.keyboard.type("Met quelqu’un en cause.")
        press("Enter")
        assert "1 contribution masquée." in said.inner_text()
        at(COPY)
        press("m")
        page.keyboard.press("m")
        page.locator("[name=other]:focus").wait_for()
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        press("Enter")
        assert "1 copie mise avec son original." in said.inner_text()


def test_keys_can_be_turned_off_and_do_nothing_in_a_field(reader, signed_in, waiting):
    with reader(storage_state=signed_in) as page:
        page.goto(waiting)
        page.locator("#reason").focus()
        page.keyboard.type("jah")
        expect(page.locator("#reason")).to_have_value("jah")
        page.keyboard.press("Tab")
        page.keyboard.press("?")
        assert page.locator("#touches").evaluate("one => one.open")
        page.locator("#keys").uncheck()
        page.reload()
        page.keyboard.press("j")
        assert page.locator("[data-item]:focus").count() == 0


def test_without_a_script(browser, site, signed_in, waiting):
    context = browser.new_context(
        base_url=site, storage_state=signed_in, locale="fr-FR", java_script_enabled=False
    )
    page = context.new_page()
    page.goto(waiting)
    page.get_by_role("listitem").filter(has_text=INSULT).get_by_role("checkbox").check()
    page.get_by_role("button", name="Accepter", exact=True).first.click()
    expect(page.get_by_role("status")).to_contain_text("1 contribution acceptée.")
    page.get_by_role("button", name="Annuler").click()
    expect(page.get_by_role("status")).to_contain_text("C’est annulé.")
    context.close()
