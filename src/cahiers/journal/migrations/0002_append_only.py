"""The database itself refuses to change or delete an entry."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = tuple(
    f"CREATE TRIGGER journal_entry_no_{event} BEFORE {event} ON journal_entry"
    " BEGIN SELECT RAISE(ABORT, 'journal entries are append-only'); END"
    for event in ("update", "delete")
)
POSTGRESQL = (
    "CREATE FUNCTION journal_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'journal entries are append-only'; END $$",
    "CREATE TRIGGER journal_entry_append_only BEFORE UPDATE OR DELETE ON journal_entry"
    " FOR EACH ROW EXECUTE FUNCTION journal_entry_refuse()",
)
DROP = {
    "sqlite": ("DROP TRIGGER journal_entry_no_update", "DROP TRIGGER journal_entry_no_delete"),
    "postgresql": ("DROP TRIGGER journal_entry_append_only ON journal_entry", "DROP FUNCTION journal_entry_refuse()"),
}


def refuse(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def allow(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(refuse, allow)]
