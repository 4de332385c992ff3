"""Waiting for what comes: for as long as the slowest machine needs, and no longer than it takes."""

import time
from collections.abc import Callable
from typing import TypeVar

import pytest

Found = TypeVar("Found")

#: Seconds after which something will not come on any machine.
PATIENCE = 60.0


def until(look: Callable[[], Found], *, rest: Callable[[], object] = lambda: time.sleep(0.05)) -> Found:
    """What looking finds once it is something; the test fails where it never is. `rest` is done between two looks."""
    limit = time.monotonic() + PATIENCE
    while not (found := look()):
        if time.monotonic() > limit:
            pytest.fail("What was waited for did not come.")
        rest()
    return found
