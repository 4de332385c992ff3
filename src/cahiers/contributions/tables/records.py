"""Lines of a table into records: what was said, by whom, where and when, or why a line cannot be taken."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date as Date  # noqa: N812 - a field of the record goes by that name
from hashlib import blake2b
from typing import Final, NamedTuple

from cahiers.contributions.tables.bodies import plain, short, unescaped
from cahiers.contributions.tables.cells import (
    OFTEN,
    Target,
    addresses,
    first_of,
    joined,
    language_of,
    problem,
    shown,
    value_of,
    value_often,
    worded,
)
from cahiers.contributions.tables.mapping import CONSTANT, TARGETS, Mapping, Text
from cahiers.contributions.tables.model import MAX_TEXT, Column, Line, Table, column_key
from cahiers.contributions.tables.outcomes import NO_ANSWERS, Problem, Record, Tally
from cahiers.contributions.tables.seen import Seen
from cahiers.contributions.tables.values import (
    LONGEST_NOTHING,
    UNDATED,
    agrees,
    as_count,
    as_date,
    is_nothing,
    is_time,
    takes_back,
)

TOO_LONG: Final = "Le texte dépasse un mégaoctet : coupez-le, ou joignez-le comme document."
BAD_DATE: Final = "Cette date ne se lit pas : écrivez-la comme 31/12/2026."
BAD_MONTH: Final = (
    "Cette date n’existe que si le mois est écrit avant le jour : dites-le dans la correspondance."
)
BAD_COUNT: Final = "Ce n’est pas un nombre de personnes : écrivez-le en chiffres."
LOW_COUNT: Final = "Une contribution porte la voix d’une personne au moins : ce nombre est trop petit."
DUPLICATE: Final = "Une ligne plus haut porte déjà cet identifiant."


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
            yield Problem(line.number, "", shown(" | ".join(line.cells[:6])), line.problem, "line")
            continue
        found, problems = plan.read(line, tally)
        if problems:
            tally.rejected += 1
            yield from problems
        elif found:
            tally.records += len(found)
            tally.withdrawn += len(found) if found[0].withdrawn else 0
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


#: What is said under a question: the question, which of its columns says it, the text and the addresses in it.
_Said = tuple[_Question, int, str, tuple[str, ...]]


class _Plan:
    """The mapping with positions instead of names."""

    def __init__(self, table: Table, mapping: Mapping, secret: bytes) -> None:
        self._columns = {column.key: column for column in table.columns}
        self._names = {column.index: column.name for column in table.columns}
        self._namespace = mapping.namespace()
        self._voices = blake2b(self._namespace, digest_size=16, key=secret[:64])
        self._seen = Seen()
        self._month_first = mapping.month_first
        self._questions = [self._question(text) for text in mapping.texts]
        #: What a title answers where nothing else is said.
        self._alone = self._questions[0] if len(self._questions) == 1 and not mapping.sessions else None
        targets = {target: self._target(getattr(mapping, target)) for target in TARGETS}
        self._title, self._theme = targets["title"], targets["theme"]
        self._category, self._territory = targets["category"], targets["territory"]
        self._date, self._stands_for = targets["date"], targets["stands_for"]
        self._language, self._channel = targets["language"], targets["channel"]
        self._links, self._id = targets["links"], targets["id"]
        self._address, self._consent = targets["address"], targets["consent"]
        self._voice, self._parent = targets["voice"], targets["parent"]
        self._withdrawn = targets["withdrawn"]
        # In an order that does not depend on the file's.
        answers = sorted((*mapping.answers, *mapping.withdrawn), key=column_key)
        self._answers = [
            (*one, self._column(name).question) for name in answers for one in self._target([name])
        ]
        given = mapping.constants
        self._given = tuple(given.get(target, "") for target in CONSTANT)

    def _column(self, name: str) -> Column:
        return self._columns[column_key(name)]

    def _target(self, names: Iterable[str]) -> Target:
        columns = map(self._column, names)
        return tuple((column.index, column if column.choices else None) for column in columns)

    def _question(self, text: Text) -> _Question:
        columns = [self._column(name) for name in text.columns]
        return _Question(
            places=tuple(column.index for column in columns),
            names=tuple(column.name for column in columns),
            languages=tuple(map(language_of, text.columns)),
            kind=text.kind,
            kind_place=self._column(text.kind_column).index if text.kind_column else -1,
            question=text.question or columns[0].question,
            salt=columns[0].key.encode("utf-8", "surrogatepass"),
        )

    def read(self, line: Line, tally: Tally) -> tuple[list[Record], list[Problem]]:
        """Records of a line, or its problems."""
        cells = line.cells
        problems: list[Problem] = []
        title = first_of(line, self._title, problems) if self._title else ""
        theme = first_of(line, self._theme, problems) if self._theme else ""
        category = first_of(line, self._category, problems) if self._category else ""
        territory = first_of(line, self._territory, problems) if self._territory else ""
        day = self._day(line, problems) if self._date else None
        stands_for = self._count(line, problems) if self._stands_for else 1
        answers = self._answered(line, problems) if self._answers else NO_ANSWERS
        links = addresses(cells, self._links) if self._links else ()
        address = first_of(line, self._address, problems) if self._address else ""
        if address.startswith(("http://", "https://")):
            links = (address, *links)
        said = self._texts(line, tally, problems)
        if not said and title and self._alone and not problems:
            said, title = [(self._alone, 0, title, ())], ""
        if problems or not said:
            return [], problems
        identifier = joined(cells, self._id) if self._id else ""
        if identifier:
            root = self._digest(f"\x1d{identifier}")
            if self._seen.count(root) > 1:
                problems.append(
                    problem(line, self._names[self._id[0][0]], identifier, DUPLICATE, "duplicate_id")
                )
                return [], problems
        else:
            parts = [title, theme, category, territory, str(day), str(stands_for), *links, *answers.values()]
            for one in said:
                # As without the blank lines that part its paragraphs, which were not always kept.
                parts += one[0].names[0], one[2].replace("\n\n", "\n")
            root = self._digest("\x1f".join(parts))
            if (times := self._seen.count(root)) > 1:
                root += times.to_bytes(4, "big")
        given_theme, given_category, given_territory, given_language, given_channel = self._given
        voice = self._person(cells) if self._voice else ""
        language = first_of(line, self._language, problems) if self._language else ""
        channel = first_of(line, self._channel, problems) if self._channel else ""
        parent = joined(cells, self._parent) if self._parent else ""
        withdrawn = any(takes_back(cells[place]) for place, _ in self._withdrawn)
        agreed = agrees(first_of(line, self._consent, problems)) if self._consent else None
        return [
            Record(
                blake2b(root + question.salt, digest_size=16).hexdigest(),
                line.number,
                question.names[at],
                question.kind
                if question.kind_place < 0
                else short(cells[question.kind_place]) or question.kind,
                question.question,
                text,
                title,
                theme or given_theme,
                category or given_category,
                territory or given_territory,
                day,
                tuple(dict.fromkeys((*links, *pointed))) if pointed else links,
                stands_for,
                language or question.languages[at] or given_language,
                channel or given_channel,
                answers,
                voice,
                identifier,
                parent,
                address,
                agreed,
                withdrawn,
            )
            for question, at, text, pointed in said
        ], problems

    def _texts(self, line: Line, tally: Tally, problems: list[Problem]) -> list[_Said]:
        cells = line.cells
        said: list[_Said] = []
        for question in self._questions:
            for at, place in enumerate(question.places):
                cell = cells[place]
                if not cell:
                    continue
                if len(cell) > MAX_TEXT:
                    problems.append(problem(line, question.names[at], cell, TOO_LONG, "too_long"))
                    break
                text, pointed = plain(unescaped(cell) if cell[0] == "'" else cell)
                if len(text) > LONGEST_NOTHING or not is_nothing(text):
                    said.append((question, at, text, pointed))
                    break
            else:
                tally.empty_answers += 1
        return said

    def _digest(self, text: str) -> bytes:
        return blake2b(self._namespace + text.encode("utf-8", "surrogatepass"), digest_size=16).digest()

    def _day(self, line: Line, problems: list[Problem]) -> Date | None:
        for place, _ in self._date:
            cell = line.cells[place].strip()
            if not cell or cell in UNDATED:
                continue
            # The day alone is looked up, for a day and a time hardly ever come twice.
            day = as_date(cell[:10] if is_time(cell[10:40]) else cell, self._month_first)
            if day is None:
                if is_nothing(cell):
                    continue
                sentence = BAD_MONTH if as_date(cell, not self._month_first) else BAD_DATE
                problems.append(problem(line, self._names[place], cell, sentence, "bad_date"))
            return day
        return None

    def _count(self, line: Line, problems: list[Problem]) -> int:
        for place, _ in self._stands_for:
            cell = line.cells[place]
            if cell.isdecimal() and len(cell) < 10 and (count := int(cell)):
                return count
            if value := value_of(cell):
                stated = as_count(value)
                if stated is not None and stated > 0:
                    return stated
                sentence, code = (BAD_COUNT, "bad_count") if stated is None else (LOW_COUNT, "negative_count")
                problems.append(problem(line, self._names[place], cell, sentence, code))
                return 1
        return 1

    def _answered(self, line: Line, problems: list[Problem]) -> dict[str, str]:
        cells = line.cells
        found = {}
        for place, coded, question in self._answers:
            if cell := cells[place]:
                value = value_often(cell) if len(cell) < OFTEN else value_of(cell)
                if value and coded:
                    value = worded(coded, value, line, problems)
                if value:
                    found[question] = value
        return found

    def _person(self, cells: Sequence[str]) -> str:
        said = joined(cells, self._voice).casefold()
        if not said or is_nothing(said):
            return ""
        digest = self._voices.copy()
        digest.update(said.encode("utf-8", "surrogatepass"))
        return digest.hexdigest()
