"""Who may send which command of the run mode: the others are told nothing, and nothing is done."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.test import Client

from cahiers.boards.actions import opening, running, taking
from cahiers.boards.commands import Write
from cahiers.boards.host.deeds import DEEDS
from cahiers.boards.live import endpoint
from cahiers.boards.models import Board
from cahiers.consultations.models import Role, StageWindow
from cahiers.journal.models import Entry
from cahiers.notebooks.models import Statement
from cahiers.territories.actions import add
from cahiers.territories.models import Level
from tests.accounts.people import someone
from tests.consultations.teams import member, signed_in

pytestmark = pytest.mark.django_db

#: Pages, and commands that are sent, by who may: members who edit in its territory, and co-facilitators.
PAGES = ("", "clore/", "affiche/", "exporter/json")
MEMBERS_ONLY = ("inviter", "rouvrir")
HOLDERS = {
    "organiser": 200,
    "facilitator": 200,
    "helper": 200,
    "reader": 403,
    "facilitator elsewhere": 403,
    "participant": 404,
    "signed in": 404,
    "stranger": 404,
}


@pytest.fixture
def elsewhere(nation, now):
    return add(parent=nation, level=Level.REGION, name="Les Cimes", code="CIM", by=None, now=now)


@pytest.fixture
def client_of(consultation, region, elsewhere, board):
    def make(holder: str) -> Client:
        if holder == "organiser":
            return signed_in(member(consultation, Role.ORGANISER))
        if holder == "facilitator":
            return signed_in(member(consultation, Role.FACILITATOR, region))
        if holder == "reader":
            return signed_in(member(consultation, Role.READER, region))
        if holder == "facilitator elsewhere":
            return signed_in(member(consultation, Role.FACILITATOR, elsewhere))
        if holder == "signed in":
            return signed_in(someone("Noé Palud"))
        client = Client()
        if holder == "helper":
            client.get(f"/r/{board.code}/animer/{opening.renew_helpers_link(board=board)}/")
        if holder == "participant":
            client.post(f"/r/{board.code}/rejoindre/", {"category": "users"})
        return client

    return make


@pytest.mark.parametrize("holder", HOLDERS)
def test_pages(client_of, board, holder):
    client = client_of(holder)
    for page in PAGES:
        answer = client.get(f"/r/{board.code}/animer/{page}")
        assert answer.status_code == HOLDERS[holder], page
        if HOLDERS[holder] != 200:
            assert str(board) not in answer.content.decode()


@pytest.mark.parametrize("holder", HOLDERS)
def test_commands(client_of, board, writing, holder):
    client = client_of(holder)
    before = (Entry.objects.count(), Board.objects.values().get())
    for verb in DEEDS:
        answer = client.post(f"/r/{board.code}/animer/{verb}/", {"command": uuid4(), "step": "pause"})
        # Who may is led back to the page, whatever came of it.
        assert answer.status_code == {200: 302}.get(HOLDERS[holder], HOLDERS[holder]), verb
    if HOLDERS[holder] != 200:
        assert (Entry.objects.count(), Board.objects.values().get()) == before


@pytest.mark.parametrize("holder", HOLDERS)
def test_what_members_alone_may(client_of, board, holder):
    client = client_of(holder)
    may = holder in ("organiser", "facilitator")
    refused = 403 if HOLDERS[holder] == 403 else 404
    for verb in MEMBERS_ONLY:
        answer = client.post(f"/r/{board.code}/animer/{verb}/")
        assert (answer.status_code in (200, 302)) if may else answer.status_code == refused, verb
    opened = client.post(f"{board.meeting.get_absolute_url()}animer/")
    assert opened.status_code == (302 if may else refused)


def test_a_co_facilitator_of_one_board_is_nobody_at_another(
    client_of, board, meeting, consultation, region, now
):
    helper = client_of("helper")
    meeting.pk, meeting.uuid, meeting.number, meeting._state.adding = None, uuid4(), 2, True
    meeting.save()
    other = opening.open_board(meeting=meeting, by=None, now=now)
    assert helper.get(f"/r/{other.code}/animer/").status_code == 404
    assert helper.post(f"/r/{other.code}/animer/temps/", {"step": "pause"}).status_code == 404


def test_a_thing_of_another_board_is_not_touched(client_of, board, meeting, writing, now):
    host = client_of("organiser")
    other = type(meeting).objects.create(
        consultation=meeting.consultation, territory=meeting.territory, number=2, label="Autre"
    )
    second = opening.open_board(meeting=other, by=None, now=now)
    entries = Entry.objects.count()
    for verb, fields in (
        ("temps", {"step": "reveal", "round": writing.uuid}),
        ("aller", {"theme": 99, "stage": "diagnosis"}),
        ("masquer", {"note": uuid4(), "reason": "non"}),
        ("ranger", {"card": f"zzzzzzzzzz:{uuid4()}", "row": "new"}),
        ("nommer", {"row": uuid4(), "seen": uuid4(), "name": "x"}),
    ):
        page = host.post(f"/r/{second.code}/animer/{verb}/", {"command": uuid4(), **fields}, follow=True)
        assert "rien n’a été fait" in page.content.decode(), verb
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("verb", ["rien", "x" * 300])
def test_no_such_command(client_of, board, verb):
    assert client_of("organiser").post(f"/r/{board.code}/animer/{verb}/").status_code == 404


def test_an_unknown_code_is_no_page(db):
    assert Client().get("/r/ZZZZZZ/animer/").status_code == 404


@pytest.mark.parametrize("command", ["x", "1" * 40])
def test_a_number_that_is_none_is_refused(client_of, board, command):
    answer = client_of("organiser").post(f"/r/{board.code}/animer/temps/", {"command": command})
    assert answer.status_code == 404


@pytest.mark.parametrize(("holder", "may"), [("organiser", True), ("facilitator", False), ("helper", False)])
def test_a_closed_stage_is_closed_to_who_came_by_the_link_too(
    client_of, board, writing, phone, now, holder, may
):
    write = Write(command=uuid4(), key=phone, round=writing.uuid, kind="irritant", text="Le wifi tombe")
    taking.take(board=board, commands=[write], now=now)
    running.set_step(board=board, round=writing, step="group", command=uuid4(), by=None, now=now)
    closed = datetime(2020, 1, 1, tzinfo=UTC)
    StageWindow.objects.create(consultation=board.notebook.consultation, stage="diagnosis", closes=closed)
    one = Statement.objects.get()
    fields = {"command": uuid4(), "card": f"{one.code}:{one.current_id}"}
    page = client_of(holder).post(f"/r/{board.code}/animer/souligner/", fields, follow=True).content.decode()
    assert Statement.objects.get().emphasised == may
    assert ("est fermée depuis" in page) != may


def test_the_stream_is_open_to_who_came_by_a_link_renewed_just_now(board):
    """The live feed remembers boards for a while."""
    remembered = Board.objects.get(pk=board.pk)
    token = opening.renew_helpers_link(board=board)
    helper = Client()
    helper.get(f"/r/{board.code}/animer/{token}/")
    cookies = {name: morsel.value for name, morsel in helper.cookies.items()}
    assert endpoint._runs(remembered, cookies)
    opening.renew_helpers_link(board=board)
    assert not endpoint._runs(remembered, cookies)
