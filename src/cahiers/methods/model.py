"""What a consultation method is made of."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A subject of the consultation; documents may shorten its title (`aliases`) and number it as they like."""

    key: str
    title: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A group of participants that a session form counts."""

    key: str
    label: str
    short_label: str
    counts_establishments: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A kind of statement as a column of a stage's table.

    `heading` is the printed header, `label` names one statement of that kind on screen, `plural` several.
    `aliases` are other headers that authors write over it.
    `cues` are words and shapes (regular expressions, matched whatever the case) that statements of the kind
    often have; they serve only where a source has lost its columns.
    """

    kind: str
    heading: str
    label: str
    plural: str
    aliases: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A step of the consultation: one table a theme, whose columns are kinds of statement.

    `minutes` is how long a meeting works on it, for a theme; `roles` are who does what there meanwhile.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    caption: str
    prompts: tuple[str, ...] = ()
    minutes: int = 30
    roles: tuple[str, ...] = ()
    cites_feedback: bool = False

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(column.kind for column in self.columns)

    def column(self, kind: str) -> Column:
        """Column of that kind. Raises KeyError where the stage has none."""
        for column in self.columns:
            if column.kind == kind:
                return column
        raise KeyError(kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackSheets:
    """Accounts of experience that open a theme, numbered within it, and that rows cite."""

    word: str
    title: str
    caption: str
    prompts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """How a consultation goes, from feedback sheets to its last stage."""

    key: str
    title: str
    theme_word: str
    theme_heading: str
    territory_heading: str
    themes: tuple[Theme, ...]
    categories: tuple[Category, ...]
    stages: tuple[Stage, ...]
    feedback: FeedbackSheets | None = None
    legend: str | None = None

    def __hash__(self) -> int:
        # Results are kept by method: hashing all of it, each time, would cost more than most of them.
        return hash(self.key)

    def stage(self, key: str) -> Stage:
        """Stage with that key. Raises KeyError where the method has none."""
        for stage in self.stages:
            if stage.key == key:
                return stage
        raise KeyError(key)

    def theme(self, key: str) -> Theme:
        """Theme with that key. Raises KeyError where the method has none."""
        for theme in self.themes:
            if theme.key == key:
                return theme
        raise KeyError(key)

    def with_themes(self, themes: tuple[Theme, ...]) -> "Method":
        """The same method for a consultation that has its own themes or aliases."""
        return replace(self, themes=themes)
