import argparse
import json
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest

from cahiers.textkit.command import add_parser

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


def test_small_numbers_of_people_are_withheld_unless_internal(table: Path, tmp_path: Path) -> None:
    pages = []
    for option in ((), ("--internal",)):
        output = tmp_path / f"r{len(pages)}.html"
        call(table, *COLUMNS, "-o", output, "--quiet", *option)
        pages.append(output.read_text(encoding="utf-8"))
    assert "n. p.</abbr>" in pages[0]
    assert "n. p.</abbr>" not in pages[1]


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


def test_a_rerun_tells_what_changed(table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "rapport.html"
    call(table, *COLUMNS, "-o", output)
    with table.open("a", encoding="utf-8") as stream:
        stream.write("\nx1;Pas de réseau dans les salles;Élus;z;s1\nx2;Former les enseignants;Élus;y;s1")
    call(table, *COLUMNS, "-o", output)
    assert "Depuis la fois précédente : 2 remarques ont rejoint un groupe connu" in capsys.readouterr().out
    assert "Ce qui a changé depuis la fois précédente" in output.read_text(encoding="utf-8")


def test_json_is_the_analysis_and_the_memory(table: Path, tmp_path: Path) -> None:
    output = tmp_path / "rapport.json"
    call(table, *COLUMNS, "-o", output, "--quiet")
    assert json.loads(output.read_text(encoding="utf-8"))["format"] == "cahiers/analysis/1"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["rapport.json", "remarques.csv"]


def test_a_grid_of_themes_is_read(table: Path, tmp_path: Path) -> None:
    grid = tmp_path / "grille.json"
    grid.write_text(json.dumps({"themes": [{"key": "a", "name": "Réseau"}, {"key": "b", "name": "Parents"}]}))
    output = tmp_path / "r.json"
    assert call(table, *COLUMNS, "--themes", grid, "-o", output, "--quiet") == 0
    units = json.loads(output.read_text(encoding="utf-8"))["units"]
    assert {theme["label"] for theme in units[0]["themes"]} == {"a", "b"}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_usual_encodings(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("id\tRéponse\n1\tL’élève écoute\n2\tForêt\n".encode(encoding))
    assert call(path, "--text", "Réponse", "-o", tmp_path / "a.json", "--quiet") == 0


@pytest.mark.parametrize(
    ("content", "arguments", "message"),
    [
        ("a,b\n1,2", ("--text", "texte"), "Pas de colonne « texte ». Colonnes du fichier : a, b."),
        ("", ("--text", "texte"), "Colonnes du fichier : aucune"),
        ("a,b\n1,x\n1,y", ("--text", "b", "--id", "a"), "L’identifiant « 1 » est deux fois"),
        ("a,b\n1,x", ("--text", "b", "--weight", "b"), "« x » n’est pas un nombre de personnes"),
        ("a\nx", ("--text", "a", "-o", "r.pdf"), "l’extension dit le format"),
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
    said = capsys.readouterr().err
    assert any(part in said for part in message.split("|"))


def test_it_runs_as_a_module(table: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "cahiers.textkit", str(table), "--text", "Remarque", "--lexical"]
    found = subprocess.run(
        [*command, "-o", str(tmp_path / "m.html")], capture_output=True, text=True, check=True
    )
    assert "Rapport" in found.stdout
    assert "100%" in found.stderr.replace(" ", "")
