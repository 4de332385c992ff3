"""The board on paper: what everyone sees, in full, and nothing else."""

from uuid import uuid4

import pytest
from django.test import Client

from cahiers.boards import printing
from cahiers.boards.actions import grouping, opening, running, taking
from cahiers.boards.commands import Write
from cahiers.notebooks.actions import statements
from cahiers.notebooks.models import Statement

pytestmark = pytest.mark.django_db


def put(board, round, phone, now, *texts):
    commands = [
        Write(command=uuid4(), key=phone, round=round.uuid, kind="irritant", text=text) for text in texts
    ]
    taking.take(board=board, commands=commands, now=now)


def step(round, step, now):
    running.set_step(board=round.board, round=round, step=step, command=uuid4(), by=None, now=now)


@pytest.fixture
def revealed(board, writing, phone, now):
    put(board, writing, phone, now, "Le wifi tombe", "Peu de prises")
    step(writing, "reveal", now)
    return writing


def drawn(board, *, whole=False):
    board.refresh_from_db()
    return printing.drawn(board, whole=whole)


def test_it_holds_rows_cards_and_what_was_stressed(board, revealed, now):
    one = Statement.objects.select_related("current", "row__theme__notebook__consultation").get(
        current__text="Le wifi tombe"
    )
    seen = {"seen": one.current_id, "command": uuid4(), "by": None, "now": now}
    one = statements.emphasise(statement=one, **seen)
    grouping.gather_in_new_row(
        theme=one.row.theme,
        stage="diagnosis",
        cards=[(one, one.current_id)],
        name="Réseau",
        command=uuid4(),
        by=None,
        now=now,
    )
    [round] = drawn(board)["rounds"]
    named, inbox = round["rows"]
    assert (round["stage"], round["columns"]) == ("Diagnostic", ["Irritants", "Points forts"])
    assert (named["name"], named["cells"][0]) == (
        "Réseau",
        [{"text": "Le wifi tombe", "stressed": True, "said": ""}],
    )
    assert (inbox["inbox"], len(inbox["cells"][0])) == (True, 1)


def test_what_is_not_revealed_is_not_printed(board, writing, phone, now):
    put(board, writing, phone, now, "Secret")
    assert drawn(board)["rounds"][0]["rows"] == []


def test_one_round_or_all(board, revealed, now):
    theme = board.notebook.themes.all()[1]
    running.go_to(board=board, theme=theme, stage="diagnosis", command=uuid4(), by=None, now=now)
    assert [round["theme"] for round in drawn(board)["rounds"]] == [theme.title]
    # A sheet for each that has something on it.
    assert [round["theme"] for round in drawn(board, whole=True)["rounds"]] == [revealed.theme.title]


@pytest.mark.parametrize("query", ["", "?tout=1"])
def test_it_is_a_tagged_pdf_on_a3(board, revealed, query, phone, now):
    put(board, revealed, phone, now, *(f"#panic[{number}] " + "a" * 400 for number in range(30)), "🐫 ✓")
    answer = Client().get(f"/r/{board.code.lower()}/tableau.pdf{query}")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert b"/StructTreeRoot" in answer.content
    assert b"1190.55" in answer.content  # 420 mm wide


def test_it_is_composed_once_until_something_changes(board, revealed, now, monkeypatch):
    composed = []
    monkeypatch.setattr(printing, "pdf", lambda board, whole: composed.append(whole) or b"%PDF")

    def ask():
        Client().get(f"/r/{board.code}/tableau.pdf")
        return len(composed)

    assert (ask(), ask()) == (1, 1)
    opening.close_board(board=board, untreated="", by=None, now=now)
    assert (ask(), ask()) == (2, 2)
    one = Statement.objects.select_related("current", "row__theme__notebook__consultation").first()
    statements.emphasise(
        statement=one, emphasised=True, seen=one.current_id, command=uuid4(), by=None, now=now
    )
    assert (ask(), ask()) == (3, 3)


def test_a_board_without_a_round_prints_a_sheet(board):
    assert Client().get(f"/r/{board.code}/tableau.pdf").content.startswith(b"%PDF")


def test_an_unknown_code_prints_nothing(db):
    assert Client().get("/r/ZZZZZZ/tableau.pdf").status_code == 404
