"""What the cells of a line say: a value, a code of the survey's in words, addresses; or the problem with one."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from cahiers.contributions.tables.bodies import plain, short
from cahiers.contributions.tables.model import Column, Line
from cahiers.contributions.tables.outcomes import Problem
from cahiers.contributions.tables.values import is_nothing

#: Characters of a cell that a problem shows.
MAX_SHOWN: Final = 120
#: Columns of a target: position, and the column where its cells hold codes.
Target = tuple[tuple[int, Column | None], ...]
UNKNOWN_CHOICE: Final = "Cette réponse n’est pas de celles que le questionnaire propose."


def value_of(cell: str) -> str:
    """What a short cell says; "" where it says nothing."""
    value = short(cell)
    return "" if is_nothing(value) else value


#: Characters under which a cell is one that comes again and again: a category, a place.
OFTEN: Final = 80
value_often = lru_cache(maxsize=1 << 14)(value_of)


def first_of(line: Line, target: Target, problems: list[Problem]) -> str:
    """The first cell that says something, a code of the survey's in words."""
    cells = line.cells
    for place, coded in target:
        if cell := cells[place]:
            value = value_often(cell) if len(cell) < OFTEN else value_of(cell)
            if value:
                return worded(coded, value, line, problems) if coded else value
    return ""


def joined(cells: Sequence[str], target: Target) -> str:
    return " ".join([value for place, _ in target if (value := short(cells[place]))])


def addresses(cells: Sequence[str], target: Target) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for place, _ in target:
        if cells[place]:
            for part in plain(cells[place])[0].replace(";", " ").replace(",", " ").split():
                if part.startswith(("http://", "https://", "www.")):
                    found[part] = None
    return tuple(found)


def worded(column: Column, value: str, line: Line, problems: list[Problem]) -> str:
    if (label := column.choices.get(value)) is not None:
        return label
    if value in column.choices.values():
        return value
    problems.append(problem(line, column.name, value, UNKNOWN_CHOICE, "unknown_choice"))
    return ""


def problem(line: Line, column: str, cell: str, sentence: str, code: str) -> Problem:
    return Problem(line.number, column, shown(cell), sentence, code)


def shown(cell: str) -> str:
    cell = short(cell[: 4 * MAX_SHOWN])
    return cell if len(cell) <= MAX_SHOWN else cell[: MAX_SHOWN - 1] + "…"


def language_of(name: str) -> str:
    """Code at the end of a name such as "body/fr"."""
    code = name.rpartition("/")[2] if "/" in name else ""
    return code if len(code) == 2 or (len(code) == 5 and code[2] in "-_") else ""
