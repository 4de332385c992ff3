"""Things are put in order by their own columns: through a relation, each query of them would join all those above."""

import pytest
from django.apps import apps

#: Rooms whose models are looked at.
ROOMS = ("accounts", "consultations", "journal", "meetings", "notebooks", "territories")


@pytest.mark.parametrize("room", ROOMS)
def test_no_order_follows_a_relation_that_has_one(room):
    followed = []
    for model in apps.get_app_config(room).get_models():
        for name in model._meta.ordering:
            field = next((one for one in model._meta.concrete_fields if one.name == name.lstrip("-")), None)
            if field is not None and field.is_relation and field.related_model._meta.ordering:
                followed.append(f"{model._meta.label}.{name}")
    assert followed == []
