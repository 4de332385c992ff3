"""Fictional syntheses to set in looks: the demo's regions, as they are or dealt out again into other rows."""

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import cahiers.demo
from cahiers.documents.interchange import from_dict
from cahiers.documents.model import Item, Row, Synthesis, ThemeBlock
from cahiers.methods import Method, Stage, get

METHOD: Final[Method] = get("etats-generaux")
DATA: Final = Path(cahiers.demo.__file__).parent / "data"
#: How often a plan takes up what a projection said, word for word.
TAKEN_UP: Final = 0.5
#: How many statements a cell may hold, each as likely.
SIZES: Final = (0, 1, 1, 1, 2, 2, 3, 4, 5)
#: Words that one statement may go on after as another does.
JOINT: Final = re.compile(r"(?<=\w) (?:pour|de|des|dans|avec|sans|par|qui|à|au|et|en|sur) (?=\w)")


def region(number: int) -> Synthesis:
    return from_dict(json.loads((DATA / f"region-{number}.json").read_text(encoding="utf-8")))


def dealt(source: Synthesis, seed: int, spliced: float = 0.0) -> Synthesis:
    """The same statements in other rows, of none to five a cell, and other numbers of rows.

    `spliced` is the share of them that end as another of their kind does.
    """
    return _Deal(source, random.Random(seed), spliced).synthesis()


class _Deal:
    def __init__(self, source: Synthesis, dice: random.Random, spliced: float) -> None:
        self.source = source
        self.dice = dice
        self.spliced = spliced
        self.all: dict[tuple[str, str], list[Item]] = {}
        for theme in source.themes:
            for stage, rows in theme.stages.items():
                for row in rows:
                    for kind, items in row.cells.items():
                        self.all.setdefault((stage, kind), []).extend(items)
        self.stock: dict[tuple[str, str], list[Item]] = {key: [] for key in self.all}

    def synthesis(self) -> Synthesis:
        return replace(self.source, themes=tuple(self._theme(theme) for theme in self.source.themes))

    def _theme(self, theme: ThemeBlock) -> ThemeBlock:
        stages: dict[str, tuple[Row, ...]] = {}
        for stage in METHOD.stages:
            said = [
                item for rows in stages.values() for row in rows for item in row.cells.get(stage.kinds[0], ())
            ]
            stages[stage.key] = tuple(self._row(stage, said) for _ in range(self.dice.randint(2, 5)))
        return replace(theme, stages=stages)

    def _row(self, stage: Stage, said: list[Item]) -> Row:
        cells = {kind: tuple(self._cell(stage, kind, said)) for kind in stage.kinds}
        if not any(cells.values()):
            return self._row(stage, said)
        cited = (self.dice.randint(1, 3),) if stage.cites_feedback and self.dice.random() < 0.7 else ()
        return Row(cells=cells, feedback=cited)

    def _cell(self, stage: Stage, kind: str, said: list[Item]) -> Iterator[Item]:
        for _ in range(self.dice.choice(SIZES)):
            if kind == stage.kinds[0] and said and self.dice.random() < TAKEN_UP:
                yield said.pop(0)
                continue
            stock = self.stock[stage.key, kind]
            if not stock:
                # Said once more, as happens.
                stock += self.dice.sample(self.all[stage.key, kind], len(self.all[stage.key, kind]))
            item = stock.pop()
            # No die is cast where nothing is spliced: documents dealt before that stay the same.
            if self.spliced and self.dice.random() < self.spliced:
                item = replace(item, text=self._splice(item.text, self.all[stage.key, kind]))
            yield item

    def _splice(self, text: str, others: Sequence[Item]) -> str:
        """The statement's beginning with the end that another has after the same word."""
        joints = list(JOINT.finditer(text))
        if not joints:
            return text
        joint = self.dice.choice(joints)
        ends = [tail for other in others for _, found, tail in [other.text.partition(joint[0])] if found]
        return text[: joint.end()] + self.dice.choice(ends)
