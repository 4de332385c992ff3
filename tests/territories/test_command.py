"""The commands of territories."""

import argparse
from pathlib import Path

import pytest

from cahiers.territories import command
from cahiers.territories.models import Level, Territory
from tests.territories.listings import listing, row

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_parsers(parser.add_subparsers())
    parsed = parser.parse_args(["territories", *arguments])
    status = parsed.run(parsed)
    assert isinstance(status, int)
    return status


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "annuaire.csv"


def test_it_plants_then_says_that_all_was_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("plant-france") == 0
    assert "Territoires ajoutés : 156." in capsys.readouterr().out
    assert run("plant-france") == 0
    assert "rien n’a changé" in capsys.readouterr().out


def test_it_imports_and_counts(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("plant-france")
    file.write_bytes(listing(row(9000), row(9001), row(9002, nature_uai_libe="LYCEE")))
    assert run("import", str(file), "--kind", "Collège") == 0
    said = capsys.readouterr().out
    assert "Établissements nouveaux : 2" in said
    assert "Lignes d’un autre type : 1" in said
    assert Territory.objects.filter(level=Level.ESTABLISHMENT).count() == 2


def test_a_check_writes_nothing_and_fails_where_a_line_is_wrong(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("plant-france")
    file.write_bytes(listing(row(9000)))
    assert run("import", str(file), "--check") == 0
    file.write_bytes(listing(row(9000), row(9001, numero_uai="1")))
    assert run("import", str(file), "--check") == 2
    told = capsys.readouterr()
    assert "Ligne 3, colonne « numero_uai »" in told.err
    assert "c’était une vérification" in told.out
    assert not Territory.objects.filter(level=Level.ESTABLISHMENT).exists()


def test_a_wrong_line_holds_back_the_file_unless_partial(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("plant-france")
    file.write_bytes(listing(row(9000), row(9001, numero_uai="1")))
    assert run("import", str(file)) == 2
    assert "Rien n’a été importé : corrigez ces lignes" in capsys.readouterr().out
    assert run("import", str(file), "--partial") == 0
    assert "Lignes refusées : 1" in capsys.readouterr().out


def test_what_cannot_be_read_is_one_sentence(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("import", str(file)) == 2
    file.write_bytes(b"PK\x03\x04")
    assert run("import", str(file)) == 2
    file.write_bytes(listing(row(9000)))
    assert run("import", str(file)) == 2
    absent, workbook, unplanted = capsys.readouterr().err.strip().splitlines()
    assert "le fichier ne s’ouvre pas" in absent
    assert "Ce fichier est un classeur" in workbook
    assert "plant-france" in unplanted


def test_problems_beyond_those_shown_are_counted(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cahiers.territories.report.SHOWN", 1)
    run("plant-france")
    file.write_bytes(listing(*(row(9000 + at, numero_uai="1") for at in range(4))))
    assert run("import", str(file)) == 2
    assert "… et 3 autres lignes." in capsys.readouterr().err
