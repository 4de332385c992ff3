"""Records of a table into contributions, a batch at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db.models import Exists, OuterRef

from cahiers.contributions.intake import turns
from cahiers.contributions.intake.lines import LineNames, Ready, uuid_of
from cahiers.contributions.intake.matching import Matcher, channel_of
from cahiers.contributions.intake.models import ImportedLine, TableImport
from cahiers.contributions.intake.reading import Given
from cahiers.contributions.intake.rows import Rows, in_order, keys_for, known
from cahiers.contributions.models import Consent, Contribution, Flag, Revision, Status, Submission
from cahiers.contributions.search.index import write_new
from cahiers.contributions.tables import Mapping, Record
from cahiers.journal.actions import Deed, record_all
from cahiers.journal.models import Verb

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


@dataclass(slots=True, kw_only=True)
class Made:
    """Rows of these records, as they are to be written while the database is at that version (see turns.version)."""

    version: int
    records: Sequence[Ready]
    #: What came before, and its author took back since.
    withdrawn: list[str]
    written: Written = field(default_factory=Written)
    rows: list[tuple[Rows, list[tuple[Any, ...]]]] = field(default_factory=list)
    words: list[tuple[int, str]] = field(default_factory=list)


class Store:
    """Writes records as contributions of an import, each once: its uuid is made of the record's key."""

    def __init__(self, found: TableImport, matcher: Matcher, now: datetime) -> None:
        self._space: bytes = found.consultation.uuid.bytes
        self._stream, self._now = found.consultation.uuid, now
        self._by = found.by.uuid if found.by else None
        self._default = found.territory.pk, found.territory.name
        self._matcher = matcher
        self._given = Given.of(found.given)
        self._standing = str(Status.ARRIVING if found.whole else _status(self._given))
        self._flagged = str(Status.ARRIVING if found.whole else Status.PENDING)
        mapping = Mapping.from_json(found.mapping)
        #: Whether what a line says at once has to be kept together: several answers, or closed ones.
        self._together = bool(mapping.answers or mapping.withdrawn) or len(mapping.texts) > 1
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

    def made(self, records: Sequence[Ready]) -> Made:
        """Rows of what is not known yet, to be written next. It needs no lock: whoever writes does not wait for it.

        Of a line that is not known at all, all records come together: they are one submission.
        """
        version = turns.version()
        fresh = {one[0]: one for one in records}
        came = [fresh.pop(uuid) for uuid in known(Contribution, list(fresh))]
        made = Made(version=version, records=records, withdrawn=[one[0] for one in came if one[-1]])
        made.written.added, made.written.known = len(fresh), len(records) - len(fresh)
        if fresh:
            self._make(fresh, made)
        return made

    def write(self, made: Made) -> Written:
        """In the transaction of who calls. What is known already is left as it is, but for what was taken back."""
        if turns.version() != made.version:
            # Whoever wrote since may have added some of them, and taken the keys.
            made = self.made(made.records)
        for into, rows in made.rows:
            into.write(rows)
        write_new(made.words)
        self._withdraw(made.withdrawn)
        return made.written

    def _make(self, fresh: dict[str, Ready], made: Made) -> None:
        submissions = self._submit(fresh.values(), made) if self._together else {}
        keys = keys_for(Contribution, len(fresh))
        contributions, revisions, lines, flags = [], [], [], []
        for key, revision, one in zip(keys, in_order(len(fresh)), fresh.values(), strict=True):
            uuid, line, names, channel, title, text, links, stands_for, voice, day, language = one[:11]
            column, identifier, parent, address, marks, stems, agreed, withdrawn = one[12:]
            place, category, theme, kind, scope = self._meant(names)
            sent, status = submissions.get(line), self._flagged if marks else self._standing
            if withdrawn:
                status = str(Status.WITHDRAWN)
            whole = key, uuid, place, theme, sent, self._channel(channel), kind, category, scope, links
            contributions.append(
                (*whole, stands_for, voice, self._consents[agreed], status, day, language, revision)
            )
            revisions.append((revision, key, title, text, scope, links))
            lines.append((key, line, column, identifier, parent, address))
            made.words.append((key, stems))
            if marks:
                made.written.held += not withdrawn
                flags += [(revision, key, *mark) for mark in marks]
        made.rows += (self._contributions, contributions), (self._revisions, revisions)
        made.rows += (self._lines, lines), (self._flags, flags)

    def _withdraw(self, uuids: Sequence[str]) -> None:
        """What came before and was taken back since, where it was published."""
        if not uuids:
            return
        said = (Status.PENDING, Status.ACCEPTED, Status.HIDDEN)
        standing = Contribution.objects.filter(uuid__in=uuids, status__in=said)
        known = standing.values_list("uuid", flat=True)
        deeds = [Deed(verb=Verb.WITHDRAW, subject=one, actor=self._by) for one in known]
        standing.update(status=Status.WITHDRAWN, hidden_because="")
        if deeds:
            record_all(stream=self._stream, deeds=deeds, at=self._now)

    def known(self, records: Sequence[Record]) -> int:
        """How many of these came before, or twice."""
        wanted = {uuid_of(self._space, record.key) for record in records}
        return len(records) - len(wanted) + len(known(Contribution, list(wanted)))

    def _meant(self, names: LineNames) -> tuple[int, str | None, int | None, str, str | None]:
        """Place, category, theme, kind and scope."""
        meaning = self._matcher.meaning(names)
        place, name = meaning.place or self._default
        # What was written of the territory, where that says more than its name.
        scope = names[0] if names[0] and names[0] != name else None
        return place, meaning.category, meaning.theme, meaning.kind or self._given.kind, scope

    def _channel(self, text: str) -> str:
        return channel_of(text, self._given.channel) if text else self._given.channel

    def _submit(self, fresh: Iterable[Ready], made: Made) -> dict[int, int]:
        """Keys of submissions by line: one of what the line says."""
        lines: dict[int, Ready] = {}
        for one in fresh:
            lines.setdefault(one[1], one)
        keys = keys_for(Submission, len(lines))
        rows = []
        for key, uuid, one in zip(keys, in_order(len(lines)), lines.values(), strict=True):
            place, category, *_others = self._meant(one[2])
            rows.append((key, uuid, place, category, self._channel(one[3]), one[11], one[10]))
        made.rows.append((self._submissions, rows))
        return dict(zip(lines, keys, strict=True))


def show(found: TableImport) -> None:
    """What came of all or nothing stands from now on, as it would have from the start otherwise."""
    arrived = Contribution.objects.filter(imported_line__table=found, status=Status.ARRIVING)
    status = _status(Given.of(found.given))
    if status != Status.PENDING:
        arrived.filter(Exists(Flag.objects.filter(contribution=OuterRef("pk")))).update(status=Status.PENDING)
    arrived.update(status=status)


def _status(given: Given) -> Status:
    return Status.PENDING if given.reads_before else Status.ACCEPTED
