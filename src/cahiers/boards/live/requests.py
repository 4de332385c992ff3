"""What a request to the live feed asks: its parts, checked before anything is looked up."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

from django.conf import settings
from django.http import parse_cookie

from cahiers.boards.commands import Asked, Join, PutDots, Reword, Withdraw, Write
from cahiers.ui.language import KNOWN

#: Bytes of a command: the longest note, encoded as forms are, many times over.
LARGEST = 16_384

Receive = Any


class TooLarge(Exception):
    """The body is longer than any command."""


class Unclear(ValueError):
    """The form names no command, or a part of it is not what it should be."""


@dataclass(frozen=True)
class Request:
    """An ASGI scope, read."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]

    @classmethod
    def of(cls, scope: Mapping[str, Any]) -> "Request":
        headers: dict[str, str] = {}
        for name, value in scope["headers"]:
            key = name.decode("latin-1").lower()
            # HTTP/2 may send several cookie headers.
            text = value.decode("latin-1")
            headers[key] = f"{headers[key]}; {text}" if key == "cookie" and key in headers else text
        query = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=20)
        return cls(scope["method"], scope["path"], {key: values[0] for key, values in query.items()}, headers)

    @cached_property
    def cookies(self) -> dict[str, str]:
        return parse_cookie(self.headers.get("cookie", ""))

    @property
    def language(self) -> str:
        """The one chosen in a cookie, as pages have it."""
        chosen = self.cookies.get(settings.LANGUAGE_COOKIE_NAME, "")
        return chosen if chosen in KNOWN else settings.LANGUAGE_CODE

    def number(self, name: str) -> int | None:
        value = self.query.get(name, "")
        return int(value) if value.isascii() and value.isdigit() and len(value) < 16 else None


async def body_of(receive: Receive) -> bytes:
    """Raises TooLarge as soon as it is."""
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return body
        body += message.get("body", b"")
        if len(body) > LARGEST:
            raise TooLarge
        more = message.get("more_body", False)
    return body


def command_of(body: bytes, key: str) -> Asked:
    """The command in a form. Raises Unclear."""
    try:
        fields = {
            name: values[-1]
            for name, values in parse_qs(
                body.decode(), keep_blank_values=True, max_num_fields=30, errors="strict"
            ).items()
        }
        return asked(fields, key)
    except (KeyError, ValueError) as error:
        raise Unclear(str(error)) from None


def asked(fields: Mapping[str, str], key: str) -> Asked:
    """Raises KeyError or ValueError for a part that is missing or is none."""
    command = UUID(fields["command"])
    match fields["verb"]:
        case "write":
            return Write(
                command=command,
                key=key,
                round=UUID(fields["round"]),
                kind=fields["kind"],
                text=fields["text"],
                row=UUID(fields["row"]) if fields.get("row") else None,
                category=fields.get("category", ""),
                stands_for=int(fields.get("stands_for") or 1),
            )
        case "reword":
            return Reword(command=command, key=key, note=UUID(fields["note"]), text=fields["text"])
        case "withdraw":
            return Withdraw(command=command, key=key, note=UUID(fields["note"]))
        case "join":
            return Join(command=command, key=key, note=UUID(fields["note"]), other=UUID(fields["other"]))
        case "dots":
            return PutDots(
                command=command,
                key=key,
                round=UUID(fields["round"]),
                subject=UUID(fields["subject"]),
                dots=int(fields["dots"]),
            )
    raise ValueError("verb")
