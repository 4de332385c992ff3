"""What stands in a notebook's tables, deleted or not, by the keys that its parts have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from cahiers.notebooks.actions.revising import Edit
from cahiers.notebooks.merging import ordering
from cahiers.notebooks.merging.keeping import key_of
from cahiers.notebooks.merging.tree import Key, Part, Place, Sort, Tree, lists_of
from cahiers.notebooks.models import STEP, ImportedFile, NotebookFeedback, NotebookTheme, Row, Statement
from cahiers.notebooks.staging import place_of

Known = Mapping[Key, NotebookFeedback] | Mapping[Key, Row] | Mapping[Key, Statement]


@dataclass(kw_only=True)
class Tables:
    """The notebook is `ours`, and becomes `result` by this edit."""

    edit: Edit
    file: ImportedFile
    ours: Tree
    result: Tree
    #: Keys in the notebook of what was new in the file.
    made: dict[Key, Key] = field(default_factory=dict)

    @cached_property
    def themes(self) -> dict[Key, NotebookTheme]:
        return {key_of(Sort.THEME, one.order): one for one in self.edit.notebook.themes.all()}

    @cached_property
    def sheets(self) -> dict[Key, NotebookFeedback]:
        found = NotebookFeedback.objects.filter(theme__notebook=self.edit.notebook)
        found = found.select_related("theme", "contribution__current")
        return {key_of(Sort.SHEET, one.contribution.uuid): one for one in found}

    @cached_property
    def rows(self) -> dict[Key, Row]:
        found = Row.objects.filter(theme__notebook=self.edit.notebook).select_related("current")
        return {key_of(Sort.ROW, one.uuid): one for one in found}

    @cached_property
    def statements(self) -> dict[Key, Statement]:
        found = Statement.objects.filter(row__theme__notebook=self.edit.notebook).select_related("current")
        return {key_of(Sort.STATEMENT, one.code): one for one in found}

    @cached_property
    def lists(self) -> dict[Place, list[Key]]:
        return lists_of(self.result)

    @cached_property
    def lists_before(self) -> dict[Place, list[Key]]:
        return lists_of(self.ours)

    def wanted(self, sort: Sort) -> list[Part]:
        return [part for part in self.result.values() if part.sort is sort]

    def gone(self, sort: Sort) -> list[Part]:
        return [part for key, part in self.ours.items() if part.sort is sort and key not in self.result]

    def theme_of(self, part: Part) -> NotebookTheme:
        return self.themes[self.here(part.place[0])]

    def here(self, key: Key) -> Key:
        """In the notebook, of what may go by its key in the file."""
        return self.made.get(key, key)

    def positions(self, sort: Sort, known: Known) -> dict[Key, int]:
        """New ones, in lists that hold other things than before or in another order."""
        found: dict[Key, int] = {}
        for place, keys in self.lists.items():
            before = self.lists_before.get(place, [])
            if self.result[keys[0]].sort is sort and keys != before:
                found.update(zip(keys, self._positions(keys, before, known), strict=True))
        return found

    def source(self, part: Part) -> dict[str, object]:
        """Where a new part stood in the file."""
        return place_of(part.source, self.file)

    @staticmethod
    def _positions(
        keys: Sequence[Key],
        before: Sequence[Key],
        known: Known,
    ) -> list[int]:
        stayed = set(before)
        return ordering.positions([known[key].position if key in stayed else None for key in keys], STEP)
