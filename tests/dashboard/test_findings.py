"""Reforms that a search found can be started from, and a discovery tells where a reform misses its goal."""

import shutil
from pathlib import Path

import pytest

from experiments._hydra import compose, run_hydra
from experiments.dashboard import findings
from experiments.dashboard.form import form
from experiments.dashboard.levers import value_of
from experiments.dashboard.request import Request, RequestError, settings_of
from experiments.dashboard.running import compare
from experiments.dashboard.scenario_file import scenario_yaml
from experiments.discover.command import discover
from experiments.search.command import search
from tests.results.conftest import make_root

TOY = ("territory=toy", "run.years=2", "run.processes=1")
LEVERS = (
    "search.levers={scenario.incentives.amount_per_head: {low: 0, high: 16}, scenario.cooperation.rule: {}}"
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with a search and a discovery, without their charts."""
    root = make_root(tmp_path_factory.mktemp("project"))
    patch = pytest.MonkeyPatch()
    patch.setattr("experiments.charts.search.draw_search", lambda *_: [])
    patch.setattr("experiments.charts.discover.draw_discover", lambda *_: [])
    try:
        small = ("search.population=4", "search.generations=2", "search.fresh=0", "search.random=false")
        assert run_hydra([*TOY, LEVERS, *small, "reforms=[fund_cut]"], "search", search, root) == 0
        factors = "discover.factors={scenario.equalisation.cut_per_head: {low: 0, high: 60}}"
        few = ("discover.points=20", "discover.resamples=10", "discover.reforms=[fund_cut]")
        assert run_hydra([*TOY, factors, *few], "discover", discover, root) == 0
    finally:
        patch.undo()
    return root


@pytest.fixture
def results(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(findings, "RESULTS", project / "results")
    return project / "results"


def test_a_found_reform_can_be_started_from_and_its_file_runs_unchanged(
    results: Path, tmp_path: Path
) -> None:
    name, found = next(iter(findings.found_reforms().items()))
    request = Request("toy", name, years=2)
    assert request.name == name
    shown = form(request, "it")
    assert {"value": name, "text": found.title.it} in shown["found"]
    assert shown["provisions"]
    outcome = compare(request, lambda _: None, lambda: True)
    assert outcome.settings[name].scenario == found
    for moves in ({}, {"solidarity.share": 0.25}):
        moved = Request("toy", name, moves, years=2)
        for part in ("conf", "scenarios"):
            shutil.copytree(results.parent / part, tmp_path / part, dirs_exist_ok=True)
        file = tmp_path / "scenarios" / f"{moved.name}.yaml"
        file.write_text(scenario_yaml(moved), encoding="utf-8")
        read = compose("territory=toy", f"scenarios={moved.name}", root=tmp_path).scenario
        asked = settings_of(moved)[moved.name].scenario
        assert read == asked
        assert value_of(read, "solidarity.share") == moves.get(
            "solidarity.share", value_of(found, "solidarity.share")
        )


@pytest.mark.usefixtures("results")
@pytest.mark.parametrize(("lang", "words"), [("it", "Taglio del fondo"), ("en", "fund")])
def test_the_form_tells_in_which_worlds_a_reform_misses_its_goal(lang: str, words: str) -> None:
    goal, finding = form(Request("toy", "fund_cut"), lang)["conditions"]
    assert goal.endswith(".")
    assert words in finding
    assert form(Request("toy", "fund_cut", {"solidarity.share": 0.25}), lang)["conditions"] == []
    assert form(Request("toy", "multilevel_governance"), lang)["conditions"] == []


def test_a_damaged_or_missing_search_offers_nothing(
    results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = next(iter(findings.found_reforms()))
    shutil.copytree(results, tmp_path / "results", symlinks=True)
    monkeypatch.setattr(findings, "RESULTS", tmp_path / "results")
    (manifest,) = (tmp_path / "results" / "search").glob("*/manifest.json")
    manifest.write_text(manifest.read_text(encoding="utf-8").replace(name, "../../etc"), encoding="utf-8")
    assert findings.found_reforms() == {}
    with pytest.raises(RequestError, match="is not there"):
        settings_of(Request("toy", name))
    monkeypatch.setattr(findings, "RESULTS", tmp_path / "none")
    assert findings.found_reforms() == {}
    assert findings.conditions("fund_cut", "toy", "it") == []
