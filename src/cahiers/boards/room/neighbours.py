"""Notes that say almost the same as one's own."""

from dataclasses import dataclass
from uuid import UUID

from rapidfuzz import fuzz, process

from cahiers.boards.models import Note, Round
from cahiers.contributions.models import Status
from cahiers.documents.matching import fold

#: Of 100, above which two notes are shown to their author as saying almost the same.
NEAR = 82.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Twin:
    """A note of one's own, and another one of the round that is near it."""

    note: UUID
    text: str
    other: UUID
    other_text: str


def twins_of(round: Round, mine: list[Note]) -> list[Twin]:
    """For each revealed note of one's own that stands alone, the nearest of the others; a person decides."""
    alone = [note for note in mine if note.statement is not None and note.statement.present]
    if round.revealed_at is None or not alone:
        return []
    shown = round.notes.filter(statement__present=True, contribution__status=Status.ACCEPTED)
    texts = {
        (note.uuid, note.kind, note.statement_id): note.contribution.current.text
        for note in shown.select_related("contribution__current")
    }
    found = []
    for note in alone:
        others = {
            uuid: fold(text)
            for (uuid, kind, statement), text in texts.items()
            if kind == note.kind and statement != note.statement_id
        }
        best = process.extractOne(
            fold(note.contribution.current.text), others, scorer=fuzz.token_sort_ratio, score_cutoff=NEAR
        )
        if best is not None:
            other = best[2]
            text = next(said for (uuid, *_), said in texts.items() if uuid == other)
            found.append(
                Twin(note=note.uuid, text=note.contribution.current.text, other=other, other_text=text)
            )
    return found
