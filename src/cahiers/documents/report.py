"""What was read of a document, in lines for a terminal: counts per theme and kind, and each warning."""

from collections.abc import Iterator, Sequence

from cahiers.documents.model import Synthesis, Warning
from cahiers.methods import Method

#: Room for a kind's name, so that five themes and their total fit a terminal of 80 columns.
_NAME = 30
_NUMBER = 7


def counts(synthesis: Synthesis, method: Method) -> Iterator[str]:
    """A line a theme, then a table: kinds down, themes across, their total last."""
    for order, theme in enumerate(synthesis.themes, start=1):
        yield f"  {_label(theme.number, order):>5}  {theme.title or '(sans titre)'}"
    labels = [_label(theme.number, order) for order, theme in enumerate(synthesis.themes, start=1)]
    yield _row("", [*labels, "total"])
    if method.feedback:
        yield _sum(f"{method.feedback.word} (fiches)", [len(theme.feedback) for theme in synthesis.themes])
    for stage in method.stages:
        rows = [theme.stages.get(stage.key, ()) for theme in synthesis.themes]
        yield _sum(f"{stage.title} (lignes)", [len(own) for own in rows])
        for column in stage.columns:
            numbers = [sum(len(row.cells.get(column.kind, ())) for row in own) for own in rows]
            yield _sum(f"  {column.plural}", numbers)


def warnings(found: Sequence[Warning]) -> Iterator[str]:
    """A line a warning, its place first."""
    places = [str(warning.source or "") or "document" for warning in found]
    width = max(map(len, places), default=0)
    for place, warning in zip(places, found, strict=True):
        text = f" « {warning.text} »" if warning.text else ""
        yield f"  {place:<{width}}  {warning.message}{text}"


def item_count(synthesis: Synthesis) -> int:
    """Statements in all tables."""
    return sum(
        len(items)
        for theme in synthesis.themes
        for rows in theme.stages.values()
        for row in rows
        for items in row.cells.values()
    )


def _label(number: int | None, order: int) -> str:
    return f"({order})" if number is None else f"n° {number}"


def _sum(name: str, numbers: Sequence[int]) -> str:
    return _row(name, [str(number or "·") for number in numbers] + [str(sum(numbers))])


def _row(name: str, cells: Sequence[str]) -> str:
    short = name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"
    return f"  {short:<{_NAME}}" + "".join(f"{cell:>{_NUMBER}}" for cell in cells)
