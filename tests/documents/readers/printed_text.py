"""Prints a synthesis as text extracted from a PDF: columns lost, lines wrapped to the columns' widths, weak marks."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cahiers.documents.model import Row, Synthesis, ThemeBlock
from cahiers.documents.readers.txt.metrics import METRICS, Metric
from cahiers.methods import Method, Stage

HELVETICA = METRICS[0]


@dataclass
class Printer:
    """How a document was set: widths of the statements' columns by stage, and how often a cell's end shows."""

    method: Method
    widths: dict[str, Sequence[float]]
    theme_width: float = 12.0
    measure: Metric = HELVETICA
    blank: float = 0.6
    double: float = 0.2
    bullet: str = "►"
    seed: int = 0
    out: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)

    def text(self, synthesis: Synthesis) -> str:
        for theme in synthesis.themes:
            self._theme(theme)
        return "\n".join(self.out) + "\n"

    def _say(self, *lines: str) -> None:
        for line in lines:
            self.out += [f"{line} ", ""]

    def _theme(self, theme: ThemeBlock) -> None:
        self._say(f" {self.method.theme_word} N°{theme.number} : {theme.title}")
        for number, stage in enumerate(self.method.stages, start=1):
            self._say(" ", f"{number}. {stage.title}", *(f"■ {prompt}" for prompt in stage.prompts))
            if number == 1 and self.method.feedback is not None:
                for sheet in theme.feedback:
                    self._say(
                        f"{self.method.feedback.word} {sheet.number} ({sheet.scope})", *sheet.text.split("\n")
                    )
                    self._say(*sheet.links, " ")
                self._say(self.method.feedback.caption)
            self._header(stage)
            for row in theme.stages.get(stage.key, ()):
                self._row(row, theme, stage)
            self._say(stage.caption)

    def _header(self, stage: Stage) -> None:
        headings = [self.method.theme_heading]
        if stage.cites_feedback and self.method.feedback is not None:
            headings.append(self.method.feedback.word)
        for heading in (*headings, *(column.heading for column in stage.columns)):
            self._say(*self._wrapped(heading, 11.0))

    def _row(self, row: Row, theme: ThemeBlock, stage: Stage) -> None:
        self._say(*self._wrapped(f"{self.bullet} {row.theme_text or theme.title}", self.theme_width))
        self._say(" ")
        cells: list[tuple[list[str], float]] = []
        if stage.cites_feedback:
            cited = [", ".join(map(str, row.feedback))] if row.feedback else []
            cells.append(([*cited, *row.feedback_text], 7.0))
        for kind, width in zip(stage.kinds, self.widths[stage.key], strict=True):
            cells.append(([item.text for item in row.cells.get(kind, ())], width))
        waiting = ""
        for texts, width in cells:
            lines = [line for text in texts for line in self._wrapped(f"{self.bullet} {text}", width)]
            if not lines:
                continue
            lines[0] = f"{waiting} {lines[0]}".strip()
            # A cell of one line and its neighbour's first line are one line of text.
            waiting = lines.pop() if len(lines) == 1 else ""
            self._say(*lines)
            if lines:
                self._end_cell()
        if waiting:
            self._say(waiting)

    def _end_cell(self) -> None:
        mark = self.random.random()
        if mark < self.blank:
            self._say(" ")
        elif mark < self.blank + self.double:
            self.out[-2] += " "

    def _wrapped(self, text: str, width: float) -> Iterator[str]:
        line = ""
        for word in text.split():
            longer = f"{line} {word}".strip()
            if line and self.measure(longer.removeprefix(f"{self.bullet} ")) > width:
                yield line
                longer = word
            line = longer
        yield line
