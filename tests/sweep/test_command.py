"""The command `sweep`: what it writes, what it says, and what it does not do twice."""

import json
from itertools import product
from pathlib import Path

import pandas as pd
import pytest

from areavasta.accounts import BooksError
from areavasta.indicators import INDICATORS, MAIN_INDICATORS
from areavasta.model import TerritorialModel
from experiments.charts.listing import read_charts
from tests.sweep.conftest import Call

CUT = (
    "sweep.factors={scenario.equalisation.cut_per_head: {low: 0, high: 40}, "
    "scenarios: [status_quo, fund_cut]}"
)
SMALL = (CUT, "sweep.method=grid", "sweep.levels=3")


def latest(root: Path) -> Path:
    return (root / "results" / "latest").resolve()


@pytest.fixture
def no_charts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the charts, which take longer than the runs."""
    monkeypatch.setattr("experiments.charts.responses.draw_sweep", lambda *_: [])


def test_a_sweep_writes_table_design_manifest_and_charts(
    call: Call, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(*SMALL, "lang=en") == 0
    folder = latest(root)
    assert sorted(path.name for path in folder.iterdir()) == [
        "charts", "design.parquet", "manifest.json", "sweep.parquet",
    ]  # fmt: skip
    frame = pd.read_parquet(folder / "sweep.parquet")
    assert list(frame.columns) == [
        "point", "scenario.equalisation.cut_per_head", "scenarios", "draw", "replicate", "year", *INDICATORS,
    ]  # fmt: skip
    assert len(frame) == 6 * 2 * 2
    points = frame.groupby("point")[["scenario.equalisation.cut_per_head", "scenarios"]].first()
    assert points.to_numpy().tolist() == [
        [cut, name] for cut in (0.0, 20.0, 40.0) for name in ("status_quo", "fund_cut")
    ]
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["sweep"]["points"] == 6
    assert (manifest["sweep"]["runs"], manifest["sweep"]["failed_runs"]) == (12, 0)
    assert manifest["closing"]["discrepancy_cents"] == 0
    assert set(manifest["scenarios"]) == {"status_quo", "fund_cut"}
    charts = {(entry.name, entry.lang) for entry in read_charts(folder / "charts")}
    assert charts == set(product(("1_scenario_equalisation_cut_per_head", "2_scenarios"), ("it", "en")))
    told = capsys.readouterr().out
    assert "6 points, every combination of values; 12 simulations" in told.replace("\xa0", " ")
    assert "Spending" in told


@pytest.mark.usefixtures("no_charts")
def test_the_same_sweep_runs_nothing_again_and_a_wider_one_only_what_is_new(
    call: Call, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = []
    real = TerritorialModel.run_years

    def counting(model: TerritorialModel, years: int) -> TerritorialModel:
        runs.append(model.law.equalisation.cut_per_head)
        return real(model, years)

    monkeypatch.setattr(TerritorialModel, "run_years", counting)
    assert call(*SMALL) == 0
    first = (latest(root) / "sweep.parquet").read_bytes()
    assert len(runs) == 12
    assert call(*SMALL, "lang=en") == 0
    assert len(runs) == 12
    assert (latest(root) / "sweep.parquet").read_bytes() == first
    assert call(CUT, "sweep.method=grid", "sweep.levels=5") == 0
    assert len(runs) == 20


@pytest.mark.usefixtures("no_charts")
def test_tables_of_communes_are_kept_when_asked_for(call: Call, root: Path) -> None:
    assert call("sweep.factors={run.seed: [1, 2]}", "sweep.method=grid", "sweep.communes=true") == 0
    frame = pd.read_parquet(latest(root) / "communes.parquet")
    assert list(frame.columns[:6]) == ["point", "run.seed", "draw", "replicate", "year", "istat_code"]
    assert len(frame) == 2 * 2 * 2 * 4


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let runs of seed 2 fail."""
    real = TerritorialModel.run_years

    def run_years(model: TerritorialModel, years: int) -> TerritorialModel:
        if model.streams.seed == 2:
            raise BooksError("region is short of 1 cent")
        return real(model, years)

    monkeypatch.setattr(TerritorialModel, "run_years", run_years)


