"""Co-decision and metropolitan seat: what each is for moves by its smallest relevant effect; off is off."""

import copy
from functools import cache

import numpy as np
import pytest

from areavasta import TerritorialModel
from areavasta.accounts import Kind
from areavasta.agents.conference import Conference
from areavasta.holdings import AREA
from areavasta.indicators import INDICATORS
from areavasta.settings import Settings
from areavasta.synthetic import generate_territory
from experiments import compose

YEARS = 8


@cache
def run(*overrides: str, draw: int = 0, years: int = YEARS) -> TerritorialModel:
    return TerritorialModel(compose(*overrides), seed=1, draw=draw).run_years(years)


def conference(rule: str, base: str = "status_quo", *more: str, draw: int = 0) -> TerritorialModel:
    chosen = [f"scenarios={base}", f"scenario.codecision.rule={rule}", *more]
    return run(*chosen, draw=draw)


def relevant(indicator: str, after: TerritorialModel, before: TerritorialModel) -> float:
    """Return the difference in smallest relevant effects."""
    item = INDICATORS[indicator]
    difference = after.observation.latest(indicator) - before.observation.latest(indicator)
    return difference * item.scale / item.smallest_relevant_effect


# --- Row: stable instruments of comparison, coordination, co-decision -----------------------------------


@pytest.mark.parametrize("draw", [0, 1])
@pytest.mark.parametrize("rule", ["weighted_majority", "unanimity", "nash_bargaining"])
def test_levels_that_decide_together_trust_each_other_more(rule: str, draw: int) -> None:
    after, before = conference(rule, draw=draw), conference("none", draw=draw)
    assert after.observation.latest("agreement") > before.observation.latest("agreement") / 2
    assert relevant("trust", after, before) >= 1
    assert relevant("coordination_cost", after, before) <= -1


@pytest.mark.parametrize("rule", ["weighted_majority", "nash_bargaining"])
def test_what_levels_want_takes_funds_away_from_a_proposal_by_need(rule: str) -> None:
    after, before = conference(rule, "needs_based_fund"), conference("none", "needs_based_fund")
    assert relevant("distance_from_proposal", after, before) >= 1
    assert relevant("misallocation", after, before) >= 1


def test_the_more_must_agree_the_slower() -> None:
    rules = ("weighted_majority", "unanimity")
    majority, all_of_them = (conference(rule, "stronger_provinces") for rule in rules)
    assert relevant("years_to_agreement", all_of_them, majority) >= 1
    assert relevant("moves_waited", all_of_them, majority) >= 1
    assert relevant("trust", all_of_them, majority) <= -1


def test_a_region_that_concedes_nothing_fails_and_loses_trust() -> None:
    stubborn = conference("unanimity", "needs_based_fund", "scenario.codecision.concession=0.0")
    assert relevant("agreement", stubborn, conference("consultation", "needs_based_fund")) <= -1
    assert relevant("trust", stubborn, conference("none", "needs_based_fund")) <= -1


def test_without_agreement_last_year_s_weights_stay_in_part() -> None:
    settings = compose(
        "scenarios=needs_based_fund", "scenario.codecision.rule=unanimity",
        "scenario.codecision.concession=0.0", "scenario.codecision.inertia=0.3",
    )  # fmt: skip
    model = TerritorialModel(settings, seed=1).run_years(1)
    state, failures = model.state.codecision, 0
    for _ in range(8):
        last, agreements = state.weights, state.agreements
        model.step()
        if state.agreements == agreements:
            failures += 1
            np.testing.assert_allclose(state.weights, 0.3 * last + 0.7 * state.proposal, atol=1e-12)
    assert failures >= 2


def test_functions_move_when_the_delay_is_over() -> None:
    refused = "scenario.codecision.rule=unanimity"
    delays = {}
    for delay in (0, 2):
        model = TerritorialModel(
            compose("scenarios=stronger_provinces", refused, f"scenario.codecision.longest_delay={delay}"),
            seed=1,
        )
        model.run_years(1)
        planning, years = model.catalogue.index["planning_building"], 0
        while model.state.shares[:, planning, AREA].max() < 1.0 and years < 6:
            model.step()
            years += 1
        delays[delay] = years
    assert delays == {0: 1, 2: 3}


def test_meetings_are_paid_out_of_the_envelope() -> None:
    territory = generate_territory(40, 1)
    paid = {}
    for rule in ("none", "nash_bargaining"):
        model = TerritorialModel(
            compose("scenarios=status_quo", f"scenario.codecision.rule={rule}"), seed=1, territory=territory
        ).run_years(2)
        flows = model.observation.tables().flows
        year = flows["year"] == 2027
        allocated = year & (flows["kind"] == Kind.regional_allocation.value)
        meetings = year & (flows["rule"] == "conference")
        paid[rule] = (int(flows["cents"][allocated].sum()), int(flows["cents"][meetings].sum()))
    assert paid["none"][1] == 0
    assert paid["nash_bargaining"][1] == pytest.approx(10.0 * territory.population.sum(), abs=1)
    assert sum(paid["none"]) == pytest.approx(sum(paid["nash_bargaining"]), abs=1)


# --- Row: the metropolitan city takes part in regional programming ---------------------------------------


@pytest.mark.parametrize("draw", [0, 2])
def test_the_metropolitan_seat_brings_funds_inside(draw: int) -> None:
    """By need less capacity the metropolitan city, whose taxable income is high, gets less than its need."""
    base = (
        "scenarios=status_quo", "scenario.allocation.region.rules.historical=0.0",
        "scenario.allocation.region.rules.equalisation=1.0",
    )  # fmt: skip
    after = run(*base, "scenario.metropolitan.seat_weight=1.0", draw=draw)
    assert relevant("metropolitan_funds", after, run(*base, draw=draw)) >= 1


