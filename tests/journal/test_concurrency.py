"""Forty writers of one stream at once: no position is lost, doubled or seen before an earlier one."""

from uuid import uuid4

from cahiers.journal.actions import record
from cahiers.journal.models import Entry, Verb
from tests.crowds import NOW, play, together


def scene() -> None:
    stream = uuid4()

    def write(_number: int) -> None:
        for _ in range(5):
            record(stream=stream, verb=Verb.SUBMIT, subject=uuid4(), actor=None, at=NOW)

    told = together(8, write)
    assert told == [None] * 8, told
    entries = Entry.objects.filter(stream__uuid=stream).order_by("position")
    assert list(entries.values_list("position", flat=True)) == list(range(1, 41))


def test_writers_wait_for_one_another(prepared, tmp_path):
    play(scene, prepared, tmp_path)
