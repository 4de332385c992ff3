"""A notebook and a meeting that files go with."""

from pathlib import Path

import pytest
from django.test import Client

from cahiers.accounts.models import Person
from cahiers.consultations.models import Role
from cahiers.meetings.models import Meeting
from cahiers.notebooks.models import Notebook
from tests import sample
from tests.accounts.people import NOW
from tests.consultations.teams import Place, member, place


@pytest.fixture
def files(tmp_path: Path, settings) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "annexes"


@pytest.fixture
def found(files: Path) -> Place:
    return place()


@pytest.fixture
def author(found: Place) -> Person:
    return member(found.consultation, Role.FACILITATOR, found.north)


@pytest.fixture
def client(author: Person) -> Client:
    client = Client()
    client.force_login(author)
    return client


@pytest.fixture
def notebook(found: Place) -> Notebook:
    return sample.imported(found.consultation, found.north, sample.synthesis(), NOW)


@pytest.fixture
def meeting(notebook: Notebook) -> Meeting:
    first = notebook.meetings.order_by("number").first()
    assert first is not None
    return first
