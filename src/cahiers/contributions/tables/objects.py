"""Tables out of JSON: a list of objects (as Decidim exports them), one object a line, or a list inside an object."""

import io
import json
from collections.abc import Iterator
from typing import Any, Final

from cahiers.contributions.tables import decoding
from cahiers.contributions.tables.heads import MAX_COLUMNS, Head, unique
from cahiers.contributions.tables.lines import columns
from cahiers.contributions.tables.model import Line, Table
from cahiers.contributions.tables.streams import Opener, guarded
from cahiers.documents.errors import Unreadable

CHUNK: Final = 1 << 16
#: Characters of the largest object, or of a file whose list stands inside of an object.
MAX_OBJECT: Final = 32 << 20
MAX_DEPTH: Final = 20
NO_OBJECT: Final = "Cet élément de la liste JSON n’est pas un objet : il n’a pas de colonnes."

# Numbers stay as they are written.
_DECODER: Final = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str, strict=False)


def looks_like(start: bytes) -> bool:
    """Whether a file that begins so may be JSON."""
    bare = start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return bare[:1] in (b"[", b"{") and (len(bare) < 2 or bare[1:].lstrip(b" \t\r\n")[:1] in b'{"[]}')


def table(opener: Opener, name: str) -> Table:
    """Table of a file of JSON. Raises Unreadable."""
    encoding = decoding.detect(opener)
    sentence = f"Le fichier JSON « {name} » est abîmé : il ne se lit pas jusqu’au bout."

    def raw() -> Iterator[tuple[int, dict[str, str] | None]]:
        return guarded(_flat(opener, encoding), sentence)

    names: dict[str, None] = {}
    for _, flat in raw():
        if flat and len(names) < MAX_COLUMNS:
            names.update(dict.fromkeys(flat))
    if not names:
        raise Unreadable(f"Le fichier JSON « {name} » ne contient aucune liste d’objets.")
    keys = list(names)[:MAX_COLUMNS]
    head = Head(names=unique(keys), cells=tuple(keys))

    def rows() -> Iterator[Line]:
        for number, flat in raw():
            if flat is None:
                yield Line(number, ("",), NO_OBJECT)
            elif flat:
                yield Line(number, [flat.get(key, "") for key in keys])

    return Table(
        name=name,
        format="json",
        columns=columns(head, rows),
        source=rows,
        width=len(keys),
        encoding=encoding.name,
        remarks=(encoding.remark,) if encoding.remark else (),
    )


def _flat(opener: Opener, encoding: decoding.Encoding) -> Iterator[tuple[int, dict[str, str] | None]]:
    """Rank of each element, from 1, and what it holds: a file of a single line has no other place to tell of."""
    for number, item in enumerate(_items(opener, encoding), 1):
        yield number, flattened(item) if isinstance(item, dict) else None


def flattened(item: dict[str, Any], prefix: str = "", depth: int = 0) -> dict[str, str]:
    """Nested keys joined by "/", lists by ", ", as Decidim's own CSV has them (its exporters/csv.rb)."""
    flat: dict[str, str] = {}
    for key, value in item.items():
        name = f"{prefix}/{key}" if prefix else str(key)
        if isinstance(value, dict) and depth < MAX_DEPTH:
            flat.update(flattened(value, name, depth + 1))
        elif isinstance(value, list):
            flat[name] = ", ".join(filter(None, map(_said, value)))
        else:
            flat[name] = _said(value)
    return flat


def _said(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        # A translated name inside of a list: one language is enough.
        texts = [text for text in (value.get("fr"), *value.values()) if isinstance(text, str) and text]
        return texts[0] if texts else ""
    return json.dumps(value, ensure_ascii=False)


def _items(opener: Opener, encoding: decoding.Encoding) -> Iterator[Any]:
    """Each element of the list, or of each object of a file of one a line."""
    with opener() as stream:
        text = io.TextIOWrapper(stream, encoding=encoding.name, errors="replace")
        scanner = _Scanner(text)
        start = scanner.peek()
        if start == "[":
            scanner.skip()
        elif start != "{":
            raise ValueError("no list")
        found = 0
        alone: Any = None
        while (character := scanner.peek()) and character != "]":
            if character == ",":
                scanner.skip()
                continue
            item = scanner.value()
            if start == "{" and found == 0:
                alone = item
            else:
                if alone is not None:
                    yield alone
                    alone = None
                yield item
            found += 1
        if character == "" and start == "[":
            raise ValueError("cut")
    if alone is not None:
        yield from _longest(alone) or [alone]


def _longest(value: Any, depth: int = 0) -> list[Any]:
    """The longest list of objects inside of a value."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    best = value if isinstance(value, list) and any(isinstance(item, dict) for item in value) else []
    if depth < MAX_DEPTH:
        for item in inner:
            if len(found := _longest(item, depth + 1)) > len(best):
                best = found
    return best


class _Scanner:
    """Values of a text one after the other, holding little more than one of them."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self._stream = stream
        self._buffer = ""
        self._at = 0
        self._ended = False

    def peek(self) -> str:
        """Next character that is no white space; "" at the end."""
        while True:
            rest = len(self._buffer)
            while self._at < rest and self._buffer[self._at] in " \t\r\n\ufeff":
                self._at += 1
            if self._at < rest:
                return self._buffer[self._at]
            if not self._more(CHUNK):
                return ""

    def skip(self) -> None:
        self._at += 1

    def value(self) -> Any:
        """The next one. Raises ValueError."""
        size = CHUNK
        while True:
            try:
                value, end = _DECODER.raw_decode(self._buffer, self._at)
            except RecursionError:
                raise ValueError("too deep") from None
            except ValueError:
                if len(self._buffer) - self._at > MAX_OBJECT or not self._more(size):
                    raise
                size *= 2
                continue
            self._at = end
            return value

    def _more(self, size: int) -> bool:
        if self._ended:
            return False
        text = self._stream.read(size)
        self._ended = not text
        self._buffer = self._buffer[self._at :] + text
        self._at = 0
        return bool(text)
