"""Reading notebooks: what pages, exports and downloads all stand on."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import groupby

from django.db.models import F

from cahiers.documents import model
from cahiers.meetings.models import Meeting
from cahiers.meetings.queries import form_of, with_forms
from cahiers.notebooks.models import Notebook, NotebookFeedback, NotebookTheme, Placed, Row, Statement


def synthesis_of(notebook: Notebook) -> model.Synthesis:
    """The notebook as documents hold it, in at most eight queries; `notebook` comes with its consultation."""
    meetings = with_forms(Meeting.objects.filter(notebook_links__notebook=notebook))
    themes = list(notebook.themes.select_related("theme").order_by("order"))
    return model.Synthesis(
        method=notebook.consultation.method_key,
        territory=notebook.territory_text,
        consultation=notebook.consultation_text,
        meetings=tuple(map(form_of, meetings.order_by("notebook_links__position", "notebook_links__pk"))),
        themes=_blocks(themes),
    )


def block_of(theme: NotebookTheme) -> model.ThemeBlock:
    """One theme of a notebook, in four queries."""
    return _blocks([theme])[0]


def _blocks(themes: list[NotebookTheme]) -> tuple[model.ThemeBlock, ...]:
    sheets: dict[int, list[model.Feedback]] = defaultdict(list)
    for sheet in (
        NotebookFeedback.objects.filter(theme__in=themes)
        .select_related("contribution__current")
        .order_by("position", "pk")
    ):
        sheets[sheet.theme_id].append(
            model.Feedback(
                number=sheet.number,
                scope=sheet.contribution.scope,
                text=sheet.contribution.current.text,
                links=tuple(sheet.contribution.links),
                source=_source(sheet),
            )
        )
    stages = _stages(themes)
    return tuple(
        model.ThemeBlock(
            key=theme.theme.key if theme.theme else None,
            number=theme.number,
            title=theme.title,
            feedback=tuple(sheets[theme.pk]),
            stages=stages[theme.pk],
        )
        for theme in themes
    )


def _stages(themes: list[NotebookTheme]) -> Mapping[int, Mapping[str, tuple[model.Row, ...]]]:
    """Rows by theme and stage."""
    cells: dict[int, dict[str, list[model.Item]]] = defaultdict(lambda: defaultdict(list))
    for statement in (
        Statement.objects.filter(row__theme__in=themes, present=True)
        .select_related("current")
        .order_by("position", "pk")
    ):
        cells[statement.row_id][statement.kind].append(
            model.Item(
                text=statement.current.text, emphasised=statement.emphasised, source=_source(statement)
            )
        )
    stages: dict[int, dict[str, list[model.Row]]] = defaultdict(lambda: defaultdict(list))
    # One line a cited number, or one alone: the join saves a query.
    lines = (
        Row.objects.filter(theme__in=themes, present=True)
        .annotate(cites=F("cited__number"))
        .order_by("position", "pk", "cited__position")
    )
    for _, same in groupby(lines, key=lambda line: line.pk):
        cited = list(same)
        row = cited[0]
        stages[row.theme_id][row.stage].append(
            model.Row(
                cells={kind: tuple(items) for kind, items in cells[row.pk].items()},
                feedback=tuple(line.cites for line in cited if line.cites is not None),
                feedback_text=tuple(row.feedback_text),
                name=row.name,
                theme_text=row.theme_text,
                source=_source(row),
            )
        )
    return {theme.pk: {stage: tuple(rows) for stage, rows in stages[theme.pk].items()} for theme in themes}


def _source(placed: Placed) -> model.Source | None:
    page, line, cell = placed.source_page, placed.source_line, placed.source_cell
    return model.Source(page=page, line=line, cell=cell) if (page, line, cell) != (None, None, None) else None
