"""Contributions as files: rows a second, beside `csv.writer` on a bare cursor in the same run.

`python -m bench.reading [ROWS]` makes that many contributions (100,000) in an SQLite file of its own.
"""

import csv
import io
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

TEXT = (
    "Le réseau tombe chaque matin dans les salles du bâtiment B, et personne ne vient le réparer avant midi."
)
NOW = datetime(2026, 10, 1, 9, 30, tzinfo=UTC)


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as kept:
        os.environ |= {"CAHIERS_VAR": kept, "DJANGO_SETTINGS_MODULE": "cahiers.settings"}
        os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        _measure(rows)


def _measure(rows: int) -> None:
    from django.db import connection

    from cahiers.contributions.models import Contribution
    from cahiers.contributions.reading import files
    from cahiers.contributions.reading.filters import labels_of

    consultation = _filled(rows)
    labels = labels_of(consultation.method)
    said = Contribution.objects.filter(consultation=consultation)

    def bare() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT c.uuid, c.created_at, c.kind, c.category, c.channel, r.title, r.text"
                " FROM contributions_contribution c"
                " JOIN contributions_revision r ON r.uuid = c.current_uuid ORDER BY c.id"
            )
            csv.writer(io.StringIO(), delimiter=";").writerows(cursor)

    limit = _rate(rows, bare)
    print(f"bare cursor and csv.writer  {limit:12,.0f} rows/s")
    for name, write in (
        ("csv", lambda: sum(map(len, files.as_csv(said, labels, team=True)))),
        ("json", lambda: sum(map(len, files.as_json(said, team=True)))),
    ):
        rate = _rate(rows, write)
        print(f"{name:26}  {rate:12,.0f} rows/s  {rate / limit:.2f} of it")


def _rate(rows: int, do: Callable[[], object]) -> float:
    """The best of three, in the time of the processor."""
    times = []
    for _ in range(3):
        began = time.process_time()
        do()
        times.append(time.process_time() - began)
    return rows / min(times)


def _filled(rows: int):  # type: ignore[no-untyped-def]
    from django.core.management import call_command
    from django.db import transaction

    from cahiers.consultations.actions import create
    from cahiers.contributions.models import Contribution, Revision
    from cahiers.territories.actions import add
    from cahiers.territories.models import Level

    call_command("migrate", verbosity=0)
    nation = add(parent=None, level=Level.NATION, name="Valmarie", by=None, now=NOW)
    consultation = create(
        slug="mesure", title="Mesure", method_key="etats-generaux", territories=[nation], by=None, now=NOW
    )
    theme = consultation.themes.first()
    for start in range(0, rows, 20_000):
        with transaction.atomic():
            texts = [uuid4() for _ in range(min(20_000, rows - start))]
            made = Contribution.objects.bulk_create(
                Contribution(
                    consultation=consultation,
                    territory=nation,
                    theme=theme,
                    channel="import",
                    kind="irritant",
                    category="users",
                    consent="public",
                    current_id=text,
                    created_at=NOW,
                )
                for text in texts
            )
            Revision.objects.bulk_create(
                Revision(uuid=text, contribution=one, text=TEXT, at=NOW)
                for text, one in zip(texts, made, strict=True)
            )
    return consultation


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
