"""Whether something stands on a territory or theme: rooms above this one are asked by their foreign keys."""

from functools import reduce
from operator import or_

from django.db.models import Exists, ForeignObjectRel, Model, Q, QuerySet

from cahiers.consultations.models import Consultation, ConsultationTheme, Membership
from cahiers.territories.models import Territory


def holds(consultation: Consultation, territory: Territory) -> bool:
    """Whether anything of the consultation, were it a role, is there or below; in one query."""
    below = {"consultation": consultation, "territory__path__startswith": territory.path}
    return _any(
        [
            (Membership.objects.current() if model is Membership else _all(model)).filter(**below)
            for model in map(_model, Consultation._meta.related_objects)
            if any(field.name == "territory" for field in model._meta.get_fields())
        ]
    )


def is_used(theme: ConsultationTheme) -> bool:
    """Whether a notebook, a contribution or anything else is about it; in one query."""
    relations = ConsultationTheme._meta.related_objects
    return _any([_all(_model(relation)).filter(**{relation.field.name: theme}) for relation in relations])


def _any(found: "list[QuerySet[Model]]") -> bool:
    conditions = [Q(Exists(one)) for one in found]
    return Consultation.objects.filter(reduce(or_, conditions, Q(pk__in=()))).exists()


def _all(model: type[Model]) -> "QuerySet[Model]":
    return model._default_manager.order_by()


def _model(relation: ForeignObjectRel) -> type[Model]:
    model = relation.related_model
    assert isinstance(model, type)
    return model
