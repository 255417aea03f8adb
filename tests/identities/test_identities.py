"""What must hold whatever the territory and the law: books, shares, holders, null moves."""

import copy

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from areavasta import Settings, TerritorialModel
from areavasta.accounts import Kind
from areavasta.functions import load_catalogue
from areavasta.services import cost_profile
from areavasta.settings import LEVELS, CodecisionRule, Financing, ResourceRule, Reviewers, law_timeline
from areavasta.settings.law import Law, RuleWeights
from areavasta.settings.law_cooperation import CooperationRule
from areavasta.settings.law_knowledge import KnowledgeLaw
from areavasta.settings.law_programming import Drafter, Pool
from areavasta.synthetic import generate_territory
from areavasta.territory import Territory
from experiments import compose

RULES = list(RuleWeights.__dataclass_fields__)
CATALOGUE = load_catalogue()
PRESENT = compose("scenarios=status_quo")


@st.composite
def territories(draw: st.DrawFn) -> Territory:
    return generate_territory(draw(st.integers(1, 60)), draw(st.integers(0, 2**20)))


@st.composite
def reforms(draw: st.DrawFn) -> Settings:
    """Any law that the catalogue admits: functions moved, rules mixed, envelopes from nothing to a lot."""
    chosen = copy.deepcopy(PRESENT)
    law = chosen.scenario
    for function in draw(st.lists(st.sampled_from(CATALOGUE.functions), max_size=8)):
        levels = [level for level in LEVELS if function.admits(level)]
        parts = draw(st.lists(st.integers(0, 4), min_size=len(levels), max_size=len(levels)).filter(any))
        for kind in ("province", "metropolitan"):
            shares = getattr(law.functions[function.key], kind)
            for level in LEVELS:
                setattr(shares, level, 0.0)
            for level, part in zip(levels, parts, strict=True):
                setattr(shares, level, part / sum(parts))
    for envelope in (law.allocation.region, law.allocation.area):
        rules = draw(st.lists(st.sampled_from(RULES), min_size=1, max_size=3, unique=True))
        envelope.rules = RuleWeights(**{rule: 1.0 / len(rules) for rule in rules})
        envelope.per_head = draw(st.sampled_from([0.0, 8.0, 42.0, 400.0]))
    law.resources.rule = draw(st.sampled_from(list(ResourceRule)))
    law.resources.phase_years = draw(st.integers(1, 3))
    law.financing = draw(st.sampled_from(list(Financing)))
    law.incentives.amount_per_head = draw(st.sampled_from([0.0, 4.01, 60.0]))
    law.equalisation.cut_per_head = draw(st.sampled_from([0.0, 40.0, 400.0]))
    intensity = st.sampled_from([0.0, 0.3, 1.0])
    law.knowledge = KnowledgeLaw(*draw(st.tuples(intensity, intensity, intensity, intensity)))
    law.accountability.monitoring, law.assistance.capacity = draw(st.tuples(intensity, intensity))
    law.taxation.area_revenue_ratio = draw(st.sampled_from([0.0, 0.01, 1.0]))
    law.facilitation.level = draw(st.sampled_from([0.0, 0.2, 0.6]))
    law.codecision.rule = draw(st.sampled_from(list(CodecisionRule)))
    law.codecision.longest_delay = draw(st.integers(0, 2))
    law.metropolitan.seat_weight = draw(st.sampled_from([0.0, 0.4, 1.0]))
    law.review.period_years = draw(st.integers(0, 2))
    law.review.threshold = draw(st.sampled_from([0.0, 0.5]))
    law.review.areas = draw(st.sampled_from(list(Reviewers)))
    law.cooperation.rule = draw(st.sampled_from(list(CooperationRule)))
    law.cooperation.lock_in_years = draw(st.sampled_from([0, 5]))
    law.programming.programmes = draw(st.sampled_from([0.0, 0.1, 1.0]))
    law.programming.drafter = draw(st.sampled_from(list(Drafter)))
    law.programming.agreements = draw(st.sampled_from([0.0, 20.0]))
    law.programming.implementation = draw(st.sampled_from([0.0, 1.0]))
    law.solidarity.share = draw(st.sampled_from([0.0, 0.5, 1.0]))
    law.solidarity.ambit = draw(st.sampled_from(list(Pool)))
    law.allocation.area.earmark = draw(st.sampled_from([0.0, 1.0]))
    law.effective = draw(st.sampled_from([2026, 2027]))
    return chosen


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(territories(), reforms(), st.integers(0, 5))
def test_every_year_closes_and_every_function_is_held(
    territory: Territory, reform: Settings, draw: int
) -> None:
    model = TerritorialModel(reform, seed=1, draw=draw, territory=territory)
    for _ in range(6):
        model.step()
        state, holdings = model.state, model.state.holdings
        # The run would have stopped; the certificate says so too.
        certificate = model.certificates[-1]
        assert certificate.discrepancy_cents == 0
        assert certificate.lowest_local_balance_cents >= 0
        np.testing.assert_allclose(state.shares.sum(axis=2), 1.0, atol=1e-12)
        held = np.bincount(holdings.cell, weights=holdings.share, minlength=state.base.size)
        np.testing.assert_allclose(held, (state.need > 0).ravel(), atol=1e-12)
        pairs = holdings.cell * 4 + holdings.level
        assert np.unique(pairs).size == pairs.size
        for values in (state.felt, state.slack, state.ampi, model.delivery.cost, model.delivery.level):
            assert np.isfinite(values).all()
        assert (state.felt >= 0).all()


