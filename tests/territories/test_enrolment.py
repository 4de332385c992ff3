"""Enrolling the establishments of a directory."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from cahiers.documents.errors import Unreadable
from cahiers.journal.models import Entry, Verb
from cahiers.territories import enrolment
from cahiers.territories.actions import add
from cahiers.territories.enrolment import NoDepartments, enrol
from cahiers.territories.models import Level, Territory
from cahiers.territories.planting import plant_france
from cahiers.territories.report import Problem, Report
from tests.territories.listings import HEADER, listing, number, row

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def france() -> None:
    plant_france(by=None, now=NOW)


def enrolled(*rows: dict[str, str], data: bytes | None = None, **options: Any) -> Report:
    stream = BytesIO(listing(*rows) if data is None else data)
    return enrol(stream=stream, by=None, now=NOW, **options)


def establishment(serial: int, department: str = "001") -> Territory:
    return Territory.objects.get(level=Level.ESTABLISHMENT, code=number(serial, department))


def at(level: Level) -> int:
    return Territory.objects.filter(level=level).count()


def sentence(report: Report) -> str:
    (problem,) = report.problems
    return str(problem)


def test_establishments_stand_below_their_bassin() -> None:
    report = enrolled(row(9000), row(9001), row(9002, libelle_bassin_formation=""))
    assert (report.lines, report.added, report.basins, report.refused, report.applied) == (3, 3, 1, 0, True)
    first = establishment(9000)
    assert first.name == "Collège des Tilleuls 9000 (Saint-Aubier)"
    assert first.path == (
        "france/auvergne-rhone-alpes/lyon/ain/bassin-du-haut-veyron/"
        f"college-des-tilleuls-9000-saint-aubier-{number(9000).lower()}/"
    )
    assert first.parent is not None
    assert (first.parent.level, first.parent.name) == (Level.BASIN, "Bassin du Haut-Veyron")
    without = establishment(9002)
    assert without.parent is not None
    assert without.parent.name == "Ain"


def test_the_same_file_twice_changes_nothing() -> None:
    enrolled(row(9000), row(9001))
    entries, before = Entry.objects.count(), list(Territory.objects.values())
    report = enrolled(row(9000), row(9001))
    assert (report.added, report.changed, report.unchanged, report.basins) == (0, 0, 2, 0)
    assert list(Territory.objects.values()) == before
    assert Entry.objects.count() == entries


def test_a_new_name_is_taken_and_the_address_stays() -> None:
    enrolled(row(9000))
    path = establishment(9000).path
    report = enrolled(row(9000, appellation_officielle="Collège des Grands-Ormes"))
    assert (report.changed, report.added) == (1, 0)
    assert establishment(9000).name == "Collège des Grands-Ormes (Saint-Aubier)"
    assert establishment(9000).path == path


def test_it_moves_to_the_bassin_that_the_file_says_and_takes_its_time_zone() -> None:
    enrolled(row(9000))
    cells = {
        "code_departement": "974",
        "libelle_academie": "La Réunion",
        "libelle_bassin_formation": "Bassin Sud",
    }
    assert enrolled(row(9000, **cells)).changed == 1
    moved = establishment(9000)
    assert moved.path.startswith("france/la-reunion/la-reunion/la-reunion/bassin-sud/")
    assert moved.time_zone == "Indian/Reunion"
    assert moved.parent is not None
    assert moved.parent.name == "Bassin Sud"


def test_a_file_without_bassins_leaves_them_as_they_are() -> None:
    enrolled(row(9000))
    report = enrolled(data=listing(row(9000), header=HEADER[:-1]))
    assert (report.unchanged, report.changed) == (1, 0)


def test_a_bassin_typed_otherwise_is_the_same() -> None:
    report = enrolled(row(9000), row(9001, libelle_bassin_formation="BASSIN DU HAUT VEYRON"))
    assert report.basins == 1
    assert enrolled(row(9002, libelle_bassin_formation="bassin du haut-veyron")).basins == 0


def test_a_bassin_that_spans_two_departments_stands_in_each() -> None:
    report = enrolled(row(9000), row(9001, code_departement="042"))
    assert report.basins == 2
    assert at(Level.BASIN) == 2


def test_the_department_is_found_by_code_or_name() -> None:
    typed = ["01", "1", "001", "Ain", "AIN"]
    report = enrolled(*(row(9000 + at, code_departement=cell) for at, cell in enumerate(typed)))
    assert report.added == len(typed)
    cells = {"libelle_academie": "", "libelle_bassin_formation": ""}
    others = {"2A": "Corse-du-Sud", "Cote d'Or": "Côte-d’Or", "REUNION": "La Réunion", "978": "Saint-Martin"}
    for at_, (cell, name) in enumerate(others.items(), 9100):
        enrolled(row(at_, code_departement=cell, **cells))
        parent = establishment(at_).parent
        assert parent is not None
        assert parent.name == name


def test_without_a_department_the_number_tells_it() -> None:
    data = listing(
        row(9000),
        {**row(0), "numero_uai": number(9001, "620")},
        header=("numero_uai", "appellation_officielle"),
    )
    assert enrolled(data=data).added == 2
    assert establishment(9000).path.startswith("france/auvergne-rhone-alpes/lyon/ain/")
    assert establishment(9001, "620").path.startswith("france/corse/corse/corse-du-sud/")


def test_without_a_department_a_known_establishment_stays_in_its_own() -> None:
    enrolled(row(9000, code_departement="042", libelle_bassin_formation=""))
    header = ("numero_uai", "appellation_officielle", "libelle_commune", "libelle_bassin_formation")
    assert enrolled(data=listing(row(9000), header=header)).changed == 1
    assert establishment(9000).path.startswith(
        "france/auvergne-rhone-alpes/lyon/loire/bassin-du-haut-veyron/"
    )


def test_the_commune_is_not_said_twice() -> None:
    enrolled(row(9000, appellation_officielle="Collège de SAINT AUBIER"))
    assert establishment(9000).name == "Collège de SAINT AUBIER"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (
            {"numero_uai": "0019000Z"},
            "Ligne 2, colonne « numero_uai » : « 0019000Z », la lettre de contrôle de 0019000 est C, non Z.",
        ),
        (
            {"numero_uai": "19000"},
            "Ligne 2, colonne « numero_uai » : « 19000 », un numéro UAI compte sept chiffres puis une lettre.",
        ),
        ({"numero_uai": ""}, "Ligne 2, colonne « numero_uai » : la cellule est vide."),
        (
            {"appellation_officielle": " "},
            "Ligne 2, colonne « appellation_officielle » : la cellule est vide.",
        ),
        (
            {"appellation_officielle": "Coll\ufffdge"},
            "Ligne 2, colonne « appellation_officielle » : « Coll\ufffdge », un caractère est illisible.",
        ),
        (
            {"code_departement": "Haute-Tauvre"},
            "Ligne 2, colonne « code_departement » : « Haute-Tauvre », aucun département connu n’a ce code ou ce nom.",
        ),
        (
            {"code_departement": "", "numero_uai": number(9000, "983")},
            "Ligne 2, colonne « code_departement » : le département n’est pas indiqué"
            " et le numéro UAI ne suffit pas à le trouver.",
        ),
        (
            {"libelle_academie": "Dijon"},
            "Ligne 2, colonne « libelle_academie » : « Dijon », le département Ain n’est pas dans cette académie.",
        ),
        (
            {"libelle_bassin_formation": "???"},
            "Ligne 2, colonne « libelle_bassin_formation » : « ??? », un nom de bassin compte au moins une lettre"
            " ou un chiffre.",
        ),
    ],
)
def test_what_is_wrong_is_told_by_line_and_column_with_the_cell(cells: dict[str, str], said: str) -> None:
    report = enrolled(row(9000, **cells))
    assert sentence(report) == said
    assert not report.applied


def test_an_academy_that_is_no_more_is_passed_over() -> None:
    assert enrolled(row(9000, code_departement="014", libelle_academie="Caen")).added == 1


def test_one_wrong_line_holds_back_all_the_others() -> None:
    before = Territory.objects.count()
    report = enrolled(row(9000), row(9001, numero_uai="0019001X"), row(9002))
    assert (report.lines, report.refused, report.applied) == (3, 1, False)
    assert Territory.objects.count() == before
    assert Entry.objects.count() == 1


def test_a_wrong_line_in_a_late_batch_undoes_the_early_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enrolment, "BATCH", 2)
    report = enrolled(
        *(row(9000 + at) for at in range(5)), row(9005, code_departement="Nulle-Part"), row(9006)
    )
    assert (report.lines, report.refused, report.applied) == (7, 1, False)
    assert at(Level.ESTABLISHMENT) == at(Level.BASIN) == 0


def test_partial_keeps_what_is_right() -> None:
    broken = listing(row(9000)) + b'x;"y"z\n'
    report = enrolled(
        data=broken + listing(row(9001, numero_uai="1"), row(9002)).split(b"\n", 1)[1], partial=True
    )
    assert (report.added, report.refused, report.applied) == (2, 2, True)
    assert at(Level.ESTABLISHMENT) == 2
    assert str(report.problems[0]) == "Ligne 3 : un guillemet est mal placé."


def test_a_dry_run_says_the_same_and_writes_nothing(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    rows = row(9000), row(9001, libelle_bassin_formation="Bassin Nord"), row(9002, numero_uai="1")
    before = Territory.objects.count()
    with django_assert_num_queries(2):  # what stands, and what is known of the batch
        dry = enrolled(*rows, dry_run=True)
    assert Territory.objects.count() == before
    assert not dry.applied
    wet = enrolled(*rows, partial=True)
    assert (dry.added, dry.basins, dry.problems) == (wet.added, wet.basins, wet.problems) != (0, 0, [])


def test_an_establishment_on_several_lines_is_taken_from_the_first_and_told() -> None:
    report = enrolled(row(9000), row(9000, appellation_officielle="Annexe", libelle_bassin_formation="Autre"))
    assert (report.added, report.repeated, report.basins) == (1, 1, 1)
    assert report.applied
    assert establishment(9000).name.startswith("Collège des Tilleuls")
    assert "Ligne 3" in sentence(report)
    assert "la première ligne compte" in sentence(report)


def test_a_refused_line_does_not_hide_the_sound_one_below() -> None:
    report = enrolled(row(9000, code_departement="Nulle-Part"), row(9000), partial=True)
    assert (report.added, report.refused, report.repeated) == (1, 1, 0)


def test_kinds_are_chosen_and_the_others_counted() -> None:
    rows = (
        row(9000),
        row(9001, nature_uai_libe="Ecole de niveau élémentaire"),
        row(9002, nature_uai_libe="CENTRE MEDICO-SCOLAIRE", numero_uai="nothing to check here"),
    )
    report = enrolled(*rows, kinds=["Collège", "école"])
    assert (report.added, report.left_out, report.refused) == (2, 1, 0)


def test_kinds_need_their_column() -> None:
    with pytest.raises(Unreadable, match="pas de colonne de type"):
        enrolled(data=listing(row(9000), header=HEADER[:4]), kinds=["Collège"])


def test_namesakes_of_a_department_do_not_collide() -> None:
    name = "École maternelle " + "des Hautes-Collines-de-la-Rivière-aux-Saules " * 3
    report = enrolled(*(row(9000 + at, appellation_officielle=name) for at in range(3)))
    assert report.added == 3
    assert all(len(one.slug) <= 80 for one in Territory.objects.all())


def test_the_journal_has_one_entry_about_the_lowest_territory_that_holds_them_all() -> None:
    enrolled(row(9000), row(9001, code_departement="042"))
    last = Entry.objects.order_by("position").last()
    assert last is not None
    assert last.verb == Verb.IMPORT
    assert last.subject == Territory.objects.get(level=Level.ACADEMY, name="Lyon").uuid


def test_establishments_of_several_trees_are_journalled_under_the_house() -> None:
    isle = add(parent=None, level=Level.NATION, name="Ormance", code="ORM", by=None, now=NOW)
    add(parent=isle, level=Level.DEPARTMENT, name="Lisoire", code="L1", by=None, now=NOW)
    assert enrolled(row(9000), row(9001, code_departement="L1", libelle_academie="")).added == 2
    last = Entry.objects.order_by("position").last()
    assert last is not None
    assert last.subject == enrolment.HOUSE


def test_a_name_that_two_departments_share_finds_neither() -> None:
    isle = add(parent=None, level=Level.NATION, name="Ormance", code="ORM", by=None, now=NOW)
    add(parent=isle, level=Level.DEPARTMENT, name="Ain", code="L1", by=None, now=NOW)
    assert enrolled(row(9000, code_departement="Ain")).refused == 1


def test_queries_go_by_batch_not_by_line(
    monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    monkeypatch.setattr(enrolment, "BATCH", 50)
    rows = [row(9000 + at) for at in range(100)]
    with django_assert_max_num_queries(26):
        enrolled(*rows)
    with django_assert_max_num_queries(6):
        enrolled(*rows)


def test_known_numbers_are_found_by_their_index() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("reads the plan of SQLite")
    with CaptureQueriesContext(connection) as queries:
        enrolled(row(9000), dry_run=True)
    (asked,) = [query["sql"] for query in queries if '"code" IN' in query["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked}")
        assert "USING INDEX territory_code_unique" in str(cursor.fetchall())


def test_progress_tells_lines_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enrolment, "BATCH", 2)
    told: list[int] = []
    enrolled(*(row(9000 + at) for at in range(5)), progress=told.append)
    assert told == [2, 4, 5]


def test_problems_are_kept_up_to_a_limit_and_all_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cahiers.territories.report.SHOWN", 3)
    report = enrolled(*(row(9000 + at, numero_uai="1") for at in range(10)))
    assert (len(report.problems), report.refused) == (3, 10)


def test_a_long_cell_is_shortened() -> None:
    problem = Problem(line=2, column="nom", cell="x" * 500, reason="la cellule est fausse")
    assert len(str(problem)) < 150


def test_before_any_department_is_planted_it_says_what_to_do() -> None:
    Territory.objects.filter(level=Level.DEPARTMENT).delete()
    with pytest.raises(NoDepartments, match="plant-france"):
        enrolled(row(9000))
