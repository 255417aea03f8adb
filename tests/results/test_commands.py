"""The commands from end to end, on the territory of four communes."""

from pathlib import Path

import pytest

from areavasta.indicators import INDICATORS
from experiments import compose
from experiments._hydra import Invocation, run_hydra
from experiments.compare import DEFAULT_REFORMS, compare, compared
from experiments.comparison import build_comparison
from experiments.engine import pairs_of, run_pairs, territory_of
from experiments.manifest import finish_manifest, make_manifest
from experiments.results import ResultsError, read_manifest, write_runs
from experiments.run import run
from experiments.simulation import chosen
from tests.results.conftest import ARGUMENTS
from tests.results.test_folder import CREATED

QUICK = ("territory=toy", "run.years=2", "run.draws=0", "run.replicates=1", "run.processes=1")


def test_a_reform_that_changes_nothing_differs_by_exactly_nothing(tmp_path: Path) -> None:
    settings = compose(*ARGUMENTS)
    scenarios = {"status_quo": settings, "null_reform": settings}
    territory = territory_of(settings.territory)
    manifest = make_manifest("compare", scenarios, territory, CREATED, tmp_path)
    closing = write_runs(tmp_path, run_pairs(scenarios, pairs_of(settings.run)), territory)
    finish_manifest(manifest, tmp_path, closing)
    comparison = build_comparison(tmp_path, manifest)
    assert (comparison.differences[["q05", "q25", "q50", "q75", "q95"]] == 0.0).all(axis=None)
    assert (comparison.effects[["median", "q05", "q95", "p_up", "p_down"]] == 0.0).all(axis=None)
    assert (comparison.effects["p_unchanged"] == 1.0).all()
    assert len(comparison.effects) == len(INDICATORS)
    assert (comparison.communes["median"] == 0.0).all()
    assert set(comparison.communes["verdict"]) == {"unchanged"}
    assert (comparison.groups[["better", "worse", "uncertain", "newly_below", "no_longer_below"]] == 0).all(
        axis=None
    )


def names_of(*overrides: str) -> list[str]:
    return list(compared(compose(*overrides), Invocation("compare", overrides)))


def test_which_reforms_are_compared() -> None:
    assert names_of("territory=toy") == ["status_quo", *DEFAULT_REFORMS]
    assert names_of("territory=toy", "scenarios=fund_cut") == ["status_quo", "fund_cut"]
    both = ("territory=toy", "scenarios=fund_cut", "reforms=[regional_centralism,regional_centralism]")
    assert names_of(*both) == ["status_quo", "regional_centralism"]
    assert names_of("territory=toy", "reforms=[status_quo]") == ["status_quo"]


def test_arguments_reach_every_reform_and_not_present_law() -> None:
    overrides = ("territory=toy", "reforms=[fund_cut]", "scenario.effective=2029", "run.seed=5")
    scenarios = compared(compose(*overrides), Invocation("compare", overrides))
    assert scenarios["fund_cut"].scenario.effective == 2029
    assert scenarios["status_quo"].scenario == scenarios["fund_cut"].present_law
    assert {settings.run.seed for settings in scenarios.values()} == {5}


def test_the_last_choice_on_the_command_line_holds() -> None:
    assert chosen(["scenarios=a", "scenarios=b"], "scenarios", "c") == "b"
    assert chosen(["scenarios@present_law=a"], "scenarios", "c") == "c"


def test_present_law_alone_is_nothing_to_compare(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_hydra([*QUICK, "scenarios=status_quo"], "compare", compare, root) == 0
    assert "non si confronta con sé stessa" in " ".join(capsys.readouterr().out.split())
    assert not (root / "results").exists()


def test_run_writes_its_tables_and_shows_years(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_hydra([*QUICK, "scenarios=fund_cut"], "run", run, root) == 0
    told = capsys.readouterr()
    assert told.err == ""
    assert "Simulazione: Taglio del fondo di solidarietà" in told.out
    assert "2026" in told.out
    assert "2027" in told.out
    folder = (root / "results" / "latest").resolve()
    assert folder.parent == root / "results" / "run"
    manifest = read_manifest(folder)
    assert (manifest["command"], list(manifest["scenarios"])) == ("run", ["fund_cut"])
    with pytest.raises(ResultsError, match="only `compare` compares"):
        build_comparison(folder, manifest)


@pytest.mark.parametrize("pattern", ["*fund*", pytest.param("*", marks=pytest.mark.long)])
def test_one_argument_runs_many_scenarios(
    root: Path, capsys: pytest.CaptureFixture[str], pattern: str
) -> None:
    assert run_hydra(["-m", *QUICK, f"scenarios=glob({pattern})"], "run", run, root) == 0
    shown = capsys.readouterr().out
    files = sorted(path.stem for path in (root / "scenarios").glob(f"{pattern}.yaml"))
    folders = sorted(path.name.partition("_")[2] for path in (root / "results" / "run").iterdir())
    assert folders == files
    for name in files:
        assert compose("territory=toy", f"scenarios={name}").scenario.title.it in shown


def test_a_missing_reform_is_one_line(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_hydra([*QUICK, "reforms=[fund_cutt]"], "compare", compare, root) == 2
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 1
    assert "did you mean fund_cut?" in told[0]
