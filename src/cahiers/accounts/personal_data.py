"""What is kept about people, for what and how long, as the models of all rooms declare it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Field, Model


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalField:
    model: type[Model]
    field: "Field[Any, Any]"
    purpose: str
    retention: str


def declared() -> Iterator[PersonalField]:
    """Room by room, in the current language. Raises FieldDoesNotExist for a field that is no more."""
    for model in apps.get_models():
        for name, (purpose, retention) in getattr(model, "PERSONAL", {}).items():
            field = model._meta.get_field(name)
            assert isinstance(field, Field)
            yield PersonalField(model=model, field=field, purpose=str(purpose), retention=str(retention))