SEEDS = ("sweep.factors={run.seed: [1, 2, 3]}", "sweep.method=grid", "lang=en")


@pytest.mark.usefixtures("no_charts", "failing")
def test_failed_runs_are_listed_and_the_others_count(
    call: Call, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(*SEEDS) == 0
    folder = latest(root)
    failures = pd.read_parquet(folder / "failures.parquet")
    assert failures.to_dict("records") == [
        {"point": 1, "draw": 0, "replicate": replicate, "error": "region is short of 1 cent"}
        for replicate in (1, 2)
    ]
    assert set(pd.read_parquet(folder / "sweep.parquet")["point"]) == {0, 2}
    assert "2 simulations failed" in capsys.readouterr().out.replace("\xa0", " ")


@pytest.mark.usefixtures("no_charts", "failing")
def test_fail_fast_stops_in_one_line(call: Call, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(*SEEDS, "sweep.fail_fast=true") == 2
    assert capsys.readouterr().err == "task 2: region is short of 1 cent\n"
    assert not (root / "results" / "sweep").exists() or not list((root / "results" / "sweep").iterdir())


@pytest.mark.usefixtures("failing")
def test_a_sweep_whose_runs_all_failed_is_one_line(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("sweep.factors={run.seed: [2]}", "sweep.method=grid") == 2
    assert capsys.readouterr().err == "every run failed; the first: region is short of 1 cent\n"


def test_a_sweep_without_factors_says_what_to_write(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call() == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("sweep.factors is empty; choose a file, such as sweep=costs")


def test_reforms_have_no_part_in_a_sweep(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(*SEEDS, "reforms=[fund_cut]") == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("command line, reforms=[fund_cut]: a sweep compares none; make them a factor")


def test_a_store_that_cannot_be_written_is_one_line(
    call: Call, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "file").write_text("no folder")
    assert call(*SEEDS, f"sweep.store={root}/file/store") == 2
    assert capsys.readouterr().err == f"{root}/file/store: Not a directory\n"


def test_a_mistake_in_a_file_names_file_and_line(
    root: Path, call: Call, capsys: pytest.CaptureFixture[str]
) -> None:
    import shutil

    (root / "conf").unlink()
    from experiments._hydra import PROJECT_ROOT

    shutil.copytree(PROJECT_ROOT / "conf", root / "conf")
    (root / "conf" / "sweep" / "mine.yaml").write_text(
        "defaults: [default, _self_]\nfactors:\n  parameters.cost.duplicatin: {}\n"
    )
    assert call("sweep=mine") == 2
    assert capsys.readouterr().err == (
        "conf/sweep/mine.yaml, line 3: factors.parameters.cost.duplicatin cannot be a factor; "
        "did you mean parameters.cost.duplication?\n"
    )


@pytest.mark.parametrize("name", ["costs", "fund"])
def test_shipped_sweeps_hold(name: str) -> None:
    from areavasta.settings.sweep import Method
    from experiments import compose
    from experiments._hydra import Invocation
    from experiments.designs.running import design_tasks
    from experiments.sweep import make_design, make_laws

    settings = compose(f"sweep={name}", "territory=toy", "run.draws=1", "run.replicates=1")
    invocation = Invocation("sweep", (f"sweep={name}", "territory=toy"))
    design = make_design(settings, invocation)
    tasks = design_tasks(settings, design, make_laws(settings, invocation, design))
    expected = settings.sweep.points if settings.sweep.method is Method.sobol else 9
    assert len(tasks) == expected


def test_main_indicators_are_in_the_table() -> None:
    assert set(MAIN_INDICATORS) <= set(INDICATORS)
