"""What organisers set: settings, stages, territories, themes; whom the pages refuse."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cahiers.accounts.models import Person
from cahiers.consultations.models import Consultation, ConsultationTheme, Membership, Role
from cahiers.consultations.organising import actions, themes
from cahiers.consultations.revising import Changed
from cahiers.journal.actions import CommandReused
from cahiers.journal.models import Entry, Verb
from cahiers.territories.actions import add
from cahiers.territories.models import Level
from tests.accounts.people import NOW, someone
from tests.consultations.teams import Place, member, place, signed_in
from tests.consultations.test_team_views import visitor
from tests.pages import Page

pytestmark = pytest.mark.django_db

SETTINGS = "/deux-rives/equipe/reglages/"
PAGES = [
    SETTINGS,
    *(
        f"{SETTINGS}{page}/"
        for page in ("etapes", "territoires", "themes", "themes/ajouter", "themes/access")
    ),
]
POSTS = [
    f"{SETTINGS}{page}/"
    for page in (
        "retirer",
        "territoires/ajouter",
        "territoires/retirer",
        "themes/access/supprimer",
        "publier",
    )
]
NEW = "/compte/concertations/ajouter/"


@pytest.fixture
def found() -> Place:
    return place()


@pytest.fixture
def organiser(found: Place) -> Person:
    return member(found.consultation, Role.ORGANISER)


def entries(consultation: Consultation) -> list[str]:
    """What happened to it since it was made."""
    return [one.verb for one in Entry.objects.filter(stream__uuid=consultation.uuid).order_by("position")][1:]


def sent(client: Client, address: str, **given: object):
    """What a form answers to, filled in as its page shows it but for what is given."""
    form = client.get(address).context["form"]
    shown = {bound.html_name: bound.value() for bound in form}
    shown = {name: "\n".join(value) if isinstance(value, list) else value for name, value in shown.items()}
    shown |= given
    return client.post(address, {name: value for name, value in shown.items() if value is not None})


@pytest.mark.parametrize("name", ["nobody", "stranger", "reader", "facilitator", "organiser there"])
@pytest.mark.parametrize("published", [True, False])
def test_others_are_refused(name: str, published: bool) -> None:
    found = place(published=published)
    client = visitor(name, found)
    refused = 404 if name in ("nobody", "stranger") else 403
    given = {"territory": found.region.uuid, "command": uuid4()}
    assert [client.get(address).status_code for address in PAGES] == [refused] * len(PAGES)
    assert [client.post(address, given).status_code for address in POSTS] == [refused] * len(POSTS)
    assert entries(found.consultation) == ([Verb.PUBLISH] if published else [])


def test_pages_answer_organisers_lightly(
    found: Place, organiser: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(organiser)
    for address in PAGES:
        with django_assert_max_num_queries(8):
            answer = client.get(address)
        page = Page(answer.content.decode())
        assert answer.status_code == 200
        assert (page.weight <= 8192, page.elements <= 350, page.inline) == (True, True, [])
        assert len(page.ids) == len(set(page.ids))


def test_what_writes_is_posted(found: Place, organiser: Person) -> None:
    assert {signed_in(organiser).get(address).status_code for address in POSTS} == {405}


def test_only_who_runs_the_site_makes_a_consultation() -> None:
    assert Client().get(NEW).status_code == 302
    assert signed_in(someone()).get(NEW).status_code == 403


def test_a_consultation_is_made_from_a_method() -> None:
    staff = someone(staff=True)
    client = signed_in(staff)
    given = {"method_key": "retrospective", "title": "Bilan d’été", "opens": "2026-09-01", "command": uuid4()}
    for _twice in range(2):
        answer = client.post(NEW, given)
        assert answer["Location"] == "/bilan-d-ete/equipe/reglages/territoires/"
    made = Consultation.objects.get()
    assert (made.title, made.opens, made.closes, made.is_published) == (
        "Bilan d’été",
        date(2026, 9, 1),
        None,
        False,
    )
    assert made.themes.count() == 3
    held = Membership.objects.get(consultation=made)
    assert (held.person, held.role, held.territory) == (staff, Role.ORGANISER, None)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"title": ""}, "obligatoire"),
        ({"slug": "deux-rives"}, "déjà prise"),
        ({"slug": "Compte"}, "déjà prise"),
        ({"slug": "!!"}, "au moins une lettre"),
        ({"opens": "2026-09-02", "closes": "2026-09-01"}, "vient avant"),
        ({"method_key": "autre"}, "valide"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_kept(
    found: Place, given: dict[str, str], said: str
) -> None:
    client = signed_in(someone("Noé Palud", staff=True))
    filled = {"method_key": "etats-generaux", "title": "Autre", "description": "Gardée", "command": uuid4()}
    answer = client.post(NEW, filled | given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "Gardée" in page
    assert 'class="errors"' in page
    assert Consultation.objects.count() == 1


def test_settings_are_changed(found: Place, organiser: Person) -> None:
    answer = sent(
        signed_in(organiser), SETTINGS, title="Autre titre", slug="autres-rives", closes="2026-12-01"
    )
    assert answer["Location"] == "/autres-rives/equipe/reglages/"
    found.consultation.refresh_from_db()
    assert (found.consultation.title, found.consultation.closes) == ("Autre titre", date(2026, 12, 1))
    assert entries(found.consultation) == [Verb.EDIT]


def test_the_same_settings_change_nothing(found: Place, organiser: Person) -> None:
    assert sent(signed_in(organiser), SETTINGS).status_code == 302
    assert entries(found.consultation) == []


def test_two_organisers_never_overwrite_each_other(found: Place, organiser: Person) -> None:
    client = signed_in(organiser)
    seen = actions.state_of(found.consultation)
    sent(client, SETTINGS, title="Le titre de l’une")
    answer = sent(client, SETTINGS, title="Le titre de l’autre", seen=seen)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Le titre de l’une" in page
    assert "Le titre de l’autre" in page
    found.consultation.refresh_from_db()
    assert found.consultation.title == "Le titre de l’une"
    form = answer.context["form"]
    again = {name: form.data.get(name, "") for name in form.fields}
    assert client.post(SETTINGS, again).status_code == 302
    found.consultation.refresh_from_db()
    assert found.consultation.title == "Le titre de l’autre"


def test_a_command_is_used_once(found: Place, organiser: Person) -> None:
    client, command = signed_in(organiser), uuid4()
    sent(client, SETTINGS, title="Un", command=command)
    assert sent(client, SETTINGS, title="Deux", command=command).status_code == 409
    found.consultation.refresh_from_db()
    assert found.consultation.title == "Un"


def test_the_address_of_a_published_consultation_stays(found: Place, organiser: Person) -> None:
    consultation = found.consultation
    client = signed_in(organiser)
    assert client.post(f"{SETTINGS}publier/")["Location"] == "/deux-rives/"
    assert sent(client, SETTINGS, slug="autre").status_code == 302
    with pytest.raises(actions.AddressKnown):
        actions.edit(
            consultation=consultation,
            title="T",
            slug="autre",
            description="",
            opens=None,
            closes=None,
            seen=actions.state_of(consultation),
            command=uuid4(),
            by=None,
            now=NOW,
        )
    assert client.post(f"{SETTINGS}retirer/")["Location"] == SETTINGS
    assert entries(consultation) == [Verb.PUBLISH, Verb.WITHDRAW]


def test_stages_open_at_the_hour_of_their_territory(organiser: Person, found: Place) -> None:
    found.region.time_zone = "Indian/Reunion"
    found.region.save()
    address = f"{SETTINGS}etapes/"
    answer = sent(signed_in(organiser), address, **{"diagnosis-opens": "2026-09-01T08:00"})
    assert answer.status_code == 302
    window = found.consultation.windows.get()
    assert (window.stage, window.opens, window.closes) == (
        "diagnosis",
        datetime(2026, 9, 1, 4, tzinfo=UTC),
        None,
    )
    assert 'value="2026-09-01T08:00"' in signed_in(organiser).get(address).content.decode()
    reversed_ = {"diagnosis-opens": "2026-09-02T08:00", "diagnosis-closes": "2026-09-01T08:00"}
    assert sent(signed_in(organiser), address, **reversed_).status_code == 422


def test_territories_are_found_by_word_code_level_and_place(found: Place, organiser: Person) -> None:
    def names(query: str) -> list[str]:
        page = signed_in(organiser).get(f"{SETTINGS}territoires/?{query}")
        return [one.name for one, _ in page.context["offered"]]

    assert names("") == ["Région des Cimes", "Région des Deux-Rives"]
    assert names("q=GREVES") == ["Grèves"]
    assert names("q=92") == ["Rive-Sud"]
    assert names("niveau=academy") == ["Rive-Nord", "Rive-Sud"]
    assert names(f"sous={found.north.uuid}") == ["Grèves"]
    assert names(f"sous={found.north.uuid}&q=rive") == []
    assert names("q=%21&page=9&sous=rien&niveau=autre") == ["Région des Cimes", "Région des Deux-Rives"]


def test_a_page_of_many_territories_stays_light(found: Place, organiser: Person) -> None:
    for number in range(60):
        add(
            parent=found.shore,
            level=Level.ESTABLISHMENT,
            name=f"Collège {number}",
            code=str(number),
            by=None,
            now=NOW,
        )
    answer = signed_in(organiser).get(f"{SETTINGS}territoires/?q=college")
    page = Page(answer.content.decode())
    assert page.weight <= 8192
    assert page.elements <= 350


def test_a_territory_takes_the_place_of_those_below(found: Place, organiser: Person) -> None:
    consultation, client = found.consultation, signed_in(organiser)

    def post(what: str, territory: object) -> None:
        client.post(f"{SETTINGS}territoires/{what}/", {"territory": territory.uuid, "command": uuid4()})

    post("retirer", found.region)
    post("ajouter", found.shore)
    post("ajouter", found.south)
    assert set(consultation.territories.all()) == {found.shore, found.south}
    post("ajouter", found.region)
    post("ajouter", found.shore)
    assert list(consultation.territories.all()) == [found.region]
    assert entries(consultation) == [Verb.EDIT] * 4


def test_a_territory_where_something_is_stays(found: Place, organiser: Person) -> None:
    member(found.consultation, Role.READER, found.shore, name="Noé Palud")
    given = {"territory": found.region.uuid, "command": uuid4()}
    answer = signed_in(organiser).post(f"{SETTINGS}territoires/retirer/", given, follow=True)
    assert "reste" in answer.content.decode()
    assert list(found.consultation.territories.all()) == [found.region]


def titles(consultation: Consultation) -> list[str]:
    return [theme.title for theme in consultation.themes.order_by("order")]


def test_themes_are_added_moved_renamed_and_deleted(found: Place, organiser: Person) -> None:
    client, consultation = signed_in(organiser), found.consultation
    before = titles(consultation)
    sent(
        client,
        f"{SETTINGS}themes/ajouter/",
        title="Bien-être",
        aliases="Le bien-être\n\n Être bien ",
        place="1",
    )
    theme = consultation.themes.get(key="bien-etre")
    assert titles(consultation) == ["Bien-être", *before]
    assert theme.aliases == ["Le bien-être", "Être bien"]
    address = f"{SETTINGS}themes/bien-etre/"
    sent(client, address, title="Mieux-être", place="3")
    assert titles(consultation) == [*before[:2], "Mieux-être", *before[2:]]
    assert [one.order for one in consultation.themes.order_by("order")] == [1, 2, 3, 4, 5, 6]
    theme.refresh_from_db()
    client.post(f"{address}supprimer/", {"seen": themes.state_of(theme), "command": uuid4()})
    assert titles(consultation) == before
    assert entries(consultation) == [Verb.EDIT] * 3


def test_namesakes_have_keys_of_their_own(found: Place, organiser: Person) -> None:
    client = signed_in(organiser)
    sent(client, f"{SETTINGS}themes/ajouter/", title="Œuvrer !")
    sent(client, f"{SETTINGS}themes/oeuvrer/", title="Agir", place="6")
    sent(client, f"{SETTINGS}themes/ajouter/", title="Œuvrer !")
    assert list(found.consultation.themes.order_by("order").values_list("key", flat=True))[-2:] == [
        "oeuvrer",
        "oeuvrer-2",
    ]


def test_a_title_means_one_theme(found: Place, organiser: Person) -> None:
    client, consultation = signed_in(organiser), found.consultation
    address = f"{SETTINGS}themes/access/"
    for title, aliases in (("Accès", "travailler ensemble AUTREMENT"), ("Gouvernance et anticipation", "")):
        refused = sent(client, address, title=title, aliases=aliases, place="1").content.decode()
        assert "désigne déjà le thème" in refused
    sent(client, address, title="Accès", aliases="Égalité\nÉgalité !\naccès", place="1")
    assert consultation.themes.get(key="access").aliases == ["Égalité"]


def test_a_theme_that_is_used_stays(notebook, now) -> None:
    theme = ConsultationTheme.objects.filter(notebook_themes__isnull=False).first()
    assert theme is not None
    with pytest.raises(themes.InUse):
        themes.delete(theme=theme, seen=themes.state_of(theme), command=uuid4(), by=None, now=now)
    client = signed_in(someone(staff=True))
    page = client.get(reverse("edit_theme", args=[notebook.consultation.slug, theme.key])).content.decode()
    assert "ne peut pas être supprimé" in page


def test_a_theme_changed_meanwhile_is_not_overwritten(found: Place) -> None:
    theme = found.consultation.themes.get(key="access")
    seen = themes.state_of(theme)
    given = {"aliases": [], "place": 1, "by": None, "now": NOW}
    command = uuid4()
    themes.edit(theme=theme, title="Un", seen=seen, command=command, **given)
    themes.edit(theme=theme, title="Un", seen=seen, command=command, **given)
    with pytest.raises(CommandReused):
        themes.edit(theme=theme, title="Deux", seen=seen, command=command, **given)
    with pytest.raises(Changed):
        themes.edit(theme=theme, title="Deux", seen=seen, command=uuid4(), **given)
    theme.refresh_from_db()
    assert theme.title == "Un"
