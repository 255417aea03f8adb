"""Staff are where functions are: none is lost, none is without a home, whatever the law."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from areavasta import Settings, TerritorialModel
from areavasta.holdings import AREA
from areavasta.records import by_place_and_level
from areavasta.rules.sums import sum_by
from areavasta.staff import staff_by_provider, staff_by_row
from areavasta.synthetic import generate_territory
from areavasta.territory import Territory
from experiments import compose
from tests.identities.test_identities import reforms, territories

LEVELS = ("staff_commune", "staff_union", "staff_area", "staff_agency", "staff_region")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(territories(), reforms(), st.integers(0, 5))
def test_staff_of_all_providers_are_the_staff_of_all_functions(
    territory: Territory, reform: Settings, draw: int
) -> None:
    model = TerritorialModel(reform, seed=1, draw=draw, territory=territory)
    unit, share = model.parameters.staff.unit_cost, model.catalogue.numbers("personnel_share")
    for _ in range(6):
        model.step()
        holdings, staff = model.state.holdings, staff_by_row(model)
        by_provider = staff_by_provider(model, staff)
        by_function = sum_by(holdings.function, model.delivery.cost, share.size) / model.state.price
        assert by_provider.sum() == pytest.approx((by_function * share / unit).sum())
        by_level = by_place_and_level(model.state.holdings.money_cell, staff, model.accounts.communes)
        assert by_level.sum() == pytest.approx(by_provider.sum())
        # Who has staff holds a function, and who holds one that costs has staff.
        holding = np.isin(np.arange(by_provider.size), holdings.provider[model.delivery.cost > 0])
        np.testing.assert_array_equal(by_provider > 0, holding)
    shown = {key: model.observation.latest(key) for key in ("staff", "staff_moved", *LEVELS)}
    assert sum(shown[key] for key in LEVELS) == pytest.approx(shown["staff"])
    assert 0 <= shown["staff_moved"] <= shown["staff"]
    communes = model.observation.tables().communes
    last = communes["year"] == model.year
    communal = shown["staff_commune"] + shown["staff_union"] + shown["staff_agency"]
    assert communes["staff"][last].astype(float).sum() == pytest.approx(communal)


def test_a_commune_of_42_million_euros_has_its_personnel_share_in_thousands() -> None:
    model = TerritorialModel(compose("scenarios=status_quo"), seed=1, territory=generate_territory(5, 1))
    model.run_years(1)
    model.delivery.cost = np.full_like(model.delivery.cost, 42e6)
    police = model.state.holdings.function == model.catalogue.index["local_police"]
    np.testing.assert_allclose(staff_by_row(model)[police], 800.0)


def test_staff_do_not_change_with_prices() -> None:
    model = TerritorialModel(compose("scenarios=status_quo"), seed=1, territory=generate_territory(5, 1))
    model.run_years(1)
    staff = staff_by_row(model)
    model.delivery.cost = 1.5 * model.delivery.cost
    model.state.price *= 1.5
    np.testing.assert_allclose(staff_by_row(model), staff)


def test_staff_follow_a_function_to_the_area_and_home_again() -> None:
    taken = compose(
        "scenarios=stronger_provinces", "scenario.cooperation.rule=frozen",
        "+scenario.changes={2029: {functions: {planning_building: {province: {commune: 1.0, area: 0.0}, "
        "metropolitan: {commune: 1.0, area: 0.0}}}}}",
    )  # fmt: skip
    model = TerritorialModel(taken, seed=1, territory=generate_territory(40, 1)).run_years(1)
    planning = model.catalogue.index["planning_building"]
    at_areas = []
    for _ in range(4):
        staff, holdings = staff_by_row(model), model.state.holdings
        here = holdings.function == planning
        at_areas.append(staff[here & (holdings.level == AREA)].sum() / staff[here].sum())
        model.step()
    # Under present law areas have a tenth of it.
    assert 0.05 < at_areas[0] < 0.15
    assert at_areas[1:] == [1.0, 1.0, 0.0]


def test_staff_that_move_are_those_of_what_moved() -> None:
    still = compose("scenarios=status_quo")
    for law in (still.present_law, still.scenario):
        law.cooperation.rule = type(law.cooperation.rule).frozen
    model = TerritorialModel(still, seed=1, territory=generate_territory(40, 1)).run_years(3)
    assert model.observation.latest("staff_moved") == 0.0
