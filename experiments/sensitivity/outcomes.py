"""Outcomes of points: indicators in the last year, as they are or less those under present law."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from areavasta.indicators import Indicator
from areavasta.settings import Settings
from areavasta.settings.sensitivity import Outcome
from experiments.designs.design import Design
from experiments.designs.keys import SCENARIOS
from experiments.designs.running import DesignRuns, FailedRun, run_designs, without_draws
from experiments.engine import Closing
from experiments.sensitivity.study import Numbers
from experiments.store import RunStore
from experiments.store.runs import Progress


@dataclass(frozen=True)
class Outcomes:
    """Values (point, indicator) in the unit shown, not a number where a run failed; and the runs."""

    values: Numbers
    runs: int
    failures: list[FailedRun]
    closing: Closing


def evaluate(
    settings: Settings,
    design: Design,
    laws: Mapping[str, Settings],
    store: RunStore,
    indicators: Sequence[Indicator],
    progress: Progress | None = None,
) -> Outcomes:
    """Run what is missing of a design and return the outcomes of its points, the mean of their replicates.

    Of effects, every point is run under present law too, with the same factors but those of the scenario.
    """
    wanted = settings.sensitivity
    single = without_draws(settings, wanted.replicates)
    jobs = [(single, design, {name: without_draws(law, wanted.replicates) for name, law in laws.items()})]
    if wanted.of is Outcome.effect:
        jobs.append((replace(single, scenario=single.present_law), without_scenario(design), {}))
    runs = run_designs(jobs, store, progress)
    values = point_means(runs[0], indicators)
    if wanted.of is Outcome.effect:
        values = values - point_means(runs[1], indicators)
    closing = sum((one.closing() for one in runs), Closing())
    failures = [failure for one in runs for failure in one.failures()]
    count = sum(len(one.design.points) * len(one.pairs) for one in runs)
    return Outcomes(values, count, failures, closing)


def without_scenario(design: Design) -> Design:
    """Return a design without the factors that present law does not have."""
    kept = [
        place
        for place, factor in enumerate(design.factors)
        if factor.key != SCENARIOS and not factor.key.startswith("scenario.")
    ]
    points = tuple(tuple(point[place] for place in kept) for point in design.points)
    return Design(tuple(design.factors[place] for place in kept), points)


def point_means(runs: DesignRuns, indicators: Sequence[Indicator]) -> Numbers:
    """Return the mean over the runs of each point, of their last year; of one with a failed run, none."""
    keys = [indicator.key for indicator in indicators]
    total = np.zeros((len(runs.design.points), len(keys)))
    count = np.zeros(len(runs.design.points))
    for table in runs.tables():
        last: pd.DataFrame = table.select(["point", *keys]).to_pandas()
        np.add.at(total, last["point"].to_numpy(), last[keys].to_numpy(np.float64))
        np.add.at(count, last["point"].to_numpy(), 1.0)
    total[count < len(runs.pairs)] = np.nan
    scales = np.array([indicator.scale for indicator in indicators])
    return np.asarray(total / len(runs.pairs) * scales)


def given_outcomes(frame: pd.DataFrame, indicators: Sequence[Indicator]) -> tuple[pd.DataFrame, Numbers]:
    """Return the points of a sweep that have runs, and their outcomes: the mean over pairs."""
    keys = [indicator.key for indicator in indicators]
    grouped = frame.groupby("point", sort=True)
    scales = np.array([indicator.scale for indicator in indicators])
    return grouped.first(), grouped[keys].mean().to_numpy(np.float64) * scales
