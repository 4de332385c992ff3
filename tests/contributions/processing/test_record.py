"""The record of processing says who answers for what is kept, why, for how long, and who reads it."""

import pytest

from cahiers import cli
from cahiers.consultations.models import Role
from cahiers.contributions import retention
from tests.consultations.teams import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser(consultation, client):
    client.force_login(member(consultation, Role.ORGANISER))
    return client


def test_organisers_read_it_and_take_it_away(organiser, consultation, settings):
    settings.LEGAL = settings.LEGAL | {
        "publisher": "Ministère du Cadastre",
        "basis": "mission d’intérêt public",
    }
    page = organiser.get(f"/{consultation.slug}/registre/").content.decode()
    assert "Ministère du Cadastre" in page
    assert "mission d’intérêt public" in page
    assert "à compléter par l’éditeur du site" in page
    assert "Texte d’une contribution" in page
    assert all(str(rule.how_long) in page for rule in retention.rules())
    file = organiser.get(f"/{consultation.slug}/registre/?format=md")
    assert file.headers["Content-Disposition"] == 'attachment; filename="registre-ecole.md"'
    assert "| Responsable du traitement | Ministère du Cadastre |" in file.content.decode()


def test_it_costs_as_much_whatever_is_kept(organiser, consultation, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        organiser.get(f"/{consultation.slug}/registre/")


@pytest.mark.parametrize(("role", "status"), [(None, 404), (Role.READER, 403), (Role.FACILITATOR, 403)])
def test_no_one_else_reads_it(client, consultation, role, status):
    if role:
        client.force_login(member(consultation, role))
    assert client.get(f"/{consultation.slug}/registre/").status_code == status


def test_the_command_writes_the_same(consultation, capsys):
    assert cli.main(["processing-record", consultation.slug]) == 0
    assert capsys.readouterr().out.startswith("# Registre des traitements – L’école de demain\n")
    assert cli.main(["processing-record", "rien"]) == 2


def test_a_bar_ends_no_cell(consultation, capsys):
    consultation.title = "Lire | écrire"
    consultation.save()
    cli.main(["processing-record", consultation.slug])
    assert "| Concertation | Lire \\| écrire |" in capsys.readouterr().out
