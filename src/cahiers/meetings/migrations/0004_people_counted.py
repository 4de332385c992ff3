from typing import Any

from django.db import migrations, models
from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce, Greatest


def count(apps: Any, schema_editor: object) -> None:
    """What the forms that are there add up to."""
    lines = apps.get_model("meetings", "Attendance").objects.filter(meeting=OuterRef("pk")).order_by()
    came = Greatest(Coalesce("count", 0) - Coalesce("surveyed", 0), 0)

    def added(figure: Any) -> Coalesce:
        total = lines.values("meeting").annotate(total=Sum(figure)).values("total")
        return Coalesce(Subquery(total), 0)

    apps.get_model("meetings", "Meeting").objects.update(attended=added(came), surveyed=added("surveyed"))


class Migration(migrations.Migration):

    dependencies = [
        ("meetings", "0003_orders_without_joins"),
    ]

    operations = [
        migrations.AddField("meeting", "attended", models.PositiveBigIntegerField(default=0)),
        migrations.AddField("meeting", "surveyed", models.PositiveBigIntegerField(default=0)),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
