"""Rows have revisions as statements do, and revisions know the command that made them."""

from uuid import uuid4

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def first_revisions(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """One for each row, as it was imported."""
    row_model, revision_model = apps.get_model("notebooks", "Row"), apps.get_model("notebooks", "RowRevision")
    for row in row_model.objects.select_related("theme__notebook").prefetch_related("cited"):
        revision = revision_model.objects.create(
            uuid=uuid4(),
            row=row,
            theme=row.theme,
            position=row.position,
            name=row.name,
            theme_text=row.theme_text,
            feedback_text=row.feedback_text,
            cited=[cited.number for cited in sorted(row.cited.all(), key=lambda cited: cited.position)],
            present=row.present,
            at=row.theme.notebook.created_at,
        )
        row.current = revision
        row.save(update_fields=["current"])
    # PostgreSQL alters no table that still has foreign keys to check.
    schema_editor.connection.check_constraints()


class Migration(migrations.Migration):
    dependencies = [("notebooks", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="statementrevision",
            name="command",
            field=models.UUIDField(db_index=True, null=True),
        ),
        migrations.CreateModel(
            name="RowRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid4, editable=False, unique=True)),
                ("number", models.PositiveIntegerField(default=1)),
                ("present", models.BooleanField(default=True)),
                ("at", models.DateTimeField()),
                ("command", models.UUIDField(db_index=True, null=True)),
                ("position", models.PositiveIntegerField()),
                ("name", models.TextField(null=True)),
                ("theme_text", models.TextField(null=True)),
                ("feedback_text", models.JSONField(default=list)),
                ("cited", models.JSONField(default=list)),
                (
                    "row",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="revisions", to="notebooks.row"
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="notebooks.notebooktheme"
                    ),
                ),
            ],
            options={
                "ordering": ("row", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("row", "number"), name="row_revision_number_unique")
                ],
            },
        ),
        migrations.AddField(
            model_name="row",
            name="current",
            field=models.OneToOneField(
                db_column="current_uuid",
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="currently",
                to="notebooks.rowrevision",
                to_field="uuid",
            ),
        ),
        migrations.RunPython(first_revisions, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="row",
            name="current",
            field=models.OneToOneField(
                db_column="current_uuid",
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="currently",
                to="notebooks.rowrevision",
                to_field="uuid",
            ),
        ),
    ]
