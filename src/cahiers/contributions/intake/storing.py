"""Records of a table into contributions, a batch at a time."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha1
from itertools import groupby
from typing import Any, Final
from uuid import UUID, uuid4

from django.db.models import Exists, OuterRef

from cahiers.contributions.intake.matching import Matcher, channel_of
from cahiers.contributions.intake.models import ImportedLine, TableImport
from cahiers.contributions.intake.reading import Given
from cahiers.contributions.intake.rows import Rows, keys_for, known
from cahiers.contributions.models import Contribution, Flag, FlagKind, FlagPlace, Revision, Status, Submission
from cahiers.contributions.privacy.detection import Found, find
from cahiers.contributions.search.index import write_all
from cahiers.contributions.tables import Mapping, Record

#: Records written at once.
BATCH: Final = 2_000
#: Longest code of a language that is kept.
CODE: Final = 8

CONTRIBUTION: Final = (
    *("id", "uuid", "territory_id", "theme_id", "submission_id", "channel", "kind", "category", "scope"),
    *("links", "stands_for", "voice_key", "status", "said_on", "language", "current_id"),
)
REVISION: Final = ("uuid", "contribution_id", "title", "text", "scope", "links")
LINE: Final = ("contribution_id", "line", "column", "identifier", "parent", "address")
SUBMISSION: Final = ("id", "uuid", "territory_id", "category", "channel", "answers", "language")


@dataclass(slots=True)
class Written:
    added: int = 0
    known: int = 0
    held: int = 0


class Store:
    """Writes records as contributions of an import, each once: its uuid is made of the record's key."""

    def __init__(self, found: TableImport, mapping: Mapping, matcher: Matcher, now: datetime) -> None:
        self._space: bytes = found.consultation.uuid.bytes
        self._default = found.territory.pk, found.territory.name
        self._matcher = matcher
        self._given = Given.of(found.given)
        self._status = _status(self._given)
        self._hidden = Status.ARRIVING if found.whole else None
        #: Whether what a line says at once has to be kept together: several answers, or closed ones.
        self._together = bool(mapping.answers) or len(mapping.texts) > 1
        place = {"consultation_id": found.consultation.pk, "created_at": now}
        self._contributions = Rows(Contribution, CONTRIBUTION, {**place, "consent": self._given.consent})
        self._revisions = Rows(Revision, REVISION, {"number": 1, "at": now})
        self._lines = Rows(ImportedLine, LINE, {"table_id": found.pk})
        self._submissions = Rows(Submission, SUBMISSION, place)

    def write(self, records: Sequence[Record]) -> Written:
        """In the transaction of who calls. What is known already is left as it is."""
        fresh, known = self._fresh(records)
        if not fresh:
            return Written(known=known)
        submissions = self._submit(fresh) if self._together else {}
        keys = keys_for(Contribution, len(fresh))
        contributions, revisions, lines, flags = [], [], [], []
        held = 0
        for key, (uuid, record) in zip(keys, fresh, strict=True):
            revision = uuid4().hex
            place, scope = self._place(record)
            found = _found(record)
            status = self._hidden or (Status.PENDING if found else self._status)
            held += bool(found)
            links = json.dumps(record.links, ensure_ascii=False) if record.links else "[]"
            contributions.append(
                (
                    key,
                    uuid,
                    place,
                    self._matcher.theme(record.theme_text),
                    submissions.get(record.line),
                    str(channel_of(record.channel, self._given.channel)),
                    self._matcher.kind(record.kind) or self._given.kind,
                    self._matcher.category(record.category_text),
                    scope,
                    links,
                    record.stands_for,
                    record.voice,
                    str(status),
                    record.date.isoformat() if record.date else None,
                    (record.language or "fr")[:CODE],
                    revision,
                )
            )
            revisions.append((revision, key, record.title, record.text, scope, links))
            lines.append((key, record.line, record.column, record.id, record.parent, record.address))
            flags += [
                Flag(
                    revision_id=UUID(revision),
                    contribution_id=key,
                    kind=FlagKind(kind),
                    place=FlagPlace(where),
                    start=start,
                    end=end,
                )
                for where, (kind, start, end) in found
            ]
        self._contributions.write(contributions)
        self._revisions.write(revisions)
        self._lines.write(lines)
        Flag.objects.bulk_create(flags, ignore_conflicts=True)
        write_all([(row[1], f"{row[2]} {row[3]}") for row in revisions], fresh=True)
        return Written(added=len(fresh), known=known, held=held)

    def known(self, records: Sequence[Record]) -> int:
        """How many of these came before, or twice."""
        return self._fresh(records)[1]

    def _fresh(self, records: Sequence[Record]) -> tuple[list[tuple[str, Record]], int]:
        wanted = {uuid_of(self._space, record.key): record for record in records}
        for uuid in known(Contribution, list(wanted)):
            del wanted[uuid]
        return list(wanted.items()), len(records) - len(wanted)

    def _place(self, record: Record) -> tuple[int, str | None]:
        """Territory, and what was written of it where that says more."""
        written = record.territory_text
        key, name = self._matcher.place(written) or self._default
        return key, written if written and written != name else None

    def _submit(self, fresh: Sequence[tuple[str, Record]]) -> dict[int, int]:
        """Submissions by line: one of what the line says, made of its first record's key."""
        made: dict[str, tuple[int, Record]] = {}
        for line, group in groupby(fresh, key=lambda one: one[1].line):
            uuid, record = next(group)
            made[uuid_of(bytes.fromhex(uuid), "submission")] = line, record
        found = {made.pop(uuid)[0]: key for uuid, key in known(Submission, list(made)).items()}
        keys = keys_for(Submission, len(made))
        self._submissions.write(self._submission_rows(made, keys))
        return found | {line: key for key, (line, _) in zip(keys, made.values(), strict=True)}

    def _submission_rows(
        self, made: dict[str, tuple[int, Record]], keys: Sequence[int]
    ) -> Iterator[tuple[Any, ...]]:
        for key, (uuid, (_, record)) in zip(keys, made.items(), strict=True):
            yield (
                key,
                uuid,
                self._place(record)[0],
                self._matcher.category(record.category_text),
                str(channel_of(record.channel, self._given.channel)),
                json.dumps(dict(record.answers), ensure_ascii=False) if record.answers else "{}",
                (record.language or "fr")[:CODE],
            )


def uuid_of(space: bytes, name: str) -> str:
    """As uuid.uuid5 makes it, in 32 hexadecimal digits, at a third of its cost."""
    digits = sha1(space + name.encode(), usedforsecurity=False).hexdigest()
    return f"{digits[:12]}5{digits[13:16]}{'89ab'[int(digits[16], 16) & 3]}{digits[17:32]}"


def show(found: TableImport) -> None:
    """What came of all or nothing stands from now on, as it would have from the start otherwise."""
    arrived = Contribution.objects.filter(imported_line__table=found, status=Status.ARRIVING)
    status = _status(Given.of(found.given))
    if status != Status.PENDING:
        arrived.filter(Exists(Flag.objects.filter(contribution=OuterRef("pk")))).update(status=Status.PENDING)
    arrived.update(status=status)


def _found(record: Record) -> list[tuple[str, Found]]:
    """What may tell who someone is, by where it stands."""
    words = (("text", record.text), ("title", record.title), ("links", "\n".join(record.links)))
    return [(where, one) for where, said in words if said for one in find(said)]


def _status(given: Given) -> Status:
    return Status.PENDING if given.reads_before else Status.ACCEPTED
