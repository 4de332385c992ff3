"""Who runs a meeting leads the room from plain pages."""

from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.test import Client

from cahiers.boards.actions import opening
from cahiers.boards.models import Board, Note, Vote
from cahiers.contributions.models import FEEDBACK, Channel, Consent
from cahiers.notebooks.models import Statement
from tests.boards.arranging import card, present, text
from tests.pages import Page

pytestmark = pytest.mark.django_db


def test_a_meeting_is_opened_from_its_page(host, meeting):
    page = text(host.get(meeting.get_absolute_url()))
    assert "Animer cette séance" in page
    answer = host.post(f"{meeting.get_absolute_url()}animer/")
    again = host.post(f"{meeting.get_absolute_url()}animer/")
    board = Board.objects.get()
    assert answer.url == again.url == f"/r/{board.code}/animer/"
    assert "Commencer" in text(host.get(answer.url))


def test_the_page_needs_no_script_and_has_each_id_once(host, send, board, writing, write, reveal):
    write("Le wifi tombe", "Peu de prises")
    reveal("vote")
    page = Page(text(host.get(f"/r/{board.code}/animer/")))
    assert len(page.ids) == len(set(page.ids))
    assert not page.inline
    assert page.weight < 14_000


def test_it_costs_the_same_queries_whatever_is_on_the_board(
    host, board, writing, write, reveal, django_assert_max_num_queries
):
    write(*(f"Note {number} : {number * 7919}" for number in range(40)))
    reveal("group")
    with django_assert_max_num_queries(45):
        host.get(f"/r/{board.code}/animer/")


def test_a_theme_and_a_stage_are_chosen(send, board):
    page = text(send("aller", theme=2, stage="diagnosis"))
    board.refresh_from_db()
    assert (board.round.theme.order, board.round.stage, board.round.step) == (2, "diagnosis", "pause")
    assert "45\u00a0min" in page
    assert "Prise de notes" in page


@pytest.mark.parametrize("fields", [{"theme": 99, "stage": "diagnosis"}, {"theme": 1, "stage": "x"}, {}])
def test_what_is_none_of_the_method_is_refused(send, board, fields):
    page = text(send("aller", **fields))
    assert "rien n’a été fait" in page
    board.refresh_from_db()
    assert board.round is None


def test_steps_hide_and_reveal(send, board, writing, write):
    write("Le wifi tombe")
    page = text(send("temps", step="pause", round=writing.uuid))
    assert "Le wifi tombe" in page  # hidden from all but here
    assert present() == []
    page = text(send("temps", step="reveal", round=writing.uuid))
    assert "tout le monde les voit" in page
    assert present() == ["Le wifi tombe"]


def test_the_countdown_runs_is_lengthened_and_stops(send, board, writing):
    send("minuteur", minutes=20)
    board.refresh_from_db()
    first = board.ends_at
    command = uuid4()
    for _ in range(2):
        send("minuteur", more=5, command=command)
    board.refresh_from_db()
    assert (board.ends_at - first).seconds == 300
    send("minuteur", minutes=0)
    board.refresh_from_db()
    assert board.ends_at is None


def test_dots_and_hiding_are_set(send, board, writing):
    send("points", dots=5, round=writing.uuid)
    send("decouverte", hides=0)
    writing.refresh_from_db()
    board.refresh_from_db()
    assert (writing.dots, board.hides) == (5, False)


def test_a_scribe_writes_several_notes_for_several_people_once(send, board, writing):
    command = uuid4()
    lines = "Le wifi tombe\n\n  Peu de prises  \n"
    for _ in range(2):
        page = text(
            send(
                "noter",
                command=command,
                text=lines,
                kind="irritant",
                stands_for=4,
                category="users",
                round=writing.uuid,
            )
        )
    assert "Notes écrites : 2." in page
    notes = Note.objects.select_related("contribution__current").order_by("position")
    assert [(one.contribution.current.text, one.contribution.stands_for) for one in notes] == [
        ("Le wifi tombe", 4),
        ("Peu de prises", 4),
    ]
    assert {one.contribution.category for one in notes} == {"users"}


def test_a_line_that_is_too_long_is_given_back(send, writing):
    page = text(send("noter", text=f"Bref\n{'a' * 501}", kind="irritant", round=writing.uuid))
    assert "aaaa" in page
    assert "C’est trop long" in page
    assert Note.objects.count() == 1


