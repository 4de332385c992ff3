"""Settings and people that tests share."""

import gc
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import settings as hypothesis_settings

from cahiers.documents.model import Synthesis
from tests import installation, sample

NOW = datetime(2026, 10, 1, 9, 30, tzinfo=UTC)
#: Whether other processes run tests of the same run.
ONE_OF_SEVERAL = "PYTEST_XDIST_WORKER" in os.environ


class Undefined(str):
    """Fails the test where a template names what its view did not give."""

    def __mod__(self, missing: object) -> NoReturn:
        pytest.fail(f"The template names {missing}, which is undefined.")


def pytest_configure() -> None:
    gc.disable()
    os.environ.pop("LANGUAGE", None)  # of whoever runs the tests
    # Machines that run tests are shared: a slow moment is no fault of the code.
    hypothesis_settings.register_profile("suite", deadline=None)
    hypothesis_settings.load_profile("suite")
    from django.conf import settings

    settings.SECRET_KEY = "tests alone"
    settings.STATIC_ROOT = settings.PACKAGE / "ui" / "static"
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Undefined("%s")
    # Each test has a journal of its own, from its first entry: a page kept by one would answer another.
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if "kept_for_strangers" not in one]
    settings.ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]


def pytest_collection_finish() -> None:
    """What is collected stays: to have gone through it again and again would have taken a quarter of the time."""
    gc.enable()
    gc.freeze()


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of all the workers of this run."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if ONE_OF_SEVERAL else own


@pytest.fixture(scope="session")
def prepared(shared: Path) -> Path:
    """An installation with its tables and nothing in them: not to be changed, but copied."""
    return installation.once(shared / "prepared", installation.migrate)


@pytest.fixture(scope="session")
def demonstrated(shared: Path) -> Path:
    """An installation of the demo: not to be changed, but copied."""
    return installation.once(shared / "demonstrated", installation.demonstrate)


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest) -> None:
    """Where several workers run on SQLite, tables are copied: to migrate takes each of them seconds."""
    from django.db import connection

    if connection.vendor != "sqlite" or not ONE_OF_SEVERAL:
        request.getfixturevalue("django_db_setup")
        return
    for needed in ("django_test_environment", "django_db_modify_db_settings"):
        request.getfixturevalue(needed)
    with request.getfixturevalue("django_db_blocker").unblock():
        connection.close()
        connection.settings_dict["NAME"] = connection.creation._get_test_db_name()
        connection.ensure_connection()
        installation.restore(request.getfixturevalue("prepared"), connection.connection)


@pytest.fixture(autouse=True)
def french() -> Iterator[None]:
    """A request leaves its language behind in the thread."""
    from django.utils import translation

    with translation.override("fr"):
        yield


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def nation(db, now):
    from cahiers.territories.actions import add
    from cahiers.territories.models import Level

    return add(parent=None, level=Level.NATION, name="Valmarie", by=None, now=now)


@pytest.fixture
def region(nation, now):
    from cahiers.territories.actions import add
    from cahiers.territories.models import Level

    return add(parent=nation, level=Level.REGION, name="Côte d’Aubrac", code="AUB", by=None, now=now)


@pytest.fixture
def consultation(nation, now):
    """Unpublished, open all autumn."""
    from cahiers.consultations.actions import create

    return create(
        slug="ecole",
        title="L’école de demain",
        method_key="etats-generaux",
        opens=date(2026, 9, 1),
        closes=date(2026, 12, 1),
        territories=[nation],
        by=None,
        now=now,
    )


@pytest.fixture
def published(consultation, now):
    from cahiers.consultations.actions import publish

    publish(consultation=consultation, by=None, now=now)
    return consultation


@pytest.fixture
def synthesis() -> Synthesis:
    return sample.synthesis()


@pytest.fixture
def notebook(consultation, region, synthesis, now):
    """Unpublished, in an unpublished consultation."""
    return sample.imported(consultation, region, synthesis, now)


@pytest.fixture
def public_notebook(published, notebook, now):
    from cahiers.notebooks.actions import publish

    notebook.consultation = published
    publish(notebook=notebook, by=None, now=now)
    return notebook
