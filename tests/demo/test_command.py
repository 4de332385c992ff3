"""`cahiers demo` prepares an empty folder, and a second start changes nothing."""

import argparse
import os
import stat
import subprocess
import sys

import pytest

from cahiers.demo import command
from tests.installation import SAID, copied
from tests.waiting import PATIENCE


def cahiers(folder, *arguments):
    environment = {
        key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "SECRET_KEY"}
    }
    environment |= {"CAHIERS_VAR": str(folder)}
    return subprocess.run(
        [sys.executable, "-m", "cahiers", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=10 * PATIENCE,
        check=True,
    ).stdout


def test_it_starts_from_nothing_and_starts_again(demonstrated, tmp_path):
    folder = copied(demonstrated, tmp_path / "var")
    assert "Plaines d’Ormance" in (folder / SAID).read_text()
    key = folder / "secret_key"
    kept = key.read_text()
    assert len(kept) >= 50
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert (folder / "static" / "staticfiles.json").exists()
    assert "rien n’a changé" in cahiers(folder, "demo", "--no-serve")
    assert key.read_text() == kept


def test_help_lists_every_command_in_one_line():
    said = cahiers("nowhere", "--help")
    lines = [line for line in said.splitlines() if line.startswith("    ") and line.strip()]
    assert {line.split()[0] for line in lines} >= {
        "convert",
        "import",
        "export",
        "demo",
        "serve",
        "migrate",
        "manage",
    }
    assert all(len(line.split()) > 1 for line in lines[1:])


def test_commands_that_need_no_database_do_not_load_django():
    program = "import sys, cahiers.cli; cahiers.cli._parser(); print('django' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=PATIENCE, check=True
    )
    assert done.stdout == "False\n"


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        (["--port", "8151"], "http://127.0.0.1:8151"),
        (["--host", "0.0.0.0"], "http://127.0.0.1:8000"),
        (["--host", "::1", "--port", "80"], "http://[::1]:80"),
    ],
)
@pytest.mark.parametrize("which", ["demo", "serve"])
def test_messages_name_the_address_that_is_served(monkeypatch, which, asked, named):
    class Prepared(Exception):
        pass

    def prepare():
        raise Prepared

    parser = argparse.ArgumentParser()
    command.add_parsers(parser.add_subparsers())
    arguments = parser.parse_args([which, *asked])
    monkeypatch.setattr(command, "_prepare", prepare)
    for given, expected in (("https://avis.exemple.example", "https://avis.exemple.example"), ("", named)):
        monkeypatch.setenv("SITE_URL", given)
        if not given:
            monkeypatch.delenv("SITE_URL")
        with pytest.raises(Prepared):
            arguments.run(arguments)
        assert os.environ["SITE_URL"] == expected
