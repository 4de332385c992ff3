"""Records of a table into contributions, a batch at a time."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha1
from typing import Any, Final, NamedTuple

from django.db.models import Exists, OuterRef

from cahiers.contributions.intake.matching import Matcher, channel_of
from cahiers.contributions.intake.models import ImportedLine, TableImport
from cahiers.contributions.intake.reading import Given
from cahiers.contributions.intake.rows import Rows, in_order, keys_for, known
from cahiers.contributions.models import Consent, Contribution, Flag, Revision, Status, Submission
from cahiers.contributions.privacy.detection import Found, find
from cahiers.contributions.search.index import write_new
from cahiers.contributions.search.words import stemmed
from cahiers.contributions.tables import Mapping, Record

#: Records written at once: few enough for who answers people to write in between, see bench/importing_beside.py.
BATCH: Final = 1_000
#: Longest code of a language that is kept.
CODE: Final = 8

CONTRIBUTION: Final = (
    *("id", "uuid", "territory_id", "theme_id", "submission_id", "channel", "kind", "category", "scope"),
    *("links", "stands_for", "voice_key", "consent", "status"),
    *("said_on", "language", "current_id"),
)
REVISION: Final = ("uuid", "contribution_id", "title", "text", "scope", "links")
LINE: Final = ("contribution_id", "line", "column", "identifier", "parent", "address")
SUBMISSION: Final = ("id", "uuid", "territory_id", "category", "channel", "answers", "language")
FLAG: Final = ("revision_id", "contribution_id", "kind", "place", "start", "end")


@dataclass(slots=True)
class Written:
    added: int = 0
    known: int = 0
    held: int = 0


class Ready(NamedTuple):
    """A record with its uuid, what may tell who someone is, by where it stands, and the stems of its words."""

    uuid: str
    record: Record
    found: list[tuple[str, Found]]
    stems: str


class Store:
    """Writes records as contributions of an import, each once: its uuid is made of the record's key."""

    def __init__(self, found: TableImport, mapping: Mapping, matcher: Matcher, now: datetime) -> None:
        self._space: bytes = found.consultation.uuid.bytes
        self._default = found.territory.pk, found.territory.name
        self._matcher = matcher
        self._given = Given.of(found.given)
        self._standing = str(Status.ARRIVING if found.whole else _status(self._given))
        self._flagged = str(Status.ARRIVING if found.whole else Status.PENDING)
        #: Whether what a line says at once has to be kept together: several answers, or closed ones.
        self._together = bool(mapping.answers) or len(mapping.texts) > 1
        place = {"consultation_id": found.consultation.pk, "created_at": now}
        #: By what the line agrees to.
        self._consents = {
            None: self._given.consent,
            True: str(Consent.PUBLIC),
            False: str(Consent.INTERNAL),
        }
        self._contributions = Rows(Contribution, CONTRIBUTION, place)
        self._revisions = Rows(Revision, REVISION, {"number": 1, "at": now})
        self._lines = Rows(ImportedLine, LINE, {"table_id": found.pk})
        self._submissions = Rows(Submission, SUBMISSION, place)
        self._flags = Rows(Flag, FLAG, {})

    def ready(self, records: Iterable[Record]) -> list[Ready]:
        """What takes time and no transaction, in which nobody else can write."""
        return [
            Ready(
                uuid_of(self._space, record.key),
                record,
                _found(record),
                stemmed(f"{record.title} {record.text}"),
            )
            for record in records
        ]

    def write(self, records: Sequence[Ready]) -> Written:
        """In the transaction of who calls. What is known already is left as it is.

        Of a line that is not known at all, all records come together: they are one submission.
        """
        fresh = {one.uuid: one for one in records}
        for uuid in known(Contribution, list(fresh)):
            del fresh[uuid]
        written = Written(added=len(fresh), known=len(records) - len(fresh))
        if not fresh:
            return written
        submissions = self._submit([one.record for one in fresh.values()]) if self._together else {}
        keys = keys_for(Contribution, len(fresh))
        contributions, revisions, lines, flags, words = [], [], [], [], []
        for key, revision, one in zip(keys, in_order(len(fresh)), fresh.values(), strict=True):
            _uuid, record, found, stems = one
            row, scope, links = self._row(key, revision, one, submissions.get(record.line))
            contributions.append(row)
            revisions.append((revision, key, record.title, record.text, scope, links))
            lines.append((key, record.line, record.column, record.id, record.parent, record.address))
            words.append((key, stems))
            if found:
                written.held += 1
                flags += [(revision, key, kind, where, start, end) for where, (kind, start, end) in found]
        self._contributions.write(contributions)
        self._revisions.write(revisions)
        self._lines.write(lines)
        self._flags.write(flags)
        write_new(words)
        return written

    def _row(
        self, key: int, revision: str, one: Ready, submission: int | None
    ) -> tuple[tuple[Any, ...], str | None, str]:
        """Of a contribution; and its scope and links, which its revision keeps too."""
        uuid, record, found, _stems = one
        meaning = self._matcher.meaning(record)
        place, name = meaning.place or self._default
        # What was written of the territory, where that says more than its name.
        written = record.territory_text
        scope = written if written and written != name else None
        links = _json(record.links) if record.links else "[]"
        row = (
            key,
            uuid,
            place,
            meaning.theme,
            submission,
            self._channel(record),
            meaning.kind or self._given.kind,
            meaning.category,
            scope,
            links,
            record.stands_for,
            record.voice,
            self._consents[record.agreed],
            self._flagged if found else self._standing,
            record.date.isoformat() if record.date else None,
            record.language[:CODE] or "fr",
            revision,
        )
        return row, scope, links

    def known(self, records: Sequence[Record]) -> int:
        """How many of these came before, or twice."""
        wanted = {uuid_of(self._space, record.key) for record in records}
        return len(records) - len(wanted) + len(known(Contribution, list(wanted)))

    def _channel(self, record: Record) -> str:
        return channel_of(record.channel, self._given.channel) if record.channel else self._given.channel

    def _submit(self, fresh: Iterable[Record]) -> dict[int, int]:
        """Submissions by line: one of what the line says."""
        lines: dict[int, Record] = {}
        for record in fresh:
            lines.setdefault(record.line, record)
        keys = keys_for(Submission, len(lines))
        rows = [
            (
                key,
                uuid,
                (meaning.place or self._default)[0],
                meaning.category,
                self._channel(record),
                _json(record.answers) if record.answers else "{}",
                record.language[:CODE] or "fr",
            )
            for key, uuid, record in zip(keys, in_order(len(lines)), lines.values(), strict=True)
            for meaning in (self._matcher.meaning(record),)
        ]
        self._submissions.write(rows)
        return dict(zip(lines, keys, strict=True))


