"""Several feedback sheets on the wall, and the screen that is on it."""

from typing import Any

from django.db import migrations, models


def keep_the_sheet(apps: Any, editor: Any) -> None:
    for board in apps.get_model("boards", "Board").objects.exclude(shown=None):
        board.sheets = [str(board.shown)]
        board.save(update_fields=["sheets"])


class Migration(migrations.Migration):
    dependencies = [("boards", "0001_initial")]

    operations = [
        migrations.AddField("board", "sheets", models.JSONField(default=list)),
        migrations.AddField("board", "screen", models.PositiveSmallIntegerField(default=1)),
        migrations.RunPython(keep_the_sheet, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField("board", "shown"),
    ]
