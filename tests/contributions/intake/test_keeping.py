"""Files and cells of tables go when their time has come, and when what they hold is erased."""

from datetime import timedelta

from cahiers.contributions import erasing, retention
from cahiers.contributions.intake.models import State, TableImport
from cahiers.contributions.models import Contribution
from tests.contributions.intake.conftest import csv_of
from tests.contributions.intake.test_actions import BAD
from tests.contributions.tables.samples import LINES, as_zip


def test_rejected_lines_are_kept_a_week_and_open_tables_a_month(imported, drop, now, files):
    imported(csv_of([*LINES, BAD]))
    waiting = drop(csv_of(LINES[:1]))
    list(retention.apply(now=now + timedelta(days=6)))
    assert len(list(files.iterdir())) == 2
    list(retention.apply(now=now + timedelta(days=8)))
    assert [one.name for one in files.iterdir()] == [str(waiting.uuid)]
    assert TableImport.objects.last().problems == []
    list(retention.apply(now=now + timedelta(days=31)))
    waiting.refresh_from_db()
    assert waiting.state == State.LEFT
    assert not list(files.iterdir())


def test_erased_words_are_in_no_table_that_waits_nor_among_rejected_lines(imported, drop, now, files):
    wrong = [BAD[0], *LINES[0][1:]]
    imported(csv_of([*LINES, wrong]))
    drop(csv_of(LINES[:1]))
    drop(csv_of(LINES[1:2]))
    assert len(list(files.iterdir())) == 3
    said = Contribution.objects.get(current__text=LINES[0][4])
    erasing.erase(contributions=[said], by=None, now=now)
    kept = list(files.iterdir())
    assert len(kept) == 1
    assert LINES[0][4].encode() not in kept[0].read_bytes()
    assert LINES[0][4] not in str(list(TableImport.objects.values()))


def test_a_file_whose_next_table_waits_is_kept_a_week(imported, now, files):
    found = imported(as_zip(propositions__csv=csv_of(), autres__csv=csv_of(LINES[:1])), "export.zip")
    list(retention.apply(now=now + timedelta(days=6)))
    assert len(list(files.iterdir())) == 1
    list(retention.apply(now=now + timedelta(days=8)))
    found.refresh_from_db()
    assert (found.state, found.following, list(files.iterdir())) == (State.DONE, None, [])


def test_a_file_whose_next_table_holds_erased_words_goes(imported, now, files):
    found = imported(as_zip(propositions__csv=csv_of(LINES[1:]), autres__csv=csv_of(LINES[:1])), "export.zip")
    said = Contribution.objects.get(current__text=LINES[1][4])
    erasing.erase(contributions=[said], by=None, now=now)
    found.refresh_from_db()
    assert (found.following, list(files.iterdir())) == (None, [])


def test_what_was_erased_does_not_come_back(imported, now):
    imported(csv_of())
    said = Contribution.objects.get(current__text=LINES[0][4])
    erasing.erase(contributions=[said], by=None, now=now)
    again = imported(csv_of())
    assert again.counts["added"] == 0
