"""Revisions hold scope and links beside the text; there was one of each contribution, which says what it does."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def complete(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    revisions = apps.get_model("contributions", "Revision").objects.using(schema_editor.connection.alias)
    batch = []
    for revision in revisions.select_related("contribution").order_by("pk").iterator(1000):
        revision.scope, revision.links = revision.contribution.scope, revision.contribution.links
        batch.append(revision)
        if len(batch) == 1000:
            revisions.bulk_update(batch, ["scope", "links"])
            batch.clear()
    revisions.bulk_update(batch, ["scope", "links"])


class Migration(migrations.Migration):
    dependencies = [("contributions", "0001_initial")]
    operations = [
        migrations.AddField("revision", "scope", models.TextField(null=True)),
        migrations.AddField("revision", "links", models.JSONField(default=list)),
        migrations.RunPython(complete, migrations.RunPython.noop),
    ]
