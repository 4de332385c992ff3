import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0003_invitations_lapse"),
        ("meetings", "0001_initial"),
        ("notebooks", "0009_newer_versions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Annex",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.TextField()),
                ("name", models.TextField()),
                ("size", models.PositiveBigIntegerField()),
                ("media_type", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("public", models.BooleanField(default=False)),
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
                        related_name="annexes",
                        to="consultations.consultation",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="annexes",
                        to="meetings.meeting",
                    ),
                ),
                (
                    "notebook",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="annexes",
                        to="notebooks.notebook",
                    ),
                ),
            ],
            options={
                "ordering": ("consultation", "at", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("meeting__isnull", True), ("notebook__isnull", False))
                        | models.Q(("meeting__isnull", False), ("notebook__isnull", True)),
                        name="annex_goes_with_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True) & models.Q(("name", ""), _negated=True),
                        name="annex_titled",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("notebook", None)),
                        fields=("meeting", "sha256"),
                        name="annex_once_a_meeting",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("meeting", None)),
                        fields=("notebook", "sha256"),
                        name="annex_once_a_notebook",
                    ),
                ],
            },
        ),
        migrations.RemoveConstraint(model_name="notebook", name="notebook_slug_free"),
        migrations.AddConstraint(
            model_name="notebook",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "slug__in",
                        (
                            "sessions",
                            "donnees",
                            "syntheses",
                            "plan",
                            "equipe",
                            "importer",
                            "telecharger",
                            "annexes",
                        ),
                    ),
                    _negated=True,
                ),
                name="notebook_slug_free",
            ),
        ),
    ]
