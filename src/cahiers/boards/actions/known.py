"""What taking commands has to know of a board, kept from one batch to the next while nothing else happens there."""

from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection

from cahiers.boards.actions.placing import Ends
from cahiers.boards.commands import ALONE
from cahiers.boards.models import Board, Note, Round
from cahiers.journal.asking import Question
from cahiers.journal.models import Verb
from cahiers.journal.queries import entries_after, last_position
from cahiers.notebooks.models import Notebook

#: Boards that are remembered; those that came first are forgotten first.
MOST = 100
#: Entries that another process may have made since, without the board being read anew.
FEW = 100

# Asked before each batch: see asking.py.
_lock = Question(lambda notebook: Notebook.objects.select_for_update().filter(pk=notebook).values_list("pk"))
_since = Question(
    lambda stream, after: entries_after(stream, after).values_list("position", "verb", "subject")[:FEW]
)
_placed = Question(
    lambda notes: (
        Note.objects.filter(uuid__in=notes, statement__present=True)
        .order_by()
        .values_list("statement__row", "statement__kind", "statement__position")
    )
)


@dataclass(slots=True)
class Known:
    """All that is kept here changes with an entry of the board's stream alone, as long as the board is open."""

    board: Board
    rounds: dict[UUID, Round]
    #: Position of the stream at which this was true.
    position: int
    ends: Ends = field(default_factory=dict)

    def goes_on(self) -> bool:
        """With what others wrote since; where that may be more than notes and dots, it has to be read anew."""
        entries = _since(self.board.stream, self.position)
        if not entries:
            return True
        if len(entries) == FEW or any(verb not in ALONE for _, verb, _ in entries) or self._lacks_inbox():
            return False
        for row, kind, position in _placed([subject for _, verb, subject in entries if verb == Verb.SUBMIT]):
            if (row, kind) in self.ends:
                self.ends[row, kind] = max(self.ends[row, kind], position)
        self.position = entries[-1][0]
        return True

    def _lacks_inbox(self) -> bool:
        """Whether the first note that is shown, which makes its round's inbox, may be among what came."""
        shown = [one for one in self.rounds.values() if one.revealed_at is not None or not self.board.hides]
        return any(one.inbox is None or not one.inbox.present for one in shown)


class Memory:
    """Of one thread, which gives it to each batch that it takes."""

    def __init__(self) -> None:
        self._known: dict[int, Known] = {}

    def of(self, board: Board) -> Known:
        """Under the notebook's lock, which it takes until the transaction ends."""
        # The lock of every edit of the notebook, taken first and by all: a reveal misses none that is being written.
        # In a query of its own: what was waited for is seen by the next.
        if connection.features.has_select_for_update:  # SQLite has one writer at a time
            _lock(board.notebook_id)
        known = self._known.pop(board.pk, None)
        return known if known is not None and known.goes_on() else _read(board)

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


def _read(board: Board) -> Known:
    position = last_position(board.stream)
    now = Board.objects.get(pk=board.pk)
    # What a board belongs to never changes.
    now.meeting, now.notebook = board.meeting, board.notebook
    rounds = {one.uuid: one for one in now.rounds.select_related("inbox", "theme__theme").order_by()}
    for one in rounds.values():
        one.board = now
    return Known(now, rounds, position)
