"""What a notebook may not be, the database refuses."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from cahiers.contributions.models import Immutable
from cahiers.notebooks.actions import publish
from cahiers.notebooks.models import (
    RESERVED,
    ImportedFile,
    Notebook,
    NotebookFeedback,
    NotebookMeeting,
    NotebookTheme,
    Row,
    RowFeedback,
    Statement,
    StatementRevision,
)
from tests.constraints import checked

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("model", "wrong"),
    [
        (Notebook, {"title": ""}),
        (Notebook, {"slug": ""}),
        *((Notebook, {"slug": slug}) for slug in RESERVED),
        (NotebookTheme, {"order": 0}),
        (NotebookTheme, {"order": 1}),
        (Row, {"stage": ""}),
        (RowFeedback, {"position": 0}),
        (Statement, {"kind": ""}),
        (Statement, {"current": uuid4()}),
        (StatementRevision, {"text": ""}),
    ],
)
def test_senseless_values(notebook, model, wrong):
    with pytest.raises(IntegrityError), checked():
        model.objects.update(**wrong)


def again(thing):
    """The same row once more, under ids of its own."""
    thing.pk = None
    if hasattr(thing, "uuid"):
        thing.uuid = uuid4()
    thing._state.adding = True
    return thing


@pytest.mark.parametrize(
    "model", [ImportedFile, Notebook, NotebookMeeting, NotebookFeedback, StatementRevision]
)
def test_twice_the_same(notebook, model):
    with pytest.raises(IntegrityError), transaction.atomic():
        again(model.objects.first()).save(force_insert=True)


def test_revisions_are_immutable(notebook):
    with pytest.raises(Immutable):
        StatementRevision.objects.first().save()


def test_a_notebook_of_an_unpublished_consultation_is_not_public(notebook, now):
    publish(notebook=notebook, by=None, now=now)
    assert not Notebook.objects.published()