# --- Row: the metropolitan city re-examines functions; provinces where the law recognises it ------------


REVIEW = ("scenarios=status_quo", "scenario.review.period_years=3", "scenario.review.areas=all")


@pytest.mark.parametrize("draw", [0, 1])
def test_areas_take_what_they_hold_at_less_cost(draw: int) -> None:
    after, before = run(*REVIEW, draw=draw), run("scenarios=status_quo", draw=draw)
    assert relevant("functions_reviewed", after, before) >= 1
    assert relevant("review_gain", after, before) >= 1


def reviewed(cost_error: float, draw: int) -> TerritorialModel:
    """Run reviews of areas that err by so much, where they know nothing, on what others' functions cost."""
    model = TerritorialModel(compose(*REVIEW), seed=1, draw=draw)
    model.parameters.knowledge.cost_error = cost_error
    return model.run_years(YEARS)


def expected_and_realised(model: TerritorialModel) -> tuple[np.ndarray, np.ndarray]:
    state = model.state.review
    return state.expected[state.taken], model.reviews.realised()[state.taken]


@pytest.mark.parametrize("draw", [0, 1])
def test_areas_that_see_costs_rightly_gain_what_they_expect(draw: int) -> None:
    expected, realised = expected_and_realised(reviewed(0.0, draw))
    # Overlap ends at once, so that what was expected is gained; slack of the new holder blurs it.
    assert np.abs(realised - expected).max() < 0.3 * expected.max()


@pytest.mark.parametrize("draw", [0, 1, 2])
def test_areas_that_err_take_what_looks_dear_and_gain_less_than_they_expect(draw: int) -> None:
    expected, realised = expected_and_realised(reviewed(0.3, draw))
    rightly_expected, rightly_realised = expected_and_realised(reviewed(0.0, draw))
    regret = expected.mean() - realised.mean()
    assert regret > rightly_expected.mean() - rightly_realised.mean() + 0.5
    assert realised.mean() < rightly_realised.mean()


def test_the_error_of_observed_costs_falls_with_information() -> None:
    means = {}
    for level in (0, 1):
        model = run("scenarios=status_quo", f"scenario.knowledge.information_system={level}")
        means[level] = np.abs(model.state.knowledge.cost_ratio - 1.0).mean()
    assert 0 < means[1] < 0.7 * means[0]


def test_the_metropolitan_city_reviews_alone_where_provinces_are_not_recognised() -> None:
    model = run("scenarios=status_quo", "scenario.review.period_years=3")
    areas = model.state.review.taken.any(axis=1)
    assert areas.any()
    assert model.territory.area_metropolitan[areas].all()


def test_who_must_all_agree_does_not_let_functions_go() -> None:
    after = run(*REVIEW, "scenario.codecision.rule=unanimity")
    assert after.observation.latest("functions_reviewed") == 0


def test_a_high_threshold_takes_nothing() -> None:
    after, before = run(*REVIEW, "scenario.review.threshold=50"), run("scenarios=status_quo")
    np.testing.assert_array_equal(after.ledger.balance, before.ledger.balance)


# --- Off is off ------------------------------------------------------------------------------------------


def without_conference(self: Conference) -> None:
    law = self.model.law
    self.allocation_weights, self.model.state.codecision.competences = law.allocation.region.rules, law


@pytest.mark.parametrize("base", ["status_quo", "stronger_provinces"])
def test_off_is_off(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    settings: Settings = copy.deepcopy(compose(f"scenarios={base}"))
    for law in (settings.present_law, settings.scenario):
        law.codecision.rule = type(law.codecision.rule).none
    off = TerritorialModel(settings, seed=1, draw=1).run_years(5)
    monkeypatch.setattr(Conference, "negotiate", without_conference)
    bare = TerritorialModel(settings, seed=1, draw=1).run_years(5)
    np.testing.assert_array_equal(off.ledger.balance, bare.ledger.balance)
    np.testing.assert_array_equal(off.state.felt, bare.state.felt)
    np.testing.assert_array_equal(off.state.trust, bare.state.trust)


def test_a_seat_without_a_metropolitan_city_changes_nothing() -> None:
    territory = generate_territory(6, 3)
    if territory.area_metropolitan.any():
        pytest.skip("this territory has a metropolitan city")
    chosen = [
        compose("scenarios=status_quo", f"scenario.metropolitan.seat_weight={weight}") for weight in (0, 1)
    ]
    runs = [TerritorialModel(each, seed=1, territory=territory).run_years(3) for each in chosen]
    np.testing.assert_array_equal(runs[0].ledger.balance, runs[1].ledger.balance)


# --- Neither saturates nor dies ---------------------------------------------------------------------------


@pytest.mark.parametrize("rule", ["consultation", "weighted_majority", "unanimity", "nash_bargaining"])
@pytest.mark.parametrize("concession", [0.0, 1.0])
def test_trust_stays_within_bounds_for_thirty_years(rule: str, concession: float) -> None:
    settings = compose(
        "scenarios=needs_based_fund", f"scenario.codecision.rule={rule}",
        f"scenario.codecision.concession={concession}",
    )  # fmt: skip
    territory = generate_territory(40, 2)
    for draw in (0, 3):
        model = TerritorialModel(settings, seed=1, draw=draw, territory=territory).run_years(30)
        assert model.state.trust.min() > 0.02
        assert model.state.trust.max() < 0.98
        assert np.isclose(model.state.codecision.weights.sum(), 1.0, atol=1e-9)
