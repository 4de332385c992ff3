"""What the facilitator does with cards and rows: edits of the notebook, each of which can be undone."""

from typing import Any
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from cahiers.boards import paging, queries
from cahiers.boards.actions import carrying, grouping
from cahiers.boards.host.asked import Asked, Done, Unclear
from cahiers.notebooks.actions import rows, statements, undoing
from cahiers.notebooks.models import Row, Statement

#: Stands for a new row in the choice of rows.
NEW = "new"


def move(asked: Asked) -> Done:
    """Cards into a row of the board, or a new one."""
    cards = asked.cards()
    given: dict[str, Any] = {"cards": cards, "command": asked.command, "by": asked.by, "now": asked.now}
    if asked.text("row") == NEW:
        first = cards[0][0].row
        row = grouping.gather_in_new_row(
            theme=first.theme, stage=first.stage, name=asked.text("name")[:200], **given
        )
        return _edited(asked, _("Les cartes sont dans une nouvelle ligne.") + _page_of(asked, row), row)
    row = asked.row()
    grouping.gather(notebook=row.theme.notebook, row=row, **given)
    return _edited(asked, _("Les cartes sont déplacées.") + _page_of(asked, row), row)


def merge(asked: Asked) -> Done:
    """Cards that say the same into one, which keeps the words of the first and the voices of all."""
    first, *others = asked.cards()
    statement, seen = first
    if not others:
        return Done(refused=(_("Cochez au moins deux cartes."),), anchor="ranger")
    if any(other.kind != statement.kind for other, _seen in others):
        return Done(refused=(_("Seules des cartes d’une même colonne peuvent n’en faire qu’une."),))
    statements.merge(
        statement=statement,
        others=others,
        text=statement.current.text,
        seen=seen,
        command=asked.command,
        by=asked.by,
        now=asked.now,
    )
    return _edited(asked, _("Les cartes n’en font plus qu’une."), statement.row)


def emphasise(asked: Asked) -> Done:
    """One after the other: emphasised, or no more where `stressed` is 0."""
    stressed = asked.text("stressed") != "0"
    edits = []
    for statement, seen in asked.cards():
        command = uuid5(asked.command, statement.code)
        edits.append(command)
        statements.emphasise(
            statement=statement,
            emphasised=stressed,
            seen=seen,
            command=command,
            by=asked.by,
            now=asked.now,
        )
    said = _("C’est particulièrement souligné.") if stressed else _("Ce n’est plus souligné.")
    return Done(said=said, edits=tuple(edits), anchor="tableau")


def reword(asked: Asked) -> Done:
    [(statement, seen)] = asked.cards()[:1]
    statements.reword(
        statement=statement,
        text=asked.text("text"),
        seen=seen,
        command=asked.command,
        by=asked.by,
        now=asked.now,
    )
    return _edited(asked, _("La carte est reformulée."), statement.row)


def delete(asked: Asked) -> Done:
    edits = []
    for statement, seen in asked.cards():
        command = uuid5(asked.command, statement.code)
        edits.append(command)
        statements.delete(statement=statement, seen=seen, command=command, by=asked.by, now=asked.now)
    return Done(said=_("Supprimé du tableau."), edits=tuple(edits), anchor="tableau")


def name_row(asked: Asked) -> Done:
    row = asked.row()
    rows.name(
        row=row,
        name=asked.text("name")[:200],
        seen=asked.uuid("seen"),
        command=asked.command,
        by=asked.by,
        now=asked.now,
    )
    return _edited(asked, _("La ligne est nommée."), row)


def order_row(asked: Asked) -> Done:
    """In front of the row `before`, or at the end."""
    row = asked.row()
    rows.move(
        row=row,
        theme=row.theme,
        before=asked.row("before") if asked.text("before") else None,
        seen=asked.uuid("seen"),
        command=asked.command,
        by=asked.by,
        now=asked.now,
    )
    return _edited(asked, _("La ligne est déplacée."), row)


def merge_rows(asked: Asked) -> Done:
    into = asked.row("into")
    grouping.merge_rows(
        row=asked.row(),
        into=into,
        seen=asked.uuid("seen"),
        command=asked.command,
        by=asked.by,
        now=asked.now,
    )
    return _edited(asked, _("Les deux lignes n’en font plus qu’une."), into)


def delete_row(asked: Asked) -> Done:
    rows.delete(row=asked.row(), seen=asked.uuid("seen"), command=asked.command, by=asked.by, now=asked.now)
    return Done(said=_("La ligne est supprimée."), edits=(asked.command,), anchor="tableau")


def carry(asked: Asked) -> Done:
    """Each chosen row, or the chosen cards together, goes on in a row of the next stage."""
    edits = [
        _carry(asked, _carried(asked, row), row.name, uuid5(asked.command, str(row.uuid)))
        for row in asked.rows()
    ]
    if not edits:
        chosen = [statement for statement, _seen in asked.cards()]
        edits.append(_carry(asked, chosen, asked.text("name") or None, asked.command))
    return Done(said=_("Emporté vers l’étape suivante."), edits=tuple(edits), anchor="etape")


def undo(asked: Asked) -> Done:
    """Edits that were just made, the last first; what comes of it can be undone in its turn."""
    edits = asked.uuids("edit")
    done = [
        undoing.undo(notebook=asked.board.notebook, edit=edit, by=asked.by, now=asked.now)
        for edit in reversed(edits[:40])
    ]
    if not done:
        raise Unclear("edit")
    return Done(said=_("C’est annulé : tout est comme avant."), edits=tuple(done), anchor="tableau")


def _carried(asked: Asked, row: Row) -> list[Statement]:
    """What of the row has a column in the next stage."""
    method = asked.board.notebook.consultation.method
    following = carrying.next_stage(asked.board, row.stage)
    kinds = method.stage(following).kinds if following else ()
    held = row.statements.filter(present=True, kind__in=kinds).select_related("current", "row__theme")
    return list(held.order_by("position", "pk"))


def _carry(asked: Asked, chosen: list[Statement], name: str | None, command: UUID) -> UUID:
    carrying.carry(
        board=asked.board,
        statements=chosen,
        name=name[:200] if name else None,
        command=command,
        by=asked.by,
        now=asked.now,
    )
    return command


def _page_of(asked: Asked, row: Row) -> str:
    """On which page the cards that came into the row are, where the board has several; else nothing."""
    round = asked.board.round
    if round is None or (round.theme_id, round.stage) != (row.theme_id, row.stage):
        return ""
    pages = paging.pages_of(queries.rows_of(round))
    if len(pages) < 2:
        return ""
    moved = {f"s-{statement.code}" for statement, _seen in asked.cards()}
    told = {"page": paging.page_holding(pages, moved), "pages": len(pages)}
    return " " + _("Voyez la page %(page)d sur %(pages)d.") % told


def _edited(asked: Asked, said: str, row: Row) -> Done:
    return Done(said=said, edits=(asked.command,), anchor=f"w-{row.uuid}")
