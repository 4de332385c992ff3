"""A server that is told to end lets its readers go first, whatever else happens at that moment."""

import asyncio
import signal

import pytest

from cahiers.boards.live import ending
from cahiers.boards.live.ending import Pages, end_on_signal
from tests.waiting import PATIENCE


class Live:
    """Notes what it is asked, as its own hub; it is emptied a moment later, or never."""

    def __init__(self, empties: bool = True) -> None:
        self.told: list[str] = []
        self.empties = empties
        self.hub = self

    def end_streams(self) -> None:
        self.told.append("streams end")

    async def emptied(self) -> None:
        await (asyncio.sleep(0) if self.empties else asyncio.Event().wait())
        self.told.append("all left")

    async def close(self) -> None:
        self.told.append("closed")


@pytest.fixture(autouse=True)
def hasty(monkeypatch):
    monkeypatch.setattr(ending, "GOING", PATIENCE)
    monkeypatch.setattr(ending, "SETTLING", 0.01)
    monkeypatch.setattr(ending, "LEAVING", 0.05)


async def signalled(live: Live, crowd: int = 0, *, ends: bool = True, busy: bool = False) -> list[str]:
    """What happened, in order; `ends` says whether the server ends by itself, `busy` whether a page is made."""
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()

    def end() -> None:
        live.told.append("server ends")
        ended.set()

    async def page() -> None:
        await ended.wait()
        await asyncio.sleep(4 * ending.LEAVING)
        live.told.append("page made")

    pages = Pages(page)

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, end)
    tasks = [asyncio.create_task(end_on_signal(live, pages))]
    if busy:
        tasks.append(asyncio.create_task(pages()))
    await asyncio.sleep(0)
    for _ in range(crowd):
        loop.call_soon_threadsafe(lambda: None)
    signal.raise_signal(signal.SIGTERM)
    signal.raise_signal(signal.SIGTERM)
    try:
        async with asyncio.timeout(PATIENCE):
            await (ended.wait() if ends else tasks[0])
    finally:
        for task in tasks:
            task.cancel()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)
    return live.told


def test_readers_go_before_the_server_once():
    assert asyncio.run(signalled(Live())) == ["streams end", "all left", "server ends"]


def test_who_does_not_leave_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(ending, "GOING", 0.05)
    assert asyncio.run(signalled(Live(empties=False))) == ["streams end", "server ends"]


def test_a_server_that_waits_for_a_sleeper_is_left_once_its_pages_are_made(monkeypatch):
    live = Live()
    monkeypatch.setattr(ending.os, "_exit", lambda _code: live.told.append("left"))
    told = asyncio.run(signalled(live, ends=False, busy=True))
    assert told == ["streams end", "all left", "server ends", "page made", "closed", "left"]


def test_the_signal_is_heard_while_a_crowd_fills_the_pipe_of_the_loop(capfd):
    assert "server ends" in asyncio.run(signalled(Live(), crowd=2000))
    assert capfd.readouterr().err == ""
