"""A server that is killed while a room writes loses nothing that it acknowledged, and doubles nothing."""

import asyncio
import random
from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.boards.site import Page, Phone, Site, plain
from tests.installation import copied
from tests.waiting import PATIENCE, until

WRITERS, READERS, KILLS = 20, 6, 2
#: Notes that are acknowledged between two kills, at least.
LIFE = 20


@pytest.fixture(scope="module")
def site(prepared, tmp_path_factory) -> Iterator[Site]:
    made = Site(copied(prepared, tmp_path_factory.mktemp("var")))
    made.start()
    yield made
    made.close()


class Writer:
    """Someone who writes on a bad network: what was not answered is sent again, and some of what was, out of order."""

    def __init__(self, phone: Phone, chance: random.Random) -> None:
        self.phone, self.chance = phone, chance
        self.acknowledged: list[dict[str, object]] = []

    async def write(self, stop: asyncio.Event) -> None:
        number, waiting = 0, []
        while not stop.is_set() or waiting:
            if not stop.is_set() and len(waiting) < 3:
                waiting.append(self.phone.note(f"{self.phone.key[:6]} {number}"))
                number += 1
            self.chance.shuffle(waiting)
            again = self.chance.sample(self.acknowledged, min(1, len(self.acknowledged)))
            for note in [*waiting, *again]:
                if await self._sent(note) and note in waiting:
                    waiting.remove(note)
                    self.acknowledged.append(note)
            await asyncio.sleep(self.chance.random() * 0.8)

    async def _sent(self, note: dict[str, object]) -> bool:
        try:
            # Now and then the answer is lost on its way.
            async with asyncio.timeout(0.01 if self.chance.random() < 0.1 else 15):
                status, told = await self.phone.send(note)
        except (OSError, EOFError, TimeoutError):
            await asyncio.sleep(0.1)
            return False
        assert status in (200, 429), told
        return status == 200


def test_nothing_acknowledged_is_lost_or_doubled(site):
    board = site.do("board")
    chance = random.Random(8)

    async def scene():
        stop = asyncio.Event()
        phones = [Phone(site, board) for _ in range(WRITERS)]
        writers = [Writer(phone, chance) for phone in phones]
        first = site.do("look", code=board["code"])
        pages = [Page(phones[n], "full", first) for n in range(READERS)]
        following = [asyncio.create_task(page.follow()) for page in pages]
        writing = [asyncio.create_task(writer.write(stop)) for writer in writers]
        for life in range(1, KILLS + 2):
            if life > 1:
                await asyncio.to_thread(site.end)
                await asyncio.to_thread(site.start)
            while sum(len(writer.acknowledged) for writer in writers) < life * LIFE:
                await asyncio.sleep(0.2)
                chance.choice(pages).drop()
        stop.set()
        await asyncio.gather(*writing)
        drawn = site.do("look", code=board["code"])
        for page in pages:
            await page.until(lambda page=page: page.position >= drawn["position"])
        for task in following:
            task.cancel()
        return writers, pages, drawn

    async def bounded():
        return await asyncio.wait_for(scene(), 4 * PATIENCE)

    writers, pages, drawn = asyncio.run(bounded())
    acknowledged = [str(note["command"]) for writer in writers for note in writer.acknowledged]
    texts = sorted(str(note["text"]) for writer in writers for note in writer.acknowledged)
    assert len(acknowledged) >= (KILLS + 1) * LIFE
    assert sorted(drawn["notes"]) == sorted(acknowledged)
    assert drawn["contributions"] == len(acknowledged)
    assert drawn["positions"] == list(range(1, drawn["position"] + 1))
    assert drawn["notebook"] == texts
    for page in pages:
        assert page.state == drawn["state"]
        assert page.rows == plain(drawn["rows"])


def test_commands_out_of_order_are_refused_and_heal(site):
    """A correction that comes before what it corrects is refused in words, and is taken once that is there."""
    board = site.do("board")

    async def scene():
        phone = Phone(site, board)
        note = phone.note("Première version")
        change = {"verb": "reword", "command": uuid4(), "note": note["command"], "text": "Seconde version"}
        return [await phone.send(one) for one in (change, note, change, change)]

    early, *rest = asyncio.run(scene())
    assert (early[0], bool(early[1]["message"])) == (422, True)
    assert [status for status, _ in rest] == [200, 200, 200]
    assert site.do("look", code=board["code"])["notebook"] == ["Seconde version"]


def test_what_a_killed_server_had_taken_is_gone_through_by_the_next(site):
    """Nobody writes any more, and the note is found by its words all the same."""
    board = site.do("board")

    async def scene():
        phone = Phone(site, board)
        return await phone.send(phone.note("Le vidéoprojecteur grésille"))

    assert asyncio.run(scene())[0] == 200
    site.end()
    left = site.do("look", code=board["code"])
    site.start()
    until(lambda: site.do("look", code=board["code"])["sifted"] >= left["position"])
    assert site.do("find", words="grésiller") == 1
