"""A process of its own gives what this one would, says why it cannot, and ends with whoever began it."""

import subprocess
from pathlib import Path

import pytest

from cahiers.contributions.intake import actions, advancing, apart, lines, reading, turns
from cahiers.contributions.intake.models import State, TableImport
from cahiers.contributions.models import Contribution
from cahiers.contributions.tables import Unreadable
from tests.contributions.intake.conftest import csv_of
from tests.contributions.tables.samples import LINES

BAD = ["31/02/2026", "Élève", "Laval", "Égal accès", "Une date qui n’existe pas.", "1"]
#: More than a pipe holds, so that who reads has to wait for who writes.
LONG = [[*LINES[0][:4], f"{at} {'mot ' * 100}", "1"] for at in range(4_000)]


@pytest.fixture
def begun(monkeypatch):
    """Processes that were begun."""
    found = []

    class Noted(subprocess.Popen):
        def __init__(self, *given, **more):
            super().__init__(*given, **more)
            found.append(self)

    monkeypatch.setattr(apart.subprocess, "Popen", Noted)
    return found


def test_what_comes_from_another_process_is_the_same(drop):
    source = reading.source(drop(csv_of([*LINES, BAD, *LONG[:2_200]])))
    told = {"here": [], "apart": []}
    batches = {}
    for where, prepared in (("here", lines.prepared), ("apart", apart.prepared)):
        with prepared(source, 2, lambda *how_far, where=where: told[where].append(how_far)) as found:
            batches[where] = list(found)
    assert batches["apart"] == batches["here"]
    assert len(batches["here"]) == 3
    assert batches["here"][0].wrong
    assert told["apart"] == told["here"] != []


def test_a_file_that_is_gone_is_told_from_there(drop):
    source = reading.source(drop(csv_of()))
    Path(source.path).unlink()
    with apart.prepared(source, 0, advancing.silent) as found, pytest.raises(Unreadable) as refusal:
        next(found)
    assert str(refusal.value) == lines.GONE


def test_a_process_that_is_killed_is_told_and_its_import_goes_on(drop, now, monkeypatch, begun):
    monkeypatch.setattr(advancing, "MANY", 100)
    monkeypatch.setattr(turns, "TOGETHER", 1)
    found = drop(csv_of(LONG))
    advancing.check(found=found, now=now)
    actions.begin(found=found, whole=False)

    def kill(line, share):
        if Contribution.objects.exists():
            begun[0].kill()

    with pytest.raises(Unreadable) as refusal:
        advancing.advance(found=found, by=None, now=now, progress=kill)
    assert str(refusal.value) == apart.INTERRUPTED
    found = TableImport.objects.get(pk=found.pk)
    assert found.state == State.IMPORTING
    assert 0 < found.position == Contribution.objects.count() < len(LONG)
    advancing.advance(found=found, by=None, now=now)
    assert found.state == State.DONE
    assert Contribution.objects.count() == len(LONG)


def test_who_is_not_listened_to_any_more_ends(drop, begun):
    source = reading.source(drop(csv_of(LONG)))

    def stop(line, share):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), apart.prepared(source, 0, stop) as found:
        list(found)
    assert begun[0].returncode
