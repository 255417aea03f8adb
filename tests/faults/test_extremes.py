"""At the ends of what may be asked books close and indicators stay in their domain, or one line says why."""

import math
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from areavasta import Settings, TerritorialModel
from areavasta.accounts import BooksError, Kind
from areavasta.functions import load_catalogue
from areavasta.indicators import INDICATORS
from areavasta.settings import SettingsError, check_settings
from areavasta.synthetic import generate_territory
from areavasta.territory import Territory, load_territory
from areavasta.territory_tables import NEED_GROUPS
from experiments import compose
from experiments._hydra import run_hydra
from experiments.compare import compare
from experiments.results import read_manifest
from experiments.run import run
from tests.faults.cases import QUICK, TOY
from tests.faults.extremes import TERRITORIES, Bound, edit, law_at, make_territory, parameters_at
from tests.faults.judge import judge

ROUNDING = 1e-9
"""How far sums may leave a domain by rounding."""

LAWS = ("status_quo", "multilevel_governance")
"""Present law, and all instruments together."""

REGIONAL = "scenario.allocation.region.per_head"
NEEDS = [f"need_{group}" for group in NEED_GROUPS if group != "waste"]
NEW_MONEY = ("scenario.effective=2026", "scenario.financing=new_money")


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    parent = tmp_path_factory.mktemp("territories")
    return {name: make_territory(name, parent) for name in TERRITORIES}


@pytest.fixture(scope="module")
def laws() -> dict[str, Settings]:
    return {name: compose(f"scenarios={name}", "run.posterior=none") for name in LAWS}


def finished(settings: Settings, territory: Territory, years: int, draw: int = 0) -> TerritorialModel:
    """Run a model, and see that its books close and every indicator of every year is in its domain."""
    model = TerritorialModel(settings, seed=1, draw=draw, territory=territory).run_years(years)
    assert [one.year for one in model.certificates] == list(range(2023, 2026 + years))
    assert all(one.discrepancy_cents == 0 <= one.lowest_local_balance_cents for one in model.certificates)
    assert out_of_domain(model) == []
    return model


def out_of_domain(model: TerritorialModel) -> list[str]:
    table = model.observation.tables().indicators
    found = []
    for year, key, value in zip(table["year"], table["indicator"], table["value"], strict=True):
        item = INDICATORS[str(key)]
        shown = float(value) * item.scale
        if not (math.isfinite(shown) and item.low - ROUNDING <= shown <= item.high + ROUNDING):
            found.append(f"{year} {key} {shown}")
    return found


def values(model: TerritorialModel, key: str) -> list[float]:
    """Return an indicator by year."""
    table = model.observation.tables().indicators
    return [float(value) for value in table["value"][table["indicator"] == key]]


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("name", TERRITORIES)
def test_a_territory_at_an_end_runs(
    name: str, law: str, folders: dict[str, Path], laws: dict[str, Settings]
) -> None:
    territory = load_territory(folders[name])
    for draw in (0, 1):
        finished(laws[law], territory, 10, draw)


@pytest.mark.parametrize("name", ["one_city", "one_village"])
def test_one_commune_is_equal_to_itself_and_joins_nobody(
    name: str, folders: dict[str, Path], laws: dict[str, Settings]
) -> None:
    model = finished(laws["multilevel_governance"], load_territory(folders[name]), 10)
    for key in ("gini", "theil", "theil_areas", "service_gap", "misallocation", "communes_in_unions"):
        np.testing.assert_allclose(values(model, key), 0.0, atol=1e-12, err_msg=key)
    # Nobody else sets the scale of wellbeing: a year's shock alone moves it little.
    assert all(50 < value < 150 for value in values(model, "ampi"))


def test_frozen_unions_stay_all_or_none(folders: dict[str, Path]) -> None:
    frozen = compose("scenarios=status_quo", "scenario.cooperation.rule=frozen", "scenario.effective=2026")
    frozen.present_law.cooperation.rule = frozen.scenario.cooperation.rule
    everybody = finished(frozen, load_territory(folders["all_in_one_union"]), 10)
    assert values(everybody, "communes_in_unions") == [4.0] * 10
    assert values(everybody, "residents_in_unions") == [1.0] * 10
    nobody = finished(frozen, load_territory(folders["no_unions"]), 10)
    assert values(nobody, "communes_in_unions") == values(nobody, "form_union") == [0.0] * 10


def regional_money(model: TerritorialModel) -> int:
    """Return what the region gave by its rules over all recorded years, in cents."""
    flows = model.observation.tables().flows
    return int(flows["cents"][flows["kind"] == Kind.regional_allocation.value].sum())


@pytest.mark.parametrize("law", LAWS)
def test_a_fund_of_nothing_and_one_a_thousand_times_as_large(law: str) -> None:
    told = f"scenarios={law}"
    usual = compose(told).scenario.allocation.region.per_head
    territory = load_territory(TOY)
    money = {
        amount: regional_money(
            finished(
                compose(told, f"{REGIONAL}={amount}", *NEW_MONEY), territory, 5,
            )
        )
        for amount in (0.0, usual, 1000.0 * usual)
    }  # fmt: skip
    assert usual > 0
    assert money[0.0] == 0
    # Nobody gets more than a place can use.
    assert 1 < money[1000.0 * usual] / money[usual] <= 1000


def test_a_fund_beyond_its_range_is_refused() -> None:
    verdict = judge(
        lambda: run_hydra([*QUICK, f"{REGIONAL}=1e9"], "run", run), nonsense=True, names=(REGIONAL,)
    )
    assert not verdict.wrong
    assert "it must lie between 0 and 50000 (EUR a head)" in verdict.told
    assert verdict.told.count("\n") == 1


