"""What an archive holds: each table's rows as lines of JSON, each kept file, and a manifest of both."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

FORMAT: Final = "cahiers/archive/1"
MANIFEST: Final = "manifest.json"
TABLES: Final = "tables/"
FILES: Final = "files/"
#: Who is signed in where dies with the machine; the rest is made again by `migrate`.
LEFT_OUT: Final = frozenset({"sessions", "contenttypes", "auth"})
CHUNK: Final = 2000


class ArchiveError(Exception):
    """An archive cannot be made or read back; its text is one French sentence."""


def tables() -> list[type[Model]]:
    """Models whose rows are kept, in an order that does not change."""
    kept = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.app_label not in LEFT_OUT
    ]
    return sorted(kept, key=lambda model: model._meta.label_lower)


def member_of(model: type[Model]) -> str:
    return f"{TABLES}{model._meta.label_lower}.jsonl"


def migrations() -> list[list[str]]:
    """Migrations that the database has seen of those that the code knows, in an order that does not change."""
    loader = MigrationLoader(connection)
    return sorted(
        [app, name] for app, name in loader.applied_migrations if (app, name) in loader.disk_migrations
    )


def lines(model: type[Model]) -> Iterator[bytes]:
    """Each row as a line of JSON, in the order of the primary key."""
    fields = model._meta.concrete_fields
    for row in model._base_manager.order_by("pk").iterator(CHUNK):
        values = {field.attname: _plain(field, row) for field in fields}
        yield json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _plain(field: Any, row: Model) -> Any:
    value = field.value_from_object(row)
    if value is None or isinstance(value, str | int | float | bool | list | dict):
        return value
    return field.value_to_string(row)


def rows(model: type[Model], source: Iterable[bytes]) -> Iterator[Model]:
    """Unsaved rows of the lines. Raises ArchiveError for a line that is none of the table's."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    for number, line in enumerate(source, 1):
        try:
            values = json.loads(line)
            yield model(**{name: fields[name].to_python(value) for name, value in values.items()})
        except Exception as error:
            raise ArchiveError(
                f"L’archive est abîmée : la ligne {number} de « {member_of(model)} » ne se lit pas."
            ) from error
