"""Google Forms: its answers as CSV or as the sheet they are kept in, which begins with the time of each.

Source: Google's help page "View & manage form responses"; the first column is "Horodateur" in French accounts.
"""

from typing import Final

from cahiers.contributions.tables.mapping import Mapping
from cahiers.contributions.tables.model import Table
from cahiers.contributions.tables.proposing import guessed
from cahiers.contributions.tables.shapes.shape import Shape
from cahiers.methods import Method

TIME: Final = frozenset({"horodateur", "horodatage", "timestamp"})


def accepts(table: Table) -> bool:
    return bool(table.columns) and table.columns[0].index == 0 and table.columns[0].key in TIME


def propose(table: Table, method: Method) -> Mapping:
    return guessed(
        table, method, shape="google_forms", given={"date": (table.columns[0].name,)}, aside={"score"}
    )


SHAPE = Shape(name="google_forms", label="Google Forms", accepts=accepts, propose=propose)
