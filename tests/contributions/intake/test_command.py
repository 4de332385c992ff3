"""`cahiers import-contributions`."""

from contextlib import contextmanager
from itertools import chain

import pytest

from cahiers.cli import main
from cahiers.contributions.intake import actions, apart, lines, turns
from cahiers.contributions.intake.models import State, TableImport
from cahiers.contributions.models import Contribution
from cahiers.contributions.tables import Unreadable
from tests.accounts.people import someone
from tests.contributions.intake.conftest import csv_of
from tests.contributions.intake.test_actions import BAD
from tests.contributions.tables.samples import LINES


@pytest.fixture
def table(tmp_path):
    def table(data, name="reponses.csv"):
        (tmp_path / "sent").mkdir(exist_ok=True)
        path = tmp_path / "sent" / name
        path.write_bytes(data)
        return str(path)

    return table


def run(*given):
    return main(["import-contributions", "--into", "ecole", *given])


def test_a_table_is_imported_once(consultation, table, capsys, files):
    assert run(table(csv_of())) == 0
    assert run(table(csv_of())) == 0
    assert Contribution.objects.count() == len(LINES)
    assert "0 contributions importées" in capsys.readouterr().out
    assert not list(files.iterdir())


def test_all_or_nothing_unless_what_is_right_is_asked_for(consultation, table, capsys, tmp_path):
    path = table(csv_of([*LINES, BAD]))
    assert run(path) == 1
    assert not Contribution.objects.exists()
    assert f"ligne {len(LINES) + 3}, Horodatage de saisie : « 31/02/2026 »" in capsys.readouterr().err
    assert run(path, "--what-is-right") == 1
    assert Contribution.objects.count() == len(LINES)
    assert (tmp_path / "sent" / "reponses-a-reprendre.csv").read_bytes().count(b"\r\n") == 2


def test_what_is_interrupted_leaves_nothing_half_done(consultation, table, capsys, monkeypatch, files):
    prepared = lines.prepared

    @contextmanager
    def interrupted(*given):
        with prepared(*given) as batches:
            yield chain([next(batches)], stopped())

    def stopped():
        assert Contribution.objects.count() == 2
        raise Unreadable(apart.INTERRUPTED)
        yield

    monkeypatch.setattr(lines, "BATCH", 2)
    monkeypatch.setattr(turns, "TOGETHER", 1)
    monkeypatch.setattr(lines, "prepared", interrupted)
    assert run(table(csv_of())) == 2
    assert apart.INTERRUPTED in capsys.readouterr().err
    assert not Contribution.objects.exists()
    assert TableImport.objects.get().state == State.LEFT
    assert not list(files.iterdir())


def test_a_dry_run_writes_nothing(consultation, table):
    assert run(table(csv_of()), "--dry-run", "--territory", "Valmarie") == 0
    assert not Contribution.objects.exists()
    assert TableImport.objects.get().state == State.LEFT


def test_what_someone_makes_ready_in_the_page_is_left_to_them(consultation, table, drop, now, monkeypatch):
    mine = drop(csv_of())
    mine.by = someone()
    mine.save()
    assert run(table(csv_of()), "--dry-run") == 0
    mine.refresh_from_db()
    assert mine.is_open

    def dropped_meanwhile(**given):
        other = drop(csv_of([BAD]))
        other.by = mine.by
        other.save()
        raise actions.NothingToRead

    monkeypatch.setattr(actions, "ask_check", dropped_meanwhile)
    assert run(table(csv_of(LINES[:1]))) == 2
    assert [one.is_open for one in TableImport.objects.filter(by=mine.by)] == [True, True]


def test_columns_that_say_nothing_are_told_what_to_do(consultation, table, capsys):
    assert run(table(b"a;b\r\n")) == 2
    assert "--mapping" in capsys.readouterr().err


@pytest.mark.parametrize("given", [("--territory", "Nulle part"), ("--mapping", "Aucune")])
def test_what_is_unknown_is_said(consultation, table, capsys, given):
    assert run(table(csv_of()), *given) == 2
    assert given[1] in capsys.readouterr().err


def test_what_is_no_table_is_said(consultation, table, capsys):
    assert run(table(b"%PDF-1.7", "texte.pdf")) == 2
    assert main(["import-contributions", "--into", "rien", table(b"a;b")]) == 2
    assert not TableImport.objects.exists()
