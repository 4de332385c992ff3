"""Blocks of every shape, for writers of word processors' files, and what their readers make of them."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from cahiers.documents.blocks import Block, Cell, Paragraph, Role, Run, RunRole, Table
from cahiers.documents.readers.flow import flatten, table
from cahiers.documents.writers.looks import LOOKS

texts = st.one_of(
    st.sampled_from(("► Former", "- tiret", "=A1", "« cité »", "שלום", "👩\u200d🏫", "<b>&amp;</b>")),
    st.sampled_from(("  deux  espaces ", "a\tb")),
    st.text(
        st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"),
        min_size=1,
        max_size=20,
    ),
).filter(lambda text: bool(text.strip()))
runs = st.builds(Run, text=texts, emphasised=st.booleans(), role=st.none() | st.sampled_from(RunRole))
paragraphs = st.builds(
    Paragraph,
    runs=st.lists(runs, min_size=1, max_size=3).map(tuple),
    role=st.sampled_from([role for role in Role if role not in (Role.LEGEND, Role.FEEDBACK_LINK)]),
    listed=st.booleans(),
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table of two to four columns, some cells spanning two, a column perhaps merged downwards."""
    width = draw(st.integers(2, 4))
    rows = []
    merged = draw(st.booleans())
    for index in range(draw(st.integers(1, 4))):
        row = []
        left = width
        while left:
            span = draw(st.integers(1, min(2, left))) if left < width else 1
            goes_on = merged and index > 0 and left == width
            content = () if goes_on else draw(st.lists(paragraphs, max_size=2).map(tuple))
            row.append(Cell(paragraphs=content, span=span, continues=goes_on))
            left -= span
        rows.append(tuple(row))
    return Table(rows=tuple(rows), header_rows=draw(st.integers(0, len(rows) - 1)))


blocks = st.lists(paragraphs | tables(), max_size=5)


def read_as(document: Sequence[Block]) -> tuple[Block, ...]:
    """What readers find: neighbouring runs of one look joined, levels and kinds as the styles tell."""
    return tuple(_paragraph(block) if isinstance(block, Paragraph) else _table(block) for block in document)


def _paragraph(block: Paragraph) -> Paragraph:
    joined: list[Run] = []
    for run in block.runs:
        if joined and (joined[-1].emphasised, joined[-1].role) == (run.emphasised, run.role):
            joined[-1] = replace(run, text=joined[-1].text + run.text)
        else:
            joined.append(run)
    level = LOOKS[block.role].level if block.role is not None else None
    return replace(block, runs=tuple(joined), heading_level=level, listed=block.listed and level is None)


def _table(block: Table) -> Table:
    rows = tuple(
        tuple(replace(cell, paragraphs=tuple(map(_paragraph, flatten(cell.paragraphs)))) for cell in row)
        for row in block.rows
    )
    found = table(rows, header_rows=block.header_rows, source=None)
    assert found is not None
    return found
