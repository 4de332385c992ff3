"""What came of reading a directory of schools, in words that the person importing can act on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from cahiers.territories.directory import Field

#: Problems kept to be shown; the others are only counted, so that a file that is all wrong stays small in memory.
SHOWN: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A line refused, or only remarked on; `column` is the header as written, empty where the whole line is meant."""

    line: int
    column: str = ""
    cell: str = ""
    reason: str
    refused: bool = True

    def __str__(self) -> str:
        place = f"Ligne {self.line}" + (f", colonne « {self.column} »" if self.column else "")
        cell = f"« {self.cell[:80]} », " if self.cell else ""
        return f"{place} : {cell}{self.reason}."


@dataclass(slots=True, kw_only=True)
class Report:
    """Counts of lines by what became of them; bassins are those that are new."""

    encoding: str
    separator: str
    columns: Mapping[Field, str]
    lines: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    #: Of a kind that was not asked for.
    left_out: int = 0
    #: Of an establishment that an earlier line of the file has told of.
    repeated: int = 0
    refused: int = 0
    basins: int = 0
    #: Whether the database holds it now: not after a dry run, nor where a refused line held back all the others.
    applied: bool = False
    problems: list[Problem] = field(default_factory=list)

    def add(self, problem: Problem) -> None:
        self.refused += problem.refused
        self.repeated += not problem.refused
        if len(self.problems) < SHOWN:
            self.problems.append(problem)

    @property
    def brings_something(self) -> bool:
        return bool(self.added or self.changed or self.basins)
