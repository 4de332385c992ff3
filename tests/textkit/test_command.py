import argparse
import errno
import json
import re
import runpy
import sys
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest

from cahiers.textkit.command import add_parser
from cahiers.textkit.intake import Columns, read_csv
from cahiers.textkit.output import NotWritten, write_together

from .conftest import BENCH, CATEGORIES, rows


@pytest.fixture
def table(tmp_path: Path) -> Path:
    lines = ["Identifiant;Remarque;Public;Voix;Séance"]
    for n, row in enumerate(rows(BENCH / "remarks.tsv")[:120]):
        lines.append(f"r{n};{row['text'].replace(';', ',')};{CATEGORIES[n % 3]};v{n % 40};s{n % 4}")
    lines += [f"c{n};=2+2 <b>Une campagne</b> de copies;Familles;w{n};" for n in range(7)]
    lines.append("vide;;Élus;;")
    path = tmp_path / "remarques.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def call(*arguments: str | Path) -> int:
    parser = argparse.ArgumentParser()
    add_parser(parser.add_subparsers())
    args = parser.parse_args(["analyse", "--lexical", *map(str, arguments)])
    status: int = args.run(args)
    return status


COLUMNS = (
    "--text",
    "Remarque",
    "--by",
    "Public",
    "--author",
    "Voix",
    "--meeting",
    "Séance",
    "--id",
    "Identifiant",
)


