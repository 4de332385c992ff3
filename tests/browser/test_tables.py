"""A table from its columns to contributions, lines to mend among them, with or without a script."""

import pytest

from tests.browser.examining import examine
from tests.browser.test_pages import CONSULTATION

pytestmark = pytest.mark.browser

LISTING = f"{CONSULTATION}collecte/"


def table(word: str) -> bytes:
    lines = [
        "Horodateur;Vous êtes;Département;Ce que vous vivez",
        f"03/10/2026 10:00;Élu;Haute-Ormance;Le réseau {word} tombe dès que deux classes s’en servent le matin.",
        f"31/09/2026 10:00;Élu;Haute-Ormance;La salle {word} reste fermée le soir, faute de quelqu’un pour l’ouvrir.",
        f"05/10/2026 10:00;Parent;Bois-Joli;Les codes {word} changent chaque année, et personne ne prévient.",
        f"06/10/2026 10:00;Élu;Val-de-Tauvre;Le prêt {word} de tablettes a sauvé l’année de notre aînée.",
    ]
    return "\r\n".join(lines).encode()


def sent(name: str, data: bytes) -> dict[str, object]:
    return {"name": name, "mimeType": "text/csv", "buffer": data}


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_lines_to_mend_are_sent_again(reader, signed_in, script, tmp_path):
    with reader(storage_state=signed_in, java_script_enabled=script) as page:
        page.goto(LISTING)
        page.get_by_label("Tableau").set_input_files([sent("avis.csv", table(f"ici {script}"))])
        page.get_by_role("button", name="Déposer").click()
        page.get_by_label("Ce que vous vivez").select_option(label="Texte : Irritant")
        page.get_by_role("button", name="Garder ces choix").click()
        page.get_by_role("button", name="Vérifier tout le tableau").click()
        page.get_by_role("cell", name="31/09/2026 10:00").wait_for()
        page.get_by_role("link", name="Dire ce qu’ils désignent").click()
        page.get_by_label("Bois-Joli").fill("Haute-Ormance")
        page.get_by_role("button", name="Retenir et vérifier").click()
        with page.expect_download() as started:
            page.get_by_role("link", name="Télécharger toutes les lignes").click()
        started.value.save_as(tmp_path / "lignes.csv")
        page.get_by_role("button", name="Importer", exact=True).click()
        page.get_by_text("3 contributions sont entrées.").wait_for()
        mended = (tmp_path / "lignes.csv").read_bytes().replace(b"31/09/2026", b"30/09/2026")
        page.goto(LISTING)
        page.get_by_label("Tableau").set_input_files([sent("lignes.csv", mended)])
        page.get_by_role("button", name="Déposer").click()
        page.get_by_label("Ce que vous vivez").select_option(label="Texte : Irritant")
        page.get_by_role("button", name="Garder ces choix").click()
        page.get_by_role("button", name="Vérifier tout le tableau").click()
        page.get_by_role("button", name="Importer", exact=True).click()
        page.get_by_text("1 contribution est entrée.").wait_for()


def test_every_page_is_accessible_and_fits(reader, signed_in):
    with reader(storage_state=signed_in) as page:
        page.goto(LISTING)
        check(page)
        page.get_by_label("Tableau").set_input_files([sent("regards.csv", table("là"))])
        page.get_by_role("button", name="Déposer").click()
        page.wait_for_url("**/colonnes/")
        check(page)
        page.get_by_role("link", name="Réglages du fichier").click()
        page.wait_for_url("**/reglages/")
        check(page)
        page.get_by_role("button", name="Enregistrer").click()
        page.wait_for_url("**/colonnes/")
        page.get_by_role("button", name="Vérifier tout le tableau").click()
        page.get_by_role("link", name="Noms à reconnaître").wait_for()
        check(page)
        page.get_by_role("link", name="Noms à reconnaître").click()
        page.wait_for_url("**/noms/")
        check(page)


def check(page) -> None:
    examine(page)
    assert page.evaluate("document.querySelectorAll('*').length") <= 600
