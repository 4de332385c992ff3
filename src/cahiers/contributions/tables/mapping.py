"""Which columns say what: proposed by a shape, corrected by a person, kept for the next file of the same kind."""

from collections.abc import Iterator
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field, fields
from hashlib import blake2b
from typing import Any, Final

from cahiers.contributions.tables.model import Table, column_key

VERSION: Final = 1
#: Targets of which the first filled column counts, and those whose columns all count.
FIRST: Final = (
    "title",
    "theme",
    "category",
    "territory",
    "date",
    "stands_for",
    "language",
    "channel",
    "address",
    "consent",
)
ALL: Final = ("links", "id", "voice", "parent", "answers", "withdrawn")
TARGETS: Final = (*FIRST, *ALL)
#: Targets that may be the same for the whole file, and so be given in `constants`.
CONSTANT: Final = ("theme", "category", "territory", "language", "channel")


class BadMapping(ValueError):
    """What was stored is no mapping of this version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """An open question: one record a line. Of several columns (languages), the first filled one is read.

    `kind` is a key of the method's, or "" for what the consultation takes by default; `kind_column`, where given,
    names the column that says the kind. `question` is what was asked.
    """

    columns: tuple[str, ...]
    kind: str = ""
    kind_column: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """Columns by their names, compared without case, accents and punctuation; so their order does not matter.

    `title` to `consent` read the first filled column; `address` is that of the line's own page elsewhere, and
    `consent` tells whether what a line says may be published.
    `links` and `answers` read all of theirs; `id`, `voice` and `parent` are made of all of theirs together.
    One of `withdrawn` is enough for its author to have taken the line back; they are answers as well.
    `constants` are given for the whole file, used where a line says nothing. `month_first`: dates are
    written 11/03/2026 for the third of November. `sessions`: each line tells of a meeting, which the text
    reports; where it does not, the title alone says nothing. `series` names what the identifiers belong to;
    left empty, it is the shape and the questions, so that the same survey next month is the same series and
    another survey is not.
    """

    shape: str = "generic"
    texts: tuple[Text, ...] = ()
    title: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    territory: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    stands_for: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    consent: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    id: tuple[str, ...] = ()
    voice: tuple[str, ...] = ()
    parent: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    constants: Dictionary[str, str] = field(default_factory=dict)
    month_first: bool = False
    sessions: bool = False
    series: str = ""

    def columns(self) -> Iterator[str]:
        """Names of every column that something is read from; some come twice."""
        for text in self.texts:
            yield from text.columns
            if text.kind_column:
                yield text.kind_column
        for target in TARGETS:
            yield from getattr(self, target)

    def missing(self, table: Table) -> tuple[str, ...]:
        """Names of columns that the table lacks."""
        present = {column.key for column in table.columns}
        return tuple(dict.fromkeys(name for name in self.columns() if column_key(name) not in present))

    def namespace(self) -> bytes:
        """What keeps the identifiers of two series apart; 16 bytes."""
        asked = sorted(column_key(text.columns[0]) for text in self.texts if text.columns)
        named = [self.series] if self.series else [self.shape, *asked]
        return blake2b("\0".join(named).encode("utf-8", "surrogatepass"), digest_size=16).digest()

    def as_json(self) -> dict[str, Any]:
        """Plain values for a JSON field; what is empty is left out."""
        found: dict[str, Any] = {"version": VERSION, "shape": self.shape}
        found["texts"] = [{key: value for key, value in _plain(text).items() if value} for text in self.texts]
        for key, value in _plain(self).items():
            if value and key not in found:
                found[key] = value
        return found

    @classmethod
    def from_json(cls, data: Any) -> "Mapping":
        """The mapping that `as_json` gave. Raises BadMapping."""
        if not isinstance(data, dict) or data.get("version") != VERSION:
            raise BadMapping("unknown version")
        known = {one.name for one in fields(cls)}
        values = {key: value for key, value in data.items() if key != "version"}
        if unknown := values.keys() - known:
            raise BadMapping(f"unknown: {', '.join(sorted(map(str, unknown)))}")
        if not isinstance(values.get("texts", []), list):
            raise BadMapping("texts")
        values["texts"] = tuple(_text(text) for text in values.get("texts", []))
        for target in TARGETS:
            if target in values:
                values[target] = _names(target, values[target])
        constants = values.get("constants", {})
        if not isinstance(constants, dict) or not all(
            key in CONSTANT and isinstance(value, str) for key, value in constants.items()
        ):
            raise BadMapping("constants")
        if not all(isinstance(values.get(key, ""), str) for key in ("shape", "series")):
            raise BadMapping("shape, series")
        if not all(isinstance(values.get(key, False), bool) for key in ("month_first", "sessions")):
            raise BadMapping("month_first, sessions")
        return cls(**values)


def _plain(one: Any) -> dict[str, Any]:
    found = {}
    for part in fields(one):
        value = getattr(one, part.name)
        found[part.name] = (
            list(value)
            if isinstance(value, tuple)
            else dict(value)
            if isinstance(value, Dictionary)
            else value
        )
    return found


def _text(data: Any) -> Text:
    if not isinstance(data, dict) or data.keys() - {one.name for one in fields(Text)}:
        raise BadMapping("text")
    values = {**data, "columns": _names("columns", data.get("columns"))}
    if not values["columns"] or not all(
        isinstance(value, str) for key, value in values.items() if key != "columns"
    ):
        raise BadMapping("text")
    return Text(**values)


def _names(target: str, names: Any) -> tuple[str, ...]:
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise BadMapping(target)
    return tuple(names)
