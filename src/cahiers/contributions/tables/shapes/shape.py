"""What a shape is: how a platform's exports are recognised, and the mapping that they need."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from cahiers.contributions.tables.mapping import Mapping
from cahiers.contributions.tables.model import Table, column_key
from cahiers.methods import Method

#: Languages by order of preference; what a machine translated comes after what anybody wrote.
LANGUAGES: Final = ("fr", "en", "de", "es", "it", "ca", "nl", "pt", "oc", "br", "eu", "co")
MACHINE: Final = "machine_translations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """`label` is French, for the screen."""

    name: str
    label: str
    accepts: Callable[[Table], bool]
    propose: Callable[[Table, Method], Mapping]


class Names:
    """Names of a table's columns, found whatever their case, accents and punctuation."""

    def __init__(self, table: Table) -> None:
        self._names = {column.key: column.name for column in table.columns}
        self.keys = self._names.keys()

    def any(self, *names: str) -> tuple[str, ...]:
        """Those of these columns that the table has, as it writes them."""
        return tuple(self._names[key] for key in map(column_key, names) if key in self._names)

    def one(self, *names: str) -> tuple[str, ...]:
        """The first of them that it has."""
        return self.any(*names)[:1]

    def count(self, names: Iterable[str]) -> int:
        return len(self.any(*names))

    def spoken(self, name: str) -> tuple[str, ...]:
        """The column and those of its languages (title, title/fr, title/machine_translations/fr), best first."""
        base = column_key(name)
        found = [key for key in self._names if key == base or self._names[key].startswith(f"{name}/")]

        def order(key: str) -> tuple[bool, bool, int]:
            parts = self._names[key].split("/")
            code = parts[-1][:2].lower()
            known = LANGUAGES.index(code) if code in LANGUAGES else len(LANGUAGES)
            return MACHINE in parts, key != base, known

        return tuple(self._names[key] for key in sorted(found, key=order))
