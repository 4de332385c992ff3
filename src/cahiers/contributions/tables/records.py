"""Lines of a table into records: what was said, by whom, where and when, or why a line cannot be taken."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - a field of the record goes by that name
from functools import lru_cache
from hashlib import blake2b
from typing import Final, NamedTuple

from cahiers.contributions.tables.bodies import plain, short, unescaped
from cahiers.contributions.tables.mapping import FIRST, Mapping
from cahiers.contributions.tables.model import MAX_TEXT, Column, Line, Table, column_key
from cahiers.contributions.tables.seen import Seen
from cahiers.contributions.tables.values import UNDATED, as_count, as_date, is_nothing

#: Characters of a cell that a problem shows.
MAX_SHOWN: Final = 120
NO_ANSWERS: Final[Dictionary[str, str]] = {}


class Record(NamedTuple):
    """What one line says under one question.

    `key` is the same whenever the same thing comes again (32 hexadecimal digits). `kind` is the mapping's, or what
    the kind column says. `id` and `parent` are as written; `voice` is a digest (32 digits), the same for one person
    within a series. `language` is a code where the file or the column's name gives it. `answers` are the closed
    questions of the line with their answers in words.
    """

    key: str
    line: int
    column: str
    kind: str
    question: str
    text: str
    title: str = ""
    theme_text: str = ""
    category_text: str = ""
    territory_text: str = ""
    date: Date | None = None
    links: tuple[str, ...] = ()
    stands_for: int = 1
    language: str = ""
    channel: str = ""
    answers: Dictionary[str, str] = NO_ANSWERS
    voice: str = ""
    id: str = ""
    parent: str = ""


class Problem(NamedTuple):
    """Why a line is not taken; `column` and `cell` are "" where it is the line as a whole."""

    line: int
    column: str
    cell: str
    sentence: str
    code: str


@dataclass(slots=True)
class Tally:
    """What was met on the way, counted."""

    lines: int = 0
    records: int = 0
    rejected: int = 0
    empty_answers: int = 0
    silent_lines: int = 0
    repeated_headers: int = 0
    recoded_lines: int = 0


class UnknownColumns(ValueError):
    """The mapping reads columns that the table lacks; `names` are theirs."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(", ".join(names))
        self.names = tuple(names)


def records(
    table: Table, mapping: Mapping, *, tally: Tally | None = None, secret: bytes = b""
) -> Iterator[Record | Problem]:
    """What the table's lines say, in their order; a line with problems gives these and no record.

    `secret` makes the digests of voices useless to whoever lacks it (at most 64 bytes). Raises UnknownColumns at
    once, and Unreadable where the file turns out to be damaged further down.
    """
    if missing := mapping.missing(table):
        raise UnknownColumns(missing)
    return _read(table, _Plan(table, mapping, secret), tally or Tally())


def _read(table: Table, plan: "_Plan", tally: Tally) -> Iterator[Record | Problem]:
    for line in table.rows():
        if not line.cells:
            tally.repeated_headers += 1
            continue
        tally.lines += 1
        if line.remark:
            tally.recoded_lines += 1
        if line.problem:
            tally.rejected += 1
            yield Problem(line.number, "", _shown(" | ".join(line.cells[:6])), line.problem, "line")
            continue
        found, problems = plan.read(line, tally)
        if problems:
            tally.rejected += 1
            yield from problems
        elif found:
            tally.records += len(found)
            yield from found
        else:
            tally.silent_lines += 1


class _Question(NamedTuple):
    """A mapped text: positions of its columns with their names and languages."""

    places: tuple[int, ...]
    names: tuple[str, ...]
    languages: tuple[str, ...]
    kind: str
    kind_place: int
    question: str
    salt: bytes


