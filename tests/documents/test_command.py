"""`cahiers convert`, run as people run it."""

import io
import json
import os
import stat
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from cahiers.documents import command, formats, output
from cahiers.documents.__main__ import main
from cahiers.documents.errors import DocumentError
from cahiers.documents.interchange import to_dict
from cahiers.documents.model import Item, Row, Synthesis, ThemeBlock, Warning
from cahiers.documents.model import Source as Place
from cahiers.methods import get
from tests.waiting import PATIENCE

SYNTHESIS = Synthesis(
    method="retrospective",
    territory="Équipe de Troyes",
    meetings=(),
    themes=(
        ThemeBlock(
            key="work",
            number=1,
            title="Notre façon de travailler",
            feedback=(),
            stages={"review": (Row(cells={"keep": (Item(text="Le point du lundi"), Item(text="Le café"))}),)},
        ),
    ),
    warnings=(
        Warning(message="Colonne incertaine.", text="Le café", source=Place(page=2, line=14)),
        Warning(message="Titre inconnu."),
    ),
)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "bilan.json"
    path.write_text(json.dumps(to_dict(SYNTHESIS)), encoding="utf-8")
    return path


def plain(*texts: str) -> list[str]:
    return [text.replace("\u00a0", " ") for text in texts]


def convert(*arguments: str | Path, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(sys, "argv", ["cahiers", "convert", *map(str, arguments)])
    return main()


def test_counts_and_warnings_go_to_standard_error(
    source: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert convert(source, source.with_suffix(".md"), monkeypatch=monkeypatch) == 0
    out, err = plain(*capsys.readouterr())
    assert out == ""
    lines = err.splitlines()
    assert lines[0].endswith("énoncés 2, avertissements 2")
    assert "Rétrospective" in lines[0]
    assert [line.split() for line in lines if "À garder" in line] == [["À", "garder", "2", "2"]]
    assert lines[-2:] == [
        "  page 2, ligne 14  Colonne incertaine. « Le café »",
        "  document          Titre inconnu.",
    ]
    assert "Le café" in source.with_suffix(".md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["docx", "odt", "xlsx"])
def test_there_and_back_without_naming_the_method(
    name: str, source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert convert(source, tmp_path / f"a.{name}", monkeypatch=monkeypatch) == 0
    assert convert(tmp_path / f"a.{name}", tmp_path / "b.json", monkeypatch=monkeypatch) == 0
    data = json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))
    assert data["method"] == "retrospective"
    assert [item["text"] for item in data["themes"][0]["stages"]["review"][0]["cells"]["keep"]] == [
        "Le point du lundi",
        "Le café",
    ]


def test_several_documents_into_a_folder(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    second = tmp_path / "suite.json"
    second.write_bytes(source.read_bytes())
    broken = tmp_path / "vide.json"
    broken.write_bytes(b"{}")
    folder = tmp_path / "sorties"
    assert convert(source, broken, second, f"{folder}/", "--to", "csv", monkeypatch=monkeypatch) == 2
    assert sorted(path.name for path in folder.iterdir()) == ["bilan.csv", "suite.csv"]
    err = plain(*capsys.readouterr())[1]
    assert err.count("énoncés 2") == 2
    assert f"cahiers : {broken} : " in err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["{in}", "a.json", "--method", "inconnue"], "méthode « inconnue » est inconnue"),
        (["{in}", "a.json", "--from", "wps"], "format « wps »"),
        (["{in}", "a.wps"], "format « wps »"),
        (["{in}", "-"], "--to"),
        (["{in}", "{in}", "a.json"], "donnez un dossier"),
        (["{in}", "{in}", "sorties/", "--to", "md"], "même fichier"),
        (["absent.docx", "a.json"], "« absent.docx » n’existe pas"),
        ([".", "a.json"], "est un dossier"),
        (["{in}", "{in}"], "ne sera pas écrasé"),
        (["{in}", "-", "-", "--to", "json"], "donnez un dossier"),
        (["-", "-", "sorties/", "--to", "json"], "ne se lit qu’une fois"),
        (["{in}", "a.json", "--method", "etats-generaux"], "on attend « etats-generaux »"),
        (["{in}", "bilan.json/a.md"], "ne peut être écrit"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    arguments: list[str],
    sentence: str,
    source: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    filled = [argument.replace("{in}", source.name) for argument in arguments]
    assert convert(*filled, monkeypatch=monkeypatch) == 2
    out, err = plain(*capsys.readouterr())
    assert out == ""
    assert sentence in err
    assert err.startswith("cahiers : ")
    assert err.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["bilan.json"]


def test_standard_input_and_output(source: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "cahiers.documents", "convert", "-", "-", "--from", "json", "--to", "md"],
        input=source.read_bytes(),
        capture_output=True,
        check=True,
        timeout=PATIENCE,
    )
    assert ran.stdout.decode().startswith("# ")
    assert "énoncés 2" in ran.stderr.decode()


def test_a_reader_that_leaves_early_is_no_error(source: Path) -> None:
    ran = subprocess.Popen(
        [sys.executable, "-m", "cahiers.documents", "convert", str(source), "-", "--to", "html"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert ran.stdout is not None
    assert ran.stderr is not None
    ran.stdout.close()
    with ran.stderr:
        err = ran.stderr.read()
    assert ran.wait(timeout=PATIENCE) == 0
    assert b"Traceback" not in err


def test_a_failing_writer_leaves_the_old_file(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.md"
    target.write_text("ancien", encoding="utf-8")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    assert convert(source, target, monkeypatch=monkeypatch) == 2
    assert target.read_text(encoding="utf-8") == "ancien"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "bilan.json"]


def test_written_files_follow_the_umask_and_keep_their_mode(tmp_path: Path) -> None:
    target, usual = tmp_path / "a.txt", tmp_path / "b.txt"
    output.write_file(target, b"un")
    usual.touch()
    assert stat.S_IMODE(target.stat().st_mode) == stat.S_IMODE(usual.stat().st_mode)
    target.chmod(0o640)
    output.write_file(target, b"deux")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert target.read_bytes() == b"deux"


def test_devices_and_links_are_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "vrai.txt").write_bytes(b"un")
    link = tmp_path / "lien.txt"
    link.symlink_to("vrai.txt")
    output.write_file(link, b"deux")
    assert link.is_symlink()
    assert (tmp_path / "vrai.txt").read_bytes() == b"deux"
    output.write_file(Path(os.devnull), b"rien")
    assert not Path(os.devnull).is_file()
    with pytest.raises(DocumentError, match="dossier"):
        output.write_file(tmp_path, b"")


def test_a_bar_shows_progress_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    tasks = [command.Task("a", "b", formats.writer("json"))] * 2
    assert command._progress(tasks) is tasks
    screen = io.StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(command, "sys", SimpleNamespace(stderr=screen))
    assert list(command._progress(tasks)) == tasks
    assert "document" in screen.getvalue()


def test_a_method_without_statements_is_the_last_resort() -> None:
    class Reader:
        name = "essai"

        def accepts(self, stream: object, filename: str) -> bool:
            return True

        def read(self, stream: object, method: object) -> Synthesis:
            assert hasattr(method, "key")
            themes = SYNTHESIS.themes if method.key == "retrospective" else ()
            return Synthesis(method=method.key, territory=None, meetings=(), themes=themes)

    _, method = command._first_that_fits(Reader(), io.BytesIO())
    assert method == get("retrospective")
