"""What a form of the run mode asks: its parts, looked up within the board alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import QueryDict

from cahiers.accounts.models import Person
from cahiers.boards.models import Board, Note, Round
from cahiers.boards.queries import SEEN
from cahiers.notebooks.models import NotebookTheme, Row, Statement, StatementRevision


class Unclear(ValueError):
    """A part is missing, is no such thing, or is another board's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A command of whoever runs the board; `by` is None for a co-facilitator who came by the link.

    `key` is that of their own device, for what they write for others. Every method raises Unclear.
    """

    board: Board
    fields: QueryDict
    command: UUID
    by: Person | None
    now: datetime
    key: str

    def text(self, name: str) -> str:
        return str(self.fields.get(name, "")).strip()

    def number(self, name: str, default: int | None = None) -> int:
        told = self.text(name)
        if not told and default is not None:
            return default
        if not (told.isascii() and told.isdigit() and len(told) < 8):
            raise Unclear(name)
        return int(told)

    def uuid(self, name: str) -> UUID:
        return _uuid(self.text(name))

    def uuids(self, name: str) -> list[UUID]:
        return [_uuid(told) for told in self.fields.getlist(name) if told]

    def round(self) -> Round:
        """The one that the page named, else the present one: a page may be older than the room."""
        rounds = self.board.rounds.select_related("theme__notebook__consultation", "inbox")
        found = rounds.filter(uuid=self.uuid("round")).first() if self.text("round") else self.board.round
        if found is None:
            raise Unclear("round")
        found.board = self.board
        return found

    def theme(self) -> NotebookTheme:
        found = self.board.notebook.themes.filter(order=self.number("theme")).first()
        if found is None:
            raise Unclear("theme")
        found.notebook = self.board.notebook
        return found

    def note(self) -> Note:
        found = self.board.notes.filter(uuid=self.uuid("note")).first()
        if found is None:
            raise Unclear("note")
        return found

    def row(self, name: str = "row") -> Row:
        return self._row(self.uuid(name))

    def rows(self, name: str = "row") -> list[Row]:
        return [self._row(uuid) for uuid in self.uuids(name)]

    def cards(self) -> Sequence[tuple[Statement, UUID]]:
        """Statements with the revision that was seen, at least one, in the notebook's order."""
        told = dict(one.partition(":")[::2] for one in self.fields.getlist("card"))
        if any(len(begins) < SEEN for begins in told.values()):
            raise Unclear("card")
        found = Statement.objects.filter(code__in=told, row__theme__notebook=self.board.notebook_id)
        known = StatementRevision.objects.filter(statement__in=found).order_by()
        seen = {
            code: uuid
            for code, uuid in known.values_list("statement__code", "uuid")
            if str(uuid).startswith(told[code])
        }
        found = found.select_related("current", "row__theme__notebook__consultation")
        ordered = found.order_by("row__position", "row", "position", "pk")
        cards = [(one, seen[one.code]) for one in ordered if one.code in seen]
        if not cards or len(cards) < len(told):
            raise Unclear("card")
        return cards

    def subject(self) -> UUID:
        """Of a vote: a row by its uuid, or a card by its code."""
        cards = Statement.objects.filter(row__theme__notebook=self.board.notebook_id)
        found = cards.filter(code=self.text("subject")).values_list("uuid", flat=True).first()
        return found or self.uuid("subject")

    def _row(self, uuid: UUID) -> Row:
        rows = Row.objects.filter(theme__notebook=self.board.notebook_id, uuid=uuid)
        found = rows.select_related("current", "theme__notebook__consultation").first()
        if found is None:
            raise Unclear("row")
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What to say of it, edits that undo it takes back, and where on the page it is seen."""

    said: str = ""
    edits: tuple[UUID, ...] = ()
    anchor: str = ""
    #: What was refused of it, in sentences.
    refused: tuple[str, ...] = ()


def _uuid(told: str) -> UUID:
    try:
        return UUID(told)
    except ValueError:
        raise Unclear(told) from None
