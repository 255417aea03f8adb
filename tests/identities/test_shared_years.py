"""Scenarios that share years: each goes on as if it had run alone, to the bit."""

from collections.abc import Iterator

import pytest

from areavasta import Settings
from areavasta.model import TerritorialModel
from areavasta.observation import Column, RunTables
from areavasta.settings import SettingsError
from areavasta.shared_years import SharedYears, last_shared_year
from experiments import compose
from experiments.engine import Companions, territory_of

YEARS = 6

SCENARIOS = {
    "status_quo": (), "multilevel_governance": (), "unions_everywhere": (), "municipal_autonomy": (),
    "metropolitan_leap": (), "knowledge_first": (), "strong_codecision": (), "ageing_region": (),
    "later": ("scenarios=multilevel_governance", "scenario.effective=2029"),
    "paid_anew": ("scenarios=multilevel_governance", "scenario.financing=new_money"),
    "never": ("scenarios=multilevel_governance", "scenario.effective=2040"),
    "dated": ("+scenario.changes={2028: {equalisation: {cut_per_head: 20.0}}}",),
}  # fmt: skip
"""Scenarios by name, those without a file with what the command line would say."""


def settings_of(name: str, *more: str) -> Settings:
    chosen = SCENARIOS[name] or (f"scenarios={name}",)
    return compose("territory=synthetic", f"run.years={YEARS}", *chosen, *more)


def columns(tables: RunTables) -> Iterator[tuple[str, Column]]:
    for kind in ("indicators", "communes", "flows"):
        for name, column in getattr(tables, kind).items():
            yield f"{kind}.{name}", column


def assert_same(found: RunTables, alone: RunTables) -> None:
    for (name, column), (_, expected) in zip(columns(found), columns(alone), strict=True):
        if column.dtype.kind == "f":
            assert column.tobytes() == expected.tobytes(), name
        else:
            assert column.tolist() == expected.tolist(), name


def run_alone(settings: Settings, draw: int = 1) -> RunTables:
    territory = territory_of(settings.territory)
    return TerritorialModel(settings, 1, draw, 1, territory).run_years(YEARS).observation.tables()


def shared(scenarios: list[Settings], draw: int = 1) -> SharedYears:
    first = scenarios[-1]
    return SharedYears(TerritorialModel(first, 1, draw, 1, territory_of(first.territory)), scenarios)


@pytest.mark.parametrize("draw", [0, 3])
def test_each_scenario_goes_on_as_if_it_ran_alone(draw: int) -> None:
    names = [*SCENARIOS, "multilevel_governance", "status_quo"]
    scenarios = [settings_of(name) for name in names]
    runs = shared(scenarios, draw)
    assert runs.model.year == 2026
    for settings in scenarios:
        assert_same(runs.go_on(settings).run_years(YEARS).observation.tables(), run_alone(settings, draw))


def test_years_are_shared_until_the_first_law_takes_effect() -> None:
    later, never = settings_of("later"), settings_of("never")
    assert last_shared_year([later, never]) == 2028
    assert last_shared_year([never]) == 2025 + YEARS
    runs = shared([never, never])
    assert runs.model.year == 2025 + YEARS
    for _ in range(2):
        assert_same(runs.go_on(never).run_years(YEARS).observation.tables(), run_alone(never))


def test_a_scenario_that_fails_leaves_the_others_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = settings_of("unions_everywhere"), settings_of("status_quo")
    wrong = settings_of("status_quo")
    wrong.scenario.taxation.effort_floor = 99.0
    scenarios = [second, first, wrong, second, second]
    runs = Companions(scenarios, (1, 1, 1))
    assert_same(runs.finished(second).observation.tables(), run_alone(second))
    with monkeypatch.context() as failing:
        failing.setattr("areavasta.agents.residents.Residents.fare", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            runs.finished(first)
    with pytest.raises(SettingsError, match="effort_floor"):
        runs.finished(wrong)
    for _ in range(2):
        assert_same(runs.finished(second).observation.tables(), run_alone(second))


def test_mesa_s_clock_goes_on_a_year_a_step() -> None:
    settings = settings_of("multilevel_governance")
    runs = shared([settings, settings])
    for _ in range(2):
        model = runs.go_on(settings)
        for year in range(model.year + 1, 2026 + YEARS):
            model.step()
            assert model.year == year


def test_what_differs_in_more_than_the_scenario_shares_no_years() -> None:
    settings, other = settings_of("status_quo"), settings_of("status_quo", "parameters.cost.duplication=0.05")
    runs = shared([settings, other, settings])
    runs.go_on(settings)
    with pytest.raises(ValueError, match="more than their scenario"):
        runs.go_on(other)
    longer = settings_of("status_quo", "run.years=7")
    with pytest.raises(ValueError, match="more than their scenario"):
        runs.go_on(longer)
