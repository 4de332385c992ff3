"""What a server carries on from one drawing to the next is what it would read anew."""

import re
from uuid import uuid4

import pytest

from cahiers.boards import queries, rendering
from cahiers.boards.actions import joining, running, taking
from cahiers.boards.commands import Join, Withdraw, Write
from cahiers.boards.rendering import Audience, Level, Rendered, Scene
from cahiers.contributions.models import Contribution, Status

pytestmark = pytest.mark.django_db

WALL = Audience(Level.FULL, "fr")
COMMAND = r'name=\\"command\\" value=\\"[^"]+'
EVERYONE = {Audience(level, language) for level in Level for language in ("fr", "en")}


@pytest.fixture
def scene(board, writing) -> Scene:
    position = rendering.position_of(board)
    first = Scene(queries.boards().get(pk=board.pk), position)
    return rendering.changes(first, position, {WALL}).scene


@pytest.fixture
def write(board, writing, phone, now):
    def one(text: str) -> Write:
        note = Write(command=uuid4(), key=phone, round=writing.uuid, kind="irritant", text=text)
        taking.take(board=board, commands=[note], now=now)
        return note

    return one


def said(told: Rendered) -> dict[Audience, str]:
    """The ids of forms' commands are never twice the same."""
    return {audience: re.sub(COMMAND, "", event.data) for audience, event in told.events.items()}


def goes_on(scene: Scene) -> Scene:
    """The next one, which is as if it were read anew, and so is what readers are told of it."""
    told = rendering.changes(scene, scene.position, EVERYONE)
    anew = rendering.changes(Scene(scene.board, scene.position), scene.position, EVERYONE)
    assert said(told) == said(anew)
    after = told.scene
    now = queries.boards().get(pk=scene.board.pk)
    assert after.counts == queries.counts_of(now)
    assert (after.board.round, after.board.round.inbox) == (now.round, now.round.inbox)
    assert after.position == rendering.position_of(now)
    return after


def test_notes_and_people_are_added_to_what_was_counted(scene, write, now, django_assert_num_queries):
    write("Le wifi tombe")
    joining.join(board=scene.board, key="0" * 32, category="", remote=False, now=now)
    with django_assert_num_queries(2):  # the entries, and their notes
        rendering.changes(scene, scene.position, {Audience(Level.LEAN, "fr")})
    assert goes_on(goes_on(scene)).counts == queries.Counts(notes=1, hidden=1, people=1)


def test_what_everyone_sees_at_once_has_its_row_from_the_first_note_on(
    board, scene, write, now, django_assert_num_queries
):
    running.set_hiding(board=board, hides=False, command=uuid4(), by=None, now=now)
    scene = goes_on(scene)
    for texts in (["Le wifi tombe"], ["Peu de prises", "Trop de bruit"], ["Les câbles"]):
        for text in texts:
            write(text)
        scene = goes_on(scene)
    assert scene.counts.notes == 4
    write("Un écran par salle")
    with django_assert_num_queries(4):  # the entries, their notes, the cards and what they rest on
        rendering.changes(scene, scene.position, {WALL})


def test_what_is_taken_back_is_counted_anew(board, writing, scene, write, phone, now):
    one, other = write("Le wifi tombe"), write("Le réseau tombe")
    scene = goes_on(scene)
    running.set_step(board=board, round=writing, step="reveal", command=uuid4(), by=None, now=now)
    scene = goes_on(scene)
    joined = Join(command=uuid4(), key=phone, note=other.command, other=one.command)
    taking.take(board=board, commands=[joined], now=now)
    scene = goes_on(scene)
    taking.take(board=board, commands=[Withdraw(command=uuid4(), key=phone, note=one.command)], now=now)
    assert goes_on(scene).counts.notes == 1


def test_what_the_team_hides_elsewhere_is_counted_after_a_while(scene, write, monkeypatch):
    write("Le wifi tombe")
    scene = goes_on(scene)
    Contribution.objects.update(status=Status.HIDDEN)
    monkeypatch.setattr(rendering, "COUNTED", -1.0)
    assert goes_on(scene).counts.notes == 0


def test_who_comes_back_is_told_the_counts_of_now(scene, write):
    before = scene.position
    write("Le wifi tombe")
    scene = goes_on(scene)
    write("Peu de prises")
    again = rendering.changes(scene, before, {WALL}).scene
    assert again == rendering.changes(scene, scene.position, {WALL}).scene
    assert again.counts.notes == 2
