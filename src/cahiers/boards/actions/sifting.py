"""What nobody waits for when a note is taken: it is made findable by its words, and what it tells of people is flagged.

The stream's entries are the list of what is left to do, and the board keeps how far it was done: a process that dies
in between leaves nothing undone.
"""

from django.db.models import F, OuterRef, QuerySet, Subquery

from cahiers.boards.models import Board
from cahiers.contributions.actions import notice
from cahiers.journal.models import Stream, Verb
from cahiers.journal.queries import entries_after

#: Entries of the stream that are gone through at once: some tens of milliseconds of notes.
MOST = 64


def sift(*, board: Board, most: int = MOST) -> bool:
    """Go through the next entries of its stream; whether there may be more."""
    # Not under the board's lock: who erases a note holds the note's first. At worst some are gone through twice.
    after = Board.objects.filter(pk=board.pk).values_list("sifted", flat=True).first()
    if after is None:
        return False
    entries = list(entries_after(board.stream, after).values_list("position", "verb", "subject")[:most])
    if not entries:
        return False
    notes = [subject for _, verb, subject in entries if verb == Verb.SUBMIT]
    if notes:
        notice(notes)
    last, *_rest = entries[-1]
    Board.objects.filter(pk=board.pk, sifted__lt=last).update(sifted=last)
    return len(entries) == most


def sift_all(*, board: Board) -> None:
    while sift(board=board):
        pass


def unsifted() -> QuerySet[Board]:
    """Boards whose stream has entries that nobody went through."""
    last = Stream.objects.filter(uuid=OuterRef("meeting__uuid")).values("last")
    return Board.objects.annotate(last=Subquery(last)).filter(last__gt=F("sifted")).select_related("meeting")