class _Plan:
    """The mapping with positions instead of names."""

    def __init__(self, table: Table, mapping: Mapping, secret: bytes) -> None:
        self._columns = {column.key: column for column in table.columns}
        self._by_place = {column.index: column for column in table.columns}
        self._namespace = mapping.namespace()
        self._voices = blake2b(self._namespace, digest_size=16, key=secret[:64])
        self._seen = Seen()
        self._month_first = mapping.month_first
        self._constants = mapping.constants
        self._questions = [
            _Question(
                places=tuple(self._columns[column_key(name)].index for name in text.columns),
                names=tuple(self._columns[column_key(name)].name for name in text.columns),
                languages=tuple(map(_language, text.columns)),
                kind=text.kind,
                kind_place=self._columns[column_key(text.kind_column)].index if text.kind_column else -1,
                question=text.question or self._columns[column_key(text.columns[0])].question,
                salt=column_key(text.columns[0]).encode("utf-8", "surrogatepass"),
            )
            for text in mapping.texts
        ]
        self._alone = len(self._questions) == 1
        (
            self._title,
            self._theme,
            self._category,
            self._territory,
            self._date,
            self._stands,
            self._language,
            self._channel,
        ) = (self._places(getattr(mapping, target)) for target in FIRST)
        self._links = self._places(mapping.links)
        self._id = self._places(mapping.id)
        self._voice = self._places(mapping.voice)
        self._parent = self._places(mapping.parent)
        self._answers = sorted(
            ((column.index, column) for column in map(self._column, mapping.answers)),
            key=lambda pair: pair[1].key,
        )

    def _column(self, name: str) -> Column:
        return self._columns[column_key(name)]

    def _places(self, names: Sequence[str]) -> tuple[int, ...]:
        return tuple(self._column(name).index for name in names)

    def read(self, line: Line, tally: Tally) -> tuple[list[Record], list[Problem]]:
        """Records of a line, or its problems."""
        cells = line.cells
        problems: list[Problem] = []
        title = _first(cells, self._title) if self._title else ""
        theme = _first(cells, self._theme) if self._theme else ""
        category = self._named(cells, self._category, line, problems) if self._category else ""
        territory = _first(cells, self._territory) if self._territory else ""
        day = self._day(line, problems) if self._date else None
        stands_for = self._count(line, problems) if self._stands else 1
        answers = self._answered(line, problems) if self._answers else NO_ANSWERS
        links = _addresses(cells, self._links) if self._links else ()
        said = self._texts(line, tally, problems)
        if not said and self._alone and title and not problems:
            question = self._questions[0]
            said, title = [(question, 0, title, ())], ""
        if problems or not said:
            return [], problems
        contents = (
            title,
            theme,
            category,
            territory,
            str(day or ""),
            str(stands_for),
            *links,
            *answers.values(),
        )
        identifier = " ".join(filter(None, (short(cells[at]) for at in self._id))) if self._id else ""
        root, problem = self._root(identifier, contents, said, line)
        if problem:
            return [], [problem]
        constants = self._constants
        voice = self._person(cells) if self._voice else ""
        language = _first(cells, self._language) if self._language else ""
        channel = _first(cells, self._channel) if self._channel else ""
        parent = " ".join(filter(None, (short(cells[at]) for at in self._parent))) if self._parent else ""
        found = []
        for question, at, text, pointed in said:
            kind = question.kind
            if question.kind_place >= 0:
                kind = short(cells[question.kind_place]) or kind
            found.append(
                Record(
                    blake2b(root + question.salt, digest_size=16).hexdigest(),
                    line.number,
                    question.names[at],
                    kind,
                    question.question,
                    text,
                    title,
                    theme or constants.get("theme", ""),
                    category or constants.get("category", ""),
                    territory or constants.get("territory", ""),
                    day,
                    tuple(dict.fromkeys((*links, *pointed))) if pointed else links,
                    stands_for,
                    language or question.languages[at] or constants.get("language", ""),
                    channel or constants.get("channel", ""),
                    answers,
                    voice,
                    identifier,
                    parent,
                )
            )
        return found, problems

    def _texts(
        self, line: Line, tally: Tally, problems: list[Problem]
    ) -> list[tuple[_Question, int, str, tuple[str, ...]]]:
        """What is said under each question, with which of its columns says it and the addresses in it."""
        cells, said = line.cells, []
        for question in self._questions:
            for at, place in enumerate(question.places):
                cell = cells[place]
                if not cell:
                    continue
                if len(cell) > MAX_TEXT:
                    problems.append(_problem(line, question.names[at], cell, TOO_LONG, "too_long"))
                    break
                text, pointed = plain(cell[1:] if cell[0] == "'" and unescaped(cell) != cell else cell)
                if len(text) > 24 or not is_nothing(text):
                    said.append((question, at, text, pointed))
                    break
            else:
                tally.empty_answers += 1
        return said

    def _root(
        self,
        identifier: str,
        contents: tuple[str, ...],
        said: Sequence[tuple[_Question, int, str, tuple[str, ...]]],
        line: Line,
    ) -> tuple[bytes, Problem | None]:
        """Digest that tells the line from all others: by its identifier, else by what it says and how often."""
        if identifier:
            root = blake2b(
                self._namespace + b"i" + identifier.encode("utf-8", "surrogatepass"), digest_size=16
            ).digest()
            if self._seen.count(root) > 1:
                column = self._by_place[self._id[0]].name
                return root, _problem(line, column, identifier, DUPLICATE, "duplicate_id")
            return root, None
        parts = [*contents]
        for one in said:
            parts += one[0].names[0], one[2]
        whole = "\x1f".join(parts)
        root = blake2b(self._namespace + whole.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        times = self._seen.count(root)
        return (root if times == 1 else root + times.to_bytes(4, "big")), None

    def _named(
        self, cells: Sequence[str], places: tuple[int, ...], line: Line, problems: list[Problem]
    ) -> str:
        """The first filled cell, a code of the survey's in words."""
        for place in places:
            if value := short_once(cells[place]):
                column = self._by_place[place]
                return _worded(column, value, line, problems) if column.choices else value
        return ""

    def _day(self, line: Line, problems: list[Problem]) -> Date | None:
        for place in self._date:
            cell = line.cells[place].strip()
            if not cell or cell in UNDATED:
                continue
            cell = unescaped(cell)
            # The day alone is looked up, for times hardly ever come twice.
            begins = cell[:10] if _TIMED.fullmatch(cell) else cell
            day = as_date(begins, self._month_first)
            if day is None and is_nothing_once(cell):
                continue
            if day is None:
                sentence = BAD_MONTH if as_date(cell, not self._month_first) else BAD_DATE
                problems.append(_problem(line, self._by_place[place].name, cell, sentence, "bad_date"))
            return day
        return None

    def _count(self, line: Line, problems: list[Problem]) -> int:
        for place in self._stands:
            cell = unescaped(line.cells[place].strip())
            if not cell or is_nothing(cell):
                continue
            count = as_count(cell)
            if count is not None and count > 0:
                return count
            name = self._by_place[place].name
            sentence, code = (BAD_COUNT, "bad_count") if count is None else (LOW_COUNT, "negative_count")
            problems.append(_problem(line, name, cell, sentence, code))
            return 1
        return 1

    def _answered(self, line: Line, problems: list[Problem]) -> dict[str, str]:
        found = {}
        for place, column in self._answers:
            if cell := line.cells[place]:
                value = short_once(cell)
                if value and column.choices:
                    value = _worded(column, value, line, problems)
                if value and not is_nothing_once(value):
                    found[column.question] = value
        return found

    def _person(self, cells: Sequence[str]) -> str:
        said = " ".join(filter(None, (short(cells[place]).casefold() for place in self._voice)))
        if not said or is_nothing(said):
            return ""
        digest = self._voices.copy()
        digest.update(said.encode("utf-8", "surrogatepass"))
        return digest.hexdigest()


TOO_LONG: Final = "Le texte dépasse un mégaoctet : coupez-le, ou joignez-le comme document."
BAD_DATE: Final = "Cette date ne se lit pas : écrivez-la comme 31/12/2026."
BAD_MONTH: Final = (
    "Cette date n’existe que si le mois est écrit avant le jour : dites-le dans la correspondance."
)
BAD_COUNT: Final = "Ce n’est pas un nombre de personnes : écrivez-le en chiffres."
LOW_COUNT: Final = "Une contribution porte la voix d’une personne au moins : ce nombre est trop petit."
UNKNOWN_CHOICE: Final = "Cette réponse n’est pas de celles que le questionnaire propose."
DUPLICATE: Final = "Une ligne plus haut porte déjà cet identifiant."
_TIMED: Final = re.compile(r"[\d/-]{10}[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?")


def _first(cells: Sequence[str], places: tuple[int, ...]) -> str:
    for place in places:
        if (cell := cells[place]) and (value := short_once(cell)) and not is_nothing_once(value):
            return value
    return ""


def _addresses(cells: Sequence[str], places: tuple[int, ...]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for place in places:
        if cells[place]:
            for part in plain(cells[place])[0].replace(";", " ").replace(",", " ").split():
                if part.startswith(("http://", "https://", "www.")):
                    found[part] = None
    return tuple(found)


def _worded(column: Column, value: str, line: Line, problems: list[Problem]) -> str:
    if (label := column.choices.get(value)) is not None:
        return label
    if value in column.choices.values() or is_nothing(value):
        return value
    problems.append(_problem(line, column.name, value, UNKNOWN_CHOICE, "unknown_choice"))
    return ""


def _problem(line: Line, column: str, cell: str, sentence: str, code: str) -> Problem:
    return Problem(line.number, column, _shown(cell), sentence, code)


def _shown(cell: str) -> str:
    cell = short(cell[: 4 * MAX_SHOWN])
    return cell if len(cell) <= MAX_SHOWN else cell[: MAX_SHOWN - 1] + "…"


def _language(name: str) -> str:
    """Code at the end of a name such as "body/fr"."""
    code = name.rpartition("/")[2] if "/" in name else ""
    return code if len(code) == 2 or (len(code) == 5 and code[2] in "-_") else ""


# Categories, places and days come again and again.
short_once = lru_cache(maxsize=1 << 14)(short)
is_nothing_once = lru_cache(maxsize=1 << 14)(is_nothing)
