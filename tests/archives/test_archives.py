"""A backup, an emptied installation, a restore: the same bytes of every export."""

import io
import json
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from cahiers.archives.backup import backup
from cahiers.archives.contents import MANIFEST, ArchiveError, tables
from cahiers.archives.restore import restore
from cahiers.consultations.models import Consultation
from cahiers.documents import formats
from cahiers.documents.model import Synthesis
from cahiers.notebooks.actions import SourceFile, import_synthesis
from cahiers.notebooks.models import Notebook
from cahiers.territories.models import Territory
from tests.installation import copied, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path: Path, settings) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.MEDIA_ROOT.mkdir()
    (settings.MEDIA_ROOT / "2026").mkdir()
    (settings.MEDIA_ROOT / "2026" / "fiche.docx").write_bytes(bytes(range(256)) * 9)
    return settings.MEDIA_ROOT


@pytest.fixture
def notebook(published: Consultation, region: Territory, synthesis: Synthesis, now: datetime) -> Notebook:
    source = SourceFile.of(b"the bytes", name="synthese.docx", format="docx")
    return import_synthesis(
        consultation=published, territory=region, synthesis=synthesis, source=source, by=None, now=now
    )


def rows() -> dict[str, list[dict[str, object]]]:
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in tables()}


def archive(now: datetime) -> io.BytesIO:
    stream = io.BytesIO()
    backup(stream=stream, now=now)
    stream.seek(0)
    return stream


GO_ON = """
import django
django.setup()
from django.utils import timezone
from cahiers.consultations.actions import create
from cahiers.journal.models import Entry
create(slug="suite", title="La suite", method_key="retrospective", by=None, now=timezone.now())
for stream in set(Entry.objects.values_list("stream", flat=True)):
    positions = list(Entry.objects.filter(stream=stream).values_list("position", flat=True))
    assert positions == list(range(1, len(positions) + 1)), positions
"""


def export(folder: Path, to: Path) -> dict[str, bytes]:
    formats_wanted = [option for name in formats.writer_names() for option in ("--format", name)]
    run(folder, "-m", "cahiers", "export", "ecole-et-numerique-2026", *formats_wanted, "--to", str(to))
    return {path.name: path.read_bytes() for path in to.iterdir()}


def test_everything_comes_back(demonstrated: Path, tmp_path: Path) -> None:
    """On the command line, in an installation of its own: the journal lets nobody empty this one."""
    old, new, saved = tmp_path / "old", tmp_path / "new", tmp_path / "saved.zip"
    copied(demonstrated, old)
    (old / "files" / "2026").mkdir(parents=True, exist_ok=True)
    (old / "files" / "2026" / "fiche.docx").write_bytes(bytes(range(256)) * 9)
    run(old, "-m", "cahiers", "backup", str(saved))
    run(new, "-m", "cahiers", "restore", str(saved))
    written = export(old, tmp_path / "before")
    assert len(written) == 4 * len(formats.writer_names())
    assert export(new, tmp_path / "after") == written
    assert (new / "files" / "2026" / "fiche.docx").read_bytes() == bytes(range(256)) * 9
    run(new, "-c", GO_ON)


def test_the_same_state_gives_the_same_bytes(notebook: Notebook, files: Path, now: datetime) -> None:
    assert archive(now).getvalue() == archive(now).getvalue()


def test_sessions_stay_out(notebook: Notebook, files: Path, now: datetime) -> None:
    assert not [name for name in zipfile.ZipFile(archive(now)).namelist() if "session" in name]


def test_an_installation_that_holds_something_is_left_alone(
    notebook: Notebook, files: Path, now: datetime
) -> None:
    kept = rows()
    with pytest.raises(ArchiveError, match="pas vide"):
        restore(stream=archive(now))
    assert rows() == kept


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"bonjour", b"\0" * 1000])
def test_what_is_no_archive_is_refused(db: None, files: Path, data: bytes) -> None:
    with pytest.raises(ArchiveError, match="archive"):
        restore(stream=io.BytesIO(data))


def rewritten(saved: io.BytesIO, change: dict[str, bytes]) -> io.BytesIO:
    """The archive with other members, its manifest untouched unless it is changed too."""
    out = io.BytesIO()
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, change.pop(name, old.read(name)))
        for name, data in change.items():
            new.writestr(name, data)
    out.seek(0)
    return out


def test_a_damaged_archive_changes_nothing(notebook: Notebook, files: Path, now: datetime) -> None:
    saved = archive(now)
    kept = rows()
    damaged = rewritten(saved, {"tables/notebooks.statement.jsonl": b"{}\n"})
    with pytest.raises(ArchiveError, match="abîmée"):
        restore(stream=damaged)
    assert rows() == kept


def test_a_file_that_would_escape_is_refused(notebook: Notebook, files: Path, now: datetime) -> None:
    saved = archive(now)
    manifest = json.loads(zipfile.ZipFile(saved).read(MANIFEST))
    manifest["members"]["files/../../outside"] = "0" * 64
    forged = rewritten(saved, {MANIFEST: json.dumps(manifest).encode(), "files/../../outside": b"x"})
    with pytest.raises(ArchiveError, match="sortirait"):
        restore(stream=forged)


def test_an_archive_of_another_version_says_so(notebook: Notebook, files: Path, now: datetime) -> None:
    saved = archive(now)
    manifest = json.loads(zipfile.ZipFile(saved).read(MANIFEST))
    manifest["migrations"] = manifest["migrations"][:-1]
    with pytest.raises(ArchiveError, match="version"):
        restore(stream=rewritten(saved, {MANIFEST: json.dumps(manifest).encode()}))
