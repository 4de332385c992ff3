"""The index of what contributions say: it is no model, for each database has its own kind."""

from typing import Any

from django.db import migrations

TABLE = "contributions_search"


def create(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"CREATE VIRTUAL TABLE {TABLE} USING fts5(stems, tokenize='unicode61', prefix='2 3')")
    else:
        schema_editor.execute(
            f"CREATE TABLE {TABLE} (contribution_id bigint PRIMARY KEY REFERENCES contributions_contribution (id)"
            " ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, stems tsvector NOT NULL)"
        )
        schema_editor.execute(f"CREATE INDEX {TABLE}_stems ON {TABLE} USING gin (stems)")


def drop(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(f"DROP TABLE {TABLE}")


class Migration(migrations.Migration):
    dependencies = [("contributions", "0003_heard_from_the_field")]
    operations = [migrations.RunPython(create, drop)]
