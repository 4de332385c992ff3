"""Who works on a table, who takes over, and what a refusal leaves."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from cahiers.contributions.intake import actions, advancing, files, lines, working
from cahiers.contributions.intake.models import State, TableImport
from cahiers.contributions.models import Contribution
from tests.contributions.intake.conftest import csv_of
from tests.contributions.tables.samples import LINES
from tests.waiting import PATIENCE


@pytest.fixture
def begun(drop, now):
    found = drop(csv_of())
    advancing.check(found=found, now=now)
    actions.begin(found=found, whole=True)
    return found


def test_a_table_that_someone_works_on_is_left_to_them(begun):
    TableImport.objects.update(worker=uuid4(), beat=timezone.now())
    # Seen before the other took it, then after.
    working.carry_on(begun, None)
    working.carry_on(begun, None)
    assert begun.state == State.IMPORTING
    with pytest.raises(working.Busy):
        working.carry_out(begun, None, advancing.silent)


def test_a_server_that_stopped_is_taken_over_from(begun):
    TableImport.objects.update(worker=uuid4(), beat=timezone.now() - timedelta(seconds=60))
    working.carry_on(begun, None)
    assert begun.state == State.DONE
    assert Contribution.objects.count() == len(LINES)
    assert (begun.worker, begun.beat) == (None, None)


def test_who_was_taken_over_from_stops(begun, now, monkeypatch):
    monkeypatch.setattr(lines, "STEP", 1)
    monkeypatch.setattr(working, "OFTEN", 0)

    def overtake(line, share):
        TableImport.objects.update(worker=uuid4())

    with pytest.raises(working._Overtaken):
        working.carry_out(begun, None, overtake)
    assert not Contribution.objects.exists()


def test_a_dry_run_goes_on_by_itself(drop):
    found = drop(csv_of())
    actions.ask_check(found=found)
    working.carry_on(found, None)
    assert found.state == State.CHECKED
    assert found.counts["records"] == len(LINES)


def test_a_file_that_is_gone_is_told_once(begun):
    files.remove(begun.uuid)
    working.carry_on(begun, None)
    assert begun.state == State.IMPORTING
    assert begun.refusal
    working.carry_on(begun, None)
    assert begun.state == State.IMPORTING


def test_what_breaks_is_tried_again_later(begun, monkeypatch, caplog):
    def breaks(**given):
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(advancing, "advance", breaks)
        working.carry_on(begun, None)
    assert begun.beat
    assert "RuntimeError" in caplog.text
    TableImport.objects.update(beat=timezone.now() - timedelta(seconds=60))
    begun.refresh_from_db()
    working.carry_on(begun, None)
    assert begun.state == State.DONE


def test_work_is_done_in_a_thread_that_a_request_waits_for_a_moment_only(monkeypatch):
    monkeypatch.undo()
    ended, seen = threading.Event(), []
    monkeypatch.setattr(working, "PATIENCE", PATIENCE)
    working.beside(lambda: seen.append(threading.current_thread().name))
    assert seen == ["table"]
    monkeypatch.setattr(working, "PATIENCE", 0.05)
    working.beside(lambda: seen.append(ended.wait(PATIENCE)))
    assert seen == ["table"]
    ended.set()
