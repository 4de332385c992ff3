"""Whatever a synthesis says comes back from the database as it was."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, assume, given, settings

from cahiers import methods
from cahiers.consultations.actions import create
from cahiers.documents.model import Item, MeetingDate, Participant, Row, Synthesis, ThemeBlock
from cahiers.journal.models import Verb
from cahiers.journal.queries import entries_after
from cahiers.notebooks.actions import AlreadyImported
from cahiers.notebooks.models import ImportedFile, Notebook, RowFeedback, Statement
from cahiers.notebooks.queries import block_of, synthesis_of
from cahiers.notebooks.reception import LARGEST, NotImportable, refusals
from cahiers.territories.actions import add
from cahiers.territories.models import Level
from tests.documents.strategies import syntheses
from tests.sample import imported, large

pytestmark = pytest.mark.django_db


def stored(notebook):
    return Notebook.objects.select_related("consultation").get(pk=notebook.pk)


def test_everything_comes_back(notebook, synthesis):
    assert synthesis_of(stored(notebook)) == synthesis


def test_places_in_the_file_come_back_too(notebook, synthesis):
    again = synthesis_of(stored(notebook))
    assert again.themes[0].feedback[0].source == synthesis.themes[0].feedback[0].source
    rows, originals = (one.themes[0].stages["diagnosis"] for one in (again, synthesis))
    assert [row.source for row in rows] == [row.source for row in originals]
    assert rows[0].cells["irritant"][0].source == originals[0].cells["irritant"][0].source


def test_one_theme_comes_back_alone(notebook, synthesis):
    assert [block_of(theme) for theme in notebook.themes.all()] == list(synthesis.themes)


@pytest.mark.parametrize("key", methods.keys())
def test_any_synthesis_comes_back(nation, now, key):
    consultation = create(slug=key, title=key, method_key=key, territories=[nation], by=None, now=now)

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(syntheses(methods.get(key)))
    def comes_back(read: Synthesis) -> None:
        assume(not list(refusals(consultation, nation, read)))
        with transaction.atomic():
            assert synthesis_of(stored(imported(consultation, nation, read, now))) == read
            transaction.set_rollback(True)

    comes_back()


def queries_for(notebook):
    with CaptureQueriesContext(connection) as queries:
        synthesis_of(notebook)
    return len(queries)


def test_reading_takes_eight_queries_whatever_the_size(consultation, region, now):
    small, big = (stored(imported(consultation, region, large(statements), now)) for statements in (10, 700))
    assert queries_for(small) <= queries_for(big) <= 8
    assert Statement.objects.filter(row__theme__notebook=big).count() == 700


def test_importing_takes_the_same_queries_whatever_the_size(consultation, region, now):
    counts = []
    for statements in (50, 700):
        with CaptureQueriesContext(connection) as queries:
            imported(consultation, region, large(statements), now)
        counts.append(len(queries))
    # SQLite takes 999 values a statement: large inserts come in batches, of some 50 rows here.
    assert counts[1] <= counts[0] + 20


def test_the_import_is_one_journal_entry_that_leads_to_the_file(notebook, consultation):
    entry = entries_after(consultation.uuid).get(verb=Verb.IMPORT)
    assert entry.subject == notebook.uuid
    assert entry.after == ImportedFile.objects.get().uuid


def test_doubts_of_the_reader_are_kept(notebook):
    warning = ImportedFile.objects.get().warnings[0]
    assert (warning["message"], warning["text"], warning["source"]["page"]) == (
        "Colonne incertaine",
        "Entraide",
        3,
    )


def test_cited_sheets_are_linked_and_missing_ones_kept(notebook):
    cited = list(RowFeedback.objects.order_by("position"))
    assert [(one.number, one.sheet is not None) for one in cited] == [(1, True), (9, False)]


def test_the_same_file_is_recognised(notebook, consultation, region, synthesis, now):
    with pytest.raises(AlreadyImported, match="déjà été importé"):
        imported(consultation, region, synthesis, now)
    assert Notebook.objects.count() == 1


def test_another_document_makes_another_notebook(notebook, consultation, region, synthesis, now):
    other = imported(consultation, region, replace(synthesis, territory="Aubrac"), now)
    assert [one.slug for one in (notebook, other)] == ["cote-d-aubrac", "cote-d-aubrac-2"]


def wrong_numbers(number):
    line = Participant(category=None, label="", checked=True, count=number, establishments=None, note=None)
    return lambda read: replace(read, meetings=(replace(read.meetings[0], participants=(line,)),))


def with_rows(**stages):
    block = ThemeBlock(key=None, number=None, title="", feedback=(), stages=stages)
    return lambda read: replace(read, themes=(block,))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda read: replace(read, method="retrospective"), "méthode"),
        (lambda read: replace(read, themes=(replace(read.themes[0], key="sea"),)), "thème"),
        (with_rows(vote=(Row(cells={}),)), "étape"),
        (with_rows(diagnosis=(Row(cells={"action": (Item(text="a"),)}),)), "énoncés"),
        (with_rows(diagnosis=(Row(cells={"irritant": (Item(text="a\0"),)}),)), "nul"),
        (wrong_numbers(-1), "négatif"),
        (wrong_numbers(LARGEST + 1), "démesuré"),
        (
            lambda read: replace(
                read,
                meetings=(
                    replace(
                        read.meetings[0],
                        dates=(MeetingDate(start=date(2026, 2, 2), end=date(2026, 2, 1), place=None),),
                    ),
                ),
            ),
            "finit avant",
        ),
    ],
)
def test_what_cannot_enter_is_refused_in_words(consultation, region, synthesis, now, change, says):
    with pytest.raises(NotImportable, match=says):
        imported(consultation, region, change(synthesis), now)
    assert not Notebook.objects.exists()
    assert not ImportedFile.objects.exists()


def test_a_territory_from_elsewhere_is_refused(consultation, synthesis, now):
    elsewhere = add(parent=None, level=Level.NATION, name="Ailleurs", by=None, now=now)
    with pytest.raises(NotImportable, match="territoire"):
        imported(consultation, elsewhere, synthesis, now)
