"""Streams tell what was written, in order and without a gap, to each what it may see."""

import asyncio
import json
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from cahiers.boards.actions import running
from cahiers.boards.devices import COOKIE
from cahiers.boards.live.endpoint import Live
from cahiers.boards.models import Note

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_one_thread(monkeypatch):
    """The test's transaction belongs to its connection, which belongs to its thread."""

    async def in_thread(pool, work):
        return work()

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    for module in ("endpoint", "hub", "writer"):
        monkeypatch.setattr(f"cahiers.boards.live.{module}.in_thread", in_thread)


class Client:
    """A browser that talks to the ASGI application without a network."""

    def __init__(self, live: Live, key: str) -> None:
        self.live, self.key = live, key

    def scope(self, method: str, path: str, query: str = "", *more: tuple[bytes, bytes]) -> dict:
        headers = [(b"host", b"testserver"), (b"cookie", f"{COOKIE}={self.key}".encode()), *more]
        return {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query.encode(),
            "headers": headers,
        }

    async def post(self, path: str, fields: dict, *more: tuple[bytes, bytes]) -> tuple[int, dict]:
        body = urlencode(fields).encode()
        sent: list[dict] = []

        async def receive() -> dict:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: dict) -> None:
            sent.append(message)

        more = more or ((b"x-cahiers-outbox", b"1"),)
        await self.live(self.scope("POST", path, "", *more), receive, send)
        return sent[0]["status"], json.loads(sent[1]["body"])

    async def stream(self, path: str, query: str, until) -> list[tuple[str, int, dict]]:
        """Events up to the one that `until` is true of."""
        events: list[tuple[str, int, dict]] = []
        done = asyncio.Event()

        async def receive() -> dict:
            await done.wait()
            return {"type": "http.disconnect"}

        async def send(message: dict) -> None:
            for block in message.get("body", b"").decode().split("\n\n"):
                lines = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line)
                if "event" in lines:
                    events.append((lines["event"], int(lines["id"]), json.loads(lines["data"])))
            if events and until(events):
                done.set()

        await asyncio.wait_for(self.live(self.scope("GET", path, query), receive, send), 15)
        return events


def written(writing, text="Le wifi tombe", **more):
    fields = {"verb": "write", "command": uuid4(), "round": writing.uuid, "kind": "irritant", "text": text}
    return fields | more


def address(board, name):
    return f"/direct/{board.code}/{name}"


def test_a_note_is_acknowledged_after_its_commit_and_told(board, writing, phone, other_phone, now):
    running.set_step(board=board, round=writing, step="reveal", command=uuid4(), by=None, now=now)

    async def scene():
        live = Live()
        one, other = Client(live, phone), Client(live, other_phone)
        reading = asyncio.create_task(
            other.stream(address(board, "flux"), "niveau=full", lambda e: any(x[2].get("put") for x in e))
        )
        await asyncio.sleep(0.3)
        answer = await one.post(address(board, "envoi"), written(writing))
        return answer, await reading

    (status, told), events = asyncio.run(scene())
    assert (status, told["ok"], told["late"]) == (200, True, True)
    assert Note.objects.count() == 1
    assert "Le wifi tombe" in json.dumps(events[-1][2]["put"], ensure_ascii=False)


def test_hidden_notes_are_counted_and_never_told(board, writing, phone):
    async def scene(level):
        live = Live()
        client = Client(live, phone)
        reading = asyncio.create_task(
            client.stream(address(board, "flux"), f"niveau={level}", lambda e: e[-1][2]["state"]["notes"] > 0)
        )
        await asyncio.sleep(0.3)
        await client.post(address(board, "envoi"), written(writing, text="Secret"))
        return await reading

    for level in ("lean", "full"):
        events = asyncio.run(scene(level))
        assert "Secret" not in json.dumps(events)
        assert events[-1][2]["state"]["hidden"] >= 1


def test_the_facilitators_stream_is_theirs(board, writing, phone):
    async def scene():
        sent = []
        client = Client(Live(), phone)

        async def receive():
            return {"type": "http.disconnect"}

        async def send(message):
            sent.append(message)

        await client.live(client.scope("GET", address(board, "flux"), "niveau=host"), receive, send)
        return sent[0]["status"]

    assert asyncio.run(scene()) == 403


def test_who_comes_back_is_told_what_was_missed_once(board, writing, phone, now):
    running.set_step(board=board, round=writing, step="reveal", command=uuid4(), by=None, now=now)

    async def scene():
        client = Client(Live(), phone)
        for number in range(3):
            await client.post(address(board, "envoi"), written(writing, text=f"Note {number}"))
        return await client.stream(address(board, "flux"), "niveau=full&after=3", lambda e: True)

    [(kind, position, told)] = asyncio.run(scene())
    assert (kind, position) == ("change", 7)
    assert all(f"Note {number}" in json.dumps(told["put"]) for number in range(3))


@pytest.mark.parametrize(
    ("fields", "headers", "status"),
    [
        ({"verb": "write"}, (), 422),
        ({"text": "x" * 20_000}, (), 413),
        ({"round": "non"}, (), 422),
        ({}, ((b"origin", b"https://ailleurs.example"), (b"x-cahiers-outbox", b"1")), 403),
        ({}, ((b"x-other", b"1"),), 403),
    ],
)
def test_what_is_wrong_is_refused_with_a_sentence(board, writing, phone, fields, headers, status):
    asked = {"verb": "write"} if fields == {"verb": "write"} else written(writing) | fields

    async def scene():
        return await Client(Live(), phone).post(address(board, "envoi"), asked, *headers)

    found, told = asyncio.run(scene())
    assert (found, told["ok"], bool(told["message"])) == (status, False, True)
    assert not Note.objects.exists()
