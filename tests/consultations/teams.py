"""A consultation in a small tree of territories, and who has a role in it."""

from dataclasses import dataclass

from django.test import Client

from cahiers.accounts.models import Person
from cahiers.consultations.actions import create, publish
from cahiers.consultations.models import Consultation, Membership, Role
from cahiers.territories.actions import add
from cahiers.territories.models import Level, Territory
from tests.accounts.people import NOW, someone


@dataclass(frozen=True, kw_only=True)
class Place:
    """A région with two académies, the first of which has a département; `elsewhere` is another région."""

    region: Territory
    north: Territory
    shore: Territory
    south: Territory
    elsewhere: Territory
    consultation: Consultation


def place(*, published: bool = False) -> Place:
    region = add(parent=None, level=Level.REGION, name="Région des Deux-Rives", by=None, now=NOW)
    north = add(parent=region, level=Level.ACADEMY, name="Rive-Nord", code="91", by=None, now=NOW)
    consultation = create(
        slug="deux-rives",
        title="Le numérique à l’école des Deux-Rives",
        method_key="etats-generaux",
        territories=[region],
        by=None,
        now=NOW,
    )
    if published:
        publish(consultation=consultation, by=None, now=NOW)
    return Place(
        region=region,
        north=north,
        shore=add(parent=north, level=Level.DEPARTMENT, name="Grèves", code="901", by=None, now=NOW),
        south=add(parent=region, level=Level.ACADEMY, name="Rive-Sud", code="92", by=None, now=NOW),
        elsewhere=add(parent=None, level=Level.REGION, name="Région des Cimes", by=None, now=NOW),
        consultation=consultation,
    )


def member(
    consultation: Consultation, role: Role, territory: Territory | None = None, name: str = "Inès Tourbier"
) -> Person:
    """A person of that name, who has signed in before."""
    person = Person.objects.filter(display_name=name).first() or someone(name)
    Membership.objects.create(
        person=person, consultation=consultation, territory=territory, role=role, since=NOW
    )
    return person


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client
