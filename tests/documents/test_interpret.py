"""Blocks and back: what `compose` lays out, `interpret` reads."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from cahiers.documents.compose import compose
from cahiers.documents.interpret import interpret
from cahiers.documents.model import Item, Row, Synthesis, ThemeBlock
from cahiers.documents.normal import equal
from cahiers.methods import get
from tests.documents.strategies import syntheses

METHOD = get("etats-generaux")
RETROSPECTIVE = get("retrospective")


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(syntheses(METHOD))
def test_composed_blocks_read_back(synthesis: Synthesis) -> None:
    if not synthesis.themes and not synthesis.meetings:
        return
    read = interpret(compose(synthesis, METHOD), METHOD)
    assert read == synthesis
    assert read.warnings == ()


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(syntheses(RETROSPECTIVE))
def test_second_method_reads_back(synthesis: Synthesis) -> None:
    if not synthesis.themes and not synthesis.meetings:
        return
    assert equal(interpret(compose(synthesis, RETROSPECTIVE), RETROSPECTIVE), synthesis)


def test_stages_with_the_same_columns_are_told_apart_by_their_headings() -> None:
    first, second = (replace(RETROSPECTIVE.stages[0], key=f"tour{n}", title=f"Tour {n}") for n in (1, 2))
    method = replace(RETROSPECTIVE, key="tours", stages=(first, second))
    stages = {"tour2": (Row(cells={"keep": (Item(text="Le café du lundi"),)}),)}
    theme = ThemeBlock(key=None, number=1, title="Nos réunions", feedback=(), stages=stages)
    synthesis = Synthesis(method="tours", territory=None, meetings=(), themes=(theme,))
    assert equal(interpret(compose(synthesis, method), method), synthesis)
