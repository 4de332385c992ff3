"""Messages are sent at once, static files served as they are."""

import pytest
from pytest_django import Settings

from cahiers.accounts import mail
from tests.accounts.people import AtOnce


@pytest.fixture(autouse=True)
def _in_one_process(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    monkeypatch.setattr(mail, "OUTBOX", AtOnce())
    # Tests run inside a transaction that is never committed.
    monkeypatch.setattr(mail.transaction, "on_commit", lambda do: do())
