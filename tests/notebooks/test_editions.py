"""Editions: frozen, numbered, withdrawn, restored."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from cahiers.contributions.models import Contribution, Immutable
from cahiers.journal.actions import CommandReused
from cahiers.journal.models import Verb
from cahiers.journal.queries import history
from cahiers.meetings.models import Meeting
from cahiers.notebooks.actions import NothingChanged, publish, restore, rows, statements, withdraw
from cahiers.notebooks.actions.editions import NotAsSeen, digest_of
from cahiers.notebooks.comparison import Changes, Standing, changes, changes_of_statements, in_words
from cahiers.notebooks.freezing import thaw
from cahiers.notebooks.models import Edition, Notebook, NotebookTheme, Row, Statement
from cahiers.notebooks.queries import state_of, synthesis_of
from cahiers.notebooks.reading import DraftReading, EditionReading, published

pytestmark = pytest.mark.django_db


def editing(thing, now):
    return {"seen": thing.current_id, "command": uuid4(), "by": None, "now": now}


@pytest.fixture
def irritant(notebook):
    return Statement.objects.select_related("current").get(current__text="Trop de mots de passe")


@pytest.fixture
def edition(notebook, now):
    return publish(notebook=notebook, by=None, now=now)


def test_an_edition_says_what_the_draft_said(notebook, edition):
    state = state_of(notebook)
    frozen = thaw(edition)
    assert frozen.synthesis == state.synthesis
    assert repr(frozen.synthesis) == repr(state.synthesis)
    assert not changes(frozen, state)
    draft, read = DraftReading(notebook), EditionReading(notebook, edition)
    assert read.headings == draft.headings
    assert read.statements == draft.statements
    assert read.counts == draft.counts
    for heading in draft.headings:
        assert read.theme(heading.order)[0] == draft.theme(heading.order)[0]
    assert read.meetings == draft.meetings != []


def test_editing_afterwards_changes_no_edition(notebook, edition, irritant, now):
    before = thaw(edition).synthesis
    statements.reword(statement=irritant, text="Trop de codes", **editing(irritant, now))
    Contribution.objects.update(scope="ailleurs")
    Meeting.objects.update(label="Autre")
    assert thaw(Edition.objects.get()).synthesis == before
    assert synthesis_of(notebook) != before


def test_an_edition_is_immutable(edition):
    edition.note = "Autre chose"
    with pytest.raises(Immutable):
        edition.save()
    with pytest.raises(Immutable):
        edition.save(update_fields=["withdrawn_at", "note"])


def test_numbers_go_up_and_are_never_used_again(notebook, edition, irritant, now):
    withdraw(edition=edition, by=None, now=now)
    second = publish(notebook=notebook, by=None, now=now)
    assert (edition.number, second.number) == (1, 2)


def test_a_number_is_taken_once(edition):
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.create(
            notebook=edition.notebook,
            number=1,
            text="{}",
            digest="",
            places={},
            published_at=edition.published_at,
        )


@pytest.mark.parametrize("wrong", [{"number": 0}, {"withdrawn_because": "Parce que."}])
def test_senseless_values(edition, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.update(**wrong)


def test_what_has_not_changed_is_not_published_again(notebook, edition, now):
    with pytest.raises(NothingChanged, match="édition 1"):
        publish(notebook=notebook, by=None, now=now)
    assert Edition.objects.count() == 1


def test_a_draft_that_was_not_seen_is_not_published(notebook, irritant, now):
    seen = digest_of(state_of(notebook))
    statements.reword(statement=irritant, text="Trop de codes", **editing(irritant, now))
    with pytest.raises(NotAsSeen):
        publish(notebook=notebook, seen=seen, by=None, now=now)
    assert publish(notebook=notebook, seen=digest_of(state_of(notebook)), by=None, now=now).number == 1


def test_a_command_sent_twice_publishes_once(notebook, irritant, now):
    command = uuid4()
    first = publish(notebook=notebook, command=command, by=None, now=now)
    assert publish(notebook=notebook, command=command, by=None, now=now) == first
    with pytest.raises(CommandReused):
        publish(notebook=notebook, note="Autre", command=command, by=None, now=now)
    assert Edition.objects.count() == 1


def test_withdrawing_shows_the_one_before(notebook, edition, irritant, now):
    statements.reword(statement=irritant, text="Trop de codes", **editing(irritant, now))
    second = publish(notebook=notebook, by=None, now=now)
    assert notebook.live == second
    withdraw(edition=second, reason="Une erreur.", by=None, now=now)
    assert notebook.live == edition
    withdraw(edition=edition, by=None, now=now)
    assert Notebook.objects.get().live is None
    assert not Notebook.objects.published()
    restore(edition=edition, by=None, now=now)
    assert Notebook.objects.get().live == edition
    second.refresh_from_db()
    restore(edition=second, by=None, now=now)
    assert Notebook.objects.get().live == second
    assert Edition.objects.get(number=2).withdrawn_because == ""


def test_one_journal_entry_for_each(notebook, edition, irritant, now):
    for _ in range(2):
        withdraw(edition=edition, by=None, now=now)
    for _ in range(2):
        restore(edition=edition, by=None, now=now)
    statements.reword(statement=irritant, text="Trop de codes", **editing(irritant, now))
    second = publish(notebook=notebook, by=None, now=now)
    entries = [(entry.verb, entry.before, entry.after) for entry in history(notebook.uuid)][1:]
    assert entries == [
        (Verb.PUBLISH, None, edition.uuid),
        (Verb.WITHDRAW, edition.uuid, None),
        (Verb.RESTORE, None, edition.uuid),
        (Verb.PUBLISH, edition.uuid, second.uuid),
    ]


def test_changes_are_kept_with_the_edition(notebook, edition, irritant, now):
    theme = NotebookTheme.objects.get(order=1)
    row = Row.objects.select_related("current").get(name="Le rang d’après")
    help_first, help_second = Statement.objects.filter(current__text="Entraide").order_by("position")
    mayor = Statement.objects.get(kind="actor")
    statements.reword(statement=irritant, text="Trop de codes", **editing(irritant, now))
    given = {"command": uuid4(), "by": None, "now": now}
    added = statements.add(row=row, kind="irritant", text="Du bruit", **given)
    statements.delete(statement=mayor, **editing(mayor, now))
    statements.move(
        statement=help_second,
        row=help_first.row,
        kind="strength",
        before=help_first,
        **editing(help_second, now),
    )
    statements.emphasise(statement=help_first, emphasised=False, **editing(help_first, now))
    second = publish(notebook=notebook, by=None, now=now)
    found = Changes.of_data(second.changes)
    assert found == Changes(
        added=(added.code,),
        removed=(mayor.code,),
        reworded=(irritant.code,),
        moved=found.moved,
        emphasised=(help_first.code,),
    )
    assert len(found.moved) == 1
    assert found.statements == 5 - (found.moved == found.emphasised)
    rows.name(row=row, name="Autre nom", **editing(row, now))
    theme.title = "Autre titre"
    theme.save()
    Contribution.objects.update(scope="ailleurs")
    Meeting.objects.update(label="Autre")
    third = publish(notebook=notebook, by=None, now=now)
    assert third.changes == {"parts": ["meetings", "themes", "sheets", "rows"]}
    assert len(in_words(Changes.of_data(third.changes))) == 4


@given(st.permutations("abcdefgh"), st.sets(st.sampled_from("abcdefgh")))
def test_taking_away_what_moved_leaves_the_same_order(order, gone):
    def standing(codes):
        return {
            code: Standing(text=code, emphasised=False, cell=(1, "diagnosis", "r", "irritant"))
            for code in codes
        }

    after = [code for code in order if code not in gone]
    found = changes_of_statements(standing("abcdefgh"), standing(after))
    assert set(found.removed) == gone
    stayed = [code for code in after if code not in found.moved]
    assert stayed == sorted(stayed)
    assert (not found.moved) == (after == sorted(after))


def test_what_everyone_reads_of_a_statement(notebook, irritant, now):
    assert published(notebook, irritant.code) is None
    publish(notebook=notebook, by=None, now=now)
    statements.delete(statement=irritant, **editing(irritant, now))
    shown = published(notebook, irritant.code)
    assert (shown.text, shown.stage, shown.kind) == ("Trop de mots de passe", "diagnosis", "irritant")
    assert shown.theme.order == 1
    publish(notebook=notebook, by=None, now=now)
    assert published(notebook, irritant.code) is None
