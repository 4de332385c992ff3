"""Any other table: columns by their names and by what they hold."""

from cahiers.contributions.tables.mapping import Mapping
from cahiers.contributions.tables.model import Table
from cahiers.contributions.tables.proposing import guessed
from cahiers.contributions.tables.shapes.shape import Shape
from cahiers.methods import Method


def propose(table: Table, method: Method) -> Mapping:
    return guessed(table, method)


SHAPE = Shape(name="generic", label="Tableau", accepts=lambda table: True, propose=propose)
