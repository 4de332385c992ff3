"""Blocks and back: what `compose` lays out, `interpret` reads."""

from hypothesis import HealthCheck, given, settings

from cahiers.documents.compose import compose
from cahiers.documents.interpret import interpret
from cahiers.documents.model import Synthesis
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
