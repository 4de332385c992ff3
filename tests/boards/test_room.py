"""Anyone with the code takes part from a plain page; nothing unrevealed is on any of them."""

from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html

from cahiers.boards.actions import notes, opening, running, taking
from cahiers.boards.commands import Write
from cahiers.boards.models import Note, Participant
from tests.pages import Page

pytestmark = pytest.mark.django_db


def step(writing, step, now):
    running.set_step(board=writing.board, round=writing, step=step, command=uuid4(), by=None, now=now)


@pytest.fixture
def joined(client, board):
    client.post(f"/r/{board.code}/rejoindre/", {"category": "users", "remote": "1"})
    return client


def command(writing, **more):
    fields = {
        "verb": "write",
        "command": uuid4(),
        "round": writing.uuid,
        "kind": "irritant",
        "text": "Trop lent",
    }
    return fields | more


def test_a_code_is_typed_however(client, board):
    answer = client.post("/r/", {"code": f" {board.code.lower()} "})
    assert answer.url == f"/r/{board.code}/"


def test_a_code_that_is_none_says_so(client, db):
    for answer in (client.post("/r/", {"code": "zzzzzz"}), client.get("/r/ZZZZZZ/")):
        assert answer.status_code == 404
        assert "Aucune séance n’a le code" in answer.content.decode()


def test_joining_asks_for_a_group_and_nothing_else(client, board):
    page = client.get(f"/r/{board.code}/").content.decode()
    assert page.count('name="category"') == 10
    assert 'type="email"' not in page
    client.post(f"/r/{board.code}/rejoindre/", {"category": "users", "remote": "1"})
    client.post(f"/r/{board.code}/rejoindre/", {"category": "users", "remote": "1"})
    [participant] = Participant.objects.all()
    assert (participant.category, participant.remote) == ("users", True)
    again = client.get(f"/r/{board.code}/rejoindre/").content.decode()
    assert 'value="users" required checked' in again
    assert "rejoindre/" in client.get(f"/r/{board.code}/").content.decode()


def test_a_note_is_written_without_a_script(joined, board, writing):
    asked = command(writing)
    for _ in range(2):
        page = joined.post(f"/r/{board.code}/envoi/", asked, follow=True).content.decode()
    assert "C’est reçu" in page
    assert page.count("Trop lent") == 2  # mine, and the link to correct it
    note = Note.objects.select_related("contribution").get()
    assert note.contribution.category == "users"


def test_who_wrote_a_lot_has_a_light_page(joined, board, writing, now):
    for place in range(35):
        joined.post(f"/r/{board.code}/envoi/", command(writing, text=f"Remarque {place} de la table du fond"))
    page = Page(joined.get(f"/r/{board.code}/").content.decode())
    assert (page.elements <= 350, page.weight <= 8_000) == (True, True)
    assert ("Remarque 4 de" in page.html, "5\u00a0notes plus anciennes" in page.html) == (False, True)
    assert "Remarque 4 de" in joined.get(f"/r/{board.code}/notes/").content.decode()


def test_one_s_own_note_is_corrected_on_its_page(joined, board, writing):
    asked = command(writing)
    joined.post(f"/r/{board.code}/envoi/", asked)
    own = f"/r/{board.code}/notes/{asked['command']}/"
    assert own in Page(joined.get(f"/r/{board.code}/").content.decode()).links
    page = joined.get(own).content.decode()
    assert "Trop lent</textarea>" in page
    assert f'name="note" value="{asked["command"]}"' in page
    stranger = Client().get(own, follow=True)
    assert "vient d’un autre appareil" in stranger.content.decode()
    withdraw = {"verb": "withdraw", "command": uuid4(), "note": asked["command"]}
    joined.post(f"/r/{board.code}/envoi/", withdraw)
    assert "n’est plus là" in joined.get(own, follow=True).content.decode()


def test_what_is_not_revealed_is_on_no_page_of_others(joined, board, writing):
    joined.post(f"/r/{board.code}/envoi/", command(writing, text="Secret"))
    other = Client()
    other.post(f"/r/{board.code}/rejoindre/", {"category": ""})
    for page in ("", "suivre/", "ecran/"):
        assert "Secret" not in other.get(f"/r/{board.code}/{page}").content.decode()


def test_it_is_seen_by_all_once_revealed(joined, board, writing, now):
    joined.post(f"/r/{board.code}/envoi/", command(writing))
    step(writing, "reveal", now)
    for page in ("", "suivre/", "ecran/"):
        assert "Trop lent" in joined.get(f"/r/{board.code}/{page}").content.decode()


def test_votes_are_put(joined, board, writing, now):
    for text in ("Le wifi tombe", "Peu de prises"):
        joined.post(f"/r/{board.code}/envoi/", command(writing, text=text))
    step(writing, "vote", now)
    statement, other = (note.statement for note in Note.objects.order_by("position"))
    vote = {"verb": "dots", "command": uuid4(), "round": writing.uuid, "subject": statement.uuid, "dots": 2}
    joined.post(f"/r/{board.code}/envoi/", vote)
    page = joined.get(f"/r/{board.code}/").content.decode()
    assert "Il vous reste 1\u00a0point" in page
    # The field takes no more than there are: nothing is refused that would stay in it.
    most = {
        one.uuid: html.fromstring(page).get_element_by_id(f"d-{one.uuid}").get("max")
        for one in (statement, other)
    }
    assert most == {statement.uuid: "3", other.uuid: "1"}


