"""Management in the forms the law allows: agreements of communes for one function."""

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from areavasta import Settings, TerritorialModel
from areavasta.accounts import Kind
from areavasta.agents.commune import Communes
from areavasta.agents.cooperation import obliged_councils
from areavasta.indicators import INDICATORS
from areavasta.settings.law_cooperation import CooperationRule
from areavasta.synthetic import generate_territory
from experiments import compose

YEARS = 20
SMALL = 5_000
EAGER = tuple(
    f"parameters.agreements.{key}={value}"
    for key, value in (("attention", 0.4), ("friction", 2.0), ("autonomy_share", 0.05), ("largest", 10.0))
)
"""Ends of the ranges at which agreements are made most."""


def without_agreements(settings: Settings) -> Settings:
    for law in (settings.present_law, settings.scenario):
        law.cooperation.agreements = False
    return settings


@cache
def run(*changes: str, off: bool = False) -> TerritorialModel:
    settings = compose("scenarios=status_quo", *changes)
    return TerritorialModel(without_agreements(settings) if off else settings, seed=1).run_years(YEARS)


def moved(indicator: str, model: TerritorialModel, other: TerritorialModel) -> float:
    """Return the difference in units of the smallest relevant effect."""
    shown = INDICATORS[indicator]
    difference = model.observation.latest(indicator) - other.observation.latest(indicator)
    return difference * shown.scale / shown.smallest_relevant_effect


def cost_outside(model: TerritorialModel) -> float:
    """Return the cost of the mean small commune outside unions in the last year, EUR a head."""
    table = model.observation.tables().communes
    last = table["year"] == model.year
    chosen = last & (table["union"].astype(int) < 0) & (table["population"].astype(float) < SMALL)
    return float(table["cost"][chosen].mean())


def test_activity_communes_make_agreements() -> None:
    assert moved("communal_agreements", run(), run(off=True)) > 1
    assert moved("form_agreement", run(*EAGER), run(off=True)) > 1
    assert moved("form_own", run(*EAGER), run(off=True)) < -1
    assert run(off=True).observation.latest("form_agreement") == 0


def test_outcome_small_communes_outside_unions_cost_less() -> None:
    least = INDICATORS["cost_small"].smallest_relevant_effect
    assert cost_outside(run(*EAGER)) - cost_outside(run(off=True)) < -least
    assert cost_outside(run()) < cost_outside(run(off=True))


def test_unions_stay_as_they_are() -> None:
    np.testing.assert_array_equal(run(*EAGER).state.union, run(off=True).state.union)


def test_off_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    territory = generate_territory(60, 4)
    off = without_agreements(compose("scenarios=status_quo"))
    model = TerritorialModel(off, seed=1, territory=territory).run_years(6)
    nothing: Callable[[object], None] = lambda _: None  # noqa: E731
    monkeypatch.setattr(Communes, "decide_agreements", nothing)
    without = TerritorialModel(compose("scenarios=status_quo"), seed=1, territory=territory).run_years(6)
    np.testing.assert_array_equal(model.ledger.balance, without.ledger.balance)
    np.testing.assert_array_equal(model.state.felt, without.state.felt)


def test_a_law_that_admits_none_sends_functions_home() -> None:
    settings = compose("scenarios=status_quo", *EAGER, "scenario.cooperation.agreements=false")
    model = TerritorialModel(settings, seed=1).run_years(1)
    assert model.observation.latest("communal_agreements") > 0
    model.step()
    assert model.observation.latest("communal_agreements") == model.observation.latest("form_agreement") == 0
    assert not model.state.holdings.agreed.any()


def test_they_neither_take_over_nor_vanish_over_the_ranges() -> None:
    parts = [
        TerritorialModel(compose("scenarios=status_quo"), seed=1, draw=draw)
        .run_years(10)
        .observation.latest("form_agreement")
        for draw in range(1, 9)
    ]
    assert min(parts) > 0
    assert max(parts) < 0.10


def test_who_entered_is_bound_for_as_long_as_the_law_says() -> None:
    model = TerritorialModel(compose("scenarios=status_quo", *EAGER), seed=1)
    model.parameters.agreements.attention = 1.0
    bound = []
    for year in range(8):
        if year == 3:
            model.state.cooperation.autonomy = np.full(model.accounts.communes, 1_000.0)
        before, since = model.state.cooperation.lead, model.state.cooperation.agreed_since.copy()
        model.step()
        gone = (before >= 0) & (model.state.cooperation.lead != before)
        for function in np.flatnonzero(gone.any(axis=0)):
            for head in np.unique(before[gone[:, function], function]):
                group = before[:, function] == head
                if not model.state.delegated[group, function].any():
                    # Nobody had to go: some member at least went of its own will.
                    years = model.year - since[group & gone[:, function], function]
                    bound.append(int(years.max()))
    # From the fourth year on everybody wants to leave.
    assert min(bound) == model.law.cooperation.agreement_years


def test_entering_a_union_that_takes_the_function_ends_the_agreement() -> None:
    model = TerritorialModel(compose("scenarios=status_quo", *EAGER), seed=1)
    ended = 0
    for _ in range(20):
        before = model.state.cooperation.lead
        model.step()
        assert not (model.state.delegated & (model.state.cooperation.lead >= 0)).any()
        ended += int(np.count_nonzero((before >= 0) & model.state.delegated))
    assert ended > 0


def test_the_obligation_is_met_by_agreements_too() -> None:
    settings = compose("scenarios=status_quo", "scenario.cooperation.rule=mandatory")
    settings.scenario.effective = 2026
    model = TerritorialModel(settings, seed=1).run_years(1)
    assert model.law.cooperation.rule is CooperationRule.mandatory
    obliged = np.flatnonzero(obliged_councils(model) & (model.state.union < 0))
    place = int(obliged[0])
    large = int(model.state.population.argmax())
    lead = model.state.cooperation.lead = model.state.cooperation.lead.copy()
    for function in model.agreements.fundamental:
        assert obliged_councils(model)[place]
        lead[[place, large], function] = large
    assert not obliged_councils(model)[place]


def test_incentives_pay_agreements_only_where_the_law_says_so() -> None:
    received = []
    for paid in ("false", "true"):
        model = TerritorialModel(
            compose("scenarios=status_quo", *EAGER, f"scenario.cooperation.agreement_incentives={paid}"),
            seed=1,
        )
        model.run_years(3)
        model.ledger.open_year = lambda: None  # type: ignore[method-assign]
        model.step()
        received.append(
            {flow.rule: int(flow.cents.sum()) for flow in model.ledger.flows if flow.kind is Kind.incentive}
        )
    assert received[0].keys() == {"union_incentive"}
    assert received[1]["agreement_incentive"] > 0
    assert sum(received[0].values()) == sum(received[1].values())
