"""A live meeting as people have it: a server in processes of its own, telephones that write, pages that follow."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from lxml import html

from tests.installation import ROOT, environment, free_port
from tests.waiting import PATIENCE, until


class Site:
    """The server of an installation, which can be killed and started again; on PostgreSQL where an address is given."""

    def __init__(self, folder: Path, database: str = "", workers: int = 1) -> None:
        self.workers = workers
        self.port = free_port()
        self.environment = environment(folder)
        if database:
            self.environment["DATABASE_URL"] = database
        self.log = (folder / "log").open("w")
        self._backstage = subprocess.Popen(
            [sys.executable, "-m", "tests.boards.backstage"],
            env=self.environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._server: subprocess.Popen[bytes] | None = None
        self.do("migrate")

    def do(self, deed: str, **asked: object) -> Any:
        """What a facilitator does: see backstage.py."""
        assert self._backstage.stdin is not None
        assert self._backstage.stdout is not None
        print(json.dumps([deed, asked]), file=self._backstage.stdin, flush=True)
        answer = json.loads(self._backstage.stdout.readline())
        assert not (isinstance(answer, dict) and "error" in answer), answer
        return answer

    def start(self) -> None:
        command = [sys.executable, "-m", "cahiers", "serve", "--port", str(self.port)]
        self._server = subprocess.Popen(
            [*command, "--workers", str(self.workers)],
            env=self.environment,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )
        until(self._answers)

    def _answers(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), PATIENCE):
            return True
        return False

    def end(self, how: signal.Signals = signal.SIGKILL) -> None:
        assert self._server is not None
        os.killpg(self._server.pid, how)
        self._server.wait(PATIENCE)

    def close(self) -> None:
        if self._server is not None and self._server.poll() is None:
            self.end()
        assert self._backstage.stdin is not None
        assert self._backstage.stdout is not None
        self._backstage.stdin.close()
        self._backstage.wait(PATIENCE)
        self._backstage.stdout.close()
        self.log.close()


class Phone:
    """A device of someone in the room."""

    def __init__(self, site: Site, board: dict[str, str], language: str = "fr") -> None:
        self.site, self.board, self.key = site, board, uuid4().hex
        self.cookie = f"cahiers_appareil={self.key}; django_language={language}"

    def note(self, text: str, **more: object) -> dict[str, object]:
        fields = {"verb": "write", "command": uuid4(), "round": self.board["round"], "kind": "irritant"}
        return {**fields, "text": text, **more}

    async def send(
        self, fields: dict[str, object], headers: str = "X-Cahiers-Outbox: 1\r\n"
    ) -> tuple[int, dict[str, Any]]:
        """The status and the answer. Raises OSError or EOFError where the server went away."""
        body = urlencode(fields).encode()
        head = (
            f"POST /direct/{self.board['code']}/envoi HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {self.cookie}\r\n"
            f"{headers}Connection: close\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return await self.ask(head.encode() + body)

    async def ask(self, request: bytes) -> tuple[int, Any]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.site.port)
        try:
            writer.write(request)
            head, _, body = (await reader.read()).partition(b"\r\n\r\n")
        finally:
            writer.close()
        if not head:
            raise EOFError
        return int(head.split()[1]), json.loads(body) if body else None

    async def get(self, name: str, query: str = "") -> tuple[int, Any]:
        head = f"GET /direct/{self.board['code']}/{name}?{query} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        return await self.ask(f"{head}Cookie: {self.cookie}\r\nConnection: close\r\n\r\n".encode())


class Page:
    """A page that follows a board from how it was drawn; what is told is put where it says."""

    def __init__(self, phone: Phone, level: str, drawn: dict[str, Any]) -> None:
        self.phone, self.level = phone, level
        self.position: int = drawn["position"]
        self.state: dict[str, Any] = drawn["state"]
        self.tree = html.fromstring(
            f'<div id="board">{drawn["rows"]}<p id="state"></p><p id="panel"></p></div>'
        )
        self.events: list[tuple[str, int, dict[str, Any]]] = []
        self.ended = asyncio.Event()
        #: How many times the server itself took leave: where it was killed, connections are lost.
        self.leaves = 0
        self._writer: asyncio.StreamWriter | None = None

    async def follow(self) -> None:
        """Until the server says that it is over; comes back where the connection was lost, as browsers do."""
        while not self.ended.is_set():
            try:
                await self._read()
            except (OSError, EOFError):
                await asyncio.sleep(0.05)

    def drop(self) -> None:
        """The network is gone for a moment."""
        if self._writer is not None:
            self._writer.transport.abort()

    async def until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not true():
                await asyncio.sleep(0.01)

    async def _read(self) -> None:
        reader, self._writer = await asyncio.open_connection("127.0.0.1", self.phone.site.port)
        try:
            self._writer.write(
                f"GET /direct/{self.phone.board['code']}/flux?niveau={self.level} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                f"Cookie: {self.phone.cookie}\r\nLast-Event-ID: {self.position}\r\n\r\n".encode()
            )
            head = await reader.readuntil(b"\r\n\r\n")
            if b" 204 " in head.split(b"\r\n")[0]:
                self.ended.set()
                return
            if b" 503 " in head.split(b"\r\n")[0]:
                raise EOFError
            assert b" 200 " in head.split(b"\r\n")[0], head
            waiting = b""
            while size := int(await reader.readuntil(b"\r\n"), 16):
                waiting += (await reader.readexactly(size + 2))[:-2]
                *whole, waiting = waiting.split(b"\n\n")
                for block in whole:
                    self._take(block.decode())
            self.leaves += 1
        finally:
            self._writer.close()

    def _take(self, block: str) -> None:
        lines = dict(
            line.split(": ", 1) for line in block.split("\n") if not line.startswith(":") and ": " in line
        )
        if "id" not in lines:
            return
        position, data = int(lines["id"]), json.loads(lines["data"])
        self.events.append((lines["event"], position, data))
        self.position = position
        self.state = data.get("state", self.state)
        for container, id, before, put in data.get("put", ()):
            self._put(container, id, before, put)
        for id in data.get("drop", ()):
            self._drop(id)

    def _put(self, container: str | None, id: str, before: str | None, put: str) -> None:
        element = html.fragment_fromstring(put.strip())
        element.tail = None
        [old] = self.tree.xpath("//*[@id=$id]", id=id) or [None]
        if container is None:
            if old is not None:
                old.getparent().replace(old, element)
            return
        if old is not None:
            old.getparent().remove(old)
        [into] = self.tree.xpath("//*[@id=$id]", id=container)
        if before is None:
            into.append(element)
        else:
            [follower] = self.tree.xpath("//*[@id=$id]", id=before)
            into.insert(into.index(follower), element)

    def _drop(self, id: str) -> None:
        for element in self.tree.xpath("//*[@id=$id]", id=id):
            element.getparent().remove(element)

    @property
    def rows(self) -> str:
        return plain(
            html.tostring(self.tree.xpath("//*[@id='rows']")[0], encoding="unicode", with_tail=False)
        )


def plain(drawn: str) -> str:
    """Without the space between elements, which a browser shows as one wherever it stands."""
    tree = html.fragment_fromstring(drawn.strip())
    for element in tree.iter():
        element.text = " ".join((element.text or "").split())
        element.tail = " ".join((element.tail or "").split())
    return str(html.tostring(tree, encoding="unicode"))
