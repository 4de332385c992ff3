"""Documents on their way in; words of addresses that no notebook may take."""

from uuid import uuid4

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

RESERVED = ("sessions", "donnees", "syntheses", "plan", "equipe", "importer")
STATES = [
    ("waiting", "en attente de lecture"),
    ("reading", "en cours de lecture"),
    ("read", "lu, à vérifier"),
    ("failed", "illisible"),
    ("imported", "importé"),
    ("left", "laissé"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0002_membership"),
        ("territories", "0001_initial"),
        ("notebooks", "0002_editing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.RemoveConstraint(model_name="notebook", name="notebook_slug_free"),
        migrations.AddConstraint(
            model_name="notebook",
            constraint=models.CheckConstraint(condition=~Q(slug__in=RESERVED), name="notebook_slug_free"),
        ),
        migrations.CreateModel(
            name="ImportDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid4, editable=False, unique=True)),
                ("name", models.TextField()),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("format", models.TextField(blank=True)),
                ("state", models.TextField(choices=STATES, default="waiting")),
                ("taken_at", models.DateTimeField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("message", models.TextField(blank=True)),
                ("read", models.JSONField(null=True)),
                ("corrected", models.JSONField(null=True)),
                ("version", models.PositiveIntegerField(default=0)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="import_drafts",
                        to="consultations.consultation",
                    ),
                ),
                (
                    "notebook",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="notebooks.notebook",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="import_drafts",
                        to="territories.territory",
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(state__in=("waiting", "reading", "read", "failed")),
                        fields=("consultation", "sha256"),
                        name="import_draft_once",
                    ),
                    models.CheckConstraint(
                        condition=Q(state__in=[state for state, _ in STATES]), name="import_draft_state_known"
                    ),
                    models.CheckConstraint(
                        condition=Q(state="read", read__isnull=False, corrected__isnull=False)
                        | (~Q(state="read") & Q(read__isnull=True, corrected__isnull=True)),
                        name="import_draft_content_while_read",
                    ),
                    models.CheckConstraint(
                        condition=Q(state="imported") | Q(notebook__isnull=True), name="import_draft_notebook"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EarlierDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField()),
                ("corrected", models.JSONField()),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="earlier",
                        to="notebooks.importdraft",
                    ),
                ),
            ],
            options={
                "ordering": ("draft", "-version"),
                "constraints": [
                    models.UniqueConstraint(fields=("draft", "version"), name="earlier_draft_version_unique")
                ],
            },
        ),
    ]
