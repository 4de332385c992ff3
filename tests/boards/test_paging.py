"""A wall of three hundred notes is in pages and screens: each card once, and no page too heavy."""

import gzip
import re
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from lxml import html

from cahiers.boards import paging, queries, rendering
from cahiers.boards.actions import grouping, running, taking
from cahiers.boards.commands import Write
from cahiers.boards.differences import Changed
from cahiers.boards.live import pace
from cahiers.boards.queries import Card, ColumnOfRow, RowOfRound
from cahiers.boards.rendering import Audience, Level
from cahiers.consultations.models import Role
from cahiers.methods import Column
from cahiers.notebooks.models import Row, Statement
from tests.consultations.teams import member, signed_in

pytestmark = pytest.mark.django_db
NOTES = 300


@pytest.fixture
def host(consultation, region) -> Client:
    return signed_in(member(consultation, Role.FACILITATOR, region))


def write(round, now, texts, kind="irritant"):
    commands = [Write(command=uuid4(), key="one", round=round.uuid, kind=kind, text=text) for text in texts]
    taking.take(board=round.board, commands=commands, now=now)


def group(round, name, count, now):
    theme = round.board.notebook.themes.get(pk=round.theme_id)
    free = Statement.objects.filter(row=round.inbox_id, present=True).select_related("row__theme__notebook")
    grouping.gather_in_new_row(
        theme=theme,
        stage=round.stage,
        cards=[(one, one.current_id) for one in free[:count]],
        name=name,
        command=uuid4(),
        by=None,
        now=now,
    )


def step(round, name, now):
    running.set_step(board=round.board, round=round, step=name, command=uuid4(), by=None, now=now)
    round.refresh_from_db()


@pytest.fixture
def full(board, writing, now):
    write(
        writing,
        now,
        [f"Les tablettes de la salle {place} ne tiennent pas la charge" for place in range(NOTES - 40)],
    )
    write(writing, now, [f"On s’entraide en salle {place}" for place in range(40)], "strength")
    step(writing, "reveal", now)
    for name, count in (("Réseau", 5), ("Prises", 9), ("Salles", 70)):
        group(writing, name, count, now)
    return writing


def drawn(name, *texts):
    """A row of cards in two columns."""
    row = Row(uuid=uuid4(), name=name)
    cells = [[], []]
    for place, text in enumerate(texts):
        said = {"code": f"{name}-{place}", "kind": "irritant", "text": text, "emphasised": False}
        stands = {"row_id": 1, "row": row.uuid, "position": place}
        known = {"pk": place, "uuid": uuid4(), "current_id": uuid4(), "voices": 1, "late": False, "dots": 0}
        cells[place % 2].append(Card(**said, **stands, **known))
    columns = [
        ColumnOfRow(
            row=row.uuid, column=Column(kind=kind, heading=kind, label=kind, plural=kind), cards=cards
        )
        for kind, cards in zip(("irritant", "strength"), cells, strict=True)
    ]
    return RowOfRound(row=row, columns=columns, dots=0, inbox=False)


def test_each_card_is_on_one_page_and_one_screen():
    rows = [drawn(str(size), *(["Un mot " * 9] * size)) for size in (1, 0, 5, 9, 70, 215)]
    every = sorted(card.id for row in rows for card in row.cards)
    for pages in (paging.pages_of(rows), paging.screens_of(rows)):
        assert sorted(card.id for page in pages for row in page for card in row.cards) == every
        assert len(pages) >= 6
        # An element is on a page once.
        assert all(len({row.id for row in page}) == len(page) for page in pages)


def test_a_row_begins_where_the_one_before_ends():
    first, second, *_ = paging.pages_of([drawn("Réseau", "Court"), drawn("Salles", *["Un mot"] * 90)])
    assert [row.row.name for row in first] == ["Réseau", "Salles"]
    assert [(row.row.name, row.follows) for row in second] == [("Salles", True)]


def test_rows_that_fit_stand_together_and_the_longest_goes_on():
    rows = [
        drawn("Réseau", *["Court"] * 5),
        drawn("Prises", *["Court"] * 9),
        drawn("Salles", *["Un mot " * 9] * 40),
    ]
    first, *others = paging.screens_of(rows)
    assert [row.row.name for row in first] == ["Réseau", "Prises"]
    assert [[(row.row.name, row.follows) for row in screen] for screen in others[:2]] == [
        [("Salles", False)],
        [("Salles", True)],
    ]
    assert paging.screens_of([]) == paging.pages_of([]) == [[]]


def test_no_view_of_it_is_heavy(full, board, client, host, now):
    client.post(f"/r/{board.code}/rejoindre/", {"category": ""})
    pages = {"": client, "suivre/": client, "ecran/": client, "animer/": host}
    write(full, now, [f"Trop tard {place}" for place in range(60)])
    for turned in ("group", "vote"):
        step(full, turned, now)
        for path, whose in pages.items():
            content = whose.get(f"/r/{board.code}/{path}").content
            assert len(html.fromstring(content).xpath("//*")) <= 600, (turned, path)
            assert len(gzip.compress(content, 6)) <= 8 * 1024, (turned, path)
    assert Changed(whole=queries.rows_of(full)).drawn(host=False).put == []
    assert a_telephone_reads_a_kilobyte_a_second(full, board, now)
    the_wall_shows_what_the_facilitator_chose(full, board, host)
    cards_go_to_rows_of_other_pages(full, board, host)


