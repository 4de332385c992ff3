"""A server that is told to end lets its readers go first, whatever else happens at that moment."""

import asyncio
import signal

import pytest

from cahiers.boards.live import ending
from cahiers.boards.live.ending import end_on_signal


class Hub:
    """Notes what it is asked; it takes a while to be emptied."""

    def __init__(self, told: list[str], empties: bool = True) -> None:
        self.told, self.empties = told, empties

    def end_streams(self) -> None:
        self.told.append("streams end")

    async def emptied(self) -> None:
        await asyncio.sleep(0.01 if self.empties else 60)
        self.told.append("all left")


@pytest.fixture(autouse=True)
def hasty(monkeypatch):
    monkeypatch.setattr(ending, "GOING", 0.05)
    monkeypatch.setattr(ending, "SETTLING", 0.01)


async def signalled(hub: Hub, crowd: int = 0) -> list[str]:
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()

    def end() -> None:
        hub.told.append("server ends")
        ended.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, end)
    task = asyncio.create_task(end_on_signal(lambda: hub))
    await asyncio.sleep(0)
    for _ in range(crowd):
        loop.call_soon_threadsafe(lambda: None)
    signal.raise_signal(signal.SIGTERM)
    signal.raise_signal(signal.SIGTERM)
    try:
        async with asyncio.timeout(5):
            await ended.wait()
    finally:
        task.cancel()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)
    return hub.told


def test_readers_go_before_the_server_once():
    assert asyncio.run(signalled(Hub([]))) == ["streams end", "all left", "server ends"]


def test_who_does_not_leave_is_not_waited_for():
    assert asyncio.run(signalled(Hub([], empties=False))) == ["streams end", "server ends"]


def test_the_signal_is_heard_while_a_crowd_fills_the_pipe_of_the_loop(capfd):
    assert "server ends" in asyncio.run(signalled(Hub([]), crowd=2000))
    assert capfd.readouterr().err == ""
