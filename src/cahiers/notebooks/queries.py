"""Reading notebooks: what pages, exports and downloads all stand on."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Final
from uuid import UUID

from cahiers.documents import model
from cahiers.meetings.models import Meeting
from cahiers.meetings.queries import form_of, with_forms
from cahiers.notebooks.models import Notebook, NotebookFeedback, NotebookTheme, Placed, Row, Statement

#: Columns of where a thing stood in its file.
SOURCE: Final = ("source_page", "source_line", "source_cell")


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
    # Values, here and below: a page of 200 statements took a third of its time to make objects of them first.
    sheets: dict[int, list[model.Feedback]] = defaultdict(list)
    said: dict[int, list[UUID]] = defaultdict(list)
    told = ("contribution__uuid", "contribution__scope", "contribution__current__text", "contribution__links")
    for theme_id, number, uuid, scope, text, links, *source in (
        NotebookFeedback.objects.filter(theme__in=themes)
        .order_by("position", "pk")
        .values_list("theme_id", "number", *told, *SOURCE)
    ):
        said[theme_id].append(uuid)
        sheets[theme_id].append(
            model.Feedback(number=number, scope=scope, text=text, links=tuple(links), source=_source(*source))
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
    for row_id, kind, code, text, emphasised, *source in (
        Statement.objects.filter(row__theme__in=themes, present=True)
        .order_by("position", "pk")
        .values_list("row_id", "kind", "code", "current__text", "emphasised", *SOURCE)
    ):
        codes[row_id][kind].append(code)
        cells[row_id][kind].append(model.Item(text=text, emphasised=emphasised, source=_source(*source)))
    stages: dict[int, dict[str, list[_Addressed]]] = defaultdict(lambda: defaultdict(list))
    # One line a cited number, or one alone: the join saves a query.
    lines = (
        Row.objects.filter(theme__in=themes, present=True)
        .order_by("position", "pk", "cited__position")
        .values_list(
            *("pk", "cited__number", "uuid", "theme_id", "stage", "name", "theme_text", "feedback_text"),
            *SOURCE,
        )
    )
    for pk, same in groupby(lines, key=itemgetter(0)):
        cited = list(same)
        uuid, theme_id, stage, name, theme_text, feedback_text, *source = cited[0][2:]
        written = model.Row(
            cells={kind: tuple(items) for kind, items in cells[pk].items()},
            feedback=tuple(number for _, number, *_ in cited if number is not None),
            feedback_text=tuple(feedback_text),
            name=name,
            theme_text=theme_text,
            source=_source(*source),
        )
        stages[theme_id][stage].append((written, uuid, codes[pk]))
    return stages


def source_of(placed: Placed) -> model.Source | None:
    """Where it stood in its file."""
    return _source(placed.source_page, placed.source_line, placed.source_cell)


def _source(page: int | None, line: int | None, cell: str | None) -> model.Source | None:
    return model.Source(page=page, line=line, cell=cell) if (page, line, cell) != (None, None, None) else None
