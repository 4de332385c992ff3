"""Verbs of moderation, annexes and live meetings. SQLite alters a table by making it anew, without its triggers: they are set again."""

from importlib import import_module

from django.db import migrations, models

append_only = import_module("cahiers.journal.migrations.0002_append_only")

VERBS = [
    ("create", "crée"),
    ("submit", "dépose"),
    ("import", "importe"),
    ("publish", "publie"),
    ("withdraw", "retire"),
    ("edit", "modifie"),
    ("move", "déplace"),
    ("split", "divise"),
    ("merge", "fusionne"),
    ("restore", "rétablit"),
    ("delete", "supprime"),
    ("invite", "invite"),
    ("assign", "change le rôle de"),
    ("dismiss", "retire de l’équipe"),
    ("accept", "accepte"),
    ("hide", "masque"),
    ("redact", "caviarde"),
    ("erase", "efface"),
    ("attach", "joint"),
    ("cite", "cite"),
    ("open", "ouvre"),
    ("close", "ferme"),
    ("reveal", "révèle"),
    ("step", "passe à"),
    ("join", "rejoint"),
    ("vote", "vote pour"),
]


class Migration(migrations.Migration):
    dependencies = [("journal", "0004_verbs_of_editing")]
    operations = [
        migrations.RunPython(append_only.allow, append_only.refuse),
        migrations.RemoveConstraint(model_name="entry", name="entry_verb_known"),
        migrations.AlterField(model_name="entry", name="verb", field=models.TextField(choices=VERBS)),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(verb__in=[verb for verb, _ in VERBS]), name="entry_verb_known"
            ),
        ),
        migrations.RunPython(append_only.refuse, append_only.allow),
    ]
