"""Engines: the same bytes from processes and from Dask, and a worker that dies is survived."""

import os
import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from areavasta.settings.run import EngineChoice, EngineKind
from experiments import compose
from experiments.engine import engine_of
from experiments.engine_processes import ProcessEngine, RunError
from experiments.store import RunStore, RunTask

pytest.importorskip("distributed")
from experiments import engine_dask
from experiments.engine_dask import DaskEngine

# Dask's own housekeeping at the end of a cluster.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def square(number: int) -> int:
    if number < 0:
        raise RunError(f"{number} is negative")
    return number * number


def die_once(marks: Path, number: int) -> int:
    """Kill the process at the first 3; the next one finds the mark."""
    mark = marks / "died"
    if number == 3 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def die(_: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """Return the address of a scheduler with two workers, as another machine would offer it."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0", memory_limit=0,
        silence_logs="CRITICAL",
    ) as cluster:  # fmt: skip
        yield cluster.scheduler_address


def test_settings_choose_the_engine() -> None:
    assert isinstance(engine_of(EngineChoice()), ProcessEngine)
    address = "tcp://127.0.0.1:8786"
    assert engine_of(EngineChoice(EngineKind.dask, address)) == DaskEngine(address)
    settings = compose("engine=dask", f"engine.address={address}")
    assert settings.engine == EngineChoice(EngineKind.dask, address)


def test_a_process_that_dies_is_survived(tmp_path: Path) -> None:
    results = ProcessEngine().map(partial(die_once, tmp_path), range(8), 2)
    assert list(results) == [number**2 for number in range(8)]


def die_at_three(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def none_of(number: int) -> int:
    return -number


def test_a_task_that_kills_every_process_is_lost_alone() -> None:
    results = ProcessEngine().map(die_at_three, range(6), 2, none_of)
    assert list(results) == [0, 1, 4, -3, 16, 25]


@pytest.mark.long
def test_when_every_task_is_lost_the_tasks_are_not_at_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("experiments.engine_processes.MOST_LOST", 3)
    results = ProcessEngine().map(die, range(6), 2, none_of)
    assert [next(results), next(results)] == [0, -1]
    with pytest.raises(RunError, match="died again and again"):
        next(results)


@pytest.mark.long
def test_a_task_that_kills_every_worker_of_dask_is_lost(scheduler: str) -> None:
    results = list(DaskEngine(scheduler).map(die_at_three, range(6), 0, none_of))
    assert results[3] == -3
    # Dask blames others too that were beside it each time.
    assert all(result in (number**2, -number) for number, result in enumerate(results))


def test_dask_gives_results_in_the_order_of_tasks(scheduler: str) -> None:
    engine = DaskEngine(scheduler)
    assert engine.count(0) == 2
    assert list(engine.map(square, range(19), 0)) == [number**2 for number in range(19)]
    assert list(engine.map(square, [], 0)) == []
    with pytest.raises(RunError, match="-1 is negative"):
        list(engine.map(square, [1, -1, 3], 0))


def test_the_same_runs_to_the_bit_on_both_engines(scheduler: str, tmp_path: Path) -> None:
    settings = compose("territory=toy", "run.years=2")
    tasks = [RunTask(settings, seed) for seed in range(1, 7)]
    local = RunStore(tmp_path / "local").run_all(tasks, processes=1)
    spread = RunStore(tmp_path / "dask", DaskEngine(scheduler)).run_all(tasks)
    assert spread.equals(local)


def test_a_worker_of_dask_that_dies_is_survived(scheduler: str, tmp_path: Path) -> None:
    results = DaskEngine(scheduler).map(partial(die_once, tmp_path), range(8), 0)
    assert list(results) == [number**2 for number in range(8)]
    assert (tmp_path / "died").exists()


@pytest.mark.long
def test_a_run_that_kills_every_worker_is_one_line(scheduler: str) -> None:
    with pytest.raises(RunError, match="died over the same run") as caught:
        list(DaskEngine(scheduler).map(die, [1], 0))
    assert len(str(caught.value).splitlines()) == 1


def test_a_worker_with_other_code_is_refused(scheduler: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_dask, "held_version", lambda: "another")
    with pytest.raises(RunError, match="holds another version of the model"):
        list(DaskEngine(scheduler).map(square, [1], 0))


def test_workers_that_cannot_load_the_project_are_one_line(
    scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def submit(*_: object, **__: object) -> None:
        raise RuntimeError("Error during deserialization of the task graph. This frequently occurs if ...")

    monkeypatch.setattr("distributed.Client.submit", submit)
    with pytest.raises(RunError, match="cannot load the project"):
        list(DaskEngine(scheduler).map(square, [1], 0))


def test_no_scheduler_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_dask, "SECONDS_TO_ANSWER", 1.0)
    with pytest.raises(RunError, match="no scheduler of Dask answers") as caught:
        list(DaskEngine("tcp://127.0.0.1:9").map(square, [1], 0))
    assert len(str(caught.value).splitlines()) == 1


def test_a_cluster_starts_and_ends_here() -> None:
    assert list(DaskEngine().map(square, range(5), 1)) == [0, 1, 4, 9, 16]
