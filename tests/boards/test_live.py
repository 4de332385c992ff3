"""Streams tell what was written, in order and without a gap, to each what it may see."""

import asyncio
import json
import os
import signal
from collections.abc import Iterator

import pytest

from tests.boards.site import Page, Phone, Site, plain
from tests.installation import copied, postgresql
from tests.waiting import PATIENCE


@pytest.fixture(scope="module", params=["one worker on SQLite", "two workers on PostgreSQL"])
def site(request, prepared, tmp_path_factory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("var")
    if request.param == "one worker on SQLite":
        made = Site(copied(prepared, folder))
        made.start()
        yield made
        made.close()
        return
    if not os.environ.get("POSTGRESQL_URL", ""):
        pytest.skip("POSTGRESQL_URL names no PostgreSQL server")
    with postgresql(f"cahiers_live_{os.getpid()}") as database:
        made = Site(folder, database, workers=2)
        made.start()
        yield made
        made.close()


def test_a_note_is_acknowledged_once_and_told(site):
    board = site.do("board")

    async def scene():
        one, other = Phone(site, board), Phone(site, board)
        page = Page(other, "full", site.do("look", code=board["code"]))
        following = asyncio.create_task(page.follow())
        note = one.note("Le wifi tombe")
        answers = [await one.send(note), await one.send(note)]
        await page.until(lambda: "Le wifi tombe" in page.rows)
        following.cancel()
        return answers, page

    answers, page = asyncio.run(scene())
    assert [(status, told["ok"], told["late"]) for status, told in answers] == [(200, True, False)] * 2
    drawn = site.do("look", code=board["code"])
    assert len(drawn["notes"]) == 1
    assert page.rows == plain(drawn["rows"])
    assert page.state == drawn["state"]


def test_after_all_that_can_happen_a_page_is_as_if_drawn_now(site):
    """Written, reworded, withdrawn, hidden, joined, grouped, voted: the page has what the notebook has."""
    board = site.do("board", hides=True)

    async def scene():
        phones = [Phone(site, board) for _ in range(4)]
        pages = [Page(phones[0], "full", site.do("look", code=board["code"]))]
        pages.append(Page(phones[1], "full", site.do("look", code=board["code"])))
        following = [asyncio.create_task(page.follow()) for page in pages]
        wrote = [phone.note(f"Irritant {n}") for n, phone in enumerate(phones)]
        for phone, note in zip(phones, wrote, strict=True):
            assert (await phone.send(note))[0] == 200
        await pages[0].until(lambda: pages[0].state["hidden"] == 4)
        assert "Irritant" not in json.dumps(pages[0].events)
        site.do("turn", code=board["code"], step="reveal")
        late = [phones[0].note(f"Après {n}", kind="strength") for n in range(3)]
        for note in late:
            await phones[0].send(note)
        said = [str(note["command"]) for note in wrote]
        await phones[1].send(
            {"verb": "reword", "command": os.urandom(16).hex(), "note": said[1], "text": "Mieux dit"}
        )
        pages[1].drop()
        await phones[2].send({"verb": "withdraw", "command": os.urandom(16).hex(), "note": said[2]})
        site.do("join", note=said[3], other=said[0])
        site.do("hide", note=str(late[0]["command"]))
        site.do("group", code=board["code"], notes=[said[1], str(late[1]["command"])])
        site.do("turn", code=board["code"], step="vote")
        drawn = site.do("look", code=board["code"])
        await pages[0].until(lambda: pages[0].position == drawn["position"])
        row = pages[0].tree.xpath("//section/@id")[0].removeprefix("w-")
        dots = {
            "verb": "dots",
            "command": os.urandom(16).hex(),
            "round": board["round"],
            "subject": row,
            "dots": 2,
        }
        assert (await phones[3].send(dots))[0] == 200
        drawn = site.do("look", code=board["code"])
        for page in pages:
            await page.until(lambda page=page: page.position == drawn["position"])
        for task in following:
            task.cancel()
        return pages, drawn

    pages, drawn = asyncio.run(scene())
    assert drawn["notebook"] == ["Après 1", "Après 2", "Irritant 0", "Mieux dit"]
    for page in pages:
        assert page.rows == plain(drawn["rows"])
        assert page.state == drawn["state"]


def test_lean_streams_count_and_quote_nothing(site):
    board = site.do("board")

    async def scene():
        phone = Phone(site, board)
        page = Page(phone, "lean", site.do("look", code=board["code"]))
        following = asyncio.create_task(page.follow())
        for number in range(20):
            await phone.send(phone.note(f"Quelque chose {number}"))
        await page.until(lambda: page.state["notes"] == 20)
        site.do("turn", code=board["code"], step="vote")
        await page.until(lambda: page.state["step"] == "vote")
        following.cancel()
        return page

    page = asyncio.run(scene())
    counts = [data for _, _, data in page.events if "panel" not in data]
    assert "Quelque chose" not in json.dumps(counts)
    assert all(len(json.dumps(data)) < 300 for data in counts)
    [(_, _, turned)] = [event for event in page.events if "panel" in event[2]]
    assert 'id="panel"' in turned["panel"]
    assert "csrfmiddlewaretoken" not in turned["panel"]


def test_the_facilitators_stream_is_theirs(site):
    board = site.do("board")
    status, told = asyncio.run(Phone(site, board).get("flux", "niveau=host"))
    assert (status, told["ok"], bool(told["message"])) == (403, False, True)


def test_readers_are_told_in_their_language(site):
    board = site.do("board")

    async def scene():
        pages = []
        for language in ("fr", "en"):
            phone = Phone(site, board, language)
            pages.append(Page(phone, "full", site.do("look", code=board["code"])))
        following = [asyncio.create_task(page.follow()) for page in pages]
        site.do("turn", code=board["code"], step="vote")
        for page in pages:
            await page.until(lambda page=page: page.events)
        for task in following:
            task.cancel()
        return [page.events[-1][2]["panel"] for page in pages]

    french, english = asyncio.run(scene())
    assert french != english


def test_polls_are_told_the_same(site):
    board = site.do("board")

    async def scene():
        phone = Phone(site, board)
        at = board["position"]
        waiting = asyncio.create_task(phone.get("suite", f"niveau=full&after={at}"))
        await asyncio.sleep(0.3)
        await phone.send(phone.note("Attendue"))
        first = await waiting
        missed = await phone.get("suite", f"niveau=full&after={at}")
        return first, missed, await phone.get("suite", "niveau=full&after=100000")

    first, missed, elsewhere = asyncio.run(scene())
    for status, told in (first, missed):
        [event] = told
        assert (status, event["event"], event["id"]) == (200, "change", board["position"] + 1)
        assert "Attendue" in json.dumps(event["data"]["put"])
    assert [event["event"] for event in elsewhere[1]] == ["resync"]


def test_a_cursor_too_old_reads_again(site):
    board = site.do("board")

    async def scene():
        phones = [Phone(site, board) for _ in range(12)]
        for phone in phones:
            await asyncio.gather(*(phone.send(phone.note(f"Note {n}")) for n in range(50)))
        return await phones[0].get("suite", f"after={board['position']}")

    _status, [event] = asyncio.run(scene())
    assert (event["event"], event["data"]) == ("resync", {})


def test_a_closed_meeting_tells_its_end_and_takes_late_notes(site):
    board = site.do("board")

    async def scene():
        phone = Phone(site, board)
        # One that is there at the end, and one whose telephone slept.
        pages = [Page(phone, "lean", site.do("look", code=board["code"])) for _ in range(2)]
        following = asyncio.create_task(pages[0].follow())
        await phone.send(phone.note("À temps"))
        await pages[0].until(lambda: pages[0].state["notes"] == 1)
        site.do("close", code=board["code"])
        await asyncio.wait_for(following, PATIENCE)
        await asyncio.wait_for(pages[1].follow(), PATIENCE)
        return pages, await phone.send(phone.note("Dans le train"))

    pages, (status, told) = asyncio.run(scene())
    assert [page.state["open"] for page in pages] == [False, False]
    assert (status, told["late"]) == (200, True)


@pytest.mark.parametrize(
    ("fields", "headers", "status"),
    [
        ({"command": "x"}, "X-Cahiers-Outbox: 1\r\n", 422),
        ({"verb": "burn"}, "X-Cahiers-Outbox: 1\r\n", 422),
        ({"text": "x" * 501}, "X-Cahiers-Outbox: 1\r\n", 422),
        ({"text": "x" * 20_000}, "X-Cahiers-Outbox: 1\r\n", 413),
        ({"round": "7e57d004-2b97-4e7a-b45f-5387367791cd"}, "X-Cahiers-Outbox: 1\r\n", 422),
        ({}, "X-Cahiers-Outbox: 1\r\nOrigin: https://ailleurs.example\r\n", 403),
        ({}, "", 403),
    ],
)
def test_what_is_wrong_is_refused_with_a_sentence(site, fields, headers, status):
    board = site.do("board")
    phone = Phone(site, board)
    found, told = asyncio.run(phone.send(phone.note("Bien") | fields, headers))
    assert (found, told["ok"]) == (status, False)
    assert told["message"].endswith(".")
    assert site.do("look", code=board["code"])["contributions"] == 0


def test_what_another_wrote_or_another_room_or_step_is_refused(site):
    board, elsewhere = site.do("board"), site.do("board")

    async def scene():
        author, other = Phone(site, board), Phone(site, board)
        stranger = Phone(site, elsewhere)
        note = author.note("À moi")
        await author.send(note)
        change = {"command": os.urandom(16).hex(), "note": note["command"]}
        dots = {"verb": "dots", "command": os.urandom(16).hex(), "round": board["round"], "dots": 1}
        return [
            await other.send({"verb": "withdraw", **change}),
            await stranger.send({"verb": "withdraw", **change}),
            await author.send({**dots, "subject": note["command"]}),
            await other.send({**note, "text": "Tout autre chose"}),
            await stranger.send(author.note("Pas ici")),
        ]

    answers = asyncio.run(scene())
    assert [status for status, _ in answers] == [422] * 5
    assert len({told["message"] for _, told in answers}) >= 4


def test_a_device_that_floods_waits_and_others_do_not(site):
    board = site.do("board")

    async def scene():
        phone, other = Phone(site, board), Phone(site, board)
        refused = []
        # As many at once as make any server, of as many processes as it has, faster than what a device may send.
        while not refused:
            flood = await asyncio.gather(*(phone.send(phone.note(f"Encore {n}")) for n in range(100)))
            refused = [told for status, told in flood if status == 429]
        return refused, await other.send(other.note("Une seule"))

    refused, (status, _told) = asyncio.run(scene())
    assert refused[0]["message"]
    assert status == 200


def test_a_code_that_is_none_says_so(site):
    status, told = asyncio.run(Phone(site, {"code": "ZZZZZZ", "round": ""}).get("flux"))
    assert (status, told["ok"], bool(told["message"])) == (404, False, True)


def test_the_server_ends_while_people_read(site):
    board = site.do("board")

    async def scene():
        page = Page(Phone(site, board), "full", site.do("look", code=board["code"]))
        following = asyncio.create_task(page.follow())
        phone = Phone(site, board)
        await phone.send(phone.note("Avant le départ"))
        await page.until(lambda: "Avant le départ" in page.rows)
        await asyncio.to_thread(site.end, signal.SIGTERM)
        left = page.leaves
        await asyncio.to_thread(site.start)
        await phone.send(phone.note("Après le retour"))
        await page.until(lambda: "Après le retour" in page.rows)
        following.cancel()
        return left

    # One that waits for its readers is killed after a while, and they with it.
    assert asyncio.run(scene()) == 1
