"""Who runs a meeting arranges cards and rows from plain pages, and takes back what they did."""

from uuid import uuid4

import pytest

from cahiers.boards.actions import taking
from cahiers.boards.commands import Withdraw
from cahiers.boards.models import Note
from cahiers.notebooks.actions import statements
from cahiers.notebooks.models import Row, Statement
from tests.boards.arranging import card, present, text, undo_of

pytestmark = pytest.mark.django_db


def test_cards_go_into_a_new_row_and_back(send, host, writing, write, reveal):
    write("Le wifi tombe", "Réseau lent", "Peu de prises")
    reveal("group")
    page = text(send("ranger", card=[card("Le wifi tombe"), card("Réseau lent")], row="new", name="Réseau"))
    row = Row.objects.get(name="Réseau")
    assert row.statements.filter(present=True).count() == 2
    host.post(undo_of(page))
    row.refresh_from_db()
    assert not row.present
    assert len(present()) == 3


def test_cards_go_into_a_row(send, writing, write, reveal):
    write("Le wifi tombe", "Réseau lent")
    reveal("group")
    send("ranger", card=card("Le wifi tombe"), row="new", name="Réseau")
    row = Row.objects.get(name="Réseau")
    send("ranger", card=card("Réseau lent"), row=row.uuid)
    assert [one.current.text for one in row.statements.order_by("position")] == [
        "Le wifi tombe",
        "Réseau lent",
    ]


def test_what_was_changed_meanwhile_is_left_and_said(send, writing, write, reveal, now):
    write("Le wifi tombe")
    reveal("group")
    old = card("Le wifi tombe")
    one = Statement.objects.select_related("row__theme__notebook__consultation").get()
    statements.reword(
        statement=one, text="Réseau instable", seen=one.current_id, command=uuid4(), by=None, now=now
    )
    assert "relisez" in text(send("souligner", card=old))
    answer = send("reformuler", card=old, text="Le wifi coupe")
    assert answer.status_code == 409
    assert "Réseau instable" in text(answer)
    assert "Le wifi coupe" in text(answer)
    send("reformuler", card=card("Réseau instable"), text="Le wifi coupe")
    assert present() == ["Le wifi coupe"]


def test_what_is_sent_twice_is_done_once_whatever_became_of_the_card(send, writing, write, reveal):
    write("Le wifi tombe")
    reveal("group")
    sent = {"card": card("Le wifi tombe"), "row": "new", "name": "Réseau", "command": uuid4()}
    for _ in range(2):
        assert "relisez" not in text(send("ranger", **sent))
    assert Row.objects.filter(name="Réseau").count() == 1


def test_all_of_several_cards_or_none(send, writing, write, reveal):
    write("Le wifi tombe", "Peu de prises")
    reveal("group")
    code, _colon, _revision = card("Peu de prises").partition(":")
    send("souligner", card=[card("Le wifi tombe"), f"{code}:{uuid4()}"])
    assert not Statement.objects.filter(emphasised=True).exists()
    page = text(send("souligner", card=[card("Le wifi tombe"), card("Peu de prises")]))
    assert page.count("stressed") == 2


def test_near_cards_are_suggested_and_become_one(send, host, board, writing, write, reveal):
    write("Le wifi tombe souvent", "Le wifi tombe très souvent", "Peu de prises")
    reveal("group")
    page = text(host.get(f"/r/{board.code}/animer/"))
    assert "Presque la même chose" in page
    cards = [card("Le wifi tombe souvent"), card("Le wifi tombe très souvent")]
    page = text(send("fusionner", card=cards))
    assert present() == ["Le wifi tombe souvent", "Peu de prises"]
    assert "2\u00a0voix" in page
    assert "au moins deux" in text(send("fusionner", card=card("Peu de prises")))


def test_cards_of_two_columns_stay_two(send, writing, write, reveal):
    write("Le wifi tombe")
    write("Le wifi marche", kind="strength")
    reveal("group")
    send("fusionner", card=[card("Le wifi tombe"), card("Le wifi marche")])
    assert len(present()) == 2


def test_rows_are_named_ordered_merged_and_deleted(send, host, board, writing, write, reveal):
    write("Un", "Deux", "Trois")
    reveal("group")
    for words in ("Un", "Deux"):
        send("ranger", card=card(words), row="new", name=f"Ligne {words}")
    first, second = Row.objects.exclude(name=None).order_by("position")
    assert "Ligne Un" in text(host.get(f"/r/{board.code}/animer/l/{first.uuid}/"))
    send("nommer", row=first.uuid, seen=first.current_id, name="Réseau")
    send("ordonner", row=second.uuid, seen=second.current_id, before=first.uuid)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.name, second.position < first.position) == ("Réseau", True)
    page = text(send("reunir", row=second.uuid, seen=second.current_id, into=first.uuid))
    assert [one.current.text for one in first.statements.order_by("position")] == ["Un", "Deux"]
    host.post(undo_of(page))
    second.refresh_from_db()
    assert second.present
    assert second.statements.filter(present=True).count() == 1
    send("supprimer-ligne", row=second.uuid, seen=second.current_id)
    assert present() == ["Trois", "Un"]


def test_a_card_is_deleted_and_comes_back(send, host, board, writing, write, reveal):
    write("Le wifi tombe")
    reveal("group")
    code = Statement.objects.get().code
    assert "Reformuler" in text(host.get(f"/r/{board.code}/animer/e/{code}/"))
    page = text(send("supprimer", card=card("Le wifi tombe")))
    assert present() == []
    host.post(undo_of(page))
    assert present() == ["Le wifi tombe"]


def test_chosen_rows_and_cards_are_carried_on_and_back(send, host, board, writing, write, reveal):
    write("Le wifi tombe", "Peu de prises")
    write("Des collègues aident", kind="strength")
    reveal("decide")
    cards = [card("Le wifi tombe"), card("Des collègues aident")]
    send("ranger", card=cards, row="new", name="Réseau")
    row = Row.objects.get(name="Réseau")
    page = text(send("emporter", row=row.uuid))
    carried = Row.objects.get(stage="projections")
    assert (carried.name, [one.current.text for one in carried.statements.all()]) == (
        "Réseau",
        ["Le wifi tombe"],
    )
    assert "déjà emportée" in page
    host.post(undo_of(page))
    carried.refresh_from_db()
    assert not carried.present
    send("emporter", card=card("Peu de prises"))
    assert Row.objects.filter(stage="projections", present=True).count() == 1


def test_what_its_author_withdraws_counts_no_more_in_the_card_it_was_merged_into(
    send, board, writing, write, reveal, phone, now
):
    write("Le wifi tombe", "Réseau en panne")
    reveal("group")
    send("fusionner", card=[card("Le wifi tombe"), card("Réseau en panne")])
    gone = Note.objects.get(contribution__current__text="Réseau en panne")
    taking.take(board=board, commands=[Withdraw(command=uuid4(), key=phone, note=gone.uuid)], now=now)
    kept = Statement.objects.get(present=True)
    assert [one.contribution.current.text for one in kept.citations.all()] == ["Le wifi tombe"]
