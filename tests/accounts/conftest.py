"""Messages are sent at once."""

import pytest

from cahiers.accounts import mail
from tests.accounts.people import AtOnce


@pytest.fixture(autouse=True)
def _mail_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "OUTBOX", AtOnce())
    monkeypatch.setattr(mail, "PAUSE", (0, 0))
    # Tests run inside a transaction that is never committed.
    monkeypatch.setattr(mail.transaction, "on_commit", lambda do: do())
