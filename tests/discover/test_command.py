"""The command, from arguments to tables, on the toy territory."""

import json
from pathlib import Path

import pandas as pd
import pytest

from experiments._hydra import run_hydra
from experiments.charts.listing import read_charts
from experiments.discover.command import discover
from experiments.sweep import sweep
from tests.results.conftest import make_root

TOY = ("territory=toy", "run.years=3", "run.processes=1", "discover.points=40", "discover.resamples=10")
CUT = "scenario.equalisation.cut_per_head"
FACTORS = f"discover.factors={{{CUT}: {{low: 0, high: 60}}, parameters.cost.duplication: {{}}}}"


def call(root: Path, *arguments: str) -> int:
    return run_hydra(list(arguments), "discover", discover, root)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_root(tmp_path_factory.mktemp("project"))


def test_a_shock_explains_where_services_fall(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A cut of the fund lowers services under every law: above some cut the level misses its goal."""
    level = ("discover.criterion.of=level", "discover.criterion.at_least=100.0")
    assert call(root, *TOY, FACTORS, "discover.reforms=[needs_based_fund]", *level) == 0
    told = capsys.readouterr().out
    assert "«Fondo" in told
    folder = (root / "results" / "latest").resolve()
    points = pd.read_parquet(folder / "points.parquet")
    assert list(points.columns) == [
        "scenario.equalisation.cut_per_head", "parameters.cost.duplication", "status_quo", "needs_based_fund",
    ]  # fmt: skip
    assert len(points) == 40
    cut = points["scenario.equalisation.cut_per_head"]
    # The shock holds under present law too.
    assert cut.corr(points["status_quo"]) < -0.9
    boxes = pd.read_parquet(folder / "boxes.parquet")
    assert list(boxes["factor"]) == ["scenario.equalisation.cut_per_head"]
    assert boxes["high"].isna().all()
    misses = points["needs_based_fund"] < 100.0
    assert boxes["low"].iloc[0] == pytest.approx(cut[misses].min(), abs=6.0)
    verdicts = pd.read_parquet(folder / "verdicts.parquet")
    assert verdicts["finding"].tolist() == ["box"]
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["command"] == "discover"
    assert manifest["discover"]["worlds"] == 40
    assert manifest["closing"]["discrepancy_cents"] == 0
    assert {entry.lang for entry in read_charts(folder / "charts")} == {"it", "en"}


def test_the_points_of_a_sweep_are_taken_as_they_are(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    factors = FACTORS.replace("discover.factors", "sweep.factors")
    arguments = [
        "territory=toy", "run.years=3", "run.draws=0", "run.replicates=1", "run.processes=1",
        "sweep.method=latin_hypercube", "sweep.points=40", factors, "scenarios=needs_based_fund",
    ]  # fmt: skip
    assert run_hydra(arguments, "sweep", sweep, root) == 0
    swept = (root / "results" / "latest").resolve()
    level = ("discover.criterion.of=level", "discover.criterion.at_least=100.0")
    assert call(root, *TOY, f"discover.sweep={swept}", *level, "lang=en") == 0
    folder = (root / "results" / "latest").resolve()
    assert not (folder / "regret.parquet").exists()
    assert pd.read_parquet(folder / "verdicts.parquet")["worlds"].tolist() == [40]
    assert "Where a reform fails" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["discover.criterion.indicator=servce"], "did you mean service?"),
        (["discover.criterion.at_least=null"], "write at_least or at_most"),
        (["discover.criterion.at_least=2", "discover.criterion.at_most=1"], "must not be above"),
        (["discover.reforms=[needs_based_fnd]"], "did you mean needs_based_fund?"),
        (["discover.reforms=[status_quo]", "discover=uncertain_world"], "which is present law"),
        (["discover.factors={scenarios: [fund_cut, status_quo]}"], "name reforms in discover.reforms"),
        (["discover.factors={scenario.context.aging: {}}"], "did you mean scenario.context.ageing?"),
        (["discover.sweep=x"], "the points of a sweep have one law each"),
        (["discover.sweep=nowhere", "discover.criterion.of=level"], "nowhere: is no folder"),
        (["discover.points=3"], "discover.points"),
        (["run.draws=3"], "command line, run.draws=3: constants vary with the world, not by draws"),
        (["reforms=[fund_cut]"], "command line, reforms=[fund_cut]: write discover.reforms=[...]"),
        (["discover.case=fail"], "fails"),
    ],
)
def test_mistakes_are_told_in_one_line(
    root: Path, arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(root, "territory=toy", *arguments) == 2
    error = capsys.readouterr().err
    assert says in error
    assert error.count("\n") == 1
