"""What taking commands has to know of a board, kept from one batch to the next while nothing else happens there."""

from dataclasses import dataclass, field
from uuid import UUID

from cahiers.boards.actions.placing import Ends
from cahiers.boards.models import Board, Round
from cahiers.journal.queries import last_position

#: Boards that are remembered; those that came first are forgotten first.
MOST = 100


@dataclass(slots=True)
class Known:
    """All that is kept here changes with an entry of the board's stream alone, as long as the board is open."""

    board: Board
    rounds: dict[UUID, Round]
    #: Position of the stream at which this was true.
    position: int
    ends: Ends = field(default_factory=dict)


class Memory:
    """Of one thread, which gives it to each batch that it takes."""

    def __init__(self) -> None:
        self._known: dict[int, Known] = {}

    def of(self, board: Board) -> Known:
        """To be called under the notebook's lock, in a query of its own: what was waited for is seen."""
        position = last_position(board.stream)
        known = self._known.pop(board.pk, None)
        return known if known is not None and known.position == position else _read(board, position)

    def forget(self, board: Board) -> None:
        """What was written of it may not have been committed."""
        self._known.pop(board.pk, None)

    def keep(self, known: Known, entries: int) -> None:
        """So many entries were written since, all of what was taken. To be called last: what fails is not kept."""
        known.position += entries
        # The notebook of a closed board is edited without a word in the board's stream.
        if known.board.is_open:
            self._known[known.board.pk] = known
            while len(self._known) > MOST:
                self._known.pop(next(iter(self._known)))


def _read(board: Board, position: int) -> Known:
    now = Board.objects.get(pk=board.pk)
    # What a board belongs to never changes.
    now.meeting, now.notebook = board.meeting, board.notebook
    rounds = {one.uuid: one for one in now.rounds.select_related("inbox", "theme__theme").order_by()}
    for one in rounds.values():
        one.board = now
    return Known(now, rounds, position)
