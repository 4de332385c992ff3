"""From a document to an edition that strangers read, as a regional team goes: whatever it has in its hands."""

import os
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import expect

from cahiers.documents import formats
from cahiers.documents.normal import equal, settled
from cahiers.methods import get
from tests.browser.conftest import digits_in
from tests.browser.examining import PHONE, examine_as_it_is, fits
from tests.browser.hands import Keyboard, Mouse
from tests.browser.test_imports import document
from tests.browser.test_pages import CONSULTATION

pytestmark = pytest.mark.browser

SEEDS = Path(os.environ.get("CAHIERS_SEEDS", Path(__file__).parents[2].parent / "shared" / "seeds"))
#: A territory without a notebook for each journey, and what the person travels with.
JOURNEYS = {
    "mouse": ("Haute-Ormance", Mouse, {}),
    "keyboard": ("Lisoire-et-Bocage", Keyboard, {}),
    "no script": ("Val-de-Tauvre", Mouse, {"java_script_enabled": False, "viewport": PHONE}),
    "seed": ("Aunaise-Maritime", Mouse, {}),
}
#: In these, each page on the way is looked at closely.
EXAMINED = {"mouse"}
EDIT = "Modifier cet énoncé"


def address_of(journey: str) -> str:
    return f"parcours-{[*JOURNEYS].index(journey)}@exemple.example"


def dropped(journey: str) -> dict[str, object]:
    """The document of that journey: of fiction, or the first seed, where the machine has it."""
    if journey != "seed":
        return document(f"du parcours {journey}")
    files = sorted(SEEDS.glob("000_*.txt"))
    if not files:
        pytest.skip(f"no seed 000 in {SEEDS}")
    return {"name": "seed.txt", "mimeType": "text/plain", "buffer": files[0].read_bytes()}


# Once a worker: its tests may come in two parts.
@pytest.fixture(scope="session")
def travellers(beside, kept) -> Path:
    """Folder of the messages to people who may do all, none of whom has signed in."""
    added = [
        ["user", "add", address_of(journey), "--name", "Oriane Belcastel", "--staff"] for journey in JOURNEYS
    ]
    beside("-c", f"from cahiers.cli import main; [main(one) for one in {added!r}]")
    return kept / "mails"


class Traveller:
    """Someone on the way, by name of things on the page."""

    def __init__(self, page, hands: type[Mouse], examined: bool) -> None:
        self.page, self.hands, self.examined = page, hands(page), examined

    def follow(self, name, exact: bool = False) -> None:
        self.press(self.page.locator("main").get_by_role("link", name=name, exact=exact).first)

    def push(self, name, exact: bool = False) -> None:
        self.press(self.page.locator("main").get_by_role("button", name=name, exact=exact).first)

    def press(self, thing) -> None:
        self.hands.press(thing)
        self.look()

    def crumb(self) -> None:
        """One level up."""
        self.press(self.page.get_by_role("navigation", name="Fil d’Ariane").get_by_role("link").last)

    def open(self, code: str) -> None:
        """The ways to edit a statement: under its row or, without a script, on its page."""
        self.press(self.page.locator(f"a.at[href='{code}']"))

    def said(self, text: str) -> None:
        self.page.get_by_role("status").get_by_text(text).wait_for()

    def to_theme(self) -> None:
        """Back to the theme, where what was done led to another page."""
        if "/theme-" not in self.page.url:
            self.crumb()

    def look(self) -> None:
        """Styled, within its width and, examined, without a fault in either scheme."""
        fonts, colour = self.page.evaluate(
            "[getComputedStyle(document.querySelector('h1')).fontFamily,"
            " getComputedStyle(document.querySelector('.head .in')).borderLeftColor]"
        )
        assert fonts.startswith("Charter")
        assert colour == "rgb(217, 87, 74)"
        assert fits(self.page), self.page.url
        if self.examined:
            examine_as_it_is(self.page)


@pytest.mark.parametrize("journey", JOURNEYS)
def test_from_a_document_to_an_edition(reader, travellers, journey, tmp_path):
    territory, hands, given = JOURNEYS[journey]
    file = dropped(journey)
    with reader(**given) as page:
        go = Traveller(page, hands, journey in EXAMINED)
        sign_in(go, travellers, address_of(journey))
        preview(go, file, territory)
        notebook = page.url
        code, text = edit(go)
        read_back(go, tmp_path)
    with reader(**given) as page:
        go = Traveller(page, hands, journey in EXAMINED)
        page.goto(code)
        go.look()
        expect(page.get_by_role("heading", level=1, name=text, exact=True)).to_have_count(1)
        expect(page.get_by_role("link", name="Reformuler")).to_have_count(0)
        page.goto(notebook)
        expect(page.get_by_role("link", name="Publier une édition")).to_have_count(0)