@settings(max_examples=15, deadline=None)
@given(territories(), st.integers(0, 3))
def test_present_law_as_a_reform_of_itself_is_null(territory: Territory, draw: int) -> None:
    same = copy.deepcopy(PRESENT)
    same.scenario.changes = {2028: {"facilitation": {"level": 0.2}}}
    models = [TerritorialModel(chosen, seed=2, draw=draw, territory=territory) for chosen in (PRESENT, same)]
    for model in models:
        model.run_years(4)
    np.testing.assert_array_equal(models[0].ledger.balance, models[1].ledger.balance)
    np.testing.assert_array_equal(models[0].state.felt, models[1].state.felt)


def devolved(model: TerritorialModel) -> int:
    return sum(int(flow.cents.sum()) for flow in model.ledger.flows if flow.kind is Kind.devolved_resources)


class Watching:
    """Keep a year's flows, which closing would otherwise put away."""

    def __init__(self, model: TerritorialModel) -> None:
        self.model = model
        self.kept: dict[int, int] = {}
        record = model.observation.record

        def recording() -> None:
            self.kept[model.year] = devolved(model)
            record()

        model.observation.record = recording  # type: ignore[method-assign]


def laws(*dated: tuple[int, Law]) -> list[tuple[int, Law]]:
    return [(0, PRESENT.present_law), *dated]


def test_taking_and_handing_back_in_one_year_moves_no_money() -> None:
    taken = compose("scenarios=stronger_provinces").scenario
    territory = generate_territory(40, 1)
    model = TerritorialModel(PRESENT, seed=1, territory=territory)
    model.timeline = laws((2027, taken), (2027, copy.deepcopy(PRESENT.present_law)))
    plain = TerritorialModel(PRESENT, seed=1, territory=territory)
    for each in (model, plain):
        each.run_years(4)
    np.testing.assert_array_equal(model.ledger.balance, plain.ledger.balance)


@pytest.mark.parametrize("rule", list(ResourceRule), ids=lambda rule: rule.value)
def test_resources_follow_a_function_and_come_home_with_it(rule: ResourceRule) -> None:
    reform = compose("scenarios=stronger_provinces", f"scenario.resources.rule={rule.value}").scenario
    back = copy.deepcopy(PRESENT.present_law)
    model = TerritorialModel(PRESENT, seed=1, territory=generate_territory(40, 1))
    model.timeline = laws((2027, reform), (2030, back))
    watching = Watching(model)
    model.run_years(6)
    away = [watching.kept[year] for year in (2027, 2028, 2029)]
    assert all(amount > 0 for amount in away) == (rule is not ResourceRule.none)
    assert [watching.kept[year] for year in (2026, 2030, 2031)] == [0, 0, 0]


