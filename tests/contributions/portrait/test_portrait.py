"""Who spoke is counted in one query, gaps are said, and small numbers are withheld from strangers."""

import pytest

from cahiers.contributions.actions import Draft, store
from cahiers.contributions.models import Channel
from cahiers.contributions.portrait.queries import portrait_of
from cahiers.territories.actions import add
from cahiers.territories.models import Level

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


def test_people_and_contributions_are_two_numbers(consultation, said, django_assert_num_queries):
    consultation.method  # noqa: B018 - read before
    with django_assert_num_queries(3):
        drawn = portrait_of(consultation, Level.DEPARTMENT, public=False)
    assert (drawn.contributions, drawn.people) == (4, 52)
    assert [line.total for line in drawn.lines] == [40, 12, 0]
    assert [(share.name, share.people) for share in drawn.channels] == [("Formulaire", 44), ("Courrier", 8)]


def test_gaps_are_named(consultation, said):
    drawn = portrait_of(consultation, Level.DEPARTMENT, public=False)
    assert [place.name for place in drawn.silent] == ["Vide"]
    assert ("Mayenne-Basse", "users") in {(place.name, category.key) for place, category in drawn.gaps}


def test_small_numbers_are_withheld_from_strangers_and_cannot_be_worked_out(consultation, said):
    drawn = portrait_of(consultation, Level.DEPARTMENT, public=True)
    people = [cell for line in drawn.lines for cell in line.people]
    assert 2 not in people
    assert people.count(None) >= 2


def test_the_page_and_its_table(client, published, said):
    page = client.get(f"/{published.slug}/qui-a-parle/?niveau=department")
    assert page.status_code == 200
    assert "Vide : aucune contribution." in page.content.decode()
    table = b"".join(client.get(f"/{published.slug}/qui-a-parle/?niveau=department&format=csv"))
    assert "Loire-Haute;" in table.decode()


def test_a_stranger_sees_nothing_of_what_is_not_published(client, consultation):
    assert client.get(f"/{consultation.slug}/qui-a-parle/").status_code == 404
