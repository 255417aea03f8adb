"""A run that lacks memory fails alone, is told in one line, and is tried again by the same command."""

import os
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from areavasta.model import TerritorialModel
from experiments import compose
from experiments._hydra import PROJECT_ROOT, run_hydra
from experiments.compare import compare
from experiments.engine import run_pair
from experiments.engine_processes import RunError
from experiments.results import read_manifest
from experiments.search.command import search
from experiments.store import INDICATORS, RunStore, RunTask, simulating
from experiments.store.shards import ENDING, PASSING, read_shard
from experiments.store.upkeep import check, clean, holdings
from tests.faults.ailing import is_ill
from tests.faults.judge import judge

SWEEP = (
    "territory=toy", "run.years=1", "run.draws=2", "run.replicates=2", "sweep.points=4", "lang=en",
    "sweep.factors={scenario.equalisation.cut_per_head: {}}",
)  # fmt: skip
RUNS = 16

LONGEST = 240.0


def sweep(kind: str, folder: Path, name: str, *more: str) -> "subprocess.CompletedProcess[str]":
    """Run the sweep on a machine of a kind, into a folder of results of a name, with the store beside it."""
    own = [f"sweep.store={folder}/store", f"output={folder}/{name}", *more]
    path = os.pathsep.join([str(PROJECT_ROOT), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, "-m", "tests.faults.ailing", kind, "sweep", *SWEEP, *own],
        env={**os.environ, "PYTHONPATH": path}, cwd=PROJECT_ROOT, capture_output=True, text=True,
        timeout=LONGEST, check=False,
    )  # fmt: skip


def ill_and_sound(folder: Path) -> tuple[set[str], list[str]]:
    """Return the runs that are stored as failed, and those that are stored with their rows."""
    ill, sound = set(), []
    for path in sorted(RunStore(folder / "store").folder(INDICATORS).glob(f"*{ENDING}")):
        table = read_shard(path, ["run", "error"]).to_pandas()
        failed = table["error"].notna()
        ill |= set(table["run"][failed])
        sound += list(table["run"][~failed].unique())
    return ill, sound


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the table of the sweep where every run has memory."""
    folder = tmp_path_factory.mktemp("undisturbed")
    done = sweep("sound", folder, "out", "run.processes=1")
    assert done.returncode == 0, done.stderr
    return (folder / "out" / "sweep.parquet").read_bytes()


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("memory", ("run.processes=1",)),
        pytest.param("memory", ("run.processes=2",), marks=pytest.mark.long),
        pytest.param("killed", ("run.processes=2",), marks=pytest.mark.long),
        pytest.param("memory", ("run.processes=2", "engine=dask"), marks=pytest.mark.long),
        pytest.param("killed", ("run.processes=2", "engine=dask"), marks=pytest.mark.long),
    ],
)
def test_runs_without_memory_fail_alone_and_are_tried_again(
    kind: str, more: tuple[str, ...], tmp_path: Path, undisturbed: bytes
) -> None:
    done = sweep(kind, tmp_path, "ill", *more)
    assert done.returncode == 0, done.stderr
    ill, sound = ill_and_sound(tmp_path)
    assert ill
    assert len(sound) == len(set(sound)) == RUNS - len(ill)
    # Over a process that dies others are blamed by Dask who were only beside it.
    assert all(map(is_ill, ill)) or "engine=dask" in more
    told = [line for line in done.stderr.splitlines() if PASSING in line]
    assert len(told) == 1
    assert told[0].startswith(f"{tmp_path}/store: {len(ill)} of {RUNS} runs failed, the first: {PASSING}")
    assert told[0].endswith("; the same command tries them again")
    assert "Traceback" not in done.stderr
    failures = pq.read_table(tmp_path / "ill" / "failures.parquet")["error"].to_pylist()
    assert len(failures) == read_manifest(tmp_path / "ill")["sweep"]["failed_runs"] == len(ill)
    assert all(one.startswith(PASSING) for one in failures)

    again = sweep("sound", tmp_path, "well", *more)
    assert again.returncode == 0, again.stderr
    assert PASSING not in again.stderr
    assert (tmp_path / "well" / "sweep.parquet").read_bytes() == undisturbed
    assert not (tmp_path / "well" / "failures.parquet").exists()
    _, sound = ill_and_sound(tmp_path)
    assert len(sound) == len(set(sound)) == RUNS, "a finished run was run again"
    assert check(tmp_path / "store") == (RUNS, [])


@pytest.fixture
def tasks() -> list[RunTask]:
    settings = compose("territory=toy", "run.years=1")
    return [RunTask(settings, 1, draw) for draw in range(4)]


@pytest.fixture
def starving(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Let every run of draw 2 lack memory; undo it to give it back."""

    whole = TerritorialModel.run_years

    def starve(model: TerritorialModel, years: int) -> TerritorialModel:
        if model.streams.draw == 2:
            raise MemoryError
        return whole(model, years)

    monkeypatch.setattr(TerritorialModel, "run_years", starve)
    return monkeypatch


