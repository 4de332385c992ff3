"""Words that are corrected while a board's notes are gone through: on PostgreSQL each would wait for the other."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from cahiers.consultations.actions import create
from cahiers.contributions.actions.taking import Draft, notice, revise, store
from cahiers.contributions.models import Channel, Contribution
from cahiers.contributions.search import search
from cahiers.territories.actions import add
from cahiers.territories.models import Level
from tests.crowds import NOW, play
from tests.waiting import until

OLD, NEW = "Le réseau tombe souvent.", "Le réseau tient, depuis la fibre."


def scene() -> None:
    nation = add(parent=None, level=Level.NATION, name="Valmarie", by=None, now=NOW)
    consultation = create(
        slug="ecole", title="École", method_key="etats-generaux", territories=[nation], by=None, now=NOW
    )
    draft = Draft(territory=nation, channel=Channel.BOARD, text=OLD)
    with transaction.atomic():
        [note] = store(consultation=consultation, drafts=[draft], now=NOW)

    def correct() -> None:
        try:
            with transaction.atomic():
                revise(contribution=note, text=NEW, scope=None, links=[], now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            # As far as `notice` is when it has its locks.
            Contribution.objects.select_for_update().get(pk=note.pk)
            corrected = pool.submit(correct)
            until(someone_waits_for_this)
            notice([note.uuid])
        corrected.result()
    for words, found in (("souvent", 0), ("fibre", 1)):
        assert search(Contribution.objects.all(), words).count() == found


def someone_waits_for_this() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
        )
        return bool(cursor.fetchone()[0])


def test_a_correction_waits_for_who_goes_through_the_notes(prepared, tmp_path):
    if not os.environ.get("DATABASE_URL", ""):
        pytest.skip("SQLite has one writer at a time: nobody waits for each other.")
    play(scene, prepared, tmp_path)
