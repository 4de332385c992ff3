"""Commands that participants send, and what comes of each."""

from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from cahiers.boards.devices import trace
from cahiers.journal.models import Verb

#: Verbs of what participants do that changes nothing but its subject, and what is drawn with it.
ALONE = (Verb.SUBMIT, Verb.VOTE, Verb.JOIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """A note, whose uuid is the command's."""

    command: UUID
    #: The device's own key: see devices.py. It is used and never kept.
    key: str
    round: UUID
    kind: str
    text: str
    #: Row that it answers; None for none in particular.
    row: UUID | None = None
    category: str = ""
    stands_for: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Reword:
    command: UUID
    key: str
    note: UUID
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw:
    command: UUID
    key: str
    note: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PutDots:
    """So many dots on a row or statement of the round, in place of those that the device had put there."""

    command: UUID
    key: str
    round: UUID
    subject: UUID
    dots: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Its author says that the note says what another one does."""

    command: UUID
    key: str
    note: UUID
    other: UUID


Asked = Write | Reword | Withdraw | PutDots | Join


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came of a command: the note or subject; `late` where its step was over."""

    subject: UUID
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why nothing was done, in a sentence for who sent it, and as a word for programs."""

    code: str
    sentence: str


Outcome = Taken | Refused


def digest_of(command: Asked) -> str:
    """SHA-256, in hexadecimal, of all that is asked; of the key only what cannot be linked to another command."""
    if isinstance(command, Write):
        asked: tuple[object, ...] = (
            command.round,
            command.kind,
            command.text,
            command.row,
            command.category,
            command.stands_for,
        )
    elif isinstance(command, Reword):
        asked = (command.note, command.text)
    elif isinstance(command, Withdraw):
        asked = (command.note,)
    elif isinstance(command, Join):
        asked = (command.note, command.other)
    else:
        asked = (command.round, command.subject, command.dots)
    who = trace(command.key, command.command)
    return sha256(repr((type(command).__name__, who, *asked)).encode()).hexdigest()


def subject_of(command: Asked) -> UUID:
    if isinstance(command, Write):
        return command.command
    return command.subject if isinstance(command, PutDots) else command.note