class Outline(HTMLParser):
    """Tags opened, ids, link targets and what would go out to the network."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.outside: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            if name == "href" and value:
                (self.targets if value.startswith("#") else self.outside).append(value)
            if name == "src" or name.startswith("on"):
                self.outside.append(str(value))


def test_the_page_is_self_contained_and_sound(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "rapport.html"
    assert call(table, *COLUMNS, "-o", output) == 0
    page = output.read_text(encoding="utf-8")
    outline = Outline(page)
    assert not outline.outside
    assert not {"script", "link", "img", "iframe"} & set(outline.tags)
    assert len(set(outline.ids)) == len(outline.ids)
    assert {target[1:] for target in outline.targets} <= set(outline.ids)
    assert outline.tags.count("h1") == 1
    assert outline.tags.count("table") == outline.tags.count("caption")
    assert {"svg", "figcaption", "main"} <= set(outline.tags)
    assert "<b>Une campagne</b>" not in page
    assert "127 remarques (121 sans les copies)" in capsys.readouterr().out


def test_the_workbook_holds_texts_not_formulas(table: Path, tmp_path: Path) -> None:
    output = tmp_path / "rapport.xlsx"
    assert call(table, *COLUMNS, "-o", output, "--quiet") == 0
    book = openpyxl.load_workbook(output)
    assert book.sheetnames == ["Groupes", "Remarques", "Qui s’exprime", "Copies", "Ressemblances", "Méthode"]
    remarks = list(book["Remarques"].iter_rows(min_row=2))
    assert len(remarks) == 127
    campaign = [row for row in remarks if row[0].value.startswith("c")]
    assert {row[1].data_type for row in campaign} == {"s"}
    assert [row[6].value for row in campaign] == [None, *["c0"] * 6]
    assert [cell.value for cell in book["Copies"][2]][1:] == [7, 7]
    assert {row[2].value for row in book["Ressemblances"].iter_rows(min_row=2)} <= {
        "mêmes mots",
        "mots proches",
        "à confirmer",
    }


def test_a_rerun_tells_what_changed_though_lines_have_moved(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "rapport.html"
    columns = [*COLUMNS[:-2]]  # no identifiers: lines are known by their words
    call(table, *columns, "-o", output)
    lines = table.read_text(encoding="utf-8").splitlines()
    lines[50] = "r49;Une remarque corrigée entre-temps;Élus;v9;s1"
    added = ["x1;Pas de réseau dans les salles;Élus;z;s1", "x2;Former les enseignants;Élus;y;s1"]
    table.write_text("\n".join([*lines[:10], *lines[12:], *added]), encoding="utf-8")
    call(table, *columns, "-o", output)
    told = "Depuis la fois précédente : 2 remarques nouvelles, 1 corrigée, 2 retirées,"
    assert told in plain(capsys.readouterr().out)
    page = plain(output.read_text(encoding="utf-8"))
    assert "Remarques corrigées : 1<" in page


def test_what_the_page_says_of_doubts_and_of_who_signed_is_explained(tmp_path: Path) -> None:
    path = tmp_path / "avis.csv"
    long = "Les salles du collège sont trop petites et personne ne répond. " * 40
    said = ["RAS", "Rien", "bof", "Il faut repeindre la salle", long.strip()]
    path.write_text("\n".join(["avis", *(said[n % 5] for n in range(40))]), encoding="utf-8")
    assert call(path, "--text", "avis", "-o", tmp_path / "r.html", "--quiet") == 0
    page = plain((tmp_path / "r.html").read_text(encoding="utf-8"))
    assert "nature incertaine (" in page
    assert "À moins de 40 %, elle est dite incertaine" in page
    assert "non signée" not in page  # no column tells who wrote
    # A remark of 400 words is there whole, its end to be opened.
    assert re.search(r"<summary>Les salles [^<]{300,500}…</summary><p>… [^<]{1000,}</p></details>", page)


def test_json_is_the_analysis_and_the_memory_and_tells_no_small_number(table: Path, tmp_path: Path) -> None:
    output = tmp_path / "rapport.json"
    found = []
    for option in ((), ("--internal", "--fresh")):
        call(table, *COLUMNS, "-o", output, "--quiet", *option)
        found.append(json.loads(output.read_text(encoding="utf-8")))
    assert found[0]["format"] == "cahiers/analysis/1"
    told, whole = ([group["counts"]["people"] for group in one["groups"]] for one in found)
    assert all(shown is None or shown == people >= 5 for shown, people in zip(told, whole, strict=True))
    assert any(people < 5 for people in whole)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["rapport.json", "remarques.csv"]


def test_a_grid_of_themes_is_read(table: Path, tmp_path: Path) -> None:
    grid = tmp_path / "grille.json"
    grid.write_text(json.dumps({"themes": [{"key": "a", "name": "Réseau"}, {"key": "b", "name": "Parents"}]}))
    output = tmp_path / "r.xlsx"
    assert call(table, *COLUMNS, "--themes", grid, "-o", output, "--quiet") == 0
    proposed = openpyxl.load_workbook(output)["Remarques"]["F2"].value
    assert {part.partition(" (")[0] for part in proposed.split(", ")} == {"Réseau", "Parents"}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_usual_encodings(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("id\tRéponse\n1\tL’élève écoute\n2\tForêt\n".encode(encoding))
    assert [passage.text for passage in read_csv(path, Columns("Réponse")).passages] == [
        "L’élève écoute",
        "Forêt",
    ]


@pytest.mark.parametrize(
    ("content", "texts", "overlong"),
    [
        ("avis\nUn, deux ; trois\n\n", ["Un, deux ; trois"], []),  # one column: nothing parts its texts
        ('"avis, public, lieu";avis\nrien;Oui', ["Oui"], []),  # commas inside a heading part nothing
        ("n;avis;\n1;Un ; deux\n2;trois;;de trop", ["Un ", "trois"], [3]),
    ],
)
def test_texts_are_not_cut_unsaid(
    content: str, texts: list[str], overlong: list[int], tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(content, encoding="utf-8")
    table = read_csv(path, Columns("avis"))
    assert ([passage.text for passage in table.passages], table.overlong) == (texts, overlong)


@pytest.mark.parametrize(
    ("content", "arguments", "message"),
    [
        (
            "a,b\n1,2",
            ("--text", "texte"),
            "Pas de colonne « texte ». La première ligne doit nommer les colonnes",
        ),
        ("", ("--text", "texte"), "elle donne ici : aucune."),
        ("a,a\n1,2", ("--text", "a"), "Deux colonnes s’appellent « a »"),
        ("a,b\n1,x\n1,y", ("--text", "b", "--id", "a"), "L’identifiant « 1 » est deux fois"),
        ("a,b\n1,x", ("--text", "b", "--weight", "b"), "« x » n’est pas un nombre de personnes"),
        ("a,b\n1,²", ("--text", "b", "--weight", "b"), "« ² » n’est pas un nombre de personnes"),
        ("PK..", ("--text", "a"), "enregistrez-le d’abord en CSV"),
        ("a\nx", ("--text", "a", "-o", "r.pdf"), "l’extension dit le format"),
        ("a\nx", ("--text", "a", "-o", "{here}/none/r.html"), "none » (il n’existe pas)."),
        ("a\nx", ("--text", "a", "-o", "{here}/.html"), "l’extension dit le format"),
        (
            "a\nx",
            ("--text", "a", "--themes", "{here}/none.json"),
            "none.json » ne se lit pas (il n’existe pas).",
        ),
        ("a\nx", ("--text", "a", "--themes", "{here}/t.csv"), "n’est pas une grille"),
        ("a\nx", ("--text", "a", "--encoder", "{here}/none"), "pip install|none"),
    ],
)
def test_a_wrong_file_or_option_is_a_sentence(
    content: str, arguments: tuple[str, ...], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "t.csv"
    path.write_text(content, encoding="utf-8")
    given = [argument.replace("{here}", str(tmp_path)) for argument in arguments]
    assert call(path, "-o", tmp_path / "r.html", *given) == 2
    said = plain(capsys.readouterr().err)
    assert any(part in said for part in message.split("|"))
    assert [one.name for one in tmp_path.iterdir()] == ["t.csv"]


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, ""), KeyboardInterrupt()])
def test_a_full_disk_or_an_impatient_person_leaves_files_as_they_were(
    error: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report, memory = tmp_path / "r.html", tmp_path / "r.html.analysis.json"
    report.write_text("avant")

    def write(self: Path, data: bytes) -> int:
        if data == b"memory":
            raise error
        return real(self, data)

    real = Path.write_bytes
    monkeypatch.setattr(Path, "write_bytes", write)
    with pytest.raises((NotWritten, KeyboardInterrupt)):
        write_together({report: b"report", memory: b"memory"})
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("r.html", "avant")]


def test_it_runs_as_a_module(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["textkit", str(table), "--text", "Remarque", "--lexical", "-o", str(tmp_path / "m.html")]
    monkeypatch.setattr(sys, "argv", arguments)
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("cahiers.textkit", run_name="__main__")
    assert ended.value.code == 0
    told = capsys.readouterr()
    assert "Rapport" in told.out
    # In a pipe, a line each step and nothing written over.
    assert "100 % Terminé" in " ".join(told.err.split())
    assert "\r" not in told.err
