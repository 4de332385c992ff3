"""Editing rows. Each edit says which revision was seen, and raises Changed where that is no longer current."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from cahiers.accounts.models import Person
from cahiers.journal.models import Verb
from cahiers.notebooks.actions.revising import Edit, Misplaced, one_line, perform
from cahiers.notebooks.models import NotebookFeedback, NotebookTheme, Row


class NoSuchSheet(ValueError):
    """No feedback sheet of the theme has these numbers, and the row did not cite them before."""

    def __init__(self, numbers: Sequence[int]) -> None:
        super().__init__(", ".join(map(str, numbers)))


def add(
    *,
    theme: NotebookTheme,
    stage: str,
    name: str = "",
    before: Row | None = None,
    command: UUID,
    by: Person | None,
    now: datetime,
) -> Row:
    """An empty row in a stage's table, in front of another or, for None, at the end. Raises BadText or Misplaced."""
    named = one_line(name) if name.strip() else None
    if stage not in {known.key for known in theme.notebook.consultation.method.stages}:
        raise Misplaced(f"The method has no stage {stage}.")

    def do(edit: Edit) -> Row:
        position = edit.place_row(edit.rows(theme, stage), before)
        return edit.add_row(theme, stage=stage, position=position, name=named)

    asked = ("row", theme.pk, stage, named, before and before.uuid)
    return _done(
        perform(
            notebook=theme.notebook, verb=Verb.CREATE, asked=asked, command=command, by=by, now=now, do=do
        )
    )


def name(*, row: Row, name: str, seen: UUID, command: UUID, by: Person | None, now: datetime) -> Row:
    """Raises BadText or Changed; "" leaves it without a name."""
    named = one_line(name) if name.strip() else None

    def do(edit: Edit) -> Row:
        current = edit.row(row, seen)
        edit.revise_row(current, {"name": named})
        return current

    return _edited(row, Verb.EDIT, ("name", row.uuid, named, seen), command, by, now, do)


def cite(
    *, row: Row, numbers: Sequence[int], seen: UUID, command: UUID, by: Person | None, now: datetime
) -> Row:
    """The feedback sheets that it rests on, by their number in the theme. Raises NoSuchSheet or Changed."""
    cited = list(dict.fromkeys(numbers))

    def do(edit: Edit) -> Row:
        current = edit.row(row, seen)
        sheets = NotebookFeedback.objects.filter(theme=current.theme_id, number__in=cited)
        known = {*sheets.values_list("number", flat=True), *current.current.cited}
        if missing := [number for number in cited if number not in known]:
            raise NoSuchSheet(missing)
        edit.revise_row(current, {"cited": cited})
        return current

    return _edited(row, Verb.EDIT, ("cite", row.uuid, cited, seen), command, by, now, do)


def move(
    *,
    row: Row,
    theme: NotebookTheme,
    before: Row | None = None,
    seen: UUID,
    command: UUID,
    by: Person | None,
    now: datetime,
) -> Row:
    """In the same stage of a theme of the notebook, in front of a row or, for None, at the end.

    Feedback numbers hold within a theme: from another one they become words. Raises Misplaced or Changed.
    """

    def do(edit: Edit) -> Row:
        current = edit.row(row, seen)
        if theme.notebook_id != edit.notebook.pk:
            raise Misplaced("The theme is another notebook's.")
        whole = [one.pk for one in edit.rows(theme, current.stage)]
        follower = whole[whole.index(current.pk) + 1 :][:1] if current.pk in whole else None
        if follower != ([before.pk] if before else []):
            position = edit.place_row(edit.rows(theme, current.stage, without=current), before)
            words = {} if theme.pk == current.theme_id else _in_words(edit, current)
            edit.revise_row(current, {"theme_id": theme.pk, "position": position, **words})
        return current

    asked = ("move", row.uuid, theme.pk, before and before.uuid, seen)
    return _edited(row, Verb.MOVE, asked, command, by, now, do)


def delete(*, row: Row, seen: UUID, command: UUID, by: Person | None, now: datetime) -> Row:
    """It stays with its statements, not present. Raises Changed."""

    def do(edit: Edit) -> Row:
        current = edit.row(row, seen)
        edit.revise_row(current, {"present": False})
        return current

    return _edited(row, Verb.DELETE, ("delete", row.uuid, seen), command, by, now, do)


def _in_words(edit: Edit, row: Row) -> dict[str, object]:
    """What a row that leaves its theme cites and is called there, as text that means the same anywhere."""
    texts = list(row.current.feedback_text)
    if cited := row.current.cited:
        sheets = edit.notebook.consultation.method.feedback
        numbers = ", ".join(map(str, cited))
        texts.append(" ".join(filter(None, (sheets.word if sheets else "", numbers, f"– {row.theme.title}"))))
    return {"cited": [], "feedback_text": texts, "theme_text": None}


def _edited(
    row: Row,
    verb: Verb,
    asked: tuple[object, ...],
    command: UUID,
    by: Person | None,
    now: datetime,
    do: Callable[[Edit], Row],
) -> Row:
    notebook = row.theme.notebook
    return _done(perform(notebook=notebook, verb=verb, asked=asked, command=command, by=by, now=now, do=do))


def _done(uuid: UUID) -> Row:
    return Row.objects.select_related("current", "theme__notebook__consultation").get(uuid=uuid)
