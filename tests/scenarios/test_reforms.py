"""Every shipped scenario does what it says, on the real region; a reform without a row here fails."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from areavasta import TerritorialModel
from experiments._hydra import PROJECT_ROOT, compose

YEARS = 8
"""To 2033: transition is over and taxes have answered."""

EXPECTED: dict[str, dict[str, int]] = {
    "status_quo": {},
    # Money goes where need is. Who gains depends on the imputed history: small communes as often as others.
    "needs_based_fund": {"misallocation": -1},
    # One holder for each function is clearer and cheaper for small communes; reorganising costs.
    "stronger_provinces": {"clarity": 1, "cost_by_commune": -1, "area_spending": 1, "transition_total": 1},
    "regional_centralism": {"clarity": 1, "regional_spending": 1, "area_spending": -1, "transition_total": 1},
    # Areas and the region know more and help more, at their own expense; the fund follows observed needs.
    "knowledge_first": {
        "information": 1,
        "need_error": -1,
        "misallocation": -1,
        "slack": -1,
        "cost_small": -1,
        "trust": 1,
        "knowledge_cost": 1,
    },
    # Small communes enter, cost less and are served better.
    "unions_everywhere": {"communes_in_unions": 1, "cost_by_commune": -1, "service_small": 1},
    # Members are freer to go and paid less to stay.
    "municipal_autonomy": {"communes_in_unions": -1, "exits": 1, "cost_by_commune": 1},
    "no_incentives": {"communes_in_unions": -1, "exits": 1, "cost_by_commune": 1},
    # The State pays less, services fall, councils tax more where they still can.
    "fund_cut": {"money_state": -1, "service": -1, "tax_effort": 1, "below_essential": 1},
    # More need for the same money: services cost more and fall, councils tax more.
    "ageing_region": {"cost": 1, "service": -1, "tax_effort": 1},
    # Levels that bargain trust each other more; each asks for what favours it, and need is served less.
    "strong_codecision": {
        "trust": 1,
        "coordination_cost": -1,
        "distance_from_proposal": 1,
        "misallocation": 1,
    },
    # Metropolitan functions have one holder, and the region's proposal is no longer its own alone.
    "metropolitan_leap": {"clarity": 1, "area_spending": 1, "transition_total": 1},
    # The seed as a whole: clearer, better known, more joint work, cheaper, with more trust.
    "multilevel_governance": {
        "clarity": 1,
        "information": 1,
        "slack": -1,
        "cost": -1,
        "trust": 1,
        "integration": 1,
        "communes_in_unions": 1,
        "misallocation": -1,
        "service_lowest_fifth": 1,
        "ampi": 1,
        "transition_total": 1,
    },
}
"""Direction in which indicators must move against present law, at the defaults and in one draw."""


@cache
def run(scenario: str, draw: int) -> TerritorialModel:
    settings = compose(f"scenarios={scenario}")
    return TerritorialModel(settings, seed=1, draw=draw).run_years(YEARS)


def shipped() -> list[str]:
    return sorted(path.stem for path in (PROJECT_ROOT / "scenarios").glob("*.yaml"))


def test_every_scenario_has_its_expected_result() -> None:
    assert shipped() == sorted(EXPECTED)


@pytest.mark.parametrize("draw", [0, 1])
@pytest.mark.parametrize("scenario", sorted(EXPECTED))
def test_each_reform_moves_what_it_is_for(scenario: str, draw: int) -> None:
    reform, present = run(scenario, draw), run("status_quo", draw)
    for indicator, direction in EXPECTED[scenario].items():
        difference = reform.observation.latest(indicator) - present.observation.latest(indicator)
        assert difference * direction > 0, f"{indicator} moved by {difference}"


MOVES_STATE_MONEY = {"status_quo", "fund_cut", "ageing_region"}
"""Present law itself, a cut by the State, and a context in which the people whom the fund counts change."""


@pytest.mark.parametrize("scenario", sorted(set(EXPECTED) - MOVES_STATE_MONEY))
def test_reforms_leave_the_state_s_money_alone(scenario: str) -> None:
    """Equal money: net payments of the State to the territory differ by no more than rounding."""
    reform, present = run(scenario, 0), run("status_quo", 0)
    difference = reform.observation.latest("money_state") - present.observation.latest("money_state")
    assert abs(difference) < 1e-4


def test_a_reform_that_changes_nothing_gives_exactly_nothing(null_reform_root: Path) -> None:
    settings = compose("scenarios=null_reform", root=null_reform_root)
    reform = TerritorialModel(settings, seed=1, draw=3, replicate=2).run_years(5).observation.tables()
    present = compose("scenarios=status_quo")
    base = TerritorialModel(present, seed=1, draw=3, replicate=2).run_years(5).observation.tables()
    for table in ("indicators", "communes", "flows"):
        for column, values in getattr(base, table).items():
            np.testing.assert_array_equal(getattr(reform, table)[column], values, err_msg=f"{table} {column}")


def test_before_its_effective_year_a_reform_changes_nothing() -> None:
    reform = TerritorialModel(compose("scenarios=stronger_provinces", "scenario.effective=2029"), seed=1)
    present = TerritorialModel(compose("scenarios=status_quo"), seed=1)
    for model in (reform, present):
        model.run_years(3)
    assert (reform.ledger.balance == present.ledger.balance).all()
    reform.step()
    present.step()
    assert (reform.ledger.balance != present.ledger.balance).any()
