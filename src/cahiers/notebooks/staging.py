"""Writes the rows of an import, few statements of SQL whatever the size."""

from datetime import datetime
from uuid import uuid4

from cahiers.contributions.actions import Draft
from cahiers.contributions.actions import store as store_contributions
from cahiers.contributions.models import FEEDBACK, Channel
from cahiers.documents import model
from cahiers.meetings.actions import store as store_meetings
from cahiers.notebooks.models import (
    STEP,
    ImportedFile,
    Notebook,
    NotebookFeedback,
    NotebookMeeting,
    NotebookTheme,
    Row,
    RowFeedback,
    RowRevision,
    Statement,
    StatementRevision,
)

#: Sheets of a theme by their number; the first of two that share one is the one cited.
Sheets = dict[tuple[int, int], NotebookFeedback]


def fill(notebook: Notebook, synthesis: model.Synthesis, file: ImportedFile, now: datetime) -> None:
    """Everything of the synthesis into the empty notebook, in the transaction of who calls."""
    meetings = store_meetings(
        consultation=notebook.consultation, territory=notebook.territory, meetings=synthesis.meetings
    )
    NotebookMeeting.objects.bulk_create(
        NotebookMeeting(notebook=notebook, meeting=meeting, position=position * STEP)
        for position, meeting in enumerate(meetings)
    )
    known = {theme.key: theme for theme in notebook.consultation.themes.all()}
    themes = NotebookTheme.objects.bulk_create(
        NotebookTheme(
            notebook=notebook,
            theme=known[block.key] if block.key else None,
            order=order,
            number=block.number,
            title=block.title,
        )
        for order, block in enumerate(synthesis.themes, 1)
    )
    blocks = list(zip(themes, synthesis.themes, strict=True))
    sheets = _sheets(notebook, blocks, file, now)
    _rows(blocks, sheets, file, now)


def place_of(source: model.Source | None, file: ImportedFile) -> dict[str, object]:
    return {
        "source_file": file,
        "source_page": source.page if source else None,
        "source_line": source.line if source else None,
        "source_cell": source.cell if source else None,
    }


def _sheets(
    notebook: Notebook,
    blocks: list[tuple[NotebookTheme, model.ThemeBlock]],
    file: ImportedFile,
    now: datetime,
) -> Sheets:
    found = [
        (theme, position, sheet) for theme, block in blocks for position, sheet in enumerate(block.feedback)
    ]
    contributions = store_contributions(
        consultation=notebook.consultation,
        drafts=[
            Draft(
                territory=notebook.territory,
                channel=Channel.DOCUMENT,
                kind=FEEDBACK,
                theme=theme.theme,
                text=sheet.text,
                scope=sheet.scope,
                links=sheet.links,
            )
            for theme, _, sheet in found
        ],
        now=now,
    )
    stored = NotebookFeedback.objects.bulk_create(
        NotebookFeedback(
            theme=theme,
            contribution=contribution,
            position=position * STEP,
            number=sheet.number,
            **place_of(sheet.source, file),
        )
        for (theme, position, sheet), contribution in zip(found, contributions, strict=True)
    )
    sheets: Sheets = {}
    for one in stored:
        if one.number is not None:
            sheets.setdefault((one.theme_id, one.number), one)
    return sheets


def _rows(
    blocks: list[tuple[NotebookTheme, model.ThemeBlock]], sheets: Sheets, file: ImportedFile, now: datetime
) -> None:
    found = [
        (theme, stage, position, row)
        for theme, block in blocks
        for stage, rows in block.stages.items()
        for position, row in enumerate(rows, 1)
    ]
    firsts = [uuid4() for _ in found]
    rows = Row.objects.bulk_create(
        Row(
            theme=theme,
            stage=stage,
            position=position * STEP,
            name=row.name,
            theme_text=row.theme_text,
            feedback_text=list(row.feedback_text),
            current_id=first,
            **place_of(row.source, file),
        )
        for (theme, stage, position, row), first in zip(found, firsts, strict=True)
    )
    RowRevision.objects.bulk_create(
        RowRevision(
            uuid=first,
            row=stored,
            theme=stored.theme,
            position=stored.position,
            name=stored.name,
            theme_text=stored.theme_text,
            feedback_text=stored.feedback_text,
            cited=list(row.feedback),
            at=now,
        )
        for stored, (*_, row), first in zip(rows, found, firsts, strict=True)
    )
    pairs = [(stored, row) for stored, (*_, row) in zip(rows, found, strict=True)]
    RowFeedback.objects.bulk_create(
        RowFeedback(row=stored, position=position, number=number, sheet=sheets.get((stored.theme_id, number)))
        for stored, row in pairs
        for position, number in enumerate(row.feedback)
    )
    items = [
        (stored, kind, position, item, uuid4())
        for stored, row in pairs
        for kind, cell in row.cells.items()
        for position, item in enumerate(cell, 1)
    ]
    statements = Statement.objects.bulk_create(
        Statement(
            row=stored,
            kind=kind,
            position=position * STEP,
            emphasised=item.emphasised,
            current_id=revision,
            **place_of(item.source, file),
        )
        for stored, kind, position, item, revision in items
    )
    StatementRevision.objects.bulk_create(
        StatementRevision(
            uuid=revision,
            statement=statement,
            text=item.text,
            row=statement.row,
            kind=statement.kind,
            position=statement.position,
            emphasised=statement.emphasised,
            at=now,
        )
        for statement, (*_, item, revision) in zip(statements, items, strict=True)
    )
