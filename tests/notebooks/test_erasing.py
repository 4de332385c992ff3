"""Erased words are in no column of any table, in no file and in no export, though statements rested on them."""

import io
import zipfile
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import models

from cahiers.archives.backup import backup
from cahiers.contributions.actions import Draft, submit
from cahiers.contributions.erasing import erase
from cahiers.contributions.models import Channel
from cahiers.notebooks.actions import publish, rows, statements
from cahiers.notebooks.citations.actions import cite
from cahiers.notebooks.models import Edition, Statement

pytestmark = pytest.mark.django_db
SECRET = "Le portail du lycée Zébulon reste fermé aux fauteuils roulants."


def everything() -> str:
    """Every text of every table."""
    kinds = (models.TextField, models.CharField, models.JSONField)
    told = []
    for model in apps.get_models():
        names = [field.attname for field in model._meta.concrete_fields if isinstance(field, kinds)]
        if names:
            told += [repr(row) for row in model._base_manager.values_list(*names)]
    return "\n".join(told)


@pytest.fixture
def said(notebook, region, now):
    draft = Draft(territory=region, channel=Channel.FORM, text=SECRET)
    return submit(consultation=notebook.consultation, draft=draft, by=None, now=now)


@pytest.fixture
def cited(notebook, said, now):
    row = rows.add(theme=notebook.themes.first(), stage="diagnosis", command=uuid4(), by=None, now=now)
    one = statements.add(row=row, kind="irritant", text=SECRET, command=uuid4(), by=None, now=now)
    other = statements.add(
        row=row, kind="irritant", text=f"On nous dit : « {SECRET} »", command=uuid4(), by=None, now=now
    )
    cite(statement=one, contribution=said, command=uuid4(), by=None, now=now)
    return one, other


def test_the_words_are_nowhere(notebook, published, said, cited, now):
    publish(notebook=notebook, by=None, now=now)
    assert SECRET in everything()
    erase(contributions=[said], by=None, now=now)
    assert SECRET not in everything()
    assert "Zébulon" not in everything()
    kept = io.BytesIO()
    backup(stream=kept, now=now, progress=lambda *_: None)
    with zipfile.ZipFile(kept) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist())
    assert "Zébulon" not in whole.decode(errors="replace")
    assert b"u00e9bulon" not in whole


def test_a_statement_that_said_nothing_else_leaves_and_others_keep_the_rest(said, cited, now):
    erase(contributions=[said], by=None, now=now)
    one, other = (Statement.objects.select_related("current").get(pk=each.pk) for each in cited)
    assert (one.present, one.current.text) == (False, "[texte effacé]")
    assert (other.present, other.current.text) == (True, "On nous dit : « [texte effacé] »")


def test_an_edition_stays_readable(notebook, published, said, cited, now, client):
    publish(notebook=notebook, by=None, now=now)
    erase(contributions=[said], by=None, now=now)
    edition = Edition.objects.get()
    assert "[texte effacé]" in edition.text
    assert client.get(edition.get_absolute_url()).status_code == 200


def test_short_words_are_erased_only_where_they_rest_on_the_contribution(notebook, region, now):
    draft = Draft(territory=region, channel=Channel.FORM, text="Le wifi")
    short = submit(consultation=notebook.consultation, draft=draft, by=None, now=now)
    row = rows.add(theme=notebook.themes.first(), stage="diagnosis", command=uuid4(), by=None, now=now)
    one = statements.add(row=row, kind="irritant", text="Le wifi", command=uuid4(), by=None, now=now)
    other = statements.add(
        row=row, kind="irritant", text="Le wifi est bon", command=uuid4(), by=None, now=now
    )
    cite(statement=one, contribution=short, command=uuid4(), by=None, now=now)
    erase(contributions=[short], by=None, now=now)
    other.refresh_from_db()
    assert other.current.text == "Le wifi est bon"
    assert not Statement.objects.get(pk=one.pk).present
