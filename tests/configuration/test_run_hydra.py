from pathlib import Path

import pytest

from areavasta.settings import Settings
from areavasta.territory import TerritoryError
from experiments._hydra import Invocation, run_hydra
from tests.configuration.conftest import Run


def test_one_run_gets_the_settings_asked_for(run: Run) -> None:
    code, lines, seen = run("scenarios=fund_cut", "run=quick", "reforms=[fund_cut]", "lang=en")
    assert (code, lines) == (0, [])
    assert [settings.reforms for settings in seen] == [["fund_cut"]]


@pytest.mark.long
def test_many_runs_go_through_every_scenario(project: Path, run: Run) -> None:
    code, lines, seen = run("-m", "scenarios=glob(*)", "run=quick")
    assert (code, lines) == (0, [])
    assert len(seen) == len(list((project / "scenarios").glob("*.yaml")))
    assert len({settings.scenario.title.en for settings in seen}) == len(seen)
    assert {settings.run.draws for settings in seen} == {0}


def test_many_runs_take_ranges_and_lists(run: Run) -> None:
    _, _, seen = run("-m", "run.years=range(5,7)", "run.seed=3,4")
    assert [(settings.run.years, settings.run.seed) for settings in seen] == [(5, 3), (5, 4), (6, 3), (6, 4)]


def test_a_wrong_name_among_many_stops_before_the_first_run(run: Run) -> None:
    code, lines, seen = run("-m", "scenarios=fund_cut,fund_ct")
    assert (code, seen) == (2, [])
    assert len(lines) == 1
    assert "did you mean fund_cut?" in lines[0]


def test_a_wrong_value_among_many_fails_its_own_run_only(run: Run) -> None:
    code, lines, seen = run("-m", "run.years=5,900")
    assert code == 2
    assert [settings.run.years for settings in seen] == [5]
    assert lines == ["command line, run.years=900: run.years is 900; it must lie between 1 and 100 (years)"]


def test_nothing_is_written(project: Path, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    before = sorted(project.rglob("*"))
    monkeypatch.chdir(elsewhere)
    run("run=quick")
    run("-m", "scenarios=glob(*)", "run=quick")
    assert sorted(project.rglob("*")) == before


def test_the_exit_code_of_the_work_is_that_of_the_command(project: Path) -> None:
    assert run_hydra([], "compare", lambda *_: 3, root=project) == 3
    assert run_hydra(["-m", "run.years=5,6"], "compare", lambda *_: 3, root=project) == 3


def test_broken_tables_of_a_territory_are_told_line_by_line(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def task(_: Settings, __: Invocation) -> int:
        raise TerritoryError(["communes.csv, row 3: wrong", "unions.csv, row 1: wrong"])

    assert run_hydra([], "compare", task, root=project) == 2
    assert capsys.readouterr().err.splitlines() == ["communes.csv, row 3: wrong", "unions.csv, row 1: wrong"]


def test_the_work_knows_how_it_was_called(project: Path) -> None:
    calls: list[Invocation] = []

    def task(_: Settings, invocation: Invocation) -> int:
        calls.append(invocation)
        return 0

    run_hydra(["run=quick", "lang=en"], "compare", task, root=project)
    assert calls == [Invocation("compare", ("run=quick", "lang=en"), project)]


def test_help_names_the_files_to_choose_from(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_hydra(["--help"], "compare", lambda *_: 0, root=project) == 0
    told = capsys.readouterr().out
    assert "needs_based_fund" in told
    assert "emilia_romagna" in told


def test_the_settings_can_be_shown_without_running(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_hydra(["--cfg", "run.years=9"], "compare", lambda *_: 1, root=project) == 0
    assert "  years: 9\n" in capsys.readouterr().out