def uuid_of(space: bytes, name: str) -> str:
    """As uuid.uuid5 makes it, in 32 hexadecimal digits, at a third of its cost."""
    digits = sha1(space + name.encode(), usedforsecurity=False).hexdigest()
    return f"{digits[:12]}5{digits[13:16]}{_VARIANT[digits[16]]}{digits[17:32]}"


_VARIANT: Final = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}
#: json.dumps would make one each time.
_json: Final = json.JSONEncoder(ensure_ascii=False).encode


def show(found: TableImport) -> None:
    """What came of all or nothing stands from now on, as it would have from the start otherwise."""
    arrived = Contribution.objects.filter(imported_line__table=found, status=Status.ARRIVING)
    status = _status(Given.of(found.given))
    if status != Status.PENDING:
        arrived.filter(Exists(Flag.objects.filter(contribution=OuterRef("pk")))).update(status=Status.PENDING)
    arrived.update(status=status)


def _found(record: Record) -> list[tuple[str, Found]]:
    """What may tell who someone is, by where it stands."""
    found = [("text", one) for one in find(record.text)]
    if record.title:
        found += [("title", one) for one in find(record.title)]
    if record.links:
        found += [("links", one) for one in find("\n".join(record.links))]
    return found


def _status(given: Given) -> Status:
    return Status.PENDING if given.reads_before else Status.ACCEPTED
