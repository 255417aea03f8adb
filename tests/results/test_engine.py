"""The engine: same results for any number of processes, one line for a failing run."""

import os
from dataclasses import replace
from pathlib import Path

import mesa
import pytest

from areavasta.accounts import BooksError, Certificate
from areavasta.model import TerritorialModel
from areavasta.settings import Run, Settings, SettingsError
from experiments import compose, engine_processes
from experiments._hydra import run_hydra
from experiments.compare import compare
from experiments.engine import Closing, pairs_of, run_pair, run_pairs, territory_of
from experiments.engine_processes import RunError, map_in_order
from experiments.results import write_runs

ARGUMENTS = ("territory=toy", "run.years=3", "run.draws=3", "run.replicates=2")
TABLES = ("indicators", "communes", "flows", "places")


@pytest.fixture(scope="module")
def scenarios() -> dict[str, Settings]:
    base = compose(*ARGUMENTS)
    return {"status_quo": base, "fund_cut": compose(*ARGUMENTS, "scenarios=fund_cut")}


def write(scenarios: dict[str, Settings], folder: Path, processes: int) -> Closing:
    chosen = {
        name: replace(settings, run=replace(settings.run, processes=processes))
        for name, settings in scenarios.items()
    }
    first = next(iter(chosen.values()))
    folder.mkdir()
    return write_runs(folder, run_pairs(chosen, pairs_of(first.run)), territory_of(first.territory))


def test_one_and_two_processes_write_the_same_bytes(scenarios: dict[str, Settings], tmp_path: Path) -> None:
    closings = [write(scenarios, tmp_path / str(count), count) for count in (1, 2)]
    assert closings[0] == closings[1]
    for name in TABLES:
        one, two = ((tmp_path / str(count) / f"{name}.parquet").read_bytes() for count in (1, 2))
        assert one == two, name


def test_a_pair_alone_gives_what_it_gives_among_others(scenarios: dict[str, Settings]) -> None:
    among = list(run_pairs(one_process(scenarios), [(1, 1), (3, 2)]))[1]
    alone = run_pair(scenarios, (3, 2))
    assert alone.tables["indicators"].equals(among.tables["indicators"])
    assert alone.tables["communes"].equals(among.tables["communes"])


def one_process(scenarios: dict[str, Settings]) -> dict[str, Settings]:
    return {
        name: replace(settings, run=replace(settings.run, processes=1))
        for name, settings in scenarios.items()
    }


def test_pairs_nest_replicates_in_draws() -> None:
    assert pairs_of(Run(draws=2, replicates=2)) == [(1, 1), (1, 2), (2, 1), (2, 2)]
    assert pairs_of(Run(draws=0, replicates=2)) == [(0, 1), (0, 2)]


def square(number: int) -> int:
    if number < 0:
        raise RunError(f"{number} is negative")
    return number * number


def die(_: int) -> int:
    os._exit(3)


def test_results_come_in_the_order_of_tasks_over_several_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_processes, "TASKS_PER_PROCESS", 4)
    assert list(map_in_order(square, range(19), 2)) == [number**2 for number in range(19)]


def test_an_error_in_another_process_arrives_and_ends_the_others() -> None:
    with pytest.raises(RunError, match="-1 is negative"):
        list(map_in_order(square, [1, 2, -1, 4], 2))


def test_a_process_that_dies_is_one_line() -> None:
    with pytest.raises(RunError) as caught:
        list(map_in_order(die, [1, 2], 2))
    assert len(str(caught.value).splitlines()) == 1


@pytest.mark.parametrize("error", [BooksError("year 2027: account 3 is off"), SettingsError([])])
def test_a_failing_run_names_scenario_draw_and_replicate(
    scenarios: dict[str, Settings], monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(_model: TerritorialModel, _years: int) -> TerritorialModel:
        raise error

    monkeypatch.setattr(TerritorialModel, "run_years", fail)
    with pytest.raises(RunError, match=r"^scenario status_quo, draw 2, replicate 1: ") as caught:
        run_pair(scenarios, (2, 1))
    assert str(error) in str(caught.value)


def test_a_mistake_of_the_program_keeps_its_traceback_and_says_where(
    scenarios: dict[str, Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_model: TerritorialModel, _years: int) -> TerritorialModel:
        raise IndexError("out of bounds")

    monkeypatch.setattr(TerritorialModel, "run_years", fail)
    with pytest.raises(IndexError) as caught:
        run_pair(scenarios, (2, 1))
    assert "scenario status_quo, draw 2, replicate 1" in caught.value.__notes__[0]


def test_a_failing_run_ends_the_command_in_one_line(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = TerritorialModel.run_years

    def fail(model: TerritorialModel, years: int) -> TerritorialModel:
        if model.settings.scenario != model.settings.present_law:
            raise BooksError("year 2027: account 3 (commune) is off by -5 cents, with flows of quota")
        return whole(model, years)

    monkeypatch.setattr(TerritorialModel, "run_years", fail)
    arguments = [*ARGUMENTS, "run.processes=1", "reforms=[fund_cut]"]
    assert run_hydra(arguments, "compare", compare, root) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.splitlines() == [
        "scenario fund_cut, draw 1, replicate 1: "
        "year 2027: account 3 (commune) is off by -5 cents, with flows of quota"
    ]
    assert list((root / "results" / "compare").iterdir()) == []
    assert not (root / "results" / "latest").exists()


def test_an_interrupted_command_leaves_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_model: TerritorialModel, _years: int) -> TerritorialModel:
        raise KeyboardInterrupt

    monkeypatch.setattr(TerritorialModel, "run_years", interrupt)
    with pytest.raises(KeyboardInterrupt):
        run_hydra([*ARGUMENTS, "run.processes=1"], "compare", compare, root)
    assert list((root / "results" / "compare").iterdir()) == []


def test_models_do_not_pile_up(scenarios: dict[str, Settings]) -> None:
    numbers = getattr(mesa.Agent, "_ids", {})
    before = len(numbers)
    run_pair(scenarios, (1, 1))
    assert len(numbers) == before


def test_closings_add_up_without_hiding_discrepancies() -> None:
    first = Closing.of_run([Certificate(2026, 3, 100, 5, 7), Certificate(2027, 4, 50, -5, 2)])
    assert first == Closing(1, 2, 7, 150, 10, 2)
    assert Closing() + first + Closing.of_run([Certificate(2026, 1, 1, 0, 9)]) == Closing(2, 3, 8, 151, 10, 2)
