"""A sweep killed at any moment goes on with the same command and ends with the same table, to the bit."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from experiments._hydra import PROJECT_ROOT
from experiments.store import INDICATORS, RunStore
from experiments.store import main as store_command
from experiments.store.shards import ENDING, read_shard

SWEEP = (
    "territory=synthetic", "territory.synthetic_communes=20", "run.years=1", "run.draws=2",
    "run.replicates=2", "sweep.points=64", "sweep.factors={scenario.equalisation.cut_per_head: {}}",
)  # fmt: skip
RUNS = 64 * 4

SCRIPT = """
import sys
from experiments.store import writer
from experiments.sweep import main
writer.SHORTEST_WAIT = 0.2
if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
"""
"""The command, storing finished runs more often, so that a short sweep is killed between many shards."""

LONGEST = 240.0
"""Seconds within which a sweep ends even on a busy machine."""


def start(folder: Path, name: str, processes: int = 2) -> "subprocess.Popen[str]":
    script = folder / "sweep.py"
    script.write_text(SCRIPT)
    own = [f"run.processes={processes}", f"sweep.store={folder}/store", f"output={folder}/{name}"]
    path = os.pathsep.join([str(PROJECT_ROOT), os.environ.get("PYTHONPATH", "")])
    return subprocess.Popen(
        [sys.executable, str(script), *SWEEP, *own], env={**os.environ, "PYTHONPATH": path},
        cwd=PROJECT_ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def finish(process: "subprocess.Popen[str]") -> None:
    _, told = process.communicate(timeout=LONGEST)
    assert process.returncode == 0, told


def stored(folder: Path) -> Counter[str]:
    """Return how often each run is stored."""
    shards = RunStore(folder / "store").folder(INDICATORS).glob(f"*{ENDING}")
    return Counter(run for path in shards for run in read_shard(path, ["run"])["run"].unique().to_pylist())


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, float]:
    """Return the table of a sweep that nobody killed, and the seconds it took."""
    folder = tmp_path_factory.mktemp("undisturbed")
    began = time.monotonic()
    finish(start(folder, "out"))
    assert len(stored(folder)) == RUNS
    return (folder / "out" / "sweep.parquet").read_bytes(), time.monotonic() - began


def kill_and_go_on(folder: Path, expected: bytes, moments: list[float]) -> None:
    done = 0
    for number, moment in enumerate(moments):
        process = start(folder, "out", processes=1 + number % 2)
        time.sleep(moment)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        counted = stored(folder)
        assert len(counted) >= done, "a finished run was lost"
        done = len(counted)
        if (folder / "out").exists():
            break
    if not (folder / "out").exists():
        finish(start(folder, "out"))
    assert (folder / "out" / "sweep.parquet").read_bytes() == expected
    assert set(stored(folder).values()) == {1}, "a finished run was run again"
    assert len(stored(folder)) == RUNS


def test_a_sweep_killed_twice_goes_on(tmp_path: Path, undisturbed: tuple[bytes, float]) -> None:
    expected, seconds = undisturbed
    chance = random.Random(1)
    kill_and_go_on(tmp_path, expected, [chance.uniform(0.3, 0.8) * seconds for _ in range(2)])


@pytest.mark.long
@pytest.mark.parametrize("seed", range(5))
def test_a_sweep_killed_four_times_goes_on(
    tmp_path: Path, undisturbed: tuple[bytes, float], seed: int
) -> None:
    expected, seconds = undisturbed
    chance = random.Random(seed)
    kill_and_go_on(tmp_path, expected, [chance.uniform(0.05, 0.6) * seconds for _ in range(4)])


@pytest.mark.long
def test_two_sweeps_at_once_share_a_store(
    tmp_path: Path, undisturbed: tuple[bytes, float], capsys: pytest.CaptureFixture[str]
) -> None:
    expected, _ = undisturbed
    both = [start(tmp_path, name, processes=1) for name in ("one", "two")]
    for process in both:
        finish(process)
    for name in ("one", "two"):
        assert (tmp_path / name / "sweep.parquet").read_bytes() == expected
    assert store_command(["--store", str(tmp_path / "store"), "check"]) == 0
    assert f"{RUNS} sound runs, 0 problems" in capsys.readouterr().out
