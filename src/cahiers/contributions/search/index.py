"""The index: FTS5 on SQLite, a tsvector on PostgreSQL; written in the transaction of what it indexes."""

import sqlite3
from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import QuerySet

from cahiers.contributions.models import Contribution, Revision
from cahiers.contributions.words import asked, stemmed

#: Rows written at once.
BATCH = 500
#: From which version SQLite can take the words of a deleted row out of the index there and then.
FORGETS = (3, 42)


def index(revisions: Iterable[Revision]) -> None:
    """Make these findable by what they say; a contribution is found by its latest indexed revision alone."""
    write_all([(one.contribution_id, f"{one.title} {one.text}") for one in revisions])


def write_all(texts: Sequence[tuple[int, str]]) -> None:
    """Contributions by key, each with all that it says; those indexed before are indexed anew."""
    for start in range(0, len(texts), BATCH):
        _delete([key for key, _ in texts[start : start + BATCH]])
    write_new([(key, stemmed(text)) for key, text in texts])


def write_new(texts: Sequence[tuple[int, str]]) -> None:
    """Contributions that were not indexed before, by key, each with the stems of all that it says."""
    rows = [(key, words) for key, words in texts if words]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany("INSERT INTO contributions_search (rowid, stems) VALUES (%s, %s)", rows)
        else:
            cursor.execute(
                "INSERT INTO contributions_search (contribution_id, stems)"
                " SELECT one, to_tsvector('simple', words)"
                " FROM unnest(%s::bigint[], %s::text[]) AS given (one, words)",
                [[key for key, _ in rows], [words for _, words in rows]],
            )


def remove(contributions: Iterable[Contribution]) -> None:
    """They are found no more, and no word of theirs stays in the index."""
    keys = [one.pk for one in contributions]
    for start in range(0, len(keys), BATCH):
        _delete(keys[start : start + BATCH])
    if connection.vendor == "sqlite" and keys and sqlite3.sqlite_version_info < FORGETS:
        # A deleted row leaves its words in the index until all of it is put together: seconds, for 600,000 texts.
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO contributions_search(contributions_search) VALUES ('optimize')")


def search(contributions: QuerySet[Contribution], query: str) -> QuerySet[Contribution]:
    """Those that hold every word of the query, or a word that begins with it; a query without words finds all.

    What is ordered by its key is read in the order of the index: the first of many are found without reading the rest.
    """
    wanted = asked(query)
    if not wanted:
        return contributions
    if connection.vendor == "sqlite":
        key, match = "rowid", " ".join(f'"{word}"*' for word in wanted)
        holds = "contributions_search MATCH %s"
    else:
        key, match = "contribution_id", " & ".join(f"'{word}':*" for word in wanted)
        holds = "contributions_search.stems @@ to_tsquery('simple', %s)"
    orders = {"pk": [f"contributions_search.{key}"], "-pk": [f"-contributions_search.{key}"]}
    [order] = contributions.query.order_by if len(contributions.query.order_by) == 1 else [""]
    # Words alone, between quotes, and as a parameter: a query can say nothing else.
    return contributions.extra(  # noqa: S610
        tables=["contributions_search"],
        where=[f"contributions_search.{key} = contributions_contribution.id", holds],
        params=[match],
        order_by=orders.get(str(order)),
    )


def indexed() -> int:
    """How many contributions can be found."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM contributions_search")
        return int(cursor.fetchone()[0])


def _delete(keys: Sequence[int]) -> None:
    if not keys:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            if sqlite3.sqlite_version_info >= FORGETS:
                cursor.execute(
                    "INSERT INTO contributions_search (contributions_search, rank) VALUES ('secure-delete', 1)"
                )
            cursor.executemany("DELETE FROM contributions_search WHERE rowid = %s", [(key,) for key in keys])
        else:
            cursor.execute("DELETE FROM contributions_search WHERE contribution_id = ANY(%s)", [list(keys)])


def rebuild() -> int:
    """Index everything that stands anew, as after a restore; how many were indexed."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM contributions_search")
    revisions = Revision.objects.filter(currently__isnull=False).only("contribution_id", "title", "text")
    batch: list[tuple[int, str]] = []
    for one in revisions.iterator(chunk_size=BATCH):
        batch.append((one.contribution_id, f"{one.title} {one.text}"))
        if len(batch) == BATCH:
            write_all(batch)
            batch = []
    write_all(batch)
    return indexed()
