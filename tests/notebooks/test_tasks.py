"""What a consultation's page offers to whom."""

import pytest
from django.test import Client

from cahiers.consultations.models import Role
from tests.accounts.people import someone
from tests.consultations.teams import member, place, signed_in

pytestmark = pytest.mark.django_db

OFFERED = {
    "reader": ["equipe/", "formulaires/", "invitations/"],
    "facilitator": [
        *("importer/", "sessions/ajouter/", "moderation/", "collecte/", "saisie/", "equipe/", "formulaires/"),
        "invitations/",
    ],
    "organiser": [
        *(
            "importer/",
            "sessions/ajouter/",
            "moderation/",
            "collecte/",
            "saisie/",
            "equipe/inviter/",
            "equipe/",
            "formulaires/",
            "invitations/",
            "equipe/reglages/",
            "registre/",
        ),
    ],
}


@pytest.mark.parametrize("role", OFFERED)
def test_members_are_offered_what_they_may_do(role: str) -> None:
    found = place(published=True)
    client = signed_in(member(found.consultation, Role(role)))
    tasks = client.get("/deux-rives/").context["tasks"]
    assert [task.address.removeprefix("/deux-rives/") for task in tasks] == OFFERED[role]
    for task in tasks:
        assert client.get(task.address).status_code == 200


def test_strangers_are_offered_nothing() -> None:
    place(published=True)
    for client in (Client(), signed_in(someone())):
        page = client.get("/deux-rives/")
        assert page.context["tasks"] == []
        assert "À faire" not in page.content.decode()


def test_who_runs_the_site_is_offered_a_new_consultation() -> None:
    address = "/compte/concertations/ajouter/"
    assert address in signed_in(someone(staff=True)).get("/").content.decode()
    assert address not in Client().get("/").content.decode()
