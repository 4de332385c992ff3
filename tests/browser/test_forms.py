"""Forms and receipts as people use them: on a telephone, off the network, by keyboard, without a script."""

import pytest
from playwright.sync_api import expect

from cahiers.contributions.collecting.stamps import FASTEST
from tests.browser.examining import PHONE, examine, examine_as_it_is
from tests.browser.hands import Keyboard
from tests.browser.outbox.hands import kept_by_worker

pytestmark = pytest.mark.browser

BASE = "/ecoute-du-terrain/"
CONTRIBUTE, FORMS = f"{BASE}contribuer/", f"{BASE}formulaires/"
SHORT, SHEET, SURVEY = (f"{CONTRIBUTE}{slug}/" for slug in ("en-bref", "recit", "enquete"))
#: A consultation that is always open, with a form of each kind.
SEED = """
from uuid import uuid4
from django.utils import timezone
from cahiers.consultations import actions as consultations
from cahiers.consultations.models import Consultation
from cahiers.contributions.building import actions, questions
from cahiers.contributions.building.actions import Told
from cahiers.contributions.building.questions import Wording
from cahiers.territories.actions import add
from cahiers.territories.models import Level
now = timezone.now()
tops = list(Consultation.objects.get(slug="ecole-et-numerique-2026").territories.all())
found = consultations.create(slug="ecoute-du-terrain", title="À l’écoute du terrain",
    method_key="etats-generaux", territories=tops, by=None, now=now)
consultations.publish(consultation=found, by=None, now=now)
place = add(parent=tops[0], level=Level.ESTABLISHMENT, name="Collège des Tilleuls", code="9010000D",
    by=None, now=now)
once = dict(by=None, now=now)
made = [actions.create(consultation=found, kind=kind, told=Told(title=title, intro="Deux lignes suffisent."),
    command=uuid4(), **once)
    for kind, title in (("short", "En bref"), ("sheet", "Récit"), ("questionnaire", "Enquête"))]
survey = made[2]
for told in (
    dict(type="choice", text="Le réseau marche-t-il ?", options=["Oui", "Non"], required=True),
    dict(type="open", text="Depuis quand ?", condition={"le-reseau-marche-t-il": ["Non"]}, kind="irritant"),
    dict(type="scale", text="Votre avis", options=["mauvais", "bon"]),
    dict(type="matrix", text="Comment vont", options=["Bien", "Mal"], lines=["Les murs", "Le toit"]),
):
    questions.add(form=survey, wording=Wording(**told), command=uuid4(), **once)
for form in made:
    actions.release(form=form, command=uuid4(), **once)
"""


# Once a worker: its tests may come in two parts.
@pytest.fixture(scope="session", autouse=True)
def seeded(beside) -> None:
    beside("-m", "cahiers", "manage", "shell", "-c", SEED)


def take_time(page) -> None:
    """Whatever was done on the page so far: who sends a form faster than a person is taken for a script."""
    page.wait_for_timeout(FASTEST * 1000)


def answer_short(page, text: str) -> None:
    page.get_by_label("Irritant").check()
    page.get_by_label("En une ou deux phrases").fill(text)
    page.get_by_label("Territoire").select_option(index=1)
    page.get_by_label("Tout le monde, sans mon nom").check()


PUBLIC = [
    CONTRIBUTE,
    SHORT,
    SHEET,
    SURVEY,
    f"{SHORT}etablissement/?q=tilleul",
    f"{CONTRIBUTE}merci/?recu={'a' * 32}",
]
TEAM = [
    FORMS,
    *(f"{FORMS}{rest}" for rest in ("ajouter/", "enquete/", "enquete/modifier/", "enquete/apercu/")),
]
TEAM += [f"{FORMS}enquete/{rest}/" for rest in ("question", "questions/depuis-quand", "resultats")]


def test_pages_are_accessible_and_fit(reader, signed_in):
    for pages, who in ((PUBLIC, {}), (TEAM, {"storage_state": signed_in})):
        with reader(**who) as page:
            for address in pages:
                assert page.goto(address).status == 200
                for folded in page.locator("details").all():
                    folded.evaluate("one => { one.open = true; }")
                examine(page)


def test_a_remark_written_without_a_network_is_sent_once_it_is_back(browser, site):
    """And its receipt corrects it, then erases it."""
    context = browser.new_context(base_url=site, viewport=PHONE, locale="fr-FR")
    page = context.new_page()
    page.goto(SHORT)
    kept_by_worker(page)
    context.set_offline(True)
    page.reload()
    answer_short(page, "Le réseau tombe chaque matin au fond du couloir.")
    take_time(page)
    page.get_by_role("button", name="Envoyer").click()
    page.get_by_text("1 envoi attend le réseau.").wait_for()
    context.set_offline(False)
    page.get_by_text("Tout est envoyé.").wait_for()
    page.get_by_role("link", name="Voir mon reçu").click()
    page.wait_for_url("**/recu/**")
    page.get_by_text("au fond du couloir").wait_for()
    mine = page.url
    for there in (mine, f"{mine}effacer/"):
        page.goto(there)
        examine_as_it_is(page)
    page.goto(mine)
    page.get_by_role("link", name="Corriger").click()
    page.get_by_label("Texte").fill("Le réseau tombe chaque matin.")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("Votre correction est prise.").wait_for()
    expect(page.get_by_text("au fond du couloir")).to_have_count(0)
    page.get_by_role("link", name="Tout effacer").click()
    page.get_by_role("button", name="Effacer pour toujours").click()
    page.get_by_role("heading", name="C’est effacé").wait_for()
    assert page.goto(mine).status == 404
    context.close()


