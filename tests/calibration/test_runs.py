"""Runs that are kept: a killed calibration goes on and ends with the same bits."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from experiments.calibration.problem import Numbers
from experiments.calibration.runs import KEY, KeptSimulator, RunTable, run_key
from experiments.results import ResultsError
from tests.calibration.analytic import Analytic
from tests.calibration.killed import PLAN, kept

ROOT = Path(__file__).resolve().parents[2]
SECONDS_A_RUN = "0.004"


def start(folder: Path, seconds: str = "0") -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.calibration.killed", str(folder), seconds]
    path = {"PYTHONPATH": f"{ROOT / 'model'}", "PATH": "/usr/bin:/bin"}
    return subprocess.Popen(command, cwd=ROOT, env=path, stdout=subprocess.PIPE, text=True)


def finish(folder: Path) -> tuple[bytes, int]:
    """Run to the end; return the result and how many runs that took."""
    process = start(folder)
    printed, _ = process.communicate(timeout=300)
    assert process.returncode == 0
    return (folder / "draws").read_bytes(), int(printed)


def wait_for_shards(folder: Path, process: "subprocess.Popen[str]", count: int) -> None:
    while process.poll() is None and len(list(folder.glob("*.parquet"))) < count:
        time.sleep(0.01)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, int]:
    return finish(tmp_path_factory.mktemp("whole"))


def kill_and_resume(folder: Path, whole: tuple[bytes, int], shards: int, delay: float) -> None:
    process = start(folder, SECONDS_A_RUN)
    wait_for_shards(folder, process, shards)
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert not (folder / "draws").exists()
    done = sum(len(shard) for shard in [RunTable(folder, figures()).found])
    assert done > 0
    result, runs = finish(folder)
    assert result == whole[0]
    assert runs == whole[1] - done, "no finished run runs again"


def figures() -> list[str]:
    return [f"figure_{i}" for i in range(4)]


def test_killed_and_resumed_it_gives_the_same_bits(tmp_path: Path, whole: tuple[bytes, int]) -> None:
    kill_and_resume(tmp_path, whole, shards=2, delay=0.02)


@pytest.mark.long
@pytest.mark.parametrize("moment", range(8))
def test_killed_at_any_moment(tmp_path: Path, whole: tuple[bytes, int], moment: int) -> None:
    chance = random.Random(moment)
    kill_and_resume(tmp_path, whole, shards=chance.randrange(1, 14), delay=chance.random() * 0.1)


def table_with_runs(folder: Path) -> tuple[RunTable, list[str], Numbers]:
    table = RunTable(folder, figures())
    outputs = np.arange(12.0).reshape(3, 4)
    keys = ["a", "b", "c"]
    table.fill(keys, iter(outputs))
    return table, keys, outputs


def test_runs_are_found_again_in_the_order_asked(tmp_path: Path) -> None:
    _, keys, outputs = table_with_runs(tmp_path)
    again = RunTable(tmp_path, figures())
    assert again.outputs(keys[::-1]).tolist() == outputs[::-1].tolist()
    assert again.missing(["a", "d", "c", "d"]) == [1]
    assert not list(tmp_path.glob("*.part"))


def test_runs_that_came_before_a_failure_are_kept(tmp_path: Path) -> None:
    def failing() -> Iterator[Numbers]:
        yield np.ones(4)
        raise RuntimeError("the books do not close")

    with pytest.raises(RuntimeError, match="the books"):
        RunTable(tmp_path, figures()).fill(["a", "b"], failing())
    assert list(RunTable(tmp_path, figures()).found) == ["a"]


def test_a_truncated_shard_is_set_aside_and_its_runs_run_again(tmp_path: Path) -> None:
    table_with_runs(tmp_path)
    (shard,) = tmp_path.glob("*.parquet")
    shard.write_bytes(shard.read_bytes()[:100])
    table = RunTable(tmp_path, figures())
    assert table.damaged == [shard.with_suffix(".damaged")]
    assert table.missing(["a", "b", "c"]) == [0, 1, 2]
    assert shard.with_suffix(".damaged").exists()


def test_a_damaged_shard_gives_no_other_figures(tmp_path: Path) -> None:
    chance = random.Random(1)
    outputs = np.random.default_rng(1).normal(size=(40, 2))
    keys = [run_key(np.array([float(i)]), 1) for i in range(40)]
    RunTable(tmp_path, ["a", "b"]).fill(keys, iter(outputs))
    (shard,) = tmp_path.glob("*.parquet")
    whole, seen = shard.read_bytes(), 0
    for _ in range(150):
        spoilt = bytearray(whole)
        spoilt[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        shard.write_bytes(spoilt)
        table = RunTable(tmp_path, ["a", "b"])
        seen += bool(table.damaged)
        for key, figures in table.found.items():
            assert figures.tolist() == outputs[keys.index(key)].tolist()
        for left in tmp_path.iterdir():
            left.unlink()
    assert seen > 50


def test_a_folder_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(ResultsError, match=f"{blocked}") as caught:
        RunTable(blocked / "runs", figures())
    assert "\n" not in str(caught.value)


def test_keys_follow_constants_and_replicate() -> None:
    values = np.array([0.1, 0.2])
    keys = {run_key(values, 1), run_key(values, 2), run_key(values + 1e-16, 1), run_key(values[::-1], 1)}
    assert len(keys) == 3 + (values[0] + 1e-16 != values[0])
    assert run_key(values, 1) == run_key(values.copy(), 1)
    assert KEY not in keys


def test_nothing_runs_twice_in_one_calibration(tmp_path: Path) -> None:
    simulator = Analytic()
    first = kept(tmp_path, 0.0, simulator)
    values, replicates = np.full((2, 5), 0.5), np.array([1, 1], dtype=np.int64)
    outputs = first("screening", values, replicates)
    assert (outputs[0] == outputs[1]).all()
    assert simulator.runs == 1
    kept(tmp_path, 0.0, simulator)("wave 1", values, replicates)
    assert simulator.runs == 1
    assert PLAN.waves == 2


def test_a_figure_that_runs_cannot_give_is_named(tmp_path: Path) -> None:
    table = RunTable(tmp_path, figures())
    simulator = KeptSimulator(
        table,
        lambda tasks: (np.array([1.0, np.nan, 1.0, np.nan]) for _ in tasks),
        lambda _s, runs, _n: runs,
        [0, 1],
    )
    with pytest.raises(ResultsError, match="figure figure_1: 2 runs have no such number"):
        simulator("wave 1", np.array([[1.0], [2.0]]), np.array([1, 2], dtype=np.int64))
