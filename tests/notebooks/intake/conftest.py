"""A place, who writes there, and documents to drop."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from cahiers.accounts.models import Person
from cahiers.consultations.models import Role
from cahiers.documents import formats
from cahiers.documents.model import Item, Row, Synthesis, ThemeBlock
from cahiers.methods import get
from cahiers.notebooks.intake import actions, reading
from cahiers.notebooks.intake.models import ImportDraft
from tests.accounts.people import NOW
from tests.consultations.teams import Place, member, place

LISTING = "/deux-rives/importer/"


@pytest.fixture(autouse=True)
def files(tmp_path: Path) -> Iterator[Path]:
    """Folder of the files that people drop."""
    with override_settings(MEDIA_ROOT=tmp_path):
        yield tmp_path / "imports"


def synthesis(territory: str = "Rive-Nord", word: str = "Un") -> Synthesis:
    row = Row(
        cells={
            "need": (Item(text=f"{word} appui"), Item(text="Du temps")),
            "lever": (Item(text="Un réseau"),),
        }
    )
    other = Row(cells={"need": (Item(text="Des salles", emphasised=True),)})
    return Synthesis(
        method="etats-generaux",
        territory=territory,
        meetings=(),
        themes=(
            ThemeBlock(
                key="access",
                number=1,
                title="Un égal accès au numérique pour tous",
                feedback=(),
                stages={"projections": (row, other)},
            ),
            ThemeBlock(
                key="teaching",
                number=2,
                title="Enseigner et apprendre avec le numérique",
                feedback=(),
                stages={"projections": (other,)},
            ),
        ),
    )


def document(read: Synthesis | None = None, format: str = "docx") -> bytes:
    stream = BytesIO()
    formats.writer(format).write(read or synthesis(), get("etats-generaux"), stream)
    return stream.getvalue()


def sent(data: bytes, name: str = "Rive-Nord.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


@pytest.fixture
def found() -> Place:
    return place()


@pytest.fixture
def author(found: Place) -> Person:
    return member(found.consultation, Role.FACILITATOR, found.north)


@pytest.fixture
def client(author: Person) -> Client:
    client = Client()
    client.force_login(author)
    return client


def dropped(found: Place, author: Person, data: bytes, name: str = "Rive-Nord.docx") -> ImportDraft:
    return actions.drop(
        consultation=found.consultation, stream=BytesIO(data), name=name, size=len(data), by=author, now=NOW
    )


@pytest.fixture
def draft(found: Place, author: Person) -> ImportDraft:
    """One that has been read."""
    made = dropped(found, author, document())
    assert reading.read(draft=made, now=NOW)
    return made