def test_a_store_counts_the_run_that_came_out_whatever_came_first(
    tmp_path: Path, tasks: list[RunTask], starving: pytest.MonkeyPatch
) -> None:
    store = RunStore(tmp_path)
    assert store.run_all(tasks, processes=1)["task"].unique().to_pylist() == [0, 1, 3]
    assert [one.error for one in store.stored(tasks).failures()] == [f"{PASSING}MemoryError"]
    (held,) = holdings(tmp_path)
    assert (held.runs, held.failed) == (3, 1)
    starving.undo()
    assert store.run_all(tasks, processes=1)["task"].unique().to_pylist() == [0, 1, 2, 3]
    (held,) = holdings(tmp_path)
    assert (held.runs, held.failed) == (4, 0)
    # The shard of the failure is older; named as if it were younger, it counts as little.
    first = sorted(store.folder(INDICATORS).glob(f"*{ENDING}"))[0]
    first.rename(first.with_name("9" * 20 + first.name[20:]))
    assert store.stored(tasks).failures() == []
    assert check(tmp_path) == (4, [])
    assert holdings(tmp_path)[0].failed == 0
    clean(tmp_path, failed=True)
    assert store.stored(tasks).missing == []


def test_a_generation_without_memory_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = [
        "territory=toy", "run.years=1", "run.draws=0", "run.replicates=1", "run.processes=1",
        "search.levers={scenario.incentives.amount_per_head: {low: 0, high: 16}}",
        "search.objectives={cost: {}, below_essential: {}}", "search.population=4", "search.generations=2",
        "search.fresh=0", "reforms=[fund_cut]", f"search.store={tmp_path}/store",
    ]  # fmt: skip
    whole = simulating.finished_model

    def ailing(task: RunTask, *rest: object) -> TerritorialModel:
        if 0.0 < task.settings.scenario.incentives.amount_per_head < 4.0:
            raise MemoryError
        return whole(task, *rest)  # type: ignore[arg-type]

    def searched(name: str) -> bytes:
        verdict = judge(lambda: run_hydra([*arguments, f"output={tmp_path}/{name}"], "search", search))
        assert (verdict.code, verdict.wrong) == (0, "")
        return (tmp_path / name / "evaluations.parquet").read_bytes()

    monkeypatch.setattr("experiments.charts.search.draw_search", lambda *_: [])
    with monkeypatch.context() as machine:
        machine.setattr(simulating, "finished_model", ailing)
        ill = searched("ill")
    well = searched("well")
    arguments[-1] = f"search.store={tmp_path}/other"
    assert well == searched("undisturbed") != ill


@pytest.mark.usefixtures("starving")
def test_a_comparison_without_memory_ends_in_one_line(tmp_path: Path) -> None:
    arguments = [
        "territory=toy", "run.years=1", "run.draws=2", "run.replicates=1", "run.processes=1",
        "reforms=[fund_cut]", f"output={tmp_path}/out",
    ]  # fmt: skip
    verdict = judge(lambda: run_hydra(arguments, "compare", compare), nonsense=True)
    assert not verdict.wrong
    assert verdict.told.splitlines() == [
        "scenario status_quo, draw 2, replicate 1: not enough memory; try a smaller run.processes, or close "
        "what else runs"
    ]
    assert not (tmp_path / "out").exists()
    with pytest.raises(RunError, match="not enough memory"):
        run_pair({"status_quo": compose("territory=toy", "run.years=1")}, (2, 1))
