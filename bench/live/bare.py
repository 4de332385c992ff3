"""The reference: the same answers and events from a bare loop, without a framework, a database or a thought."""

import asyncio
import sys

from cahiers.boards.live.pace import apart

HEAD = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nCache-Control: no-store\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n10\r\nretry: 2000\n\n   \r\n"
)
STATE = '{"state":{"open":true,"step":"write","notes":%d,"hidden":0,"people":500}'
CARD = (
    '["l-7e57d004-2b97-4e7a-b45f-5387367791cd-irritant","s-abcdefgh",null,'
    '"<li id=\\"s-abcdefgh\\" class=\\"card\\">Le réseau de l’établissement tombe chaque matin à neuf heures, quand '
    'tout le monde se connecte (1234)</li>\\n"]'
)


class Room:
    def __init__(self) -> None:
        self.readers: dict[bool, set[asyncio.Transport]] = {True: set(), False: set()}
        self.position = 0
        self.told = {True: 0, False: 0}
        self.due = {True: 0.0, False: 0.0}
        self.later: dict[bool, asyncio.TimerHandle | None] = {True: None, False: None}

    def wrote(self) -> int:
        self.position += 1
        for lean, readers in self.readers.items():
            if readers and self.later[lean] is None:
                loop = asyncio.get_running_loop()
                self.later[lean] = loop.call_at(max(loop.time(), self.due[lean]), self.tell, lean)
        return self.position

    def tell(self, lean: bool) -> None:
        self.later[lean], begun = None, asyncio.get_running_loop().time()
        readers = self.readers[lean]
        cards = (
            "" if lean else ',"put":[' + ",".join([CARD] * (self.position - self.told[lean])) + '],"drop":[]'
        )
        data = f"id: {self.position}\nevent: change\ndata: {STATE % self.position}{cards}}}\n\n".encode()
        chunk = b"%x\r\n%b\r\n" % (len(data), data)
        self.told[lean] = self.position
        for reader in readers:
            reader.write(chunk)
        now = asyncio.get_running_loop().time()
        self.due[lean] = now + apart(now - begun, lean)


class Connection(asyncio.Protocol):
    def __init__(self, room: Room) -> None:
        self.room = room
        self.request = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def connection_lost(self, error: Exception | None) -> None:
        for readers in self.room.readers.values():
            readers.discard(self.transport)

    def data_received(self, data: bytes) -> None:
        self.request += data
        head = self.request.find(b"\r\n\r\n")
        if head < 0:
            return
        if self.request.startswith(b"GET"):
            self.room.readers[b"niveau=lean" in self.request].add(self.transport)
            self.transport.write(HEAD)
            self.request = b""
            return
        at = self.request.index(b"Content-Length: ")
        length = int(self.request[at + 16 : self.request.index(b"\r", at)])
        if len(self.request) < head + 4 + length:
            return
        self.request = b""
        body = b'{"ok": true, "message": "recu", "late": false, "position": %d}' % self.room.wrote()
        self.transport.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\ncontent-length: %d\r\n\r\n%b"
            % (len(body), body)
        )


async def main(port: int) -> None:
    room = Room()
    server = await asyncio.get_running_loop().create_server(
        lambda: Connection(room), "127.0.0.1", port, backlog=4096
    )
    await server.serve_forever()


if __name__ == "__main__":
    from bench.live.client import raise_limit

    raise_limit()
    asyncio.run(main(int(sys.argv[1])))
