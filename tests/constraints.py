"""Constraints that databases check when a transaction ends, which a test never lets come."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def checked() -> Iterator[None]:
    """A transaction at whose end every constraint is checked, foreign keys among them."""
    with transaction.atomic():
        yield
        connection.check_constraints()
