"""Who spoke is counted in one query, gaps are said, and small numbers are withheld from strangers."""

from datetime import date
from uuid import uuid4

import pytest

from cahiers.consultations.models import Role
from cahiers.contributions.actions import Draft, store
from cahiers.contributions.actions.submitting import Sent, submit_all
from cahiers.contributions.models import Channel
from cahiers.contributions.portrait.queries import levels_of, portrait_of
from cahiers.contributions.portrait.reference import actions as reference
from cahiers.territories.actions import add
from cahiers.territories.models import Level
from tests.consultations.teams import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(region, now):
    return [
        add(parent=region, level=Level.DEPARTMENT, name=name, code=code, by=None, now=now)
        for name, code in (("Loire-Haute", "901"), ("Mayenne-Basse", "902"), ("Vide", "903"))
    ]


@pytest.fixture
def said(consultation, places, now):
    loire, mayenne, _ = places

    def draft(territory, category, people, channel=Channel.FORM):
        return Draft(territory=territory, channel=channel, text="Oui", category=category, stands_for=people)

    store(
        consultation=consultation,
        drafts=[
            draft(loire, "users", 30),
            draft(loire, "researchers", 2),
            draft(loire, None, 8, Channel.LETTER),
            draft(mayenne, "primary_teams", 12),
        ],
        now=now,
    )


@pytest.fixture
def reader(client, consultation):
    client.force_login(member(consultation, Role.READER))
    return client


def test_people_and_contributions_are_two_numbers(consultation, said, django_assert_num_queries):
    consultation.method  # noqa: B018 - read before
    with django_assert_num_queries(5):
        drawn = portrait_of(consultation, Level.DEPARTMENT, public=False)
    assert (drawn.contributions, drawn.people) == (4, 52)
    assert [line.total for line in drawn.lines] == [40, 12, 0]
    assert [(share.name, share.people) for share in drawn.channels] == [("Formulaire", 44), ("Courrier", 8)]


def test_who_sends_several_texts_counts_once(consultation, places, now):
    def draft(**more):
        return Draft(territory=places[0], channel=Channel.FORM, text=f"Oui {uuid4()}", **more)

    sent = Sent(
        uuid=uuid4(),
        territory=places[0],
        channel=Channel.FORM,
        drafts=[draft(stands_for=3), draft(), draft()],
        receipt="x",
    )
    submit_all(consultation=consultation, sent=sent, by=None, now=now)
    store(consultation=consultation, drafts=[draft(voice_key="a"), draft(voice_key="a"), draft()], now=now)
    drawn = portrait_of(consultation, Level.DEPARTMENT, public=False)
    assert (drawn.contributions, drawn.people) == (6, 5)


def test_who_speaks_from_a_wider_place_is_counted_apart(consultation, said, region, now):
    store(
        consultation=consultation, drafts=[Draft(territory=region, channel=Channel.FORM, text="Oui")], now=now
    )
    last = portrait_of(consultation, Level.DEPARTMENT, public=False).lines[-1]
    assert (last.territory, last.total) == (None, 1)


def test_gaps_are_named(consultation, said):
    drawn = portrait_of(consultation, Level.DEPARTMENT, public=False)
    assert [place.name for place in drawn.silent] == ["Vide"]
    assert ("Mayenne-Basse", "users") in {(place.name, category.key) for place, category in drawn.gaps}


def test_small_numbers_are_withheld_from_strangers_and_cannot_be_worked_out(consultation, said):
    drawn = portrait_of(consultation, Level.DEPARTMENT, public=True)
    people = [cell for line in drawn.lines for cell in line.people]
    assert 2 not in people
    assert people.count(None) >= 2
    totals = [share.people for share in drawn.shares]
    assert 2 not in totals
    # Whoever subtracts what a row shows from its total is left with several unknown, or none.
    for line in drawn.lines:
        assert (*line.people, line.total).count(None) != 1


def test_strangers_see_one_level_alone(consultation, places, nation, now):
    add(parent=nation, level=Level.REGION, name="Plateau", code="PLA", by=None, now=now)
    assert levels_of(consultation, public=True) == [Level.REGION]
    assert levels_of(consultation, public=False) == [Level.REGION, Level.DEPARTMENT]


def test_the_population_stands_beside_who_spoke(consultation, said, places, nation, now):
    numbers = [
        reference.Number(territory=places[0], category="", people=20_000, source="Recensement"),
        reference.Number(territory=nation, category="users", people=60_000),
    ]
    reference.enter(consultation=consultation, numbers=numbers, command=uuid4(), by=None, now=now)
    drawn = portrait_of(consultation, Level.DEPARTMENT, public=False)
    assert [(line.known, line.rate) for line in drawn.lines] == [(20_000, 2.0), (None, None), (None, None)]
    users = next(share for share in drawn.shares if share.known)
    assert (users.name, users.rate) == ("Familles et élèves", 0.5)


def test_the_page_and_its_table(client, published, said):
    page = client.get(f"/{published.slug}/qui-a-parle/").content.decode()
    assert "Vide\u00a0: aucune contribution." in page
    assert page.count("<svg") >= 2
    assert "901\u00a0: Loire-Haute · 902\u00a0: Mayenne-Basse" in page
    assert 'name="channel"' not in page
    table = b"".join(client.get(f"/{published.slug}/qui-a-parle/tableau/?format=csv")).decode()
    assert "Loire-Haute;" in table
    assert ";2;" not in table
    assert "Mayenne-Basse" in client.get(f"/{published.slug}/qui-a-parle/tableau/").content.decode()


def test_weeks_are_told_by_their_day_as_french_writes_it(client, reader, published, places, now):
    draft = Draft(territory=places[0], channel=Channel.LETTER, text="Oui", said_on=date(2026, 6, 1))
    store(consultation=published, drafts=[draft], now=now)
    assert "1er\u00a0juin 2026" in client.get(f"/{published.slug}/qui-a-parle/").content.decode()


def test_strangers_cannot_narrow_it(client, published, said):
    whole = client.get(f"/{published.slug}/qui-a-parle/tableau/").content
    assert client.get(f"/{published.slug}/qui-a-parle/tableau/?channel=letter").context["narrowed"] == ""
    assert b"Loire-Haute" in whole


def test_the_team_narrows_it(reader, consultation, said):
    page = reader.get(f"/{consultation.slug}/qui-a-parle/?channel=letter&niveau=department")
    assert page.context["portrait"].people == 8


def test_it_is_counted_again_when_something_changed(reader, consultation, said, places, now):
    address = f"/{consultation.slug}/qui-a-parle/"
    assert reader.get(address).context["portrait"].people == 52
    more = Draft(territory=places[0], channel=Channel.FORM, text="Encore")
    store(consultation=consultation, drafts=[more], now=now)
    assert reader.get(address).context["portrait"].people == 53


def test_pages_cost_the_same_whatever_was_said(reader, consultation, said, django_assert_max_num_queries):
    reader.get(f"/{consultation.slug}/qui-a-parle/")
    with django_assert_max_num_queries(18):
        reader.get(f"/{consultation.slug}/qui-a-parle/")
    with django_assert_max_num_queries(18):
        reader.get(f"/{consultation.slug}/qui-a-parle/tableau/")


@pytest.mark.parametrize("page", ["", "tableau/", "population/"])
def test_a_stranger_sees_nothing_of_what_is_not_published(client, consultation, page):
    assert client.get(f"/{consultation.slug}/qui-a-parle/{page}").status_code == 404
