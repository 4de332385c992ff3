"""Reading at national scale: the search and the portrait of who spoke among 600,000 contributions.

`python -m bench.contributions_reading [COUNT]` fills a database of its own with that many, then times what pages ask of
it, on SQLite and, where pg_virtualenv is there, on PostgreSQL. The reference of the search is the scan that finds the
same words without an index; the portrait's is the bare count of the same table. Wall-clock medians and, in brackets,
the time of the processor in this process: on SQLite all of it, on PostgreSQL what is not the server's.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, islice, product
from shutil import which
from typing import Any, Final
from uuid import uuid4

COUNT: Final = 600_000
RUNS: Final = 7
BATCH: Final = 5_000
NOW: Final = datetime(2026, 10, 1, 9, 30, tzinfo=UTC)
#: Contributions of one sending.
TOGETHER: Final = 3
#: Words that texts draw from: the nth is drawn in proportion to 1/n, as in a language.
SYLLABLES: Final = ("bal", "cor", "dim", "fas", "gur", "mol", "nev", "pir", "ruc", "tas", "vol", "zen")
WORDS: Final = tuple("".join(parts) for parts in product(SYLLABLES, repeat=3))
#: Goals in milliseconds.
SEARCH: Final = 100
PORTRAIT: Final = 1000


def texts(count: int) -> Iterator[str]:
    """Of thirty words; every text ends with its number."""
    dice = random.Random(1)
    weights = list(accumulate(1 / (rank + 5) for rank in range(len(WORDS))))
    for number in range(count):
        yield f"{' '.join(dice.choices(WORDS, cum_weights=weights, k=30))} {number}"


def fill(count: int) -> Any:
    from django.db import connection, transaction

    from cahiers.consultations.actions import create, publish
    from cahiers.contributions.intake.rows import Rows, keys_for
    from cahiers.contributions.models import Contribution, Revision, Submission
    from cahiers.contributions.search.index import write_all
    from cahiers.territories.actions import add
    from cahiers.territories.models import Level

    nation = add(parent=None, level=Level.NATION, name="Valmarie", by=None, now=NOW)
    regions = [
        add(parent=nation, level=Level.REGION, name=f"Région {n}", by=None, now=NOW) for n in range(18)
    ]
    places = [
        add(parent=regions[n % 18], level=Level.DEPARTMENT, name=f"Département {n}", by=None, now=NOW).pk
        for n in range(100)
    ]
    consultation = create(
        slug="mesure",
        title="Mesure",
        method_key="etats-generaux",
        opens=date(2026, 9, 1),
        closes=date(2026, 12, 1),
        territories=[nation],
        by=None,
        now=NOW,
    )
    publish(consultation=consultation, by=None, now=NOW)
    categories = [one.key for one in consultation.method.categories]
    dice = random.Random(2)
    constant = {"consultation_id": consultation.pk, "consent": "public", "status": "accepted"}
    submissions = Rows(
        Submission, ("id", "uuid", "territory_id", "category", "channel", "created_at"), constant
    )
    contributions = Rows(
        Contribution,
        (
            *("id", "uuid", "territory_id", "category", "channel", "kind", "stands_for"),
            *("submission_id", "current_id", "created_at"),
        ),
        constant,
    )
    revisions = Rows(Revision, ("uuid", "contribution_id", "text"), {"number": 1, "at": NOW})
    written = texts(count)
    while batch := list(islice(written, BATCH)):
        with transaction.atomic():
            sent = keys_for(Submission, -(-len(batch) // TOGETHER))
            said = keys_for(Contribution, len(batch))
            who = [
                (
                    *(dice.choice(places), dice.choice(categories)),
                    *(
                        dice.choice(("form", "survey", "letter")),
                        str(NOW + timedelta(hours=dice.randrange(700))),
                    ),
                )
                for _ in sent
            ]
            uuids = [uuid4().hex for _ in said]
            kinds = [dice.choice(("irritant", "strength", "need")) for _ in said]
            submissions.write([(key, uuid4().hex, *one) for key, one in zip(sent, who, strict=True)])
            contributions.write(
                [
                    (
                        *(key, uuid4().hex, *who[at // TOGETHER][:3], kinds[at], 1 + at % 2),
                        *(sent[at // TOGETHER], uuids[at], who[at // TOGETHER][3]),
                    )
                    for at, key in enumerate(said)
                ]
            )
            revisions.write(list(zip(uuids, said, batch, strict=True)))
            write_all(list(zip(said, batch, strict=True)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return consultation


def median(does: Callable[[], Any]) -> str:
    """Milliseconds by the clock and, in brackets, of the processor."""
    times, busy = [], []
    for _ in range(RUNS):
        started, began = time.perf_counter(), time.process_time()
        does()
        times.append((time.perf_counter() - started) * 1000)
        busy.append((time.process_time() - began) * 1000)
    return f"{statistics.median(times):>8.1f} ms ({statistics.median(busy):.1f})"


def measure_search(consultation: Any) -> None:
    """The first page of the list, with how many were found, as its view asks for them."""
    from django.contrib.auth.models import AnonymousUser

    from cahiers.contributions import search
    from cahiers.contributions.reading.paging import LongPaginator
    from cahiers.contributions.reading.queries import listed, readable

    everything = listed(readable(AnonymousUser(), consultation))

    def page(found: Any) -> int:
        paginator = LongPaginator(found, 1)
        list(paginator.page(1))
        return paginator.count

    queries = {
        "a number": "4242",
        "a rare word": WORDS[1500],
        "a common word": WORDS[60],
        "the commonest": WORDS[0],
        "two common words": f"{WORDS[40]} {WORDS[60]}",
        "the beginning of a word": WORDS[700][:4],
        "nothing: the whole list": "",
    }
    for name, words in queries.items():
        count = search.search(everything, words).order_by().count()
        ours = median(lambda words=words: page(search.search(everything, words)))  # type: ignore[misc]
        print(f"  search, {name:<24}{count:>9,} found {ours}  goal ≤ {SEARCH}")
    started = time.perf_counter()
    page(everything.filter(current__text__icontains=WORDS[1500]))
    print(f"  the same rare word without an index      {(time.perf_counter() - started) * 1000:>9.1f} ms")


def measure_portrait(consultation: Any) -> None:
    from django.db import connection

    from cahiers.contributions.portrait.queries import portrait_of
    from cahiers.territories.models import Level

    def bare() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT category, COUNT(*) FROM contributions_contribution GROUP BY category")
            cursor.fetchall()

    for public, level in ((True, Level.REGION), (False, Level.DEPARTMENT)):
        drawn = portrait_of(consultation, level, public=public)
        ours = median(lambda p=public, one=level: portrait_of(consultation, one, public=p))  # type: ignore[misc]
        who = "strangers, 18 regions" if public else "the team, 100 departments"
        print(f"  portrait for {who:<26}{drawn.people:>9,} people{ours}  goal ≤ {PORTRAIT}")
    print(f"  one bare count by category               {median(bare)}")


def one(count: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cahiers.settings")
    os.environ.setdefault("SECRET_KEY", "bench")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from cahiers.consultations.models import Consultation

    call_command("migrate", verbosity=0)
    started = time.perf_counter()
    consultation = Consultation.objects.first() or fill(count)
    print(f"{connection.vendor}: {count:,} contributions, filled in {time.perf_counter() - started:.0f} s")
    measure_search(consultation)
    measure_portrait(consultation)


def main() -> None:
    count = int(sys.argv[1]) if sys.argv[1:] else COUNT
    command = [sys.executable, "-m", "bench.contributions_reading", "--one", str(count)]
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"CAHIERS_VAR": folder}
        environment.pop("DATABASE_URL", None)
        subprocess.run(command, env=environment, check=True)
        if not which("pg_virtualenv"):
            print("PostgreSQL: pg_virtualenv is absent (Debian: postgresql-common)")
            return
        address = "DATABASE_URL=postgresql://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/$PGDATABASE"
        subprocess.run(
            ["pg_virtualenv", "sh", "-c", f"{address} exec {' '.join(command)}"], env=environment, check=True
        )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(int(sys.argv[2]))
    else:
        main()
