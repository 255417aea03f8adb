"""The command `sensitivity`: what it writes and says, effects, chance, and points of a finished sweep."""

import json
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from areavasta.accounts import BooksError
from areavasta.model import TerritorialModel
from experiments import compose
from experiments._hydra import run_hydra
from experiments.charts.listing import read_charts
from experiments.sweep import sweep
from tests.sensitivity.conftest import TOY, Call

CUT = "scenario.equalisation.cut_per_head"
FACTORS = f"sensitivity.factors={{{CUT}: {{low: 0, high: 40}}, parameters.cost.duplication: {{}}}}"
FEW = (FACTORS, "sensitivity.n=8", "sensitivity.indicators=[spending,service,clarity]")


def latest(root: Path) -> Path:
    return (root / "results" / "latest").resolve()


@pytest.fixture
def no_charts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the charts, which take longer than the runs."""
    monkeypatch.setattr("experiments.charts.sensitivity.draw_sensitivity", lambda *_: [])


def test_an_analysis_writes_tables_verdicts_charts_and_manifest(
    call: Call, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(*FEW, "lang=en", "sensitivity.second_order=false") == 0
    folder = latest(root)
    assert sorted(path.name for path in folder.iterdir()) == [
        "charts", "claims.parquet", "convergence.parquet", "indices.parquet", "manifest.json",
        "points.parquet", "verdicts.parquet",
    ]  # fmt: skip
    indices = pd.read_parquet(folder / "indices.parquet")
    assert list(indices.columns) == [
        "method", "indicator", "factor", "other", "index", "value", "low", "high",
    ]  # fmt: skip
    assert set(indices["factor"]) == {CUT, "parameters.cost.duplication", "chance", "dummy"}
    points = pd.read_parquet(folder / "points.parquet")
    assert len(points) == 8 * (3 + 2)
    assert {CUT, "run.seed", "spending"} <= set(points.columns)
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["sensitivity"]["runs"] == 40
    assert manifest["closing"]["discrepancy_cents"] == 0
    assert manifest["run_id"]
    verdicts = pd.read_parquet(folder / "verdicts.parquet").set_index("indicator").to_dict("index")
    assert verdicts["clarity"]["text_en"] == "Clarity of competences does not vary: no factor moves it."
    assert "Campioni troppo pochi" in verdicts["spending"]["text_it"]
    charts = {(entry.name, entry.lang) for entry in read_charts(folder / "charts")}
    names = ("1_factors_and_indicators", "2_convergence", "3_spending", "3_service")
    assert charts == set(product(names, ("it", "en")))
    told = capsys.readouterr().out
    assert "What results depend on" in told
    assert "chance (seed)" in told


@pytest.mark.usefixtures("no_charts")
def test_a_second_analysis_runs_only_what_is_new(
    call: Call, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = []
    real = TerritorialModel.run_years

    def counting(model: TerritorialModel, years: int) -> TerritorialModel:
        runs.append(model)
        return real(model, years)

    monkeypatch.setattr(TerritorialModel, "run_years", counting)
    assert call(*FEW) == 0
    first = (latest(root) / "indices.parquet").read_bytes()
    count = len(runs)
    assert count == 8 * (2 * 3 + 2)
    assert call(*FEW, "lang=en") == 0
    assert len(runs) == count
    assert (latest(root) / "indices.parquet").read_bytes() == first
    # A sample twice as large begins with the same rows.
    assert call(FACTORS, "sensitivity.n=16", "sensitivity.indicators=[spending]") == 0
    assert len(runs) == 2 * count


@pytest.mark.usefixtures("no_charts")
@pytest.mark.long
def test_effects_are_differences_from_present_law_at_the_same_point(call: Call, root: Path) -> None:
    common = (*FEW, "sensitivity.second_order=false")
    assert call(*common, "scenarios=fund_cut", "sensitivity.of=effect") == 0
    points = pd.read_parquet(latest(root) / "points.parquet")
    row = points.to_dict("records")[5]
    base = compose(*TOY, "scenarios=fund_cut")
    parameters = replace(
        base.parameters,
        cost=replace(base.parameters.cost, duplication=float(row["parameters.cost.duplication"])),
    )
    cut = replace(base.scenario.equalisation, cut_per_head=float(row[CUT]))
    reform = replace(base, parameters=parameters, scenario=replace(base.scenario, equalisation=cut))
    present = replace(base, parameters=parameters, scenario=base.present_law)
    spending = [
        TerritorialModel(settings, row["run.seed"], replicate=1).run_years(2).observation.latest("spending")
        for settings in (reform, present)
    ]
    assert row["spending"] == pytest.approx(spending[0] - spending[1], abs=1e-9)
    assert np.abs(points["spending"]).max() > 0.0


@pytest.mark.usefixtures("no_charts")
def test_the_effect_of_present_law_is_refused(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(*FEW, "sensitivity.of=effect") == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("sensitivity.of is effect, but scenarios=status_quo is present law")


def test_mistakes_are_one_line(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call() == 2
    assert capsys.readouterr().err.startswith("sensitivity.factors is empty; choose a file")
    assert call(*FEW, "run.draws=5") == 2
    assert capsys.readouterr().err.startswith("command line, run.draws=5: parameters are not drawn here")
    assert call("sensitivity.factors={parameters.cost.duplicatin: {}}") == 2
    assert "did you mean parameters.cost.duplication?" in capsys.readouterr().err
    assert call("sensitivity.sweep=/nowhere") == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line == "/nowhere: there is no manifest.json; name a folder of results"


@pytest.mark.usefixtures("no_charts")
@pytest.mark.long
def test_failed_runs_are_named_or_left_out(
    call: Call, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = TerritorialModel.run_years

    def run_years(model: TerritorialModel, years: int) -> TerritorialModel:
        if model.settings.scenario.equalisation.cut_per_head > 35.0:
            raise BooksError("region is short of 1 cent")
        return real(model, years)

    monkeypatch.setattr(TerritorialModel, "run_years", run_years)
    assert call(*FEW) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "points have no finite outcome: " in line
    assert not list((root / "results" / "sensitivity").iterdir())
    assert call(FACTORS, "sensitivity.method=pawn", "sensitivity.n=40", "lang=en") == 0
    told = capsys.readouterr().out
    assert "failed; their points are left out" in told
    verdicts = pd.read_parquet(latest(root) / "verdicts.parquet")
    assert (verdicts["points"] < 40).all()


@pytest.mark.usefixtures("no_charts")
@pytest.mark.long
def test_points_of_a_finished_sweep_are_analysed_as_they_are(
    call: Call, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("experiments.charts.responses.draw_sweep", lambda *_: [])
    factors = f"sweep.factors={{{CUT}: {{low: 0, high: 40}}, scenarios: [status_quo, no_incentives]}}"
    arguments = [*TOY, factors, "sweep.points=64", "run.draws=0", "run.replicates=1"]
    assert run_hydra(arguments, "sweep", sweep, root) == 0
    folder = latest(root)
    capsys.readouterr()
    assert call(f"sensitivity.sweep={folder}", "lang=en") == 0
    indices = pd.read_parquet(latest(root) / "indices.parquet")
    assert set(indices["index"]) == {"median", "first"}
    assert set(indices["factor"]) == {CUT, "scenarios", "dummy"}
    spending = indices[(indices["indicator"] == "spending") & (indices["index"] == "median")]
    value = spending.set_index("factor")["value"]
    assert value[CUT] > max(value["dummy"], value["scenarios"])
    assert json.loads((latest(root) / "manifest.json").read_text())["of_run"]
    assert call(f"sensitivity.sweep={latest(root)}") == 2
    assert "name those of a sweep" in capsys.readouterr().err
