"""The demo, loaded once for all the tests of it that a worker runs; what each changes is undone."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.test import override_settings

LATER = datetime(2026, 11, 20, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture(scope="package")
def loading(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[list[str]]:
    """What loading told of its progress."""
    from cahiers.demo.loader import load

    steps: list[str] = []
    media = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), media, transaction.atomic():
        assert load(now=LATER, progress=steps.append)
        yield steps
        transaction.set_rollback(True)


@pytest.fixture
def loaded(loading, db) -> list[str]:
    return loading
