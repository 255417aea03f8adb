"""Known constants of the model itself are found again from figures that it simulated."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from areavasta.settings import CalibrationPlan, constants_by_key
from experiments import compose
from experiments.calibration.model_runs import model_problem, model_simulator, simulate_figures
from experiments.calibration.problem import Numbers, Target
from experiments.calibration.procedure import calibrate

TRUTH = {
    "parameters.cooperation.attention": 0.27,
    "parameters.cooperation.entry_friction": 15.0,
    "parameters.slack.reorganisation_gain": 0.2,
    "parameters.need.plain_drift": 0.001,
}
"""Constants that are calibrated, away from their default but for the last, which does next to nothing."""

FIGURES = {"entries": 1.5, "exits": 1.5, "communes_2025": 1.0, "dissolutions": 1.0}
"""Figures that are fitted, with their standard deviation."""

PLAN = CalibrationPlan(
    trajectories=6, waves=2, points=60, replicates=2, candidates=4096, draws=200, least_effective=200.0,
    pseudo_truths=60,
)  # fmt: skip


def runs(_stage: str, outputs: Iterator[Numbers], _total: int) -> Iterator[Numbers]:
    return outputs


@pytest.mark.long
def test_known_constants_of_the_model_are_recovered(tmp_path: Path) -> None:
    held = sorted(set(constants_by_key()) - set(TRUTH))
    settings = compose(
        "territory=synthetic", "territory.synthetic_communes=80", "run.posterior=none",
        f"run.held=[{','.join(held)}]",
    )  # fmt: skip
    names = model_problem(settings).priors.names
    assert set(names) == set(TRUTH)
    truth = np.array([TRUTH[name] for name in names])
    simulated = simulate_figures(settings, names, list(FIGURES), (truth, 9999))
    targets = tuple(
        Target(key, float(value), sd)
        for (key, sd), value in zip(FIGURES.items(), simulated, strict=True)
    )  # fmt: skip
    problem = replace(model_problem(settings), targets=targets)
    found = calibrate(problem, model_simulator(settings, problem, tmp_path, runs), PLAN, seed=1)
    chosen = [names[i] for i in found.selected]
    assert "parameters.cooperation.attention" in chosen
    assert "parameters.need.plain_drift" not in chosen
    low, high = np.quantile(found.draws, [0.005, 0.995], axis=0)
    wanted = truth[list(found.selected)]
    assert ((low <= wanted) & (wanted <= high)).all()
    prior = problem.priors.only(found.selected).standard_deviations()
    assert (found.draws.std(axis=0) < prior).any()
    assert 0.8 <= found.coverage.mean <= 0.98
