"""What boards hold of words that are to be erased: walls that show them, and what was left untreated."""

from datetime import datetime

from cahiers.boards.models import Board, Note
from cahiers.contributions.erasing import Words
from cahiers.journal.actions import record
from cahiers.journal.models import Verb
from cahiers.notebooks.erasing import LEAST, forms_of, without


def forget(words: Words, now: datetime) -> None:
    """A wall hears of it in its own stream: open screens drop the note, and its print-out is made again."""
    notes = Note.objects.filter(contribution__uuid__in=words.contributions).select_related("board__meeting")
    for note in notes:
        record(stream=note.board.stream, verb=Verb.ERASE, subject=note.uuid, actor=None, at=now)
    texts = tuple(text for text in forms_of(words.texts) if len(text) >= LEAST)
    where = Board.objects.filter(meeting__consultation__contributions__uuid__in=words.contributions).exclude(
        untreated=""
    )
    for board in where.distinct():
        if (untreated := without(board.untreated, texts)) != board.untreated:
            Board.objects.filter(pk=board.pk).update(untreated=untreated)