def sign_in(go: Traveller, mails: Path, address: str) -> None:
    page = go.page
    page.goto(CONSULTATION)
    go.look()
    go.press(page.get_by_role("link", name="Se connecter").first)
    go.hands.fill(page.get_by_label("Adresse électronique"), address)
    go.push("Recevoir un code")
    go.hands.fill(page.get_by_label("Code à six chiffres"), digits_in(mails, page, address))
    go.push("Se connecter")
    expect(page).to_have_url(CONSULTATION)


def preview(go: Traveller, file: dict[str, object], territory: str) -> None:
    """Drop the document, mend a column and a theme, import."""
    page = go.page
    go.follow("Importer des documents")
    go.hands.attach(page.get_by_label("Documents"), file)
    go.push("Déposer")
    draft = page.url
    go.hands.fill(page.get_by_label("Territoire"), territory)
    go.push("Enregistrer le territoire")
    themes = page.locator("#page ol.read").first.get_by_role("link")
    go.press(themes.first)
    go.press(page.locator("main a[href$='/projections/']"))
    column_mended(go)
    page.goto(draft)
    go.press(themes.last)
    title = page.get_by_label("Titre")
    mended = f"{title.input_value()}, relu"
    go.hands.fill(title, mended)
    key = page.get_by_label("Thème de la concertation")
    if not key.input_value():
        go.hands.choose(key, 1)
    go.push("Enregistrer", exact=True)
    page.goto(draft)
    assert themes.last.inner_text() == mended
    assert "aucun thème" not in page.locator("#page ol.read").first.inner_text()
    go.push("Importer dans un cahier")
    go.said("Le document est importé")


def column_mended(go: Traveller) -> None:
    """The first statement of the table goes to another column."""
    page = go.page
    link = page.get_by_role("table").locator("td li a").first
    alike = page.get_by_role("table").get_by_role("link", name=link.inner_text(), exact=True)
    columns = "links => links.map(link => link.closest('td').dataset.l).sort()"
    before = alike.evaluate_all(columns)
    go.press(link)
    radios = page.get_by_role("group", name="Colonne").get_by_role("radio")
    go.hands.check(next(radio for radio in radios.all() if not radio.is_checked()))
    go.push("Enregistrer", exact=True)
    assert alike.evaluate_all(columns) != before


def edit(go: Traveller) -> tuple[str, str]:
    """A statement to another row, another deleted and back; the address and the words of the one that moved."""
    page = go.page
    go.press(page.locator("ol.cards").get_by_role("link").first)
    table = (
        page.get_by_role("table").filter(has=page.get_by_role("link", name="Modifier la ligne").nth(1)).last
    )
    links = table.get_by_role("link", name=EDIT)
    moved, deleted = links.first.get_attribute("href"), links.last.get_attribute("href")
    place = "link => link.closest('tr').rowIndex"
    before = page.locator(f"a.at[href='{moved}']").evaluate(place)
    text = (
        page.locator("li", has=page.locator(f"a.at[href='{moved}']")).inner_text().removesuffix("✎").strip()
    )
    go.open(moved)
    go.follow("Déplacer")
    select = page.get_by_label("Ligne")
    go.hands.choose(select, select.evaluate("element => element.selectedIndex") + 1)
    go.push("Déplacer", exact=True)
    go.said("L’énoncé est déplacé")
    go.to_theme()
    assert page.locator(f"a.at[href='{moved}']").evaluate(place) > before

    go.open(deleted)
    go.push("Supprimer", exact=True)
    go.said("L’énoncé est supprimé")
    expect(page.locator(f"a.at[href='{deleted}']")).to_have_count(0)
    go.push("Annuler", exact=True)
    go.said("C’est annulé")
    go.to_theme()
    expect(page.locator(f"a.at[href='{deleted}']")).to_have_count(1)
    return moved, text


def read_back(go: Traveller, folder: Path) -> None:
    """Publish; what Word and LibreOffice open says what the edition says."""
    page = go.page
    go.crumb()
    go.follow("Publier une édition")
    go.push("Publier l’édition 1")
    go.said("L’édition 1 est publiée")
    go.follow("Édition 1", exact=True)
    method = get("etats-generaux")
    read = {}
    for name, label in (("docx", "Word"), ("json", "JSON")):
        data = go.hands.download(
            page.locator("main").get_by_role("link", name=label), folder / f"edition.{name}"
        )
        read[name] = settled(formats.reader(name).read(BytesIO(data), method), method)
    assert read["docx"].themes
    assert equal(read["docx"], read["json"])
