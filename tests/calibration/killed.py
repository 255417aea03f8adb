"""A calibration of the analytic simulator that keeps its runs, to be killed: FOLDER, then seconds a run."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from areavasta.settings import CalibrationPlan
from experiments.calibration import runs
from experiments.calibration.problem import Numbers
from experiments.calibration.procedure import calibrate
from experiments.calibration.runs import KeptSimulator, RunTable
from tests.calibration.analytic import Analytic, problem

PLAN = CalibrationPlan(
    trajectories=4, waves=2, points=40, replicates=2, candidates=1024, draws=50, least_effective=50.0,
    pseudo_truths=20,
)  # fmt: skip


def kept(folder: Path, seconds: float, simulator: Analytic) -> KeptSimulator:
    def run(tasks: list[tuple[Numbers, int]]) -> Iterator[Numbers]:
        for values, replicate in tasks:
            time.sleep(seconds)
            yield simulator("kept", values[np.newaxis], np.array([replicate]))[0]

    table = RunTable(folder, [target.key for target in problem().targets])
    return KeptSimulator(table, run, lambda _stage, outputs, _total: outputs, problem().fitted)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    runs.SECONDS = 0.05
    simulator = Analytic()
    found = calibrate(problem(), kept(folder, float(sys.argv[2]), simulator), PLAN, seed=1)
    aside = folder / "draws.part"
    aside.write_bytes(found.draws.tobytes() + found.posterior_figures.tobytes())
    aside.rename(folder / "draws")
    print(simulator.runs)
