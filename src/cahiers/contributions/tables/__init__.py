"""Other platforms' exports into records: any file to a table, a table to a mapping, a mapping to what people said.

Usable alone: no Django, no clock, no network.

    table = open_table(stream, "reponses.csv")
    mapping = propose(table, recognise(table), method)
    for one in records(table, mapping): ...
"""

from cahiers.contributions.tables.mapping import BadMapping, Mapping, Text
from cahiers.contributions.tables.matching import (
    Directory,
    How,
    Match,
    Place,
    match_categories,
    match_kinds,
    match_territories,
    match_themes,
)
from cahiers.contributions.tables.model import (
    MAX_TEXT,
    PROBLEM_COLUMN,
    Column,
    Content,
    Line,
    Table,
    column_key,
)
from cahiers.contributions.tables.opening import open_structure, open_table
from cahiers.contributions.tables.outcomes import Problem, Record, Tally
from cahiers.contributions.tables.records import UnknownColumns, records
from cahiers.contributions.tables.rejected import write as write_rejected
from cahiers.contributions.tables.shapes import SHAPES, recognise
from cahiers.contributions.tables.shapes.shape import Shape
from cahiers.contributions.tables.structures import Structure
from cahiers.contributions.tables.values import as_date
from cahiers.documents.errors import Unreadable
from cahiers.methods import Method

__all__ = [
    "MAX_TEXT",
    "PROBLEM_COLUMN",
    "SHAPES",
    "BadMapping",
    "Column",
    "Content",
    "Directory",
    "How",
    "Line",
    "Mapping",
    "Match",
    "Place",
    "Problem",
    "Record",
    "Shape",
    "Structure",
    "Table",
    "Tally",
    "Text",
    "UnknownColumns",
    "Unreadable",
    "as_date",
    "column_key",
    "match_categories",
    "match_kinds",
    "match_territories",
    "match_themes",
    "open_structure",
    "open_table",
    "propose",
    "recognise",
    "records",
    "write_rejected",
]


def propose(table: Table, shape: Shape, method: Method) -> Mapping:
    """The mapping that a shape proposes, for a person to look at."""
    return shape.propose(table, method)
