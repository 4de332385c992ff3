"""Four hundred voices in the demo, and files to try the importer with."""

import pytest
from django.db.models import Q
from django.test import override_settings

from cahiers.contributions.intake import actions, advancing
from cahiers.contributions.intake.models import State, TableImport
from cahiers.contributions.models import Channel, Contribution, Flag, PaperSheet, Status, Submission
from cahiers.demo.loader import DATA
from cahiers.territories.models import Territory

pytestmark = pytest.mark.django_db

HEARD = ("form", "survey", "letter", "phone", "paper", "import")


@pytest.fixture(autouse=True)
def media(tmp_path):
    with override_settings(MEDIA_ROOT=tmp_path):
        yield tmp_path


@pytest.fixture
def heard(loaded):
    return Contribution.objects.filter(channel__in=HEARD)


def test_four_hundred_say_something_through_every_channel(heard):
    assert heard.count() == 461
    assert set(heard.values_list("channel", flat=True)) == set(HEARD)
    assert len(set(heard.values_list("current__text", flat=True))) == 458
    assert heard.filter(status=Status.HIDDEN).exclude(hidden_because="").count() == 2
    assert heard.filter(status=Status.PENDING).count() >= 6
    assert heard.exclude(twin_of=None).count() == 3
    assert Flag.objects.filter(contribution__in=heard).exists()
    assert Submission.objects.exclude(receipt=None).count() >= 250
    assert PaperSheet.objects.filter(submission=None).count() == 5
    assert {one.said_on or one.created_at.date() for one in heard}.__len__() > 20


def test_no_channel_is_missing(loaded):
    assert set(Contribution.objects.values_list("channel", flat=True)) == set(Channel.values)


def test_a_survey_of_families_was_imported_and_its_mapping_kept(loaded):
    found = TableImport.objects.get(name="enquete-familles.csv")
    counts = found.counted
    assert (found.state, counts["lines"], counts["rejected"]) == (State.DONE, 30, 0)
    assert found.consultation.table_mappings.get().mapping == found.mapping
    brought = Contribution.objects.filter(imported_line__table=found, channel=Channel.IMPORT)
    assert brought.count() == counts["added"]
    assert set(brought.values_list("kind", flat=True)) == {"irritant", "strength", "need"}
    assert set(brought.values_list("category", flat=True)) == {"users"}
    assert not brought.filter(Q(theme=None) | Q(said_on=None) | Q(territory__level="nation")).exists()
    assert brought.filter(current__text__contains="\n\n").exists()


def test_some_are_silent_somewhere(heard):
    combes = Territory.objects.get(name="Combes-et-Lacs")
    assert heard.filter(territory=combes).exists()
    assert not heard.filter(territory=combes, category="users").exists()


@pytest.mark.parametrize(
    ("name", "shape", "records", "rejected"),
    [
        ("formulaire-a-corriger.csv", "google_forms", 34, 3),
        ("framaforms.csv", "webform", 16, 0),
        ("decidim-propositions.csv", "decidim_proposals", 10, 0),
        ("enquete-limesurvey.csv", "limesurvey", 31, 0),
    ],
)
def test_files_to_try_the_importer_with(consultation, nation, now, name, shape, records, rejected):
    folder = DATA / "exports"
    with (folder / name).open("rb") as stream, (folder / "enquete-limesurvey.lss").open("rb") as told:
        survey = name.startswith("enquete")
        found = actions.drop(
            consultation=consultation,
            territory=nation,
            stream=stream,
            name=name,
            size=1,
            structure=told if survey else None,
            structure_name="enquete-limesurvey.lss" if survey else "",
            by=None,
            now=now,
        )
    assert found.shape == shape
    actions.ask_check(found=found)
    advancing.check(found=found, now=now)
    assert (found.counts["records"], found.counts["rejected"]) == (records, rejected)
