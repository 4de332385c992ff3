"""What differs between two states of a notebook."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cahiers.documents.model import Feedback, ThemeBlock
from cahiers.notebooks.merging.ordering import longest_rising
from cahiers.notebooks.queries import Addresses, State

#: A statement's list: order of the theme, stage, row, kind.
Cell = tuple[int, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A statement and where it stands."""

    text: str
    emphasised: bool
    cell: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Codes of the statements that differ, in reading order, and what differs besides."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    emphasised: tuple[str, ...] = ()
    #: Among "meetings", "themes", "sheets" and "rows".
    parts: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any(asdict(self).values())

    @property
    def statements(self) -> int:
        """How many statements differ, in whatever way."""
        return len({*self.added, *self.removed, *self.reworded, *self.moved, *self.emphasised})

    def as_data(self) -> dict[str, list[str]]:
        """As an edition keeps it."""
        return {name: list(found) for name, found in asdict(self).items() if found}

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> "Changes":
        return cls(**{name: tuple(found) for name, found in data.items()})


def standing(placed: Iterable[tuple[int, ThemeBlock, Addresses]]) -> dict[str, Standing]:
    """Statements by code, in reading order but for stages and kinds, which come as the themes hold them."""
    found: dict[str, Standing] = {}
    for order, block, addresses in placed:
        for stage, rows in block.stages.items():
            known = zip(rows, addresses.rows[stage], addresses.codes[stage], strict=True)
            for row, uuid, codes in known:
                for kind, items in row.cells.items():
                    for item, code in zip(items, codes[kind], strict=True):
                        found[code] = Standing(
                            text=item.text, emphasised=item.emphasised, cell=(order, stage, str(uuid), kind)
                        )
    return found


def changes(before: State, after: State) -> Changes:
    """All that differs."""
    statements = changes_of_statements(standing(before.placed), standing(after.placed))
    return Changes(**(asdict(statements) | {"parts": tuple(_parts(before, after))}))


def changes_of_statements(before: Mapping[str, Standing], after: Mapping[str, Standing]) -> Changes:
    """What differs between statements; one that differs in two ways is counted in both."""
    common = [code for code in after if code in before]
    moved = {code for code in common if before[code].cell != after[code].cell} | _reordered(before, after)
    return Changes(
        added=tuple(code for code in after if code not in before),
        removed=tuple(code for code in before if code not in after),
        reworded=tuple(code for code in common if before[code].text != after[code].text),
        moved=tuple(code for code in common if code in moved),
        emphasised=tuple(code for code in common if before[code].emphasised != after[code].emphasised),
    )


def _reordered(before: Mapping[str, Standing], after: Mapping[str, Standing]) -> set[str]:
    """The fewest that were moved inside their own list to bring it from one order to the other."""
    ranks = {code: rank for rank, code in enumerate(before)}
    stayed: dict[Cell, list[str]] = defaultdict(list)
    for code, one in after.items():
        if code in before and before[code].cell == one.cell:
            stayed[one.cell].append(code)
    found: set[str] = set()
    for codes in stayed.values():
        kept = longest_rising([ranks[code] for code in codes])
        found |= {code for code in codes if ranks[code] not in kept}
    return found


def _parts(before: State, after: State) -> Iterable[str]:
    if before.synthesis.meetings != after.synthesis.meetings:
        yield "meetings"
    if _titles(before) != _titles(after):
        yield "themes"
    if _sheets(before) != _sheets(after):
        yield "sheets"
    if _rows(before) != _rows(after):
        yield "rows"


def _titles(state: State) -> object:
    written = state.synthesis
    themes = [(order, block.key, block.number, block.title) for order, block, _ in state.placed]
    return written.method, written.territory, written.consultation, themes


def _sheets(state: State) -> dict[int, tuple[Feedback, ...]]:
    return {order: block.feedback for order, block, _ in state.placed}


def _rows(state: State) -> object:
    """Rows in order, with what they say besides their statements."""
    return {
        (order, stage): [
            (str(uuid), row.name, row.theme_text, row.feedback, row.feedback_text)
            for uuid, row in zip(addresses.rows[stage], rows, strict=True)
        ]
        for order, block, addresses in state.placed
        for stage, rows in block.stages.items()
    }


def in_words(found: Changes) -> list[str]:
    """Each sort of change as a few words with its count."""
    counted = (
        (ngettext("%d énoncé ajouté", "%d énoncés ajoutés", len(found.added)), found.added),
        (ngettext("%d énoncé supprimé", "%d énoncés supprimés", len(found.removed)), found.removed),
        (ngettext("%d énoncé reformulé", "%d énoncés reformulés", len(found.reworded)), found.reworded),
        (ngettext("%d énoncé déplacé", "%d énoncés déplacés", len(found.moved)), found.moved),
        (
            ngettext(
                "%d énoncé souligné, ou qui ne l’est plus",
                "%d énoncés soulignés, ou qui ne le sont plus",
                len(found.emphasised),
            ),
            found.emphasised,
        ),
    )
    parts = {
        "meetings": _("les sessions ont changé"),
        "themes": _("les titres ont changé"),
        "sheets": _("les retours d’expérience ont changé"),
        "rows": _("des lignes ont changé"),
    }
    return [words % len(codes) for words, codes in counted if codes] + [parts[part] for part in found.parts]
