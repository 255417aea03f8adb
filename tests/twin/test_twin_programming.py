"""The twin of programmes, integration, solidarity and coordinated functions."""

import pytest

from areavasta import Settings
from experiments import compose
from tests.twin.comparison import differences
from tests.twin.thinning import thinned

PROGRAMMES = (
    "scenario.programming.programmes=1.0", "scenario.programming.implementation=1.0",
    "scenario.programming.agreements=20.0",
)  # fmt: skip
POOL = ("scenario.solidarity.share=1.0", "scenario.solidarity.ambit=area")
UNIONS = ("scenario.programming.drafter=union", "scenario.programming.agreements=5.0")
BOTH = ("scenario.programming.drafter=both", "scenario.programming.agreements=5.0")
ENVELOPE = ("scenario.allocation.area.per_head=40.0", "scenario.allocation.area.earmark=1.0")


def case(*changes: str, scenario: str = "status_quo") -> Settings:
    return compose(f"scenarios={scenario}", "territory=synthetic", *changes)


@pytest.mark.parametrize(
    "changes",
    thinned(
        [
            ("scenario.programming.programmes=0.0",),
            PROGRAMMES,
            (*PROGRAMMES[:2], "scenario.programming.quorum=0.0"),
            (*UNIONS, "scenario.programming.programmes=0.3"),
            (*UNIONS, "scenario.programming.programmes=1.0", "parameters.programming.autonomy=18.0"),
            (*UNIONS, "scenario.taxation.effort_floor=0.5", "scenario.equalisation.cut_per_head=400.0"),
            (*BOTH, "scenario.programming.programmes=0.3", "scenario.programming.implementation=0.8"),
            (*BOTH, "scenario.programming.programmes=1.0", "scenario.programming.covers.economy=0.5"),
            (
                *PROGRAMMES,
                "scenario.programming.covers.economy=0.5",
                "scenario.programming.covers.social=0.0",
            ),
            (*PROGRAMMES, "scenario.integration.alignment=0.5", "parameters.wellbeing.substitution=0.0"),
            (
                *PROGRAMMES,
                "parameters.integration.complementarity=1.0",
                "scenario.taxation.area_revenue_ratio=0.0",
            ),
            ("scenario.solidarity.share=0.5",),
            POOL,
            (*POOL, "scenario.equalisation.cut_per_head=300.0"),
            ("scenario.allocation.area.earmark=0.0",),
            ("scenario.allocation.area.per_head=0.0", "scenario.allocation.area.earmark=1.0"),
            ENVELOPE,
            ("scenario.allocation.area.per_head=900.0", "scenario.allocation.area.earmark=1.0"),
        ]
    ),
    ids=str,
)
def test_each_instrument(changes: tuple[str, ...]) -> None:
    assert differences(case(*changes)) == []


@pytest.mark.parametrize("scenario", ["stronger_provinces", "regional_centralism"])
@pytest.mark.parametrize("draw", thinned([0, 1, 5]))
def test_all_at_once_while_functions_move(scenario: str, draw: int) -> None:
    settings = case(*PROGRAMMES, *POOL, *ENVELOPE, scenario=scenario)
    settings.scenario.changes = {2029: {"programming": {"agreements": 0.0}, "solidarity": {"ambit": "union"}}}
    assert differences(settings, draw=draw) == []


@pytest.mark.parametrize("territory", ["toy", "emilia_romagna"])
@pytest.mark.parametrize("drafter", ["area", "both"])
def test_all_at_once(territory: str, drafter: str) -> None:
    drafters = f"scenario.programming.drafter={drafter}"
    settings = compose(
        "scenarios=status_quo", f"territory={territory}", *PROGRAMMES, *POOL, *ENVELOPE, drafters
    )
    assert differences(settings) == []


def test_unions_draft_while_communes_come_and_go() -> None:
    """Municipal autonomy brings exits and dissolutions; areas draft alone again from 2030."""
    settings = case(*BOTH, "scenario.programming.programmes=0.5", scenario="municipal_autonomy")
    settings.scenario.changes = {2030: {"programming": {"drafter": "area"}}}
    assert differences(settings, draw=1) == []
