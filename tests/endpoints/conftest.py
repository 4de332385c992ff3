import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest


def vector(text: str) -> list[float]:
    """Eight figures that depend on the letters alone."""
    folded = text.lower()
    return [1.0 + folded.count(letter) for letter in "aeiorstn"]


@dataclass
class FakeServer:
    """Answers as such servers do; ``status`` and ``draft`` make it misbehave."""

    url: str = ""
    requests: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    draft: Callable[[str], str] = lambda material: "Le réseau manque [r0]."
    vectors: Callable[[list[str]], list[Any]] = lambda texts: [vector(text) for text in texts]

    def answer(self, path: str, body: Any) -> Any:
        if path.endswith("/embeddings"):
            rows = self.vectors(body["input"])
            # In another order than asked, as the interface allows.
            return {"data": [{"index": n, "embedding": row} for n, row in enumerate(rows)][::-1]}
        return {"choices": [{"message": {"content": self.draft(body["messages"][-1]["content"])}}]}


@pytest.fixture
def server() -> Iterator[FakeServer]:
    fake = FakeServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            fake.requests.append((self.path, dict(self.headers), body))
            status = fake.statuses.pop(0) if fake.statuses else 200
            data = json.dumps(fake.answer(self.path, body) if status == 200 else {}).encode()
            self.send_response(status)
            if status in (301, 302, 307):
                self.send_header("Location", f"{fake.url}/elsewhere")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args: Any) -> None:
            """Silent."""

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    fake.url = f"http://127.0.0.1:{httpd.server_address[1]}/v1"
    yield fake
    httpd.shutdown()
    httpd.server_close()
    thread.join()