def a_telephone_reads_a_kilobyte_a_second(full, board, now):
    """In the worst case: others write all the time, and all of it is seen."""
    before = rendering.position_of(board)
    write(full, now, ["Encore une"])
    audience = Audience(Level.LEAN, "fr")
    chunk = (
        len(rendering.changes(rendering.Scene(board, before), before, {audience}).events[audience].wire) + 8
    )
    page = len(gzip.compress(Client().get(f"/r/{board.code}/suivre/").content, 6))
    script = (settings.PACKAGE / "boards" / "static" / "boards" / "live.js").read_text()
    every = float(re.findall(r"url \? (\w+) :", script)[0]) / 1000
    return chunk / pace.LEAN + page / every <= 1024


def the_wall_shows_what_the_facilitator_chose(full, board, host):
    """And who follows from elsewhere sees the same."""
    last = len(paging.screens_of(queries.rows_of(full)))
    asked = {"command": uuid4(), "screen": last}
    page = host.post(f"/r/{board.code}/animer/ecran/", asked, follow=True).content.decode()
    assert f"écran {last} sur {last}" in page
    back = host.post(f"/r/{board.code}/animer/ecran/", asked, headers={"Referer": "https://x.fr/?page=2"})
    assert back.url == f"/r/{board.code}/animer/?page=2#tableau"
    for path, name in (("ecran/", "Réseau"), ("suivre/", "Réseau")):
        assert name not in Client().get(f"/r/{board.code}/{path}").content.decode()
    salles = next(row.row for row in queries.rows_of(full) if row.row.name == "Salles")
    host.post(f"/r/{board.code}/animer/ecran/", {"command": uuid4(), "row": salles.uuid})
    board.refresh_from_db()
    assert board.screen == 2


def cards_go_to_rows_of_other_pages(full, board, host):
    """Every row is offered on every page, and so is the way back to no row; who moves them is told where they went."""
    rows, pages = queries.rows_of(full), paging.pages_of(queries.rows_of(full))
    page = html.fromstring(host.get(f"/r/{board.code}/animer/?page={len(pages)}").content)
    offered = page.xpath("//select[@id='target']/option/@value")
    assert offered == ["new", *(str(row.row.uuid) for row in rows)]
    last = Statement.objects.get(pk=pages[-1][-1].cards[-1].pk)
    asked = {"command": uuid4(), "card": f"{last.code}:{last.current_id}", "row": rows[0].row.uuid}
    said = host.post(f"/r/{board.code}/animer/ranger/", asked, headers={"X-Cahiers-Outbox": "1"}).json()
    assert "Voyez la page 1 sur" in said["message"]
    last.refresh_from_db()
    back = {"command": uuid4(), "card": f"{last.code}:{last.current_id}", "row": full.inbox.uuid}
    said = host.post(f"/r/{board.code}/animer/ranger/", back, headers={"X-Cahiers-Outbox": "1"}).json()
    assert re.search(r"Voyez la page (\d+) sur \1\.", said["message"])


def test_notes_that_are_hidden_still_are_shown_page_by_page(board, writing, host, now):
    write(writing, now, [f"Remarque {place}" for place in range(paging.PAGE + 1)])
    page = host.get(f"/r/{board.code}/animer/").content.decode()
    assert ("Remarque 0\n" in page, "1\u00a0note plus ancienne" in page) == (False, True)
    assert "Remarque 0 " in host.get(f"/r/{board.code}/animer/notes/?page=2").content.decode()


def turn(board, screen, now):
    running.turn_to(board=board, screen=screen, command=uuid4(), by=None, now=now)
    board.refresh_from_db()


def told(board, after, level):
    audience = Audience(level, "fr")
    return rendering.changes(rendering.Scene(board, after), after, {audience}).events[audience].data


def test_streams_tell_that_the_wall_moved(board, writing, now):
    before = rendering.position_of(board)
    running.turn_to(board=board, screen=2, command=uuid4(), by=None, now=now)
    assert '"room":1' in told(board, before, Level.LEAN)
    assert '"panel"' not in told(board, before, Level.LEAN)
    assert '"again":1' in told(board, before, Level.FULL)


def test_telephones_hear_of_what_is_seen_alone(board, writing, now):
    def told_after(texts):
        before = rendering.position_of(board)
        write(writing, now, texts)
        return told(board, before, Level.LEAN)

    assert '"room"' not in told_after(["Encore cachée"])
    step(writing, "reveal", now)
    board.refresh_from_db()
    assert '"room":1' in told_after(["Vue de tous"])
