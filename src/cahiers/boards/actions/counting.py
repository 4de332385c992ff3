"""Votes of hands that were counted in the room."""

from datetime import datetime
from uuid import UUID

from cahiers.accounts.models import Person
from cahiers.boards.actions.running import NotOfThisBoard, perform
from cahiers.boards.actions.taking import candidates
from cahiers.boards.models import Board, Round, Vote
from cahiers.journal.models import Verb

#: Hands that a hall holds.
MOST = 5_000


def count_hands(
    *, board: Board, round: Round, subject: UUID, hands: int, command: UUID, by: Person | None, now: datetime
) -> None:
    """So many hands for a row or statement of the round, in place of those counted before; 0 for none.

    Raises NotOfThisBoard, or BoardClosed.
    """

    def do(locked: Board) -> tuple[Verb, UUID]:
        current = locked.rounds.filter(pk=round.pk).first()
        if current is None or subject not in candidates(current):
            raise NotOfThisBoard(str(subject))
        counted = min(MOST, max(0, hands))
        if counted:
            Vote.objects.update_or_create(
                round=current, subject=subject, voter="", defaults={"dots": counted}
            )
        else:
            current.votes.filter(subject=subject, voter="").delete()
        return Verb.VOTE, subject

    perform(board=board, asked=("hands", round.uuid, subject, hands), command=command, by=by, now=now, do=do)
