"""What every installed method must hold, and that the first is the one the field uses."""

import pytest

from cahiers import methods
from cahiers.methods import Method, Theme


@pytest.fixture(params=methods.keys())
def method(request: pytest.FixtureRequest) -> Method:
    return methods.get(request.param)


def test_keys_are_unique_within_a_method(method: Method) -> None:
    for keys in (
        [theme.key for theme in method.themes],
        [category.key for category in method.categories],
        [stage.key for stage in method.stages],
        *[list(stage.kinds) for stage in method.stages],
    ):
        assert len(keys) == len(set(keys))


def test_a_method_has_a_stage_with_columns(method: Method) -> None:
    assert method.stages
    assert all(stage.columns for stage in method.stages)


def test_parts_are_found_by_key(method: Method) -> None:
    stage = method.stages[0]
    assert method.stage(stage.key) is stage
    assert stage.column(stage.kinds[0]).kind == stage.kinds[0]
    with pytest.raises(KeyError):
        method.stage("unknown")
    with pytest.raises(KeyError):
        stage.column("unknown")
    with pytest.raises(KeyError):
        method.theme("unknown")


def test_etats_generaux_has_the_stages_of_the_field() -> None:
    method = methods.get("etats-generaux")
    assert {stage.key: stage.kinds for stage in method.stages} == {
        "diagnosis": ("irritant", "strength"),
        "projections": ("irritant", "need", "lever"),
        "action_plan": ("lever", "action", "actor", "timing", "indicator"),
    }
    assert [category.key for category in method.categories] == [
        "primary_teams",
        "secondary_teams",
        "academic_representatives",
        "users",
        "associations",
        "elected_officials",
        "researchers",
        "operators",
        "edtech",
    ]
    assert [category.key for category in method.categories if category.counts_establishments] == [
        "primary_teams",
        "secondary_teams",
    ]


def test_a_consultation_hands_its_own_themes() -> None:
    own = methods.get("etats-generaux").with_themes((Theme(key="meals", title="Bien manger"),))
    assert own.theme("meals").title == "Bien manger"
    assert own.stages == methods.get("etats-generaux").stages


def test_an_unknown_method_is_refused() -> None:
    with pytest.raises(KeyError):
        methods.get("unknown")


def test_a_meeting_knows_how_long_a_stage_takes_and_who_does_what(method: Method) -> None:
    for stage in method.stages:
        assert 5 <= stage.minutes <= 240
        assert stage.roles
