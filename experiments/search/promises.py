"""What reforms promise, and what they keep when they run again under another seed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from areavasta.settings import Settings
from experiments.engine import Closing
from experiments.search.evaluating import Evaluator
from experiments.search.measures import OF_COMMUNES, Aim, Cases, aim_differences
from experiments.search.reforms import Reform

SEEDS_ON = 1
"""How far the seed of fresh runs is from that of the search."""


@dataclass(frozen=True)
class Fresh:
    """Promises and fresh runs of reforms: a row a reform and objective or bound."""

    table: pd.DataFrame
    closing: Closing
    pairs: int

    def kept(self, name: str) -> bool:
        """Say whether a reform kept all it promised."""
        return bool(self.table.loc[self.table["name"] == name, "kept"].all())


def fresh_settings(settings: Settings) -> Settings:
    """Return settings with other draws under another seed, as many as `search.fresh` asks for."""
    run, count = settings.run, settings.search.fresh
    pairs = {"draws": count} if run.draws else {"replicates": count}
    return replace(settings, run=replace(run, seed=run.seed + SEEDS_ON, **pairs))  # type: ignore[arg-type]


def run_fresh(evaluator: Evaluator, reforms: Sequence[Reform], promised: Mapping[str, Cases]) -> Fresh:
    """Run reforms and present law again and say what they keep; a law whose run fails keeps nothing.

    An objective is kept when its fresh value is no worse than nine promised runs in ten, a bound when it
    holds again.
    """
    again = replace(evaluator, settings=fresh_settings(evaluator.settings))
    laws = [replace(again.settings, scenario=reform.settings.scenario) for reform in reforms]
    results, closing = again.run_laws(laws)
    rows: list[dict[str, Any]] = []
    for reform, result in zip(reforms, results, strict=True):
        rows += _rows(evaluator, reform, promised[reform.name], result)
    return Fresh(pd.DataFrame(rows), closing + again.base_closing(), again.cases)


def _rows(evaluator: Evaluator, reform: Reform, promised: Cases, result: Cases | str) -> list[dict[str, Any]]:
    ruler = evaluator.ruler
    values, bounded = [np.nan] * len(ruler.aims), [np.nan] * len(ruler.limits)
    if not isinstance(result, str):
        values, bounded = list(ruler.objectives(result)), list(ruler.bounded(result))
    rows = []
    for aim, before, value in zip(ruler.aims, reform.tried.objectives, values, strict=False):
        low, high = _interval(aim, promised)
        worse_end = low if aim.direction > 0 else high
        rows.append(
            {
                "name": reform.name, "measure": aim.key, "what": "objective", "promised": before,
                "promised_q05": low, "promised_q95": high, "fresh": value,
                **dict(zip(("fresh_q05", "fresh_q95"), _fresh_interval(aim, result), strict=True)),
                "kept": bool(aim.direction * (value - worse_end) >= 0),
            }
        )  # fmt: skip
    for limit, before, value in zip(ruler.limits, reform.tried.bounded, bounded, strict=True):
        rows.append(
            {
                "name": reform.name, "measure": limit.measure.key, "what": limit.name, "promised": before,
                "fresh": value, "kept": limit.violation(value) == 0.0,
            }
        )  # fmt: skip
    return rows


def _interval(aim: Aim, cases: Cases) -> tuple[float, float]:
    """Return the interval of an objective over runs; of measures of communes the value, give or take."""
    values = aim_differences(aim, cases)
    if aim.key in OF_COMMUNES:
        least = aim.measure.smallest_relevant_effect
        return float(values[0]) - least, float(values[0]) + least
    low, high = np.quantile(values, [0.05, 0.95]).tolist()
    return low, high


def _fresh_interval(aim: Aim, result: Cases | str) -> tuple[float, float]:
    return (np.nan, np.nan) if isinstance(result, str) else _interval(aim, result)