def test_hands_are_counted_and_counted_again(send, board, writing, write, reveal):
    write("Le wifi tombe")
    reveal("vote")
    card = Statement.objects.get()
    send("mains", subject=card.uuid, hands=12)
    page = text(send("mains", subject=card.code, hands=14))
    assert f'<option value="{card.code}">' in page
    assert [vote.dots for vote in Vote.objects.all()] == [14]
    assert "14\u00a0points" in page
    assert "n’existe plus" in text(send("mains", subject=uuid4(), hands=1))


def test_a_note_is_hidden_with_a_reason_and_shown_again(send, host, board, writing, write, reveal):
    write("Untel est nul")
    note = Note.objects.get()
    assert "Pourquoi la masquer" in text(host.get(f"/r/{board.code}/animer/n/{note.uuid}/"))
    assert "Dites pourquoi" in text(send("masquer", note=note.uuid))
    assert "masquée : nomme une personne" in text(
        send("masquer", note=note.uuid, reason="nomme une personne")
    )
    reveal()
    assert present() == []
    send("montrer", note=note.uuid)
    assert present() == ["Untel est nul"]


def test_sheets_are_shown_three_at_most(send, host, board, consultation, region, writing, now):
    def sheet(words, consent=Consent.PUBLIC):
        from cahiers.contributions.actions import Draft, store

        draft = Draft(territory=region, channel=Channel.FORM, text=words, kind=FEEDBACK, consent=consent)
        [made] = store(consultation=consultation, drafts=[draft], now=now)
        made.status = "accepted"
        made.save()
        return made

    shown, kept = sheet("Des tablettes au collège"), sheet("Entre nous", Consent.INTERNAL)
    page = text(host.get(f"/r/{board.code}/animer/?fiche=tablettes"))
    assert "Des tablettes au collège" in page
    assert "Entre nous" not in text(host.get(f"/r/{board.code}/animer/"))
    send("fiche", sheet=shown.uuid)
    assert "Des tablettes au collège" in text(Client().get(f"/r/{board.code}/ecran/"))
    assert "rien n’a été fait" in text(send("fiche", sheet=kept.uuid))
    more = [sheet(f"Récit {number}") for number in range(1, 4)]
    send("fiche", sheet=[shown.uuid, more[0].uuid, more[1].uuid])
    wall = text(Client().get(f"/r/{board.code}/ecran/"))
    assert [wall.count(words) for words in ("Des tablettes au collège", "Récit 1", "Récit 2")] == [1, 1, 1]
    assert "pas davantage" in text(send("fiche", sheet=[one.uuid for one in (shown, *more)]))
    send("fiche")
    board.refresh_from_db()
    assert board.sheets == []


def test_the_link_for_co_facilitators_is_shown_once_and_renewed(host, board):
    page = text(host.post(f"/r/{board.code}/animer/inviter/"))
    link = page.split('id="link" readonly value="')[1].split('"')[0]
    helper = Client()
    assert helper.get(urlsplit(link).path, follow=True).status_code == 200
    assert link.rsplit("/", 2)[1] not in text(host.get(f"/r/{board.code}/animer/"))
    host.post(f"/r/{board.code}/animer/inviter/")
    assert helper.get(f"/r/{board.code}/animer/").status_code == 404
    assert Client().get(urlsplit(link).path).status_code == 404


def test_the_poster_says_how_to_join(host, board):
    page = text(host.get(f"/r/{board.code}/animer/affiche/"))
    assert board.code in page
    assert "testserver/r" in page
    assert "<svg" in page


def test_the_notebook_is_taken_away_before_the_end(host, board, writing, write, reveal):
    write("Secret")
    for format in ("json", "docx", "md"):
        answer = host.get(f"/r/{board.code}/animer/exporter/{format}")
        assert answer.status_code == 200
    assert "Secret" not in text(host.get(f"/r/{board.code}/animer/exporter/md"))
    reveal()
    assert "Secret" in text(host.get(f"/r/{board.code}/animer/exporter/md"))
    assert host.get(f"/r/{board.code}/animer/exporter/rien").status_code == 404


def test_scripts_are_answered_as_they_expect(host, board, writing, write, reveal):
    write("Le wifi tombe")
    reveal("group")

    def post(**fields):
        fields["command"] = uuid4()
        return host.post(f"/r/{board.code}/animer/ranger/", fields, headers={"X-Cahiers-Outbox": "1"})

    answer = post(card=card("Le wifi tombe"), row="new")
    assert answer.json()["ok"]
    assert "annuler" in answer.json()["undo"]
    assert post(row="new").status_code == 409


def test_nothing_is_done_on_a_closed_board(send, board, writing, write, now):
    write("Le wifi tombe")
    opening.close_board(board=board, untreated="", by=None, now=now)
    assert "La séance est close" in text(send("temps", step="reveal", round=writing.uuid))
    assert present() == []
