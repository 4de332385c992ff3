"""Long work on tables, done beside the requests that ask for it: they are answered at once, and say how far it is.

One thread works on a table. It says so in the table's row again and again; where nothing was said for a while, its
server has stopped, and whoever looks next has another thread go on: see docs/adr/0012.
"""

import logging
import sys
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic
from typing import Final
from uuid import UUID, uuid4

from django.db import connections
from django.db.models import Q
from django.utils import timezone, translation

from cahiers.accounts.models import Person
from cahiers.contributions.intake import advancing
from cahiers.contributions.intake.actions import SomeAreWrong
from cahiers.contributions.intake.advancing import silent
from cahiers.contributions.intake.lines import Progress
from cahiers.contributions.intake.models import WORKING, State, TableImport
from cahiers.contributions.tables import Unreadable

#: After which a worker that says nothing is taken for gone, and how often one says something.
SILENT: Final = timedelta(seconds=15)
OFTEN: Final = 0.5
#: Seconds that a request waits for work that is nearly done.
PATIENCE: Final = 2.0
#: Seconds after which Python leaves this work for whoever answers people: each question of theirs to the database
#: has them wait as long for their turn again.
TURN: Final = 0.0005
USUAL_TURN: Final = sys.getswitchinterval()
LANGUAGE: Final = "fr"

_log = logging.getLogger(__name__)


class Busy(Exception):
    """Someone else works on it."""


class _Overtaken(Exception):
    """Another worker has it, or what was asked is no more."""


def carry_on(found: TableImport, by: Person | None) -> None:
    """See that someone works on it, and wait a moment in case that is enough."""
    worker = uuid4()
    now = timezone.now()
    # Looked at before it is asked for: to ask waits for whoever writes.
    alive = found.beat is not None and found.beat > now - SILENT
    if found.state in WORKING and not found.refusal and not alive and _claim(found, worker, now):
        beside(lambda: _work(found.pk, worker, by))
    found.refresh_from_db()


def carry_out(found: TableImport, by: Person | None, progress: Progress) -> None:
    """Do it here and now, for a command. Raises Busy, and what the work raises."""
    worker = uuid4()
    if not _claim(found, worker, timezone.now()):
        raise Busy
    found.refresh_from_db()
    try:
        _do(found, by, _Beat(found, worker, progress))
    finally:
        _release(found.pk, worker)


def beside(work: Callable[[], None]) -> None:
    """Do it in a thread, which ends with the server."""

    def apart() -> None:
        sys.setswitchinterval(TURN)
        try:
            work()
        finally:
            sys.setswitchinterval(USUAL_TURN)
            connections.close_all()

    thread = threading.Thread(target=apart, name="table", daemon=True)
    thread.start()
    thread.join(PATIENCE)


def _claim(found: TableImport, worker: UUID, now: datetime) -> bool:
    silent = Q(beat=None) | Q(beat__lt=now - SILENT)
    free = TableImport.objects.filter(silent, pk=found.pk, state__in=WORKING)
    return bool(free.update(worker=worker, beat=now))


def _work(key: int, worker: UUID, by: Person | None) -> None:
    found = TableImport.objects.select_related("consultation", "territory").get(pk=key)
    try:
        # Problems are kept as they are told: in French, whoever reads.
        with translation.override(LANGUAGE):
            _do(found, by, _Beat(found, worker))
    except _Overtaken:
        pass
    except SomeAreWrong:
        _release(key, worker)
    except Unreadable as refusal:
        _refuse(key, str(refusal))
        _release(key, worker)
    except Exception:  # whatever it is, whoever looks next after a while tries again
        _log.exception("table %s", found.uuid)
    else:
        _release(key, worker)


def _do(found: TableImport, by: Person | None, beat: "_Beat") -> None:
    now = timezone.now()
    if found.state == State.CHECKING:
        advancing.check(found=found, now=now, progress=beat)
    elif found.state == State.IMPORTING:
        advancing.advance(found=found, by=by, now=now, progress=beat)
    elif found.state == State.UNDOING:
        advancing.undo(found=found, by=by, now=now, progress=beat)


class _Beat:
    """Says that the work goes on, and how far it is; raises _Overtaken where it is no longer this worker's."""

    def __init__(self, found: TableImport, worker: UUID, also: Progress = silent) -> None:
        self._also = also
        self._mine = TableImport.objects.filter(pk=found.pk, worker=worker, state=found.state)
        self._said = monotonic()
        self._share = found.share

    def __call__(self, line: int, share: int) -> None:
        self._also(line, share)
        if monotonic() < self._said + OFTEN:
            return
        # Who goes on after a crash reads again what is behind.
        self._share = max(self._share, share)
        if not self._mine.update(beat=timezone.now(), share=self._share):
            raise _Overtaken
        self._said = monotonic()


def _release(key: int, worker: UUID) -> None:
    TableImport.objects.filter(pk=key, worker=worker).update(worker=None, beat=None)


def _refuse(key: int, why: str) -> None:
    """A dry run goes back to its columns; an import stays where it is until it is left."""
    one = TableImport.objects.filter(pk=key)
    one.update(refusal=why)
    one.filter(state=State.CHECKING).update(state=State.DROPPED)
