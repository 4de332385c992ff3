"""What tests of pages and messages need, as in accounts."""

from tests.accounts.conftest import _mail_at_once

__all__ = ["_mail_at_once"]
