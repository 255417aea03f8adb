"""An agreement of two communes of the toy territory worked out by hand."""

import math

import numpy as np
import pytest

from areavasta import TerritorialModel
from areavasta.accounts import Kind
from areavasta.holdings import COMMUNE
from areavasta.settings.law_cooperation import CooperationRule
from experiments import compose

PEAK, HILL, TOWN, CITY = range(4)
SCALING = 834 / 820
"""Published total need over the sum of the six groups."""

CONSTANTS = (
    "parameters.assistance.slack_effect=0", "parameters.assistance.friction_effect=0",
    "parameters.accountability.monitoring_effect=0", "parameters.knowledge.need_error=0",
    "parameters.slack.spread=0", "parameters.finance.capacity_noise=0",
)  # fmt: skip
"""Every body stands at mean slack."""


def agreed(key: str, *places: int, lead: int) -> TerritorialModel:
    """Return 2024, its books open to reading, where these communes have just made an agreement."""
    settings = compose("territory=toy", *CONSTANTS)
    settings.present_law.cooperation.rule = CooperationRule.frozen
    toy = TerritorialModel(settings, seed=1)
    toy.step()
    toy.ledger.open_year()
    cooperation = toy.state.cooperation
    cooperation.lead = cooperation.lead.copy()
    cooperation.lead[list(places), toy.catalogue.index[key]] = lead
    cooperation.changed[list(places)] = True
    toy.ledger.open_year = lambda: None  # type: ignore[method-assign]
    toy.step()
    return toy


def row(model: TerritorialModel, place: int, key: str) -> int:
    holdings = model.state.holdings
    chosen = (holdings.place == place) & (holdings.function == model.catalogue.index[key])
    found = np.flatnonzero(chosen & (holdings.level == COMMUNE))
    assert found.size == 1
    return int(found[0])


@pytest.fixture(scope="module")
def ict() -> TerritorialModel:
    return agreed("ict", HILL, TOWN, lead=TOWN)


def test_it_costs_the_need_at_the_scale_of_both_with_half_as_much_coordination_again(
    ict: TerritorialModel,
) -> None:
    hill, town = ict.state.population[[HILL, TOWN]]
    # Toy Hill: 200 EUR of administration, 8 % of it ICT; base is at the size of 2023, 4,000 residents.
    need = hill * 200 * 0.08 * SCALING
    scale = (5_000 / 4_000) ** -0.33 * ((hill + town) / 5_000) ** -0.09
    friction = math.exp(-2 * (ict.state.trust[HILL] - 0.5)) * (1 - 0.2)
    coordination = 1 + 1.5 * 0.010 * math.log(2) * friction
    cost = ict.delivery.cost[row(ict, HILL, "ict")]
    assert cost == pytest.approx(need * scale * coordination)


def test_only_what_moves_to_the_lead_commune_is_reorganised(ict: TerritorialModel) -> None:
    hill, town = row(ict, HILL, "ict"), row(ict, TOWN, "ict")
    assert ict.delivery.transition[hill] == pytest.approx(0.10 * ict.delivery.cost[hill])
    assert ict.delivery.transition[town] == 0


def test_each_commune_pays_for_itself(ict: TerritorialModel) -> None:
    function = ict.catalogue.index["ict"]
    payers = [
        payer
        for flow in ict.ledger.flows
        if flow.kind is Kind.delivery
        for payer, what, cents in zip(flow.column("payer"), flow.column("function"), flow.cents, strict=True)
        if what == function and cents > 0
    ]
    assert payers == [PEAK, HILL, TOWN, CITY]
    holdings = ict.state.holdings
    assert holdings.provider[row(ict, HILL, "ict")] == holdings.provider[row(ict, TOWN, "ict")] == TOWN


def test_who_is_served_from_elsewhere_loses_proximity_and_joint_police_gains() -> None:
    police = agreed("local_police", CITY, TOWN, lead=CITY)
    town, city = (police.felt_part[row(police, place, "local_police")] for place in (TOWN, CITY))
    distance = police.parameters.service.union_distance
    assert city == pytest.approx(1.03)
    assert town == pytest.approx(1.03 * (1 - 0.60 * distance))


def test_a_function_comes_home_at_the_slack_of_the_lead_and_is_reorganised_anew() -> None:
    model = agreed("ict", HILL, TOWN, lead=TOWN)
    function = model.catalogue.index["ict"]
    model.state.slack[TOWN, function] = 0.5
    model.state.slack[HILL, function] = 0.01
    cooperation = model.state.cooperation
    cooperation.lead = np.full_like(cooperation.lead, -1)
    cooperation.changed[:] = True
    model.ledger.open_year = type(model.ledger).open_year.__get__(model.ledger)  # type: ignore[method-assign]
    model.ledger.open_year()
    model.year += 1
    model.region.assign_functions()
    assert model.state.slack[HILL, function] == pytest.approx(0.5)
    code = np.ravel_multi_index((HILL, function, COMMUNE), model.state.shares.shape)
    gained = [float(event.gained[event.code == code].sum()) for event in model.state.reorganisations]
    # What it gave up to the agreement it need not reorganise any more.
    assert gained == [0.0, 1.0]
    assert model.structure.agreements == 0
