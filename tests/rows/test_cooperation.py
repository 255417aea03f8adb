"""Unions: communes join, stay, leave; unions vote functions (the row of `cooperation.*`)."""

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from areavasta import TerritorialModel
from areavasta.agents.commune import Communes
from areavasta.agents.cooperation import weigh_membership
from areavasta.agents.union import Unions
from areavasta.indicators import INDICATORS
from areavasta.settings.law_cooperation import CooperationRule
from areavasta.synthetic import generate_territory
from experiments import compose

YEARS = 20


@cache
def run(*changes: str) -> TerritorialModel:
    return TerritorialModel(compose("scenarios=status_quo", *changes), seed=1).run_years(YEARS)


def frozen() -> TerritorialModel:
    return run("scenario.cooperation.rule=frozen")


def moved(indicator: str, model: TerritorialModel, other: TerritorialModel) -> float:
    """Return the difference in units of the smallest relevant effect."""
    shown = INDICATORS[indicator]
    difference = model.observation.latest(indicator) - other.observation.latest(indicator)
    return difference * shown.scale / shown.smallest_relevant_effect


def test_activity_communes_join_and_leave_and_unions_take_functions() -> None:
    assert min(moved(key, run(), frozen()) for key in ("joins", "exits", "functions_delegated")) > 1


def test_outcome_cooperation_lowers_cost_and_members_save() -> None:
    assert moved("cost_by_commune", run(), frozen()) < -1
    assert moved("cost", run(), frozen()) < -1
    assert moved("member_saving", run(), frozen()) > 1


def test_outcome_small_communes_are_served_better() -> None:
    assert moved("service_small", run(), frozen()) > 1


def test_without_incentives_unions_shrink_and_cost_rises() -> None:
    without = run("scenario.incentives.amount_per_head=0.0", "scenario.allocation.region.per_head=46.01")
    assert moved("communes_in_unions", without, run()) < -1
    assert without.observation.latest("cost_by_commune") > run().observation.latest("cost_by_commune")


def test_an_obligation_fills_and_the_exemption_lets_out() -> None:
    everybody = run("scenario.cooperation.rule=mandatory", "scenario.cooperation.exemption=false")
    exempting = run("scenario.cooperation.rule=mandatory")
    assert moved("communes_in_unions", exempting, run()) > 1
    assert everybody.observation.latest("communes_in_unions") >= exempting.observation.latest(
        "communes_in_unions"
    )


def test_a_premium_brings_more_communes_in() -> None:
    assert moved("joins", run("scenario.cooperation.rule=incentive"), run()) > 0


def test_present_law_keeps_membership_near_what_was_seen() -> None:
    """Emergent: 253 communes in 38 unions at the end of 2022, 248 at the start of 2025."""
    members = []
    for replicate in range(4):
        model = TerritorialModel(compose("scenarios=status_quo"), seed=1, replicate=replicate).run_years(
            YEARS
        )
        members.append(model.observation.latest("communes_in_unions"))
    assert 225 <= np.mean(members) <= 265


def test_off_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    off = compose("scenarios=status_quo")
    for law in (off.present_law, off.scenario):
        law.cooperation.rule = CooperationRule.frozen
    territory = generate_territory(60, 4)
    model = TerritorialModel(off, seed=1, territory=territory).run_years(5)
    nothing: Callable[[object], None] = lambda _: None  # noqa: E731
    monkeypatch.setattr(Communes, "decide_cooperation", nothing)
    monkeypatch.setattr(Communes, "decide_agreements", nothing)
    monkeypatch.setattr(Unions, "vote_functions", nothing)
    without = TerritorialModel(compose("scenarios=status_quo"), seed=1, territory=territory).run_years(5)
    np.testing.assert_array_equal(model.ledger.balance, without.ledger.balance)
    np.testing.assert_array_equal(model.state.felt, without.state.felt)
    np.testing.assert_array_equal(model.state.union, territory.union)


def test_lock_in_holds_who_entered_and_who_left() -> None:
    settings = compose("scenarios=status_quo", "scenario.cooperation.lock_in_years=8")
    settings.present_law.cooperation.lock_in_years = 8
    settings.parameters.cooperation.perception_error = 30.0
    model = TerritorialModel(settings, seed=1)
    last: dict[int, int] = {}
    for _ in range(16):
        before = model.state.union.copy()
        model.step()
        for place in np.flatnonzero(before != model.state.union).tolist():
            # A union that dissolves frees even those who have just entered.
            ended = before[place] >= 0 and not (model.state.union == before[place]).any()
            assert ended or model.year - last.get(place, 0) >= 8
            last[place] = model.year
    assert last


def test_a_dissolved_union_leaves_functions_and_money_at_home() -> None:
    settings = compose("scenarios=no_incentives")
    settings.parameters.cooperation.autonomy = 18.0
    settings.parameters.cooperation.exit_barrier = 0.0
    model = TerritorialModel(settings, seed=1)
    ended = 0
    for _ in range(20):
        before = set(model.state.union[model.state.union >= 0].tolist())
        model.step()
        now = set(model.state.union[model.state.union >= 0].tolist())
        for union in before - now:
            account = model.accounts.union + union
            assert model.ledger.balance[account] == 0
            assert not (model.state.holdings.provider == account).any()
            ended += 1
    assert ended > 0
    assert not (model.state.delegated & (model.state.union < 0)[:, np.newaxis]).any()


@pytest.mark.parametrize("information", [0.0, 0.6, 1.0])
def test_councils_of_an_area_that_knows_err_less(information: float) -> None:
    """What a council thinks to save differs from what it would by as much as its area does not know."""
    settings = compose("scenarios=status_quo", "parameters.cooperation.perception_error=10.0")
    model = TerritorialModel(settings, seed=1).run_years(1)
    place = model.place_index
    model.state.knowledge.information[:] = 1.0
    rightly = weigh_membership(model, place, np.ones(place.size, dtype=bool))[0].worth
    model.state.knowledge.information[:] = information
    seen = weigh_membership(model, place, np.ones(place.size, dtype=bool))[0].worth
    error = model.streams.of("perceived saving", model.year).normal(place.size)
    np.testing.assert_allclose(seen - rightly, 10.0 * (1.0 - information) * error, atol=1e-9)
