"""The model as a Mesa model, with Mesa's own tools as clients."""

import gc

import mesa
import numpy as np
import pytest

from areavasta import Settings, TerritorialModel
from areavasta.agents import Commune, MetropolitanCity, Province, Region, Union
from areavasta.indicators import INDICATORS
from areavasta.settings import FIRST_YEAR
from areavasta.synthetic import generate_territory
from experiments import compose


@pytest.fixture(scope="module")
def settings() -> Settings:
    return compose("scenarios=status_quo", "territory=synthetic", "territory.synthetic_communes=40")


def test_bodies_are_agents_by_type() -> None:
    model = TerritorialModel(compose(), seed=1)
    kinds = (Commune, Union, Province, MetropolitanCity, Region)
    assert [len(model.agents_by_type[kind]) for kind in kinds] == [330, 51, 8, 1, 1]
    # 13 ambits have no union yet.
    assert sum(union.members > 0 for union in model.agents_by_type[Union]) == 38
    assert len(model.agents) == 391


def test_an_agent_is_a_window_on_the_arrays() -> None:
    model = TerritorialModel(compose(), seed=1)
    model.step()
    bologna = next(agent for agent in model.agents_by_type[Commune] if agent.name == "Bologna")
    assert bologna.istat_code == "037006"
    assert bologna.union is None
    assert bologna.population == model.state.population[bologna.index]
    assert bologna.cash == model.ledger.balance[bologna.index] / 100
    model.state.effort[bologna.index] = 0.95
    assert bologna.effort == 0.95
    faenza = next(agent for agent in model.agents_by_type[Union] if agent.key == "RA02")
    assert faenza.members == 6
    assert {"personnel", "local_police", "taxes"} <= set(faenza.functions)
    city = next(iter(model.agents_by_type[MetropolitanCity]))
    assert (city.key, round(city.population)) == (
        "BO",
        round(model.area_residents[model.territory.area_keys.index("BO")]),
    )


def test_mesa_s_data_collector_reads_it(settings: Settings) -> None:
    model = TerritorialModel(settings, seed=3)
    collector = mesa.DataCollector(
        model_reporters={"cost": lambda each: each.observation.latest("cost"), "year": "year"},
        agenttype_reporters={Commune: {"service": "service", "effort": "effort"}},
    )
    for _ in range(5):
        model.step()
        collector.collect(model)
    frame = collector.get_model_vars_dataframe()
    assert frame["year"].tolist() == list(range(FIRST_YEAR, FIRST_YEAR + 5))
    assert np.isfinite(frame["cost"].iloc[-2:]).all()
    assert len(collector.get_agenttype_vars_dataframe(Commune)) == 5 * 40


def test_mesa_s_batch_run_runs_it(settings: Settings) -> None:
    results = mesa.batch_run(
        BatchModel, {"settings": settings, "draw": [0, 1]}, max_steps=5, display_progress=False
    )
    costs = {row["draw"]: row["cost"] for row in results}
    assert set(costs) == {0, 1}
    assert costs[0] != costs[1]


class BatchModel(TerritorialModel):
    """The model with a Mesa collector of its own, as a researcher would write it."""

    def __init__(self, settings: Settings, seed: int | None = None, draw: int = 0) -> None:
        super().__init__(settings, seed=seed, draw=draw)
        self.datacollector = mesa.DataCollector({"cost": lambda model: model.observation.latest("cost")})

    def step(self) -> None:
        super().step()
        self.datacollector.collect(self)


def test_no_seed_is_seed_one(settings: Settings) -> None:
    none, one = (TerritorialModel(settings, seed=seed).run_years(1).ledger.balance for seed in (None, 1))
    assert (none == one).all()


def test_other_seeds_draws_and_replicates_differ(settings: Settings) -> None:
    runs = [
        TerritorialModel(settings, seed=seed, draw=draw, replicate=replicate).run_years(1).ledger.balance
        for seed, draw, replicate in ((1, 0, 0), (2, 0, 0), (1, 1, 0), (1, 0, 1))
    ]
    for one in range(4):
        for other in range(one):
            assert (runs[one] != runs[other]).any()


@pytest.mark.long
def test_memory_stays_flat_over_a_thousand_runs() -> None:
    settings = compose()
    territory = generate_territory(20, 1)

    def run(times: int) -> int:
        for seed in range(times):
            TerritorialModel(settings, seed=seed, territory=territory).run_years(1)
        gc.collect()
        return sum(1 for thing in gc.get_objects() if isinstance(thing, TerritorialModel))

    run(10)
    after_few = run(100)
    assert run(900) <= after_few + 1


def test_a_run_of_indicators_alone_gives_the_same_indicators(settings: Settings) -> None:
    whole = TerritorialModel(settings, seed=3).run_years(3).observation.tables()
    alone = TerritorialModel(settings, seed=3, tables=("indicators",)).run_years(3)
    brief = alone.observation.tables()
    for column, values in whole.indicators.items():
        np.testing.assert_array_equal(brief.indicators[column], values)
    assert brief.communes == brief.flows == {}


def test_the_last_value_of_an_indicator_is_that_of_the_table(settings: Settings) -> None:
    model = TerritorialModel(settings, seed=3)
    assert np.isnan(model.observation.latest("gini"))
    table = model.run_years(3).observation.tables().indicators
    for key, value in list(zip(table["indicator"], table["value"], strict=True))[-len(INDICATORS) :]:
        assert model.observation.latest(key) == value
