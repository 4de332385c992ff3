"""What participants send: notes, their corrections and withdrawals, dots; many at once in one transaction.

Each command is taken once whatever happens to its answer, and refused in words where it cannot be. Commands that come
together share a commit: under load a commit each would cost more than all the rest.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from cahiers import methods
from cahiers.boards.actions.known import Known, Memory
from cahiers.boards.actions.notes import join_to, take_out
from cahiers.boards.actions.placing import place
from cahiers.boards.actions.sifting import sift_all
from cahiers.boards.commands import (
    Asked,
    Join,
    Outcome,
    PutDots,
    Refused,
    Reword,
    Taken,
    Withdraw,
    Write,
    digest_of,
    subject_of,
)
from cahiers.boards.devices import trace
from cahiers.boards.models import LONGEST_NOTE, Board, Note, Round, Step, Vote
from cahiers.boards.queries import categories_of
from cahiers.contributions.actions import Draft, revise, store
from cahiers.contributions.models import Channel, Consent, Status
from cahiers.documents.normal import tidy
from cahiers.journal.actions import Deed, record_all
from cahiers.journal.inserting import insert
from cahiers.journal.models import Command, Verb
from cahiers.journal.queries import digests_of
from cahiers.notebooks.actions import statements
from cahiers.notebooks.models import Row

#: How long after the end what was written without a network is still taken.
GRACE = timedelta(days=7)
#: People that a scribe may speak for at once.
MOST_VOICES = 200


def take(*, board: Board, commands: Sequence[Asked], now: datetime) -> list[Outcome]:
    """Do what each command asks, in their order; an outcome each.

    A command that came before with the same content gets the same outcome and changes nothing.
    """
    with transaction.atomic():
        outcomes = take_quickly(board=board, commands=commands, memory=Memory(), now=now)
        sift_all(board=board)
    return outcomes


@transaction.atomic
def take_quickly(*, board: Board, commands: Sequence[Asked], memory: Memory, now: datetime) -> list[Outcome]:
    """The same, for who calls sifting.sift once nobody waits, and gives the memory to every batch."""
    known = memory.of(board)
    batch = _Batch(known, now)
    outcomes = batch.run(commands)
    if batch.is_plain:
        memory.keep(known, len(batch.deeds))
    return outcomes


class _Batch:
    """Commands that share a transaction."""

    def __init__(self, known: Known, now: datetime) -> None:
        self.board, self.notebook, self.now = known.board, known.board.notebook, now
        self.known, self.rounds = known, known.rounds
        # Stages and categories are the method's own; a consultation only has themes of its own.
        self.method = methods.get(self.notebook.consultation.method_key)
        #: Whether each of its deeds made one entry in the stream, and nobody else made any meanwhile.
        self.is_plain = True
        self.deeds: list[Deed] = []
        self.done: list[Command] = []

    def run(self, commands: Sequence[Asked]) -> list[Outcome]:
        digests = digests_of([one.command for one in commands])
        outcomes: dict[int, Outcome] = {}
        #: Where a command of the batch came first, for those that came in it again.
        first: dict[UUID, int] = {}
        again: list[tuple[int, Asked]] = []
        fresh: list[tuple[int, Asked]] = []
        for index, command in enumerate(commands):
            known, digest = command.command in digests, digest_of(command)
            if digests.setdefault(command.command, digest) != digest:
                outcomes[index] = Refused(code="reused", sentence=_("Cet envoi porte le numéro d’un autre."))
            elif known:
                again.append((index, command))
            else:
                first[command.command] = index
                fresh.append((index, command))
        for kind, run in groupby(fresh, key=lambda pair: type(pair[1])):
            outcomes.update(self._handle(kind, list(run)))
        if self.deeds:
            entries = record_all(stream=self.board.stream, deeds=self.deeds, at=self.now)
            self.is_plain = entries[-1].position == self.known.position + len(self.deeds)
        insert(self.done)
        late = self._late([command for _, command in again if command.command not in first])
        for index, command in again:
            twin = first.get(command.command)
            known_outcome = Taken(subject=subject_of(command), late=command.command in late)
            outcomes[index] = known_outcome if twin is None else outcomes[twin]
        return [outcomes[index] for index in range(len(commands))]

    def _late(self, known: Sequence[Asked]) -> set[UUID]:
        """Commands, of those that were taken before, whose notes came late."""
        notes = [command.command for command in known if isinstance(command, Write)]
        if not notes:
            return set()
        return set(
            self.board.notes.filter(uuid__in=notes, late=True).order_by().values_list("uuid", flat=True)
        )

    def _handle(self, kind: type, run: list[tuple[int, Asked]]) -> Iterable[tuple[int, Outcome]]:
        if kind is Write:
            return self._write([(index, c) for index, c in run if isinstance(c, Write)])
        return [(index, self._one(command)) for index, command in run]

    def _one(self, command: Asked) -> Outcome:
        if isinstance(command, Reword):
            outcome = self._reword(command)
        elif isinstance(command, Withdraw):
            outcome = self._withdraw(command)
        elif isinstance(command, Join):
            outcome = self._join(command)
        else:
            assert isinstance(command, PutDots)
            outcome = self._put_dots(command)
        if isinstance(outcome, Taken):
            self._remember(command)
        return outcome

    def _remember(self, command: Asked) -> None:
        self.done.append(
            Command(uuid=command.command, digest=digest_of(command), result=subject_of(command), at=self.now)
        )

    # Notes

    def _write(self, run: list[tuple[int, Write]]) -> Iterable[tuple[int, Outcome]]:
        rows = {row.uuid: row for row in self._rows({c.row for _, c in run if c.row})}
        good: list[tuple[Write, Round, str, bool]] = []
        outcomes: list[tuple[int, Outcome]] = []
        for index, command in run:
            text = tidy(command.text)
            refused = self._why_not(command, text, rows)
            if refused is not None:
                outcomes.append((index, refused))
                continue
            round = self.rounds[command.round]
            late = not self.board.is_open or round.step != Step.WRITE
            good.append((command, round, text, late))
            outcomes.append((index, Taken(subject=command.command, late=late)))
        self._store(good, rows)
        return outcomes

    def _why_not(self, command: Write, text: str, rows: dict[UUID, Row]) -> Refused | None:
        round = self.rounds.get(command.round)
        if round is None:
            return _not_here()
        if self.board.closed_at is not None and self.now > self.board.closed_at + GRACE:
            return Refused(code="closed", sentence=_("Cette séance est close depuis plus d’une semaine."))
        stage = self.method.stage(round.stage)
        if command.kind not in stage.kinds:
            return Refused(
                code="kind", sentence=_("Cette étape n’a pas de colonne pour ce que vous avez écrit.")
            )
        if not text:
            return Refused(code="empty", sentence=_("Écrivez quelques mots avant d’envoyer."))
        if len(text) > LONGEST_NOTE:
            return Refused(
                code="long",
                sentence=_("C’est trop long : %(have)d signes sur %(most)d.")
                % {"have": len(text), "most": LONGEST_NOTE},
            )
        if not 1 <= command.stands_for <= MOST_VOICES:
            return Refused(
                code="voices",
                sentence=_("Une note vaut pour 1 à %(most)d personnes.") % {"most": MOST_VOICES},
            )
        if command.row is not None and command.row not in rows:
            return _not_here()
        if command.category and command.category not in {category.key for category in self.method.categories}:
            return _not_here()
        return None

    def _rows(self, uuids: set[UUID]) -> Iterable[Row]:
        if not uuids:
            return ()
        return Row.objects.filter(uuid__in=uuids, theme__notebook=self.notebook, present=True)

    def _store(self, good: list[tuple[Write, Round, str, bool]], rows: dict[UUID, Row]) -> None:
        if not good:
            return
        groups = self._groups({command.key for command, *_others in good if not command.category})
        contributions = store(
            consultation=self.notebook.consultation,
            drafts=[
                Draft(
                    uuid=command.command,
                    territory=self.notebook.territory,
                    meeting=self.board.meeting,
                    theme=round.theme.theme,
                    channel=Channel.BOARD,
                    kind=command.kind,
                    text=text,
                    category=command.category or groups.get(trace(command.key, self.board.meeting.uuid)),
                    stands_for=command.stands_for,
                    # Read in the room by all: what the notebook later publishes of it is an edition's business.
                    consent=Consent.INTERNAL,
                )
                for command, round, text, _ in good
            ],
            now=self.now,
            later=True,
        )
        notes = [
            Note(
                uuid=command.command,
                board=self.board,
                round=round,
                contribution=contribution,
                kind=command.kind,
                row=rows.get(command.row) if command.row else None,
                author=trace(command.key, command.command),
                late=late,
                # Of the stream, which no two notes share.
                position=self.known.position + 1 + place_,
            )
            for place_, ((command, round, _, late), contribution) in enumerate(
                zip(good, contributions, strict=True)
            )
        ]
        for round in {note.round for note in notes}:
            if round.revealed_at is not None or not self.board.hides:
                shown = [note for note in notes if note.round_id == round.pk]
                place(
                    round=round,
                    notes=shown,
                    command=shown[0].uuid,
                    commands={note.uuid: note.uuid for note in shown},
                    now=self.now,
                    ends=self.known.ends,
                )
        insert(notes)
        for (command, _round, _text, _late), contribution in zip(good, contributions, strict=True):
            self.deeds.append(
                Deed(
                    verb=Verb.SUBMIT,
                    subject=command.command,
                    command=command.command,
                    after=contribution.current_id,
                )
            )
            self._remember(command)

    def _groups(self, keys: set[str]) -> dict[str, str]:
        """The category that each of these devices joined as, by its trace; those that said none are left out."""
        traces = {trace(key, self.board.meeting.uuid) for key in keys}
        return categories_of(self.board, traces)

    def _reword(self, command: Reword) -> Outcome:
        note = self._own(command.note, command.key)
        if isinstance(note, Refused):
            return note
        text = tidy(command.text)
        if not 0 < len(text) <= LONGEST_NOTE:
            return Refused(
                code="long" if text else "empty",
                sentence=_("Une note compte de 1 à %(most)d signes.") % {"most": LONGEST_NOTE},
            )
        said, before = note.contribution, note.contribution.current
        after = revise(contribution=said, text=text, scope=said.scope, links=said.links, now=self.now)
        if after == before:
            return Taken(subject=note.uuid)
        statement = note.statement
        # Where others joined it, or someone of the team reworded it, the statement is theirs too and stays as it is.
        if (
            statement is not None
            and statement.present
            and statement.current.text == before.text
            and not statement.notes.exclude(pk=note.pk).exists()
        ):
            statements.reword(
                statement=statement,
                text=text,
                seen=statement.current_id,
                command=uuid5(command.command, "statement"),
                by=None,
                now=self.now,
            )
        self.deeds.append(
            Deed(
                verb=Verb.EDIT,
                subject=note.uuid,
                command=command.command,
                before=before.uuid,
                after=after.uuid,
            )
        )
        return Taken(subject=note.uuid)

    def _withdraw(self, command: Withdraw) -> Outcome:
        note = self._own(command.note, command.key)
        if isinstance(note, Refused):
            return note
        note.contribution.status = Status.WITHDRAWN
        note.contribution.hidden_because = ""
        note.contribution.save(update_fields=["status", "hidden_because"])
        take_out(note, command.command, None, self.now)
        self.deeds.append(Deed(verb=Verb.WITHDRAW, subject=note.uuid, command=command.command))
        return Taken(subject=note.uuid)

    def _join(self, command: Join) -> Outcome:
        note = self._own(command.note, command.key)
        if isinstance(note, Refused):
            return note
        kept = self.board.notes.filter(uuid=command.other, contribution__status=Status.ACCEPTED)
        other = kept.select_related("contribution", "statement").first()
        if other is None or not join_to(note, other, command.command, None, self.now):
            return _not_here()
        self.deeds.append(Deed(verb=Verb.MERGE, subject=note.uuid, command=command.command))
        return Taken(subject=note.uuid)

    def _own(self, uuid: UUID, key: str) -> Note | Refused:
        note = (
            self.board.notes.select_related(
                "contribution__current",
                "round",
                "statement__current",
                "statement__row__theme__notebook__consultation",
            )
            .filter(uuid=uuid)
            .first()
        )
        if note is None or note.contribution.status in (Status.WITHDRAWN, Status.ERASED):
            return Refused(code="gone", sentence=_("Cette note n’est plus là."))
        if note.author != trace(key, uuid):
            return Refused(code="author", sentence=_("Seul l’appareil qui a écrit une note peut la changer."))
        return note

    # Votes

    def _put_dots(self, command: PutDots) -> Outcome:
        round = self.rounds.get(command.round)
        if round is None:
            return _not_here()
        if not self.board.is_open or round.step != Step.VOTE:
            return Refused(code="step", sentence=_("Le vote n’est pas ouvert."))
        if command.subject not in candidates(round):
            return _not_here()
        voter = trace(command.key, round.uuid)
        others = round.votes.filter(voter=voter).exclude(subject=command.subject)
        used = others.aggregate(sum=Sum("dots"))["sum"] or 0
        if not 0 <= command.dots <= round.dots - used:
            return Refused(
                code="dots",
                sentence=_("Il ne vous reste pas assez de points : %(left)d sur %(all)d.")
                % {"left": round.dots - used, "all": round.dots},
            )
        if command.dots == 0:
            round.votes.filter(voter=voter, subject=command.subject).delete()
        else:
            Vote.objects.update_or_create(
                round=round, subject=command.subject, voter=voter, defaults={"dots": command.dots}
            )
        self.deeds.append(Deed(verb=Verb.VOTE, subject=command.subject, command=command.command))
        return Taken(subject=command.subject)


def candidates(round: Round) -> set[UUID]:
    """What the round's dots can be put on: its rows, and the statements in them."""
    rows = Row.objects.filter(theme=round.theme_id, stage=round.stage, present=True)
    pairs = rows.values_list("uuid", "statements__uuid", "statements__present")
    return {
        uuid for row, statement, present in pairs for uuid in (row, statement if present else None) if uuid
    }


def _not_here() -> Refused:
    return Refused(
        code="unknown", sentence=_("Ce que vous visez n’est pas, ou n’est plus, dans cette séance.")
    )
