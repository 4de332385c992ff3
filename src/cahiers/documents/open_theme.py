"""A theme and its feedback sheets while a document is read."""

import re
from dataclasses import dataclass, field

from cahiers.documents.blocks import Paragraph, Role
from cahiers.documents.model import Feedback, Row, Source, ThemeBlock
from cahiers.documents.normal import is_link, tidy


@dataclass(slots=True, kw_only=True)
class OpenSheet:
    """A feedback sheet while it is read."""

    number: int | None
    scope: str | None
    source: Source | None
    lines: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def take(self, paragraph: Paragraph) -> None:
        text = tidy(paragraph.text)
        if not text and paragraph.role is not Role.FEEDBACK_TEXT:
            return
        if paragraph.role is Role.FEEDBACK_LINK or (paragraph.role is None and is_link(text)):
            self.links.append(text)
        else:
            self.lines.append(text)

    def feedback(self) -> Feedback:
        return Feedback(
            number=self.number,
            scope=self.scope,
            text="\n".join(self.lines),
            links=tuple(self.links),
            source=self.source,
        )


@dataclass(slots=True, kw_only=True)
class OpenTheme:
    """A theme's block while it is read."""

    title: str
    number: int | None
    key: str | None
    is_styled: bool = False
    """Whether its bar has the style of our own documents."""
    sheets: list[OpenSheet] = field(default_factory=list)
    stages: dict[str, list[Row]] = field(default_factory=dict)

    def announces(self, later: "OpenTheme") -> bool:
        """Whether this is a line of a table of contents: the later theme's bar, perhaps a page's number, no more."""
        if self.is_styled or self.sheets or self.stages or self.number != later.number:
            return False
        rest = self.title.removeprefix(later.title)
        return not rest or (rest != self.title and re.match(r"\W+\d", rest) is not None)

    def block(self) -> ThemeBlock:
        return ThemeBlock(
            key=self.key,
            number=self.number,
            title=self.title,
            feedback=tuple(sheet.feedback() for sheet in self.sheets),
            stages={key: tuple(rows) for key, rows in self.stages.items()},
        )
