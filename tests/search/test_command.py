"""The command, over the toy territory: results, resumption, failures, goals, scenarios to compare."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from pandas.testing import assert_frame_equal

from areavasta.indicators import INDICATORS
from areavasta.model import TerritorialModel
from experiments._hydra import run_hydra
from experiments.charts.listing import read_charts
from experiments.compare import compare
from experiments.engine import Closing
from experiments.search.checkpoints import Checkpoints
from experiments.search.evaluating import Batch, Evaluator
from experiments.search.outcome import measured
from experiments.search.results import CONVERGENCE, EFFECTS, EVALUATIONS, FRESH, FRONT, REFORMS
from tests.results.conftest import Finished
from tests.search.conftest import SMALL, TOY, Call, latest

TABLES = (EVALUATIONS, FRONT, REFORMS, EFFECTS, CONVERGENCE, FRESH)

FRAGILE = {"mandatory", "frozen"}

GOAL = "search.goal={indicator: cost, at_most: -0.3, of: difference}"


@pytest.fixture
def no_charts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not draw: drawing takes longer than all simulations."""
    monkeypatch.setattr("experiments.charts.search.draw_search", lambda *_: [])


@pytest.fixture
def tried_points(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the points of every batch that is evaluated, not recalled."""
    counts: list[int] = []
    evaluate = Evaluator.evaluate

    def counting(self: Evaluator, points: list[tuple[object, ...]]) -> Batch:
        counts.append(len(points))
        return evaluate(self, points)  # type: ignore[arg-type]

    monkeypatch.setattr(Evaluator, "evaluate", counting)
    return counts


def tables(folder: Path) -> dict[str, pd.DataFrame]:
    return {name: pd.read_parquet(folder / name) for name in TABLES}


def test_a_search_leaves_its_tables_scenarios_and_charts(finished: Finished) -> None:
    folder, printed = finished.folder, finished.printed
    found = tables(folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["command"] == "search"
    assert manifest["closing"]["runs"] > manifest["closing"]["discrepancy_cents"] == 0
    assert manifest["search"]["tried"] == len(found[EVALUATIONS].query("method != 'random'"))
    assert len(found[EVALUATIONS].query("method == 'random'")) == 8
    assert found[FRONT]["recommended"].sum() == 1
    names = {path.stem for path in (folder / "scenarios").glob("*.yaml")}
    assert names == {one["name"] for one in manifest["search"]["reforms"]} != set()
    assert found[REFORMS]["name"].tolist() == ["status_quo", "fund_cut"]
    assert set(found[EFFECTS]["scenario"]) == {"fund_cut", *names}
    listed = {(one.name, one.lang) for one in read_charts(folder / "charts")}
    kinds = ("1_tradeoff", "2_parallel", "3_convergence")
    assert listed == {(name, lang) for name in kinds for lang in ("it", "en")}
    assert "Hypervolume" in printed
    assert "python -m experiments compare 'reforms=[found_0" in printed


def test_a_found_reform_compares_unchanged_with_the_same_numbers(finished: Finished, root: Path) -> None:
    folder = finished.folder
    name = json.loads((folder / "manifest.json").read_text())["search"]["reforms"][-1]["name"]
    promised = pd.read_parquet(folder / EFFECTS).query("scenario == @name").reset_index(drop=True)
    front = pd.read_parquet(folder / FRONT).set_index("name").loc[name]
    scenarios = root / "scenarios"
    shipped = scenarios.resolve()
    scenarios.unlink()
    scenarios.mkdir()
    for path in [*shipped.glob("*.yaml"), folder / "scenarios" / f"{name}.yaml"]:
        (scenarios / path.name).write_text(path.read_text())
    assert set(yaml.safe_load((scenarios / f"{name}.yaml").read_text())["title"]) == {"it", "en"}
    assert run_hydra([*TOY, f"reforms=[{name}]"], "compare", compare, root) == 0
    given = pd.read_parquet(latest(root) / "effects.parquet").query("scenario == @name")
    shared = [column for column in promised if column in given]
    assert_frame_equal(promised[shared], given.reset_index(drop=True)[shared], check_exact=True)
    # The mean of two runs is their median.
    medians = given.set_index("indicator")["median"]
    keys = ["cost", "below_essential"]
    assert [front[key] for key in keys] == pytest.approx(
        [medians[key] * INDICATORS[key].scale for key in keys]
    )


@pytest.mark.usefixtures("no_charts")
def test_a_search_that_ends_halfway_goes_on_and_gives_the_same(
    finished: Finished, call: Call, root: Path, tried_points: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tables(finished.folder)
    again = f"search.store={root}/again"
    note, tried = Checkpoints.note, []

    def stop(self: Checkpoints, track: str, generation: int, batch: Batch) -> None:
        note(self, track, generation, batch)
        tried.append(track)
        if len(tried) == 2:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Checkpoints, "note", stop)
        with pytest.raises(KeyboardInterrupt):
            call(*SMALL, again)
    kept = sorted(path.name.partition("-")[2] for path in (root / "again" / "searches").iterdir())
    assert kept == ["search-1-0001.json", "search-1-0002.json"], "a checkpoint each generation"
    tried_points.clear()
    assert call(*SMALL, again) == 0
    sizes = whole[EVALUATIONS].groupby(["method", "generation"], sort=False).size().tolist()
    assert tried_points == sizes[2:], "finished generations are not tried again"
    for name, table in tables(latest(root)).items():
        assert_frame_equal(table, whole[name], check_exact=True)


def test_a_damaged_checkpoint_is_as_none(tmp_path: Path) -> None:
    points = [(0.25,), (0.75,)]
    batch = Batch([measured(point, (1.5, 2.5), (1.5, 2.5)) for point in points], Closing())
    kept = Checkpoints(tmp_path, "key")
    kept.note("search", 1, batch)
    assert kept.recall("search", 1, points) == batch
    (path,) = (tmp_path / "searches").iterdir()
    whole = path.read_text(encoding="utf-8")
    for spoilt in (whole.replace("2.5", "2.4"), whole[:-20], whole.partition("\n")[2], "", "x"):
        path.write_text(spoilt, encoding="utf-8")
        assert kept.recall("search", 1, points) is None


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let runs fail where membership of unions is mandatory or frozen."""
    run_years = TerritorialModel.run_years

    def fragile(self: TerritorialModel, years: int) -> TerritorialModel:
        if self.settings.scenario.cooperation.rule.value in FRAGILE:
            raise ValueError("short of 1 cent")
        return run_years(self, years)

    monkeypatch.setattr(TerritorialModel, "run_years", fragile)


@pytest.mark.usefixtures("no_charts", "failing")
def test_failed_runs_are_told_and_the_search_goes_on(
    call: Call, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(*SMALL, "search.population=6") == 0
    tried = pd.read_parquet(latest(root) / EVALUATIONS)
    failed = tried[tried["status"] == "failed"]
    assert set(failed["reason"]) == {"ValueError: short of 1 cent"}
    assert set(failed["scenario.cooperation.rule"]) == FRAGILE
    assert failed["cost"].isna().all()
    assert not failed["unbeaten"].any()
    first = failed[failed["method"] != "random"]
    assert f"failed: {len(first)};" in capsys.readouterr().out.replace("\u00a0", " ")


@pytest.mark.usefixtures("no_charts")
def test_the_least_change_that_reaches_a_goal(
    call: Call, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(*SMALL, GOAL, "search.population=8", "search.generations=3") == 0
    folder = latest(root)
    tried = pd.read_parquet(folder / EVALUATIONS)
    front = pd.read_parquet(folder / FRONT)
    assert (tried["method"] != "random").all()
    reached = tried[tried["cost_at_most"] <= -0.3]
    assert len(reached), "the goal of the test is out of reach"
    change = reached["levers_changed"] + reached["distance"]
    (best,) = front[front["recommended"]].to_dict("records")
    assert best["levers_changed"] + best["distance"] == pytest.approx(change.min())
    assert "least change" in capsys.readouterr().out


@pytest.mark.usefixtures("no_charts")
def test_a_goal_out_of_reach_is_said(call: Call, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    far = "search.goal={indicator: cost, at_most: -9000, of: difference}"
    assert call(*SMALL, far) == 0
    assert "No reform tried is within the bounds" in capsys.readouterr().out
    folder = latest(root)
    assert not list((folder / "scenarios").iterdir())
    assert pd.read_parquet(folder / FRONT).empty


@pytest.mark.usefixtures("no_charts")
def test_a_goal_that_present_law_reaches_needs_no_reform(
    call: Call, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(*SMALL, "search.goal={indicator: cost, at_most: 9000}") == 0
    assert "No reform tried does better than present law" in capsys.readouterr().out
    folder = latest(root)
    assert not list((folder / "scenarios").iterdir())
    told = json.loads((folder / "manifest.json").read_text())["search"]
    assert told["nothing"]["it"].startswith("Nessuna riforma provata fa meglio della legislazione vigente")


@pytest.mark.usefixtures("no_charts")
def test_bounds_shocks_and_cautious_values(call: Call, root: Path) -> None:
    assert call(
        *SMALL, "run.years=3", "search.statistic=cautious", "search.random=false", "search.fresh=0",
        "search.shocks={none: {}, cut: {2028: {equalisation: {cut_per_head: 30.0}}}}",
        "search.constraints={communes_worse: {at_most: 50}, worst_commune: {at_least: -90}}",
    ) == 0  # fmt: skip
    folder = latest(root)
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["search"]["cases"] == 4
    assert manifest["search"]["shocks"] == ["none", "cut"]
    tried = pd.read_parquet(folder / EVALUATIONS)
    measured = tried[tried["status"].isin(["holds", "breaks"])]
    beyond = (measured["communes_worse_at_most"] > 50) | (measured["worst_commune_at_least"] < -90)
    assert (beyond == (measured["status"] == "breaks")).all()
    assert np.isfinite(measured["cost"]).all()
    assert not (folder / FRESH).exists()


def test_without_levers_one_line_says_what_to_write(call: Call, capsys: pytest.CaptureFixture[str]) -> None:
    assert call() == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "search.levers is empty; choose a file, such as search=governance" in line