def test_near_notes_can_be_joined(joined, board, writing, other_phone, now):
    joined.post(f"/r/{board.code}/envoi/", command(writing, text="Le wifi tombe souvent"))
    other = Write(
        command=uuid4(),
        key=other_phone,
        round=writing.uuid,
        kind="irritant",
        text="Le wifi tombe très souvent",
    )
    taking.take(board=board, commands=[other], now=now)
    step(writing, "reveal", now)
    page = joined.get(f"/r/{board.code}/").content.decode()
    assert "presque la même chose" in page
    opening.close_board(board=board, untreated="", by=None, now=timezone.now())
    assert "presque la même chose" not in joined.get(f"/r/{board.code}/").content.decode()
    mine = Note.objects.exclude(uuid=other.command).get()
    join = {"verb": "join", "command": uuid4(), "note": mine.uuid, "other": other.command}
    joined.post(f"/r/{board.code}/envoi/", join)
    assert Note.objects.get(pk=mine.pk).statement == Note.objects.get(uuid=other.command).statement


def test_why_a_note_is_hidden_is_said_to_its_author(joined, board, writing, now):
    joined.post(f"/r/{board.code}/envoi/", command(writing))
    notes.hide(note=Note.objects.get(), reason="nomme un élève", command=uuid4(), by=None, now=now)
    assert "nomme un élève" in joined.get(f"/r/{board.code}/").content.decode()


def test_a_closed_meeting_says_so_and_takes_late_notes(joined, board, writing, now):
    step(writing, "vote", now)
    opening.close_board(board=board, untreated="", by=None, now=timezone.now())
    page = joined.get(f"/r/{board.code}/").content.decode()
    assert "La séance est close" in page
    assert ('name="dots"' in page, 'name="text"' in page) == (False, True)
    joined.post(f"/r/{board.code}/envoi/", command(writing))
    assert Note.objects.get().late
    stranger = Client().get(f"/r/{board.code}/").content.decode()
    assert ("dans son cahier" in stranger, 'name="text"' in stranger) == (True, False)


@pytest.mark.parametrize(
    "fields", [{}, {"verb": "write", "command": "x"}, {"verb": "rien", "command": str(uuid4())}]
)
def test_a_garbled_form_is_refused_with_a_sentence(joined, board, fields):
    page = joined.post(f"/r/{board.code}/envoi/", fields, follow=True).content.decode()
    assert "rien n’a été écrit" in page


def test_a_round_of_another_board_is_refused(joined, board, writing):
    page = joined.post(f"/r/{board.code}/envoi/", command(writing, round=uuid4()), follow=True)
    assert "n’est pas, ou n’est plus, dans cette séance" in page.content.decode()
    assert not Note.objects.exists()


def test_what_comes_late_is_taken_and_said_to_be(joined, board, writing, now):
    step(writing, "vote", now)
    page = joined.post(f"/r/{board.code}/envoi/", command(writing), follow=True).content.decode()
    assert "signalé comme arrivé après coup" in page
    assert "Trop lent" in page


def test_a_scribe_writes_for_a_table(joined, board, writing, now):
    joined.post(f"/r/{board.code}/envoi/", command(writing, stands_for=6))
    step(writing, "reveal", now)
    assert "6\u00a0voix" in joined.get(f"/r/{board.code}/suivre/").content.decode()


def test_pages_are_in_english_for_who_asks(joined, board, writing):
    joined.cookies["django_language"] = "en"
    page = joined.get(f"/r/{board.code}/").content.decode()
    assert '<html lang="en">' in page
    assert "Send</button>" in page


def write_many(writing, count, now):
    written = [
        Write(command=uuid4(), key="another", round=writing.uuid, kind="irritant", text=f"Remarque {place}")
        for place in range(count)
    ]
    taking.take(board=writing.board, commands=written, now=now)


def test_a_long_board_comes_in_pages(joined, board, writing, now):
    write_many(writing, 61, now)
    step(writing, "reveal", now)
    first = joined.get(f"/r/{board.code}/").content.decode()
    assert ("Remarque 45" in first, "Remarque 46" in first, "?page=2" in first) == (True, False, True)
    for page in ("", "suivre/"):
        assert "Remarque 60" in joined.get(f"/r/{board.code}/{page}?page=2").content.decode()


@pytest.mark.parametrize("page", ["", "suivre/", "ecran/"])
def test_pages_ask_as_many_questions_whatever_was_written(
    joined, board, writing, now, page, django_assert_max_num_queries
):
    write_many(writing, 20, now)
    step(writing, "reveal", now)
    with django_assert_max_num_queries(30):
        joined.get(f"/r/{board.code}/{page}")
