"""Who may do what, where."""

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries

from cahiers.accounts.models import Person
from cahiers.consultations import permissions
from cahiers.consultations.models import Consultation, Membership, Role
from cahiers.consultations.permissions import Visitor
from tests.accounts.people import NOW, someone
from tests.consultations.teams import Place, member, place

pytestmark = pytest.mark.django_db

ACTIONS = ("may_read_drafts", "may_edit", "may_publish", "may_manage")
#: By holder, what they may in the whole consultation, in Rive-Nord, in Grèves below it, and in Rive-Sud beside it.
MATRIX = {
    "nobody": ((), (), (), ()),
    "stranger": ((), (), (), ()),
    "staff": (ACTIONS, ACTIONS, ACTIONS, ACTIONS),
    "organiser of all": (ACTIONS, ACTIONS, ACTIONS, ACTIONS),
    "facilitator of all": (ACTIONS[:2],) * 4,
    "reader of all": (ACTIONS[:1],) * 4,
    "organiser of Rive-Nord": ((), ACTIONS, ACTIONS, ()),
    "facilitator of Rive-Nord": ((), ACTIONS[:2], ACTIONS[:2], ()),
    "reader of Rive-Nord": ((), ACTIONS[:1], ACTIONS[:1], ()),
    "dismissed": ((), (), (), ()),
    "closed": ((), (), (), ()),
}


def holder(name: str, found: Place) -> Visitor:
    role, _, where = name.partition(" of ")
    if name == "nobody":
        return AnonymousUser()
    if name in ("stranger", "staff"):
        return someone(staff=name == "staff")
    if name in ("dismissed", "closed"):
        person = member(found.consultation, Role.ORGANISER)
        if name == "dismissed":
            Membership.objects.update(until=NOW)
        person.is_active = name != "closed"
        return person
    return member(found.consultation, Role(role), None if where == "all" else found.north)


@pytest.mark.parametrize("name", MATRIX)
def test_matrix(name: str) -> None:
    found = place()
    visitor = holder(name, found)
    for territory, allowed in zip((None, found.north, found.shore, found.south), MATRIX[name], strict=True):
        for action in ACTIONS:
            answer = getattr(permissions, action)(visitor, found.consultation, territory)
            assert answer == (action in allowed), (action, territory)


@pytest.mark.parametrize("name", MATRIX)
def test_reading_a_draft_consultation_takes_a_role_in_it(name: str) -> None:
    found = place()
    assert permissions.may_read(holder(name, found), found.consultation) == any(MATRIX[name])


@pytest.mark.parametrize("name", MATRIX)
def test_everyone_reads_a_published_consultation(name: str) -> None:
    found = place(published=True)
    assert permissions.may_read(holder(name, found), found.consultation)


@pytest.mark.parametrize("name", MATRIX)
def test_the_list_holds_what_may_be_read(name: str) -> None:
    found = place()
    visitor = holder(name, found)
    listed = permissions.visible_to(visitor, Consultation.objects.all())
    expected = permissions.may_read(visitor, found.consultation)
    assert (found.consultation in listed) == expected


def test_a_role_holds_in_its_consultation_alone() -> None:
    found = place()
    person = member(found.consultation, Role.ORGANISER)
    other = Consultation.objects.create(slug="autre", title="Autre", method_key="etats-generaux")
    assert not permissions.is_member(person, other)
    assert not permissions.may_edit(person, other, found.north)


def test_roles_add_up() -> None:
    found = place()
    member(found.consultation, Role.READER)
    person = member(found.consultation, Role.FACILITATOR, found.north)
    assert permissions.may_read_drafts(person, found.consultation, found.south)
    assert permissions.may_edit(person, found.consultation, found.north)
    assert not permissions.may_edit(person, found.consultation, found.south)


def test_draft_scope_says_the_same_as_may_read_drafts() -> None:
    found = place()
    everywhere = [found.region, found.north, found.shore, found.south, found.elsewhere]
    for territory in (None, found.north, found.shore):
        person = member(found.consultation, Role.READER, territory, name=f"Lectrice {territory}")
        scope = permissions.draft_scope(person, found.consultation, "path")
        listed = set(type(found.north).objects.filter(scope))
        assert listed == {
            one for one in everywhere if permissions.may_read_drafts(person, found.consultation, one)
        }
    assert not type(found.north).objects.filter(
        permissions.draft_scope(AnonymousUser(), found.consultation, "path")
    )


def test_a_region_whose_name_begins_alike_is_not_below() -> None:
    found = place()
    person = member(found.consultation, Role.FACILITATOR, found.north)
    found.south.path = found.north.path.rstrip("/") + "-est/"
    assert not permissions.may_edit(person, found.consultation, found.south)


def test_one_query_whatever_is_asked(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    found = place()
    member(found.consultation, Role.READER)
    pk = member(found.consultation, Role.ORGANISER, found.north).pk
    visitor = Person.objects.get(pk=pk)
    with django_assert_num_queries(1):
        for action in ACTIONS:
            for territory in (None, found.north, found.south):
                getattr(permissions, action)(visitor, found.consultation, territory)
        permissions.draft_scope(visitor, found.consultation)
        permissions.may_manage_some(visitor, found.consultation)
        permissions.is_member(visitor, found.consultation)


def test_no_query_for_strangers_and_staff(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    found = place()
    staff = someone(staff=True)
    with django_assert_num_queries(0):
        assert permissions.may_manage(staff, found.consultation)
        assert not permissions.may_read(AnonymousUser(), found.consultation)


def test_what_was_read_is_read_again_after_refresh() -> None:
    found = place()
    person = member(found.consultation, Role.ORGANISER)
    assert permissions.may_edit(person, found.consultation)
    Membership.objects.update(until=NOW)
    person.refresh_from_db()
    assert not permissions.may_edit(person, found.consultation)
