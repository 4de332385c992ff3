import argparse
import json
from pathlib import Path

import openpyxl
import pytest

from cahiers.endpoints.command import KEY, add_parser

from .conftest import FakeServer


@pytest.fixture
def table(tmp_path: Path) -> Path:
    subjects = ("Le wifi de la salle {} ne marche pas", "Former les parents aux outils, atelier {}")
    lines = ["id;texte", *(f"r{n};{subjects[n % 2].format(n)}" for n in range(30))]
    path = tmp_path / "remarques.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def call(table: Path, *arguments: str | Path) -> int:
    parser = argparse.ArgumentParser()
    add_parser(parser.add_subparsers())
    args = parser.parse_args(
        ["analyse", str(table), "--text", "texte", "--id", "id", "--quiet", *map(str, arguments)]
    )
    status: int = args.run(args)
    return status


def test_the_report_and_the_screen_say_where_the_remarks_went(
    server: FakeServer,
    table: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(KEY, "secret")
    report = tmp_path / "rapport.html"
    assert call(table, "-o", report, "--endpoint", server.url, "--endpoint-model", "small") == 0
    where = server.url.removesuffix("/v1")
    page = report.read_text(encoding="utf-8")
    assert f"envoyées à {where} (small)" in capsys.readouterr().err
    assert f"été envoyé à {where}" in page
    assert "sans que rien n’en sorte" not in page
    memory = (tmp_path / "rapport.html.analysis.json").read_text(encoding="utf-8")
    assert json.loads(memory)["method"]["parameters"]["sent_to"] == where
    assert "secret" not in page + memory
    assert {path for path, _, _ in server.requests} == {"/v1/embeddings"}
    assert all(headers["Authorization"] == "Bearer secret" for _, headers, _ in server.requests)


def test_without_the_option_nothing_is_sent(
    server: FakeServer, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY, "secret")
    report = tmp_path / "rapport.html"
    assert call(table, "-o", report, "--lexical") == 0
    assert not server.requests
    assert "sans que rien n’en sorte" in report.read_text(encoding="utf-8")


def test_drafts_are_shown_where_they_cite_and_refused_elsewhere(
    server: FakeServer, table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def draft(material: str) -> str:
        first = material.partition("]")[0].removeprefix("[")
        return f"<b>Le réseau</b> manque [{first}]." if "wifi" in material else "Il faut former."

    server.draft = draft
    report = tmp_path / "rapport.html"
    options = ("--endpoint", server.url, "--endpoint-model", "small", "--draft-model", "large")
    assert call(table, "-o", report, *options) == 0
    page = report.read_text(encoding="utf-8")
    assert "Résumé rédigé par un modèle, à vérifier" in page
    assert "&lt;b&gt;Le réseau&lt;/b&gt; manque [r" in page
    assert "Il faut former." not in page
    assert "1 résumé refusé" in capsys.readouterr().err
    book = tmp_path / "rapport.xlsx"
    assert call(table, "-o", book, *options) == 0
    cells = [
        cell for row in openpyxl.load_workbook(book)["Groupes"].iter_rows(values_only=True) for cell in row
    ]
    assert "Résumé rédigé par un modèle, à vérifier" in cells
    assert any("manque [r" in str(cell) for cell in cells)


@pytest.mark.parametrize(
    "options",
    [
        ("--endpoint", "http://example.org/v1", "--endpoint-model", "small"),
        ("--endpoint", "http://127.0.0.1:9/v1"),
        ("--endpoint-model", "small"),
        ("--draft-model", "large"),
        ("--endpoint", "http://127.0.0.1:9/v1", "--endpoint-model", "small", "--lexical"),
    ],
)
def test_what_does_not_go_together_is_refused_in_a_sentence(
    table: Path, tmp_path: Path, options: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(table, "-o", tmp_path / "rapport.html", *options) == 2
    assert capsys.readouterr().err.startswith("cahiers analyse\u00a0: ")


def test_a_server_that_refuses_leaves_no_report(server: FakeServer, table: Path, tmp_path: Path) -> None:
    server.statuses = [401]
    report = tmp_path / "rapport.html"
    assert call(table, "-o", report, "--endpoint", server.url, "--endpoint-model", "small") == 2
    assert not report.exists()