@pytest.mark.parametrize("law", LAWS)
def test_sixty_years(law: str, laws: dict[str, Settings]) -> None:
    finished(laws[law], load_territory(TOY), 60)


@pytest.mark.parametrize("parameters", [None, "low", "high"])
@pytest.mark.parametrize("present", [False, True])
@pytest.mark.parametrize("bound", ["low", "high"])
@pytest.mark.parametrize("law", LAWS)
def test_all_levers_at_one_end(
    law: str, bound: Bound, present: bool, parameters: Bound | None, laws: dict[str, Settings]
) -> None:
    settings = law_at(laws[law], bound, present=present)
    if parameters:
        settings = parameters_at(settings, parameters)
    check_settings(settings, load_catalogue())
    finished(settings, load_territory(TOY), 15)


@pytest.mark.long
@pytest.mark.parametrize("parameters", [None, "low", "high"])
@pytest.mark.parametrize("present", [False, True])
@pytest.mark.parametrize("bound", ["low", "high"])
@pytest.mark.parametrize("law", LAWS)
def test_all_levers_at_one_end_everywhere(
    law: str,
    bound: Bound,
    present: bool,
    parameters: Bound | None,
    laws: dict[str, Settings],
    folders: dict[str, Path],
) -> None:
    settings = law_at(laws[law], bound, present=present)
    if parameters:
        settings = parameters_at(settings, parameters)
    for territory in [*map(load_territory, folders.values()), generate_territory(60, 7)]:
        finished(settings, territory, 15)


@pytest.mark.parametrize("years", [60, 100])
def test_levers_at_their_low_end_for_a_life_time(years: int, laws: dict[str, Settings]) -> None:
    finished(law_at(laws["multilevel_governance"], "low", present=True), load_territory(TOY), years)


def test_growth_by_half_every_year_ends_in_one_line(laws: dict[str, Settings]) -> None:
    """At their high end prices and taxes leave, in a life time, what can be counted to the cent."""
    settings = law_at(laws["multilevel_governance"], "high", present=True)
    with pytest.raises(BooksError) as caught:
        finished(settings, load_territory(TOY), 60)
    told = str(caught.value)
    assert told.startswith("year 20")
    assert told.endswith(
        "of which cents cannot be told; simulate fewer years, or less growth and smaller funds"
    )


def test_a_lever_beyond_either_end_is_refused(laws: dict[str, Settings]) -> None:
    for bound, factor in (("low", -1.0), ("high", 1.0)):
        settings = law_at(laws["status_quo"], "high" if bound == "high" else "low", present=False)
        settings.scenario.allocation.region.per_head += factor
        settings.scenario.context.price_growth += factor
        with pytest.raises(SettingsError) as caught:
            check_settings(settings, load_catalogue())
        assert {problem.key for problem in caught.value.problems} == {
            REGIONAL, "scenario.context.price_growth",
        }  # fmt: skip


def test_a_territory_that_needs_nothing_is_refused(tmp_path: Path) -> None:
    folder = make_territory("no_need", tmp_path)
    edit(folder, "communes", lambda rows: [{**row, **dict.fromkeys(NEEDS, "0")} for row in rows])
    verdict = judge(lambda: run_hydra([f"territory.folder={folder}"], "run", run), nonsense=True)
    assert not verdict.wrong
    assert verdict.told == (
        f"communes.csv columns {', '.join(NEEDS)}: are 0 in every commune; write standard needs, EUR a head, "
        "at least in one\n"
    )


@pytest.mark.parametrize("column", ["population_2023", "population_2026", "taxpayers"])
def test_a_commune_without_people_is_refused(column: str, tmp_path: Path) -> None:
    folder = make_territory("one_resident", tmp_path)
    edit(folder, "communes", lambda rows: [{**rows[0], column: "0"}, *rows[1:]])
    output = tmp_path / "results"
    arguments = [f"territory.folder={folder}", *QUICK[1:], f"output={output}"]
    for call in (
        partial(run_hydra, arguments, "run", run),
        partial(run_hydra, arguments, "compare", compare),
    ):
        verdict = judge(call, nonsense=True)
        assert not verdict.wrong
        first = f"communes.csv row 2 column {column}: '0' is out of range; it must be a whole number from 1"
        assert first in verdict.told
        assert not output.exists()


def commands(folder: Path, output: Path, names: tuple[str, ...]) -> None:
    """Run commands on a folder of tables and see that each leaves whole results."""
    base = [f"territory.folder={folder}", "run.years=3", "run.draws=1", "run.replicates=2", "run.processes=1"]
    for name in names:
        more = ["reforms=[multilevel_governance]", "ablate=true"] if name == "compare" else []
        arguments = [*base, *more, f"output={output / name}"]
        task = {"run": run, "compare": compare}[name]
        verdict = judge(partial(run_hydra, arguments, name, task))
        assert (verdict.code, verdict.wrong, verdict.told) == (0, "", "")
        manifest = read_manifest(output / name)
        assert manifest["closing"]["discrepancy_cents"] == 0
        assert "nan" not in (output / name / "manifest.json").read_text(encoding="utf-8").lower().split('"')


@pytest.mark.parametrize("name", TERRITORIES)
def test_the_command_run_at_an_end(name: str, folders: dict[str, Path], tmp_path: Path) -> None:
    commands(folders[name], tmp_path, ("run",))


def test_the_command_compare_with_one_commune(folders: dict[str, Path], tmp_path: Path) -> None:
    commands(folders["one_village"], tmp_path, ("compare",))


@pytest.mark.long
@pytest.mark.parametrize("name", TERRITORIES)
def test_the_command_compare_at_an_end(name: str, folders: dict[str, Path], tmp_path: Path) -> None:
    commands(folders[name], tmp_path, ("compare",))
