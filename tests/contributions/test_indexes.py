"""What few rows have is found by an index of these alone, by pages and by deletions that see who points there."""

import pytest
from django.db import connection


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("table", "field", "index"),
    [
        ("meetings_meeting", "meeting_id", "contribution_by_meeting"),
        ("contributions_question", "question_id", "contribution_by_question"),
        ("contributions_contribution", "twin_of_id", "contribution_by_twin"),
        ("contributions_form", "form_id", "submission_by_form"),
    ],
)
def test_deletions_find_by_index_who_points_there(table, field, index):
    child = f"contributions_{index.partition('_by_')[0]}"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # With so few rows, it would rather read them all.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
            cursor.execute(
                f"PREPARE asked AS SELECT 1 FROM ONLY {child} x WHERE $1 = {field} FOR KEY SHARE OF x"
            )
            cursor.execute("EXPLAIN EXECUTE asked(1)")
            plan = " ".join(row[0] for row in cursor.fetchall())
            cursor.execute("DEALLOCATE asked")
            assert index in plan
            return
        cursor.execute(f"EXPLAIN QUERY PLAN SELECT 1 FROM {child} WHERE {field} = %s", [1])
        assert index in cursor.fetchone()[3]
        # A deletion's own look-ups are in its program alone: the root pages of what it reads.
        cursor.execute(f"EXPLAIN DELETE FROM {table} WHERE id = 1")
        read = {row[3] for row in cursor.fetchall() if row[1] == "OpenRead"}
        cursor.execute("SELECT rootpage FROM sqlite_master WHERE name = %s", [index])
        assert cursor.fetchone()[0] in read
