"""The command line and its reports, in English for whoever asks for it."""

import ast
import re
from pathlib import Path

import openpyxl
import pytest

import cahiers
from cahiers import cli, language

SOURCES = Path(cahiers.__file__).parent
WORDS = {"_", "gettext", "gettext_noop", "ngettext"}
#: Words that participants wrote, and marks of the page.
PARTS = re.compile(r"<style>.*?</style>|<(\w+)[^>]* lang=\"fr\".*?</\1>|<[^>]+>", re.DOTALL)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    said = (
        "Il y a trop de bruit dans la cantine", "Il faut repeindre la salle de sport",
        "Les horaires du car du matin ne conviennent pas",
    )  # fmt: skip
    lines = [
        f"{said[n % 3]} depuis {n + 2} semaines;{('Élus', 'Familles')[n % 2]};v{n % 9};{n % 2}"
        for n in range(24)
    ]
    path = tmp_path / "avis.csv"
    path.write_text("\n".join(["avis;public;voix;séance", *lines, ";Élus;;"]), encoding="utf-8")
    return path


def analysed(table: Path, output: str, *more: str) -> Path:
    where = table.with_name(output)
    columns = ("--by", "public", "--author", "voix", "--meeting", "séance")
    assert cli.main(["analyse", str(table), "--text", "avis", *columns, "-o", str(where), *more]) == 0
    return where


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "fr"),
        ({"LANGUAGE": "en"}, "en"),
        ({"LANGUAGE": "en_GB.UTF-8:fr"}, "en"),
        ({"LANGUAGE": "de:en:fr"}, "en"),
        ({"LANGUAGE": "fr_FR:en"}, "fr"),
        ({"LANGUAGE": "de"}, "fr"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "en_US.UTF-8"}, "fr"),  # nobody chose it
    ],
)
def test_french_unless_language_prefers_english(environment: dict[str, str], expected: str) -> None:
    assert language.asked(environment) == expected


def test_a_page_in_english_is_so_throughout_but_for_what_people_said(
    table: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    analysed(table, "report.html")
    page = analysed(table, "report.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in page
    assert "Analysis of avis.csv" in page
    ours = PARTS.sub(" ", page)
    assert "Since the last time" not in ours
    assert "What has changed since the last time" in ours
    assert not re.search(r"[«»éèàêç\u202f]|\u00a0[:;?!%]", ours.replace("Élus", "").replace("séance", ""))
    told = capsys.readouterr()
    assert "24 remarks (24 without copies)" in told.out
    assert "1 line without text" in told.out
    assert "0 new remarks" in told.out
    assert "100% Done" in told.err
    assert language.spoken() == "fr"


def test_a_workbook_in_english(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    book = openpyxl.load_workbook(analysed(table, "report.xlsx", "--quiet"))
    assert book.sheetnames == ["Groups", "Remarks", "Who speaks", "Copies", "Likenesses", "Method"]
    assert [cell.value for cell in book["Remarks"][1]][:4] == ["Identifier", "Text", "Group", "Proposed kind"]


def test_what_is_kept_does_not_depend_on_the_language(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    french = analysed(table, "a.json", "--quiet").read_bytes()
    monkeypatch.setenv("LANGUAGE", "en")
    assert analysed(table, "b.json", "--quiet").read_bytes() == french


def test_mistakes_are_told_in_english(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    assert cli.main(["analyse", "none.csv", "--text", "a", "-o", "r.html"]) == 2
    assert capsys.readouterr().err == "cahiers analyse: “none.csv” cannot be read (it does not exist).\n"
    with pytest.raises(SystemExit):
        cli.main(["nope"])
    assert "cahiers: argument COMMAND" in capsys.readouterr().err


def helped(*command: str) -> None:
    with pytest.raises(SystemExit):
        cli.main([*command, "--help"])


def test_help_in_english(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    helped()
    commands = re.findall(r"^    (\w[\w-]+)  ", capsys.readouterr().out, re.MULTILINE)
    assert {"convert", "analyse", "import", "territories"} <= set(commands)
    for command in (
        *([one] for one in commands if one != "manage"),
        ["user", "add"],
        ["territories", "import"],
    ):
        helped(*command)
    told = capsys.readouterr().out
    assert not re.search(r"[«»éèêàçœ]|l’|d’", told.replace("“Collège”", ""))


def test_a_conversion_tells_in_english_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    assert cli.main(["convert", str(tmp_path / "none.docx"), str(tmp_path / "x.odt")]) == 2
    assert capsys.readouterr().err == f"cahiers: The file “{tmp_path / 'none.docx'}” does not exist.\n"


def test_words_stand_where_the_catalogue_is_made_from() -> None:
    """What is within an f-string is not found there: it would stay French."""
    hidden = [
        f"{path.name}:{call.lineno}"
        for path in SOURCES.rglob("*.py")
        if "cahiers.language" in (text := path.read_text(encoding="utf-8"))
        for told in ast.walk(ast.parse(text))
        if isinstance(told, ast.JoinedStr)
        for call in ast.walk(told)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in WORDS
        if call.args and isinstance(call.args[0], ast.Constant)
    ]
    assert hidden == []
