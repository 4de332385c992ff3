"""The themes of a workbook, gathered from the columns that every sheet repeats."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from cahiers.documents import sheets
from cahiers.documents.matching import fold, theme_key
from cahiers.documents.model import Warning
from cahiers.documents.readers.tables import Line, warning, whole_number
from cahiers.methods import Method


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme as the first line that names it does; `said` are its four columns as written."""

    index: int
    said: tuple[str, ...]
    key: str | None
    number: int | None
    title: str


@dataclass(slots=True)
class Themes:
    """Themes in the order in which sheets name them."""

    method: Method
    warnings: list[Warning]
    all: list[Theme] = field(default_factory=list)

    def split(self, lines: Iterable[Line]) -> list[tuple[Theme, list[Line]]]:
        """Lines by theme. One that names no theme belongs to that of the line above."""
        current: Theme | None = None
        found: dict[int, list[Line]] = {}
        for line in lines:
            current = self._theme(line, current)
            found.setdefault(current.index, []).append(line)
        return [(self.all[index], own) for index, own in found.items()]

    def _theme(self, line: Line, current: Theme | None) -> Theme:
        said = tuple(line.text(name) for name in sheets.THEME_COLUMNS)
        if not any(said) and current is not None:
            return current
        for theme in (current, *self.all):
            if theme is not None and any(said) and _same(said, theme.said):
                return theme
        return self._add(line, said)

    def _add(self, line: Line, said: tuple[str, ...]) -> Theme:
        title = line.text(sheets.THEME)
        number = whole_number(line, sheets.NUMBER, self.warnings)
        theme = Theme(len(self.all), said, self._key(line, title), number, title)
        self.all.append(theme)
        return theme

    def _key(self, line: Line, title: str) -> str | None:
        text = line.text(sheets.METHOD_THEME)
        if not text:
            return theme_key(title, self.method)
        if fold(text) == fold(sheets.NONE):
            return None
        for theme in self.method.themes:
            if sheets.theme_name(theme.key, self.method) == text:
                return theme.key
        key = theme_key(text, self.method)
        if key is None and re.fullmatch(r"[a-z0-9_.:-]+", text):
            return text  # the key of a theme that the consultation has beyond its method's
        if key is None:
            message = "Ce n’est pas une thématique de la méthode"
            self.warnings.append(warning(message, line.cells[sheets.METHOD_THEME]))
        return key


def _same(said: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Whether a line's theme columns, where they are filled, are those of a theme; a title counts always."""
    title = sheets.THEME_COLUMNS.index(sheets.THEME)
    return all(
        mine in (theirs, "") or (theirs == "" and place != title)
        for place, (mine, theirs) in enumerate(zip(said, known, strict=True))
    )
