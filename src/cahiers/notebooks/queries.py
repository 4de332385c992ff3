"""Reading notebooks: what pages, exports and downloads all stand on."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from uuid import UUID

from django.db.models import F

from cahiers.documents import model
from cahiers.meetings.models import Meeting
from cahiers.meetings.queries import form_of, with_forms
from cahiers.notebooks.models import Notebook, NotebookFeedback, NotebookTheme, Placed, Row, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """What the rows and statements of a theme are known by, in its order; empty for who need not know."""

    #: By stage.
    rows: Mapping[str, Sequence[UUID]] = field(default_factory=dict)
    #: By stage, then for each row by kind: statements' codes.
    codes: Mapping[str, Sequence[Mapping[str, Sequence[str]]]] = field(default_factory=dict)
    #: What its feedback sheets say, as contributions.
    sheets: Sequence[UUID] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """All that a notebook holds at one time, and what its parts are known by."""

    synthesis: model.Synthesis
    #: Numbers of its meetings in the consultation.
    meetings: tuple[int, ...]
    #: Each theme's order, which stands in its address, and what leads to what it holds.
    themes: tuple[tuple[int, Addresses], ...]

    @property
    def placed(self) -> list[tuple[int, model.ThemeBlock, Addresses]]:
        """Its themes with both."""
        return [
            (order, block, addresses)
            for (order, addresses), block in zip(self.themes, self.synthesis.themes, strict=True)
        ]


def state_of(notebook: Notebook) -> State:
    """The notebook as it is now, in at most eight queries; `notebook` comes with its consultation."""
    held = with_forms(Meeting.objects.filter(notebook_links__notebook=notebook))
    meetings = list(held.order_by("notebook_links__position", "notebook_links__pk"))
    themes = list(notebook.themes.select_related("theme").order_by("order"))
    blocks = _blocks(themes)
    return State(
        synthesis=model.Synthesis(
            method=notebook.consultation.method_key,
            territory=notebook.territory_text,
            consultation=notebook.consultation_text,
            meetings=tuple(map(form_of, meetings)),
            themes=tuple(block for block, _ in blocks),
        ),
        meetings=tuple(meeting.number for meeting in meetings),
        themes=tuple((theme.order, addresses) for theme, (_, addresses) in zip(themes, blocks, strict=True)),
    )


def synthesis_of(notebook: Notebook) -> model.Synthesis:
    """The notebook as documents hold it now."""
    return state_of(notebook).synthesis


def block_of(theme: NotebookTheme) -> model.ThemeBlock:
    """One theme of a notebook, in four queries."""
    return addressed(theme)[0]


def addressed(theme: NotebookTheme) -> tuple[model.ThemeBlock, Addresses]:
    """The same, with what leads to each row and statement."""
    return _blocks([theme])[0]


def _blocks(themes: list[NotebookTheme]) -> list[tuple[model.ThemeBlock, Addresses]]:
    sheets: dict[int, list[model.Feedback]] = defaultdict(list)
    said: dict[int, list[UUID]] = defaultdict(list)
    for sheet in (
        NotebookFeedback.objects.filter(theme__in=themes)
        .select_related("contribution__current")
        .order_by("position", "pk")
    ):
        said[sheet.theme_id].append(sheet.contribution.uuid)
        sheets[sheet.theme_id].append(
            model.Feedback(
                number=sheet.number,
                scope=sheet.contribution.scope,
                text=sheet.contribution.current.text,
                links=tuple(sheet.contribution.links),
                source=source_of(sheet),
            )
        )
    stages = _stages(themes)
    return [
        (
            model.ThemeBlock(
                key=theme.theme.key if theme.theme else None,
                number=theme.number,
                title=theme.title,
                feedback=tuple(sheets[theme.pk]),
                stages={stage: tuple(row for row, *_ in rows) for stage, rows in stages[theme.pk].items()},
            ),
            Addresses(
                rows={stage: [uuid for _, uuid, _ in rows] for stage, rows in stages[theme.pk].items()},
                codes={stage: [codes for *_, codes in rows] for stage, rows in stages[theme.pk].items()},
                sheets=said[theme.pk],
            ),
        )
        for theme in themes
    ]


#: A row, its uuid, and the codes of its statements by kind.
_Addressed = tuple[model.Row, UUID, Mapping[str, Sequence[str]]]


def _stages(themes: list[NotebookTheme]) -> Mapping[int, Mapping[str, list[_Addressed]]]:
    """Rows by theme and stage."""
    codes: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    cells: dict[int, dict[str, list[model.Item]]] = defaultdict(lambda: defaultdict(list))
    for statement in (
        Statement.objects.filter(row__theme__in=themes, present=True)
        .select_related("current")
        .order_by("position", "pk")
    ):
        codes[statement.row_id][statement.kind].append(statement.code)
        cells[statement.row_id][statement.kind].append(
            model.Item(
                text=statement.current.text, emphasised=statement.emphasised, source=source_of(statement)
            )
        )
    stages: dict[int, dict[str, list[_Addressed]]] = defaultdict(lambda: defaultdict(list))
    # One line a cited number, or one alone: the join saves a query.
    lines = (
        Row.objects.filter(theme__in=themes, present=True)
        .annotate(cites=F("cited__number"))
        .order_by("position", "pk", "cited__position")
    )
    for _, same in groupby(lines, key=lambda line: line.pk):
        cited = list(same)
        row = cited[0]
        written = model.Row(
            cells={kind: tuple(items) for kind, items in cells[row.pk].items()},
            feedback=tuple(line.cites for line in cited if line.cites is not None),
            feedback_text=tuple(row.feedback_text),
            name=row.name,
            theme_text=row.theme_text,
            source=source_of(row),
        )
        stages[row.theme_id][row.stage].append((written, row.uuid, codes[row.pk]))
    return stages


def source_of(placed: Placed) -> model.Source | None:
    """Where it stood in its file."""
    page, line, cell = placed.source_page, placed.source_line, placed.source_cell
    return model.Source(page=page, line=line, cell=cell) if (page, line, cell) != (None, None, None) else None
