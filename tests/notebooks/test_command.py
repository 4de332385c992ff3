"""`cahiers import` and `cahiers export`."""

import zipfile
from uuid import uuid4

import pytest
from django.utils import timezone

from cahiers.cli import main
from cahiers.documents import formats
from cahiers.notebooks.actions import publish
from cahiers.notebooks.actions.statements import reword
from cahiers.notebooks.models import Notebook, NotebookFeedback, Statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path, synthesis, consultation):
    path = tmp_path / "cahier.json"
    with path.open("wb") as stream:
        formats.writer("json").write(synthesis, consultation.method, stream)
    return path


def test_a_document_goes_in_with_its_counts_and_warnings(file, region, capsys):
    assert main(["import", str(file), "--into", "ecole", "--publish"]) == 0
    said = capsys.readouterr()
    assert "énoncés\u00a0: 4" in said.out
    assert "/ecole/cote-d-aubrac/" in said.out
    assert "page 3, ligne 40" in said.err
    assert "Colonne incertaine" in said.err
    assert Notebook.objects.get().is_published


@pytest.mark.parametrize("territory", ["côte d’aubrac", "AUB"])
def test_the_territory_goes_by_name_or_code(file, region, territory):
    assert main(["import", str(file), "--into", "ecole", "--territory", territory]) == 0
    assert Notebook.objects.get().territory == region


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--into", "autre"], "aucune concertation"),
        (["--into", "ecole", "--territory", "Nulle-Part"], "aucun territoire"),
        (["--into", "ecole", "--territory", ""], "aucun territoire"),
    ],
)
def test_what_is_not_there_is_said(file, nation, arguments, says, capsys):
    assert main(["import", str(file), *arguments]) == 2
    assert says in capsys.readouterr().err
    assert not Notebook.objects.exists()


def test_what_cannot_be_read_does_not_stop_the_others(file, region, tmp_path, capsys):
    broken = tmp_path / "vide.docx"
    broken.write_bytes(b"")
    assert main(["import", str(broken), str(tmp_path / "absent.docx"), str(file), "--into", "ecole"]) == 2
    said = capsys.readouterr().err
    assert "vide.docx" in said
    assert "absent.docx" in said
    assert Notebook.objects.count() == 1


def test_the_same_file_is_recognised(file, region, capsys):
    assert main(["import", str(file), "--into", "ecole"]) == 0
    assert main(["import", str(file), "--into", "ecole"]) == 2
    assert "déjà été importé" in capsys.readouterr().err


def test_notebooks_are_written_into_a_folder(notebook, tmp_path, capsys):
    target = tmp_path / "sorties"
    assert main(["export", "ecole", "--format", "json", "--format", "md", "--to", str(target)]) == 0
    assert {path.name for path in target.iterdir()} == {
        "ecole-cote-d-aubrac-brouillon.json",
        "ecole-cote-d-aubrac-brouillon.md",
    }
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_notebooks_are_written_into_a_zip(notebook, tmp_path, capsys):
    target = tmp_path / "cahiers.zip"
    assert main(["export", "ecole", "--format", "json", "--format", "md", "--zip", str(target)]) == 0
    with zipfile.ZipFile(target) as archive:
        assert archive.namelist() == [
            "ecole/json/cote-d-aubrac-brouillon.json",
            "ecole/md/cote-d-aubrac-brouillon.md",
        ]
    assert [path.name for path in tmp_path.iterdir()] == ["cahiers.zip"]
    assert capsys.readouterr().out == f"{target}\n"


def test_what_the_public_reads_alone(notebook, tmp_path, now):
    arguments = ["export", "ecole", "--format", "json", "--published", "--to", str(tmp_path)]
    assert main(arguments) == 0
    assert not list(tmp_path.iterdir())
    publish(notebook=notebook, by=None, now=now)
    assert main(arguments) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["ecole-cote-d-aubrac-edition-1.json"]


@pytest.mark.parametrize("arguments", [["autre"], ["ecole", "--format", "papyrus"]])
def test_exports_that_cannot_be_are_said(notebook, arguments, tmp_path, capsys):
    assert main(["export", *arguments, "--to", str(tmp_path)]) == 2
    assert capsys.readouterr().err


def test_a_newer_version_goes_into_its_notebook(file, region, tmp_path, synthesis, consultation, capsys):
    assert main(["import", str(file), "--into", "ecole"]) == 0
    statement = Statement.objects.select_related("current", "row__theme__notebook__consultation").get(
        current__text="Trop de mots de passe"
    )
    given = {"seen": statement.current_id, "command": uuid4(), "by": None, "now": timezone.now()}
    reword(statement=statement, text="Trop de mots de passe, dit-on ici", **given)
    newer = tmp_path / "v2.json"
    said = file.read_text().replace("Trop de mots de passe", "Bien trop de mots de passe")
    newer.write_text(said.replace("Sans numéro", "Sans aucun numéro"))
    assert main(["import", str(newer), "--into", "ecole", "--update", "cote-d-aubrac"]) == 0
    said = capsys.readouterr()
    assert "repris du document\u00a0: 1" in said.out
    assert "en conflit\u00a0: 1" in said.out
    assert (
        "«\u00a0Trop de mots de passe, dit-on ici\u00a0» plutôt que «\u00a0Bien trop de mots de passe\u00a0»"
        in said.err
    )
    notebook = Notebook.objects.get()
    texts = set(Statement.objects.values_list("current__text", flat=True))
    assert "Trop de mots de passe, dit-on ici" in texts
    assert NotebookFeedback.objects.filter(contribution__current__text="Sans aucun numéro").exists()
    assert notebook.imported_texts.count() == 2
    assert main(["import", str(newer), "--into", "ecole", "--update", "cote-d-aubrac"]) == 2
    assert "déjà été importé" in capsys.readouterr().err


def test_what_cannot_be_updated_is_said(file, region, capsys):
    assert main(["import", str(file), "--into", "ecole", "--update", "nulle-part"]) == 2
    assert "aucun cahier" in capsys.readouterr().err
    assert main(["import", str(file), str(file), "--into", "ecole", "--update", "nulle-part"]) == 2
    assert "un seul fichier" in capsys.readouterr().err
    assert not Notebook.objects.exists()
