"""Batches of a table: all or nothing is seen at its end, and what stopped goes on or is undone."""

from uuid import RFC_4122, UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cahiers.contributions import search
from cahiers.contributions.intake import actions, advancing, lines, reading, rows, turns
from cahiers.contributions.intake.matching import Matcher
from cahiers.contributions.intake.models import State, TableImport
from cahiers.contributions.intake.storing import Store
from cahiers.contributions.models import Contribution, Flag, Revision, Status, Submission
from cahiers.contributions.reading.queries import readable
from cahiers.journal.models import Entry, Verb
from tests.accounts.people import someone
from tests.contributions.intake.conftest import csv_of
from tests.contributions.tables.samples import LINES

BAD = ["31/02/2026", "Élève", "Laval", "Égal accès", "Une date qui n’existe pas.", "1"]
FLAGGED = [*LINES[0][:4], "Appelez-moi au 06 12 34 56 78 le soir.", "1"]


class Stopped(Exception):
    """As the server does."""


@pytest.fixture
def started(drop, now, monkeypatch):
    """Checked, begun, and stopped once its first lines are written."""
    monkeypatch.setattr(lines, "BATCH", 2)
    monkeypatch.setattr(turns, "TOGETHER", 1)
    monkeypatch.setattr(lines, "STEP", 1)

    def started(data, *, whole):
        found = drop(data)
        found.given["reads_before"] = False
        found.save()
        advancing.check(found=found, now=now)
        actions.begin(found=found, whole=whole)

        def stop(line, share):
            if Contribution.objects.exists():
                raise Stopped

        with pytest.raises(Stopped):
            advancing.advance(found=found, by=None, now=now, progress=stop)
        assert Contribution.objects.count() == 2
        return TableImport.objects.get(pk=found.pk)

    return started


def statuses():
    return sorted(Contribution.objects.values_list("status", flat=True))


@pytest.mark.parametrize("whole", [True, False])
def test_what_stopped_goes_on_where_it_was(started, now, whole):
    found = started(csv_of([*LINES, FLAGGED]), whole=whole)
    # Who had seen an earlier state writes nothing.
    stale = TableImport.objects.get(pk=found.pk)
    stale.position = 0
    advancing.advance(found=stale, by=None, now=now)
    assert Contribution.objects.count() == 2
    advancing.advance(found=found, by=None, now=now)
    assert found.state == State.DONE
    assert found.counts["added"] == Contribution.objects.count() == len(LINES) + 1
    assert Entry.objects.filter(subject=found.uuid, verb=Verb.IMPORT).count() == 1
    # What may tell who someone is waits, either way.
    assert statuses() == [Status.ACCEPTED] * len(LINES) + [Status.PENDING]


def test_all_or_nothing_is_seen_by_nobody_before_its_end(started, consultation, now):
    found = started(csv_of(), whole=True)
    assert statuses() == [Status.ARRIVING] * 2
    organiser = someone(staff=True)
    assert not readable(organiser, consultation).exists()
    assert not consultation.contributions.standing().exists()
    advancing.advance(found=found, by=None, now=now)
    assert readable(organiser, consultation).count() == len(LINES)


def test_all_or_nothing_that_is_left_leaves_nothing(started, now, files):
    found = started(csv_of(), whole=True)
    actions.leave(found=found, by=None, now=now)
    assert found.state == State.UNDOING
    # Whoever still writes finds that it is left.
    advancing.advance(found=found, by=None, now=now)
    advancing.undo(found=found, by=None, now=now)
    assert found.state == State.LEFT
    assert found.counted["added"] == 0
    for model in (Contribution, Revision, Submission, Flag):
        assert not model.objects.exists()
    assert not search.indexed()
    assert not list(files.iterdir())
    assert Entry.objects.filter(subject=found.uuid, verb=Verb.DELETE).count() == 1


def test_all_or_nothing_that_meets_a_wrong_line_is_undone(drop, now):
    found = drop(csv_of([*LINES, BAD]))
    advancing.check(found=found, now=now)
    TableImport.objects.update(state=State.IMPORTING, whole=True)
    found.refresh_from_db()
    with pytest.raises(actions.SomeAreWrong):
        advancing.advance(found=found, by=None, now=now)
    assert found.state == State.UNDOING


def test_what_was_brought_in_a_line_at_a_time_stays_when_it_is_left(started, now):
    found = started(csv_of(), whole=False)
    actions.leave(found=found, by=None, now=now)
    assert found.state == State.LEFT
    assert Contribution.objects.count() == 2


def test_how_far_it_is_grows_to_the_end(drop, now, monkeypatch):
    monkeypatch.setattr(lines, "STEP", 1)
    long = [[*LINES[0][:4], f"{at} {'mot ' * 2_000}", "1"] for at in range(60)]
    found = drop(csv_of(long))
    told = []
    advancing.check(found=found, now=now, progress=lambda line, share: told.append(share))
    assert told == sorted(told)
    assert told[0] < 30 < told[-1]


def test_a_check_that_was_left_meanwhile_changes_nothing(drop, now, monkeypatch):
    found = drop(csv_of())
    monkeypatch.setattr(lines, "STEP", 1)
    twin = TableImport.objects.get(pk=found.pk)
    advancing.check(
        found=found, now=now, progress=lambda line, share: actions.leave(found=twin, by=None, now=now)
    )
    assert found.state == State.LEFT
    assert not found.counts


def test_titles_and_links_that_may_tell_who_someone_is_wait_too(drop, now):
    header = ["Titre", "Votre témoignage", "Lien"]
    line = ["Le mot de Mme Dupuis", "La salle est fermée le mercredi, faute de clé.", "https://exemple.fr/a"]
    found = drop(csv_of([line], header))
    found.mapping["title"] = ["Titre"]
    found.save()
    advancing.check(found=found, now=now)
    actions.begin(found=found, whole=False)
    advancing.advance(found=found, by=None, now=now)
    assert [one.place for one in Flag.objects.all()] == ["title"]
    assert found.counts["held"] == 1


@given(space=st.uuids(), name=st.text(max_size=40))
def test_names_are_made_into_the_uuids_of_the_standard(space, name):
    assert lines.uuid_of(space.bytes, name) == uuid5(space, name).hex


def test_what_others_wrote_meanwhile_is_known_by_the_time_it_is_written(drop, monkeypatch):
    found = drop(csv_of())
    with lines.prepared(reading.source(found), 0, advancing.silent) as batches:
        [batch] = batches
    matcher = Matcher(found.consultation, found.territory, found.names)
    store, other = (Store(found, matcher, found.at) for _ in range(2))
    made = store.made(batch.ready[1:])
    other.write(other.made(batch.ready[:2]))
    monkeypatch.setattr(turns, "version", lambda: made.version + 1)
    written = store.write(made)
    assert (written.added, written.known) == (len(LINES) - 2, 1)
    assert Contribution.objects.count() == len(LINES)


def test_new_uuids_are_of_version_7_and_follow_each_other():
    made = rows.in_order(9_000)
    assert made == sorted(set(made))
    assert {(UUID(one).version, UUID(one).variant) for one in made} == {(7, RFC_4122)}