def test_without_a_script_nothing_is_missing(reader):
    """Nor to whoever has a keyboard alone, from the form to what its receipt allows."""
    with reader(java_script_enabled=False, viewport=PHONE) as page:
        hands = Keyboard(page)
        page.goto(SURVEY)
        page.get_by_text("Si vous avez répondu").wait_for()
        hands.check(page.get_by_label("Non", exact=True))
        hands.fill(page.get_by_label("Depuis quand"), "Depuis l’automne.")
        hands.choose(page.get_by_label("Territoire"), 1)
        hands.check(page.get_by_label("L’équipe de la concertation seule"))
        take_time(page)
        hands.press(page.get_by_role("button", name="Envoyer"))
        page.get_by_role("heading", name="C’est reçu. Merci").wait_for()
        assert page.get_by_role("button", name="Copier le lien").count() == 0
        hands.press(page.locator("#recu"))
        page.get_by_text("Depuis l’automne.").wait_for()
        hands.press(page.get_by_role("link", name="Corriger"))
        hands.fill(page.get_by_label("Texte"), "Depuis l’hiver.")
        hands.press(page.get_by_role("button", name="Enregistrer"))
        page.get_by_text("Depuis l’hiver.").wait_for()
        hands.press(page.get_by_role("button", name="Retirer"))
        page.get_by_text("Votre texte est retiré.").wait_for()


def test_an_establishment_is_found_without_a_script(reader):
    with reader(java_script_enabled=False) as page:
        page.goto(SHORT)
        page.get_by_text("Préciser, si vous voulez").click()
        page.get_by_role("link", name="Chercher un établissement").click()
        page.get_by_label("Nom, commune ou code UAI").fill("tilleuls college")
        page.get_by_role("button", name="Chercher").click()
        page.get_by_role("link", name="Collège des Tilleuls").click()
        expect(page.get_by_label("Établissement")).to_have_value("Collège des Tilleuls (9010000D)")
        expect(page.get_by_label("Territoire")).not_to_have_value("")


def test_a_question_comes_with_the_answer_that_it_follows(reader):
    with reader() as page:
        page.goto(SURVEY)
        follows = page.get_by_label("Depuis quand")
        expect(follows).to_be_hidden()
        page.get_by_label("Non", exact=True).check()
        expect(follows).to_be_visible()
        follows.fill("Depuis l’automne.")
        page.get_by_label("Oui", exact=True).check()
        expect(follows).to_be_hidden()
        expect(page.get_by_text("Si vous avez répondu")).to_be_hidden()


def test_a_remark_by_keyboard_alone(reader):
    with reader() as page:
        hands = Keyboard(page)
        page.goto(SHORT)
        hands.check(page.get_by_label("Point fort"))
        hands.fill(page.get_by_label("En une ou deux phrases"), "L’équipe s’entraide.")
        hands.choose(page.get_by_label("Territoire"), 1)
        hands.check(page.get_by_label("L’équipe de la concertation seule"))
        take_time(page)
        hands.trigger(page.get_by_role("button", name="Envoyer"))
        page.get_by_text("Tout est envoyé.").wait_for()
        # What is missing is asked for where it stands, and nothing leaves the form.
        hands.fill(page.get_by_label("En une ou deux phrases"), "Trop de mots de passe.")
        hands.trigger(page.get_by_role("button", name="Envoyer"))
        expect(page.get_by_label("Irritant")).to_be_focused()
        expect(page.get_by_label("En une ou deux phrases")).to_have_value("Trop de mots de passe.")


def test_an_organiser_makes_a_questionnaire_by_keyboard(reader, signed_in):
    with reader(storage_state=signed_in) as page:
        hands = Keyboard(page)
        page.goto(FORMS)
        hands.press(page.get_by_role("link", name="Nouveau formulaire"))
        hands.check(page.get_by_label("Questionnaire"))
        hands.fill(page.get_by_label("Titre"), "Vos journées")
        hands.press(page.get_by_role("button", name="Enregistrer"))
        for text in ("Comment ?", "Pourquoi ?"):
            hands.press(page.get_by_role("link", name="Ajouter une question"))
            hands.fill(page.get_by_label("Question (obligatoire)"), text)
            hands.press(page.get_by_role("button", name="Ajouter"))
        hands.press(page.get_by_role("button", name="Monter"))
        assert page.locator(".questions > li > p:first-child").all_inner_texts()[0] == "1. Pourquoi\u00a0?"
        hands.press(page.get_by_role("button", name="Diffuser"))
        page.get_by_text("Ce formulaire est ouvert.").wait_for()
        hands.press(page.get_by_role("button", name="Fermer maintenant"))
        page.get_by_text("Ce formulaire est fermé depuis").wait_for()
        hands.press(page.get_by_role("button", name="Rouvrir maintenant"))
        page.get_by_text("Ce formulaire est ouvert.").wait_for()
