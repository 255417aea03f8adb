"""Hydra's launchers: several jobs of a multirun at once, in other processes or through a queue."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from experiments._hydra import PROJECT_ROOT

LAUNCH = """
import sys
from pathlib import Path
from experiments._hydra import run_hydra
from experiments.run import run
if __name__ == "__main__":
    sys.exit(run_hydra(sys.argv[2:], "run", run, Path(sys.argv[1])))
"""


def launch(root: Path, launcher: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    script = root / "launch.py"
    script.write_text(LAUNCH)
    common = (
        "-m",
        f"hydra/launcher={launcher}",
        "territory=toy",
        "run=quick",
        "run.years=1",
        "run.processes=1",
    )
    path = os.pathsep.join([str(PROJECT_ROOT), os.environ.get("PYTHONPATH", "")])
    return subprocess.run(
        [sys.executable, str(script), str(root), *common, *arguments],
        cwd=root, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": path},
    )  # fmt: skip


def runs(root: Path) -> list[str]:
    return sorted(path.name.partition("_")[2] for path in (root / "results" / "run").iterdir())


def test_joblib_runs_jobs_side_by_side(root: Path) -> None:
    pytest.importorskip("hydra_plugins.hydra_joblib_launcher")
    done = launch(root, "joblib", "hydra.launcher.n_jobs=2", "scenarios=fund_cut,status_quo")
    assert done.returncode == 0, done.stderr
    assert runs(root) == ["fund_cut", "status_quo"]


@pytest.mark.long
def test_a_job_that_fails_gives_its_exit_code(root: Path) -> None:
    pytest.importorskip("hydra_plugins.hydra_joblib_launcher")
    done = launch(root, "joblib", "hydra.launcher.n_jobs=2", "run.seed=1,-1")
    assert done.returncode == 2
    assert runs(root) == ["status_quo"]


@pytest.mark.long
def test_submitit_runs_jobs_on_this_machine(root: Path) -> None:
    pytest.importorskip("hydra_plugins.hydra_submitit_launcher")
    done = launch(root, "submitit_local", "scenarios=fund_cut,status_quo")
    assert done.returncode == 0, done.stderr
    assert runs(root) == ["fund_cut", "status_quo"]
