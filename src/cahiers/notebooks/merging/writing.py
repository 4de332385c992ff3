"""Writes what versions put together make into the tables: rows and statements by revisions, like any edit."""

from cahiers.notebooks.merging import around
from cahiers.notebooks.merging.keeping import key_of
from cahiers.notebooks.merging.tables import Tables
from cahiers.notebooks.merging.tree import Part, Sort
from cahiers.notebooks.models import Row, Statement


def write(tables: Tables) -> None:
    """Raises consultations.windows.StageClosed where who edits may not write in a stage that differs."""
    around.write_head(tables)
    around.write_themes(tables)
    around.write_meetings(tables)
    around.write_sheets(tables)
    _write_rows(tables)
    _write_statements(tables)
    _take_away(tables)
    around.cite_again(tables)


def _write_rows(tables: Tables) -> None:
    positions = tables.positions(Sort.ROW, tables.rows)
    for part in tables.wanted(Sort.ROW):
        position = positions.get(part.key)
        if part == tables.ours.get(part.key) and position is None:
            continue
        row = tables.rows.get(part.key) or _new_row(tables, part, position or 0)
        tables.edit.revise_row(
            row,
            {
                "theme_id": tables.theme_of(part).pk,
                "position": row.position if position is None else position,
                "name": part.said["name"],
                "theme_text": part.said["theme_text"],
                "feedback_text": list(part.said["feedback_text"]),
                "cited": list(part.said["feedback"]),
                "present": True,
            },
        )
        if part.key not in tables.ours:
            _empty(tables, row)


def _new_row(tables: Tables, part: Part, position: int) -> Row:
    theme = tables.theme_of(part)
    row = tables.edit.add_row(theme, stage=part.place[1], position=position, name=part.said["name"])
    for name, value in tables.source(part).items():
        setattr(row, name, value)
    row.save()
    tables.made[part.key] = key_of(Sort.ROW, row.uuid)
    tables.rows[tables.made[part.key]] = row
    return row


def _empty(tables: Tables, row: Row) -> None:
    """What a row that comes back held comes back only where it is wanted."""
    for key, statement in tables.statements.items():
        if statement.row_id == row.pk and statement.present and key not in tables.result:
            tables.edit.revise_statement(statement, {"present": False})


def _write_statements(tables: Tables) -> None:
    positions = tables.positions(Sort.STATEMENT, tables.statements)
    for part in tables.wanted(Sort.STATEMENT):
        position = positions.get(part.key)
        if part == tables.ours.get(part.key) and position is None:
            continue
        row = tables.rows[tables.here(part.place[0])]
        statement = tables.statements.get(part.key)
        if statement is None:
            _add(tables, part, row, position or 0)
            continue
        tables.edit.revise_statement(
            statement,
            {
                "text": part.said["text"],
                "emphasised": part.said["emphasised"],
                "row_id": row.pk,
                "kind": part.place[1],
                "position": statement.position if position is None else position,
                "present": True,
            },
        )


def _add(tables: Tables, part: Part, row: Row, position: int) -> None:
    made = tables.edit.add_statement(
        row,
        like=Statement(**tables.source(part)),
        kind=part.place[1],
        text=part.said["text"],
        position=position,
        emphasised=part.said["emphasised"],
    )
    tables.made[part.key] = key_of(Sort.STATEMENT, made.code)


def _take_away(tables: Tables) -> None:
    """A row goes with what it holds, as where it is deleted by hand."""
    rows_gone = {part.key for part in tables.gone(Sort.ROW)}
    for part in tables.gone(Sort.STATEMENT):
        if part.place[0] not in rows_gone:
            tables.edit.revise_statement(tables.statements[part.key], {"present": False})
    for key in rows_gone:
        tables.edit.revise_row(tables.rows[key], {"present": False})