def test_resources_reach_their_full_amount_over_the_phase() -> None:
    reform = compose("scenarios=stronger_provinces", "scenario.resources.phase_years=4").scenario
    model = TerritorialModel(PRESENT, seed=1, territory=generate_territory(40, 1))
    model.timeline = laws((2027, reform))
    watching = Watching(model)
    model.run_years(6)
    full = watching.kept[2030]
    # Historical amounts are fixed: quarters of the full amount, but for cents rounded down on each flow.
    for year, quarters in ((2027, 1), (2028, 2), (2029, 3)):
        assert watching.kept[year] == pytest.approx(full * quarters / 4, rel=1e-3)
    assert watching.kept[2031] == full


def test_twice_the_population_is_twice_the_cost_at_constant_scale() -> None:
    model = TerritorialModel(PRESENT, seed=1, territory=generate_territory(30, 1))
    constants = copy.deepcopy(model.parameters)
    for name in ("administration_small", "administration_medium", "roads_small", "roads_medium", "area"):
        setattr(constants.scale, name, 0.0)
    model.cost_profile = cost_profile(model.catalogue, constants)
    model.refresh_structure()
    model.communes.plan_services()
    once = model.delivery.cost.copy()
    model.state.population = 2 * model.state.population
    model.communes.plan_services()
    np.testing.assert_array_equal(model.delivery.cost, 2 * once)


def test_new_money_comes_from_the_state_and_is_named() -> None:
    reform = compose(
        "scenarios=status_quo", "scenario.incentives.amount_per_head=8.02", "scenario.financing=new_money"
    )
    territory = generate_territory(40, 1)
    model = TerritorialModel(reform, seed=1, territory=territory).run_years(2)
    flows = model.observation.tables().flows
    chosen = (flows["rule"] == "new_money") & (flows["year"] == 2027)
    expected = round(4.01 * territory.population.sum() * 100)
    assert abs(int(flows["cents"][chosen].sum()) - expected) <= 1
    assert not (flows["rule"][flows["year"] == 2026] == "new_money").any()


def test_within_the_envelope_the_region_spends_no_more() -> None:
    reform = compose("scenarios=status_quo", "scenario.incentives.amount_per_head=8.02")
    territory = generate_territory(40, 1)
    paid = []
    for chosen in (reform, PRESENT):
        flows = TerritorialModel(chosen, seed=1, territory=territory).run_years(2).observation.tables().flows
        given = np.isin(flows["kind"], ["incentive", "regional_allocation"]) & (flows["year"] == 2027)
        paid.append(int(flows["cents"][given].sum()))
    assert abs(paid[0] - paid[1]) <= 1


def test_the_timeline_names_every_year_s_law() -> None:
    settings_ = compose("scenarios=fund_cut")
    timeline = law_timeline(settings_.present_law, settings_.scenario)
    assert [(year, law.equalisation.cut_per_head) for year, law in timeline] == [
        (0, 0.0), (2027, 20.0), (2030, 40.0),
    ]  # fmt: skip


FLOWING = set(Kind) - {Kind.solidarity}
"""Kinds of flow that the model makes; the others belong to mechanisms that it does not have yet."""


def test_shipped_scenarios_make_every_kind_of_flow_the_model_has() -> None:
    found: set[str] = set()
    for name in ("status_quo", "stronger_provinces"):
        tables = TerritorialModel(compose(f"scenarios={name}"), seed=1).run_years(2).observation.tables()
        found |= set(tables.flows["kind"])
    assert found == {kind.value for kind in FLOWING}
