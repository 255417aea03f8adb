"""Tables of a search: what was tried, what is unbeaten, how it went, what reforms do to indicators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from areavasta.indicators import INDICATORS
from experiments.comparison_indicators import IndicatorTable, effects_table
from experiments.search.evaluating import Evaluator
from experiments.search.fronts import bounds, costs_of, hypervolume, unbeaten
from experiments.search.measures import OF_COMMUNES, Cases, Ruler, aim_differences
from experiments.search.outcome import Status, Tried
from experiments.search.searching import RANDOM, SEARCH, Searched
from experiments.search.space import Space

CHANGED, DISTANCE = "levers_changed", "distance"
"""Columns that say how far a point is from the law that the search starts from."""


def objective_columns(ruler: Ruler) -> list[str]:
    """Return the columns of objectives; in a search for the least change those of the change."""
    return [aim.key for aim in ruler.aims]


def tried_row(space: Space, ruler: Ruler, one: Tried) -> dict[str, Any]:
    """Return a row of a point: levers, change, objectives and bounds in shown units, what became of it."""
    measured = one.status in (Status.holds, Status.breaks)
    return {
        **dict(zip(space.columns, one.point, strict=True)),
        CHANGED: space.changed(one.point),
        DISTANCE: space.distance(one.point),
        **dict(zip(objective_columns(ruler), one.objectives, strict=False)),
        **{limit.name: value for limit, value in zip(ruler.limits, one.bounded, strict=True)},
        "violation": one.violation if measured else np.nan,
        "status": one.status.value,
        "reason": one.reason,
    }


def evaluations(space: Space, ruler: Ruler, searched: Searched) -> pd.DataFrame:
    """Return a row for everything tried, in order; `unbeaten` marks the front of the first search."""
    front = {one.point for one in front_of(searched)}
    rows: list[dict[str, Any]] = []
    for track, generations in searched.tracks.items():
        for number, generation in enumerate(generations, start=1):
            for one in generation:
                head = {
                    "candidate": len(rows), "method": track.method, "repeat": track.repeat,
                    "generation": number,
                }  # fmt: skip
                mine = track.repeat == 1 and track.method != RANDOM
                rows.append({**head, **tried_row(space, ruler, one), "unbeaten": mine and one.point in front})
    return pd.DataFrame(rows)


def front_of(searched: Searched) -> list[Tried]:
    """Return what no other point of the first search beats, in order of costs."""
    found = searched.found
    return [found[number] for number in unbeaten(found)]


@dataclass(frozen=True)
class Scale:
    """The scale of hypervolumes of one result: best costs, and ranges to the worst of any track's front."""

    ideal: Any
    width: Any

    @classmethod
    def of(cls, searched: Searched) -> "Scale | None":
        """Return the scale of all tracks together; None when nothing holds.

        Every track's own front counts, beaten by another or not: else the lesser one would have no volume.
        """
        tried = [[one for generation in track for one in generation] for track in searched.tracks.values()]
        fronts = [costs_of(own, numbers) for own in tried if (numbers := unbeaten(own))]
        return cls(*bounds(np.concatenate(fronts))) if fronts else None

    def hypervolume(self, tried: Sequence[Tried]) -> float:
        """Return the hypervolume of what holds among points."""
        numbers = unbeaten(tried)
        return hypervolume(costs_of(tried, numbers), self.ideal, self.width) if numbers else 0.0


def convergence(ruler: Ruler, searched: Searched) -> pd.DataFrame:
    """Return how each track went: a row a generation, over all that was tried up to it.

    `hypervolume` is on one scale for all tracks; `best_...` are the best values of each objective.
    """
    scale, rows = Scale.of(searched), []
    for track, generations in searched.tracks.items():
        so_far: list[Tried] = []
        for number, generation in enumerate(generations, start=1):
            so_far += generation
            head = {"method": track.method, "repeat": track.repeat, "generation": number}
            told = {
                "evaluations": len(so_far),
                "holding": sum(one.holds for one in so_far),
                "unbeaten": len(unbeaten(so_far)),
                "hypervolume": scale.hypervolume(so_far) if scale else 0.0,
            }
            rows.append({**head, **told, **_best(ruler, so_far)})
    return pd.DataFrame(rows)


def _best(ruler: Ruler, tried: Sequence[Tried]) -> dict[str, float]:
    """Return the best value of each objective among points that hold; of the change, the least."""
    turns = {f"best_{aim.key}": -aim.direction for aim in ruler.aims} or {"best_change": 1}
    holding = [one.costs for one in tried if one.holds]
    best = np.min(holding, axis=0).tolist() if holding else [np.nan] * len(turns)
    return {name: turn * value for (name, turn), value in zip(turns.items(), best, strict=True)}


def hypervolumes(searched: Searched) -> pd.DataFrame:
    """Return the final hypervolume of search and random trials, a row a seed."""
    scale = Scale.of(searched)
    repeats = sorted({track.repeat for track in searched.tracks})
    return pd.DataFrame(
        [
            {
                "repeat": repeat,
                **{
                    method: scale.hypervolume(searched.of(method, repeat)) if scale else 0.0
                    for method in (SEARCH, RANDOM)
                },
            }
            for repeat in repeats
        ]
    )


def effects(laws: Mapping[str, Cases], base: Cases, evaluator: Evaluator, year: int) -> pd.DataFrame:
    """Return what laws do to every indicator at the horizon, as a comparison tells it."""
    run, cases = evaluator.settings.run, evaluator.cases
    values = np.array(
        [
            [[base.values[key]], *([one.values[key]] for one in laws.values())]
            for key in INDICATORS
        ]
    )  # fmt: skip
    table = IndicatorTable(
        tuple(INDICATORS), ("present", *laws), (year,), [(0, number) for number in range(cases)], values
    )
    # Under several shocks pairs are no longer nested in draws alone.
    nested = (run.draws, run.replicates) if len(evaluator.shocks) == 1 else (0, 0)
    return effects_table(table, *nested)


def spreads(ruler: Ruler, cases: Cases) -> dict[str, float]:
    """Return of every objective the median and the 9 cases in 10, and how many cases are better or worse."""
    told: dict[str, float] = {}
    for aim in ruler.aims:
        if aim.key in OF_COMMUNES:
            continue
        values = aim_differences(aim, cases)
        low, median, high = np.quantile(values, [0.05, 0.5, 0.95]).tolist()
        least, turned = aim.measure.smallest_relevant_effect, aim.direction * values
        told |= {
            f"{aim.key}_median": median, f"{aim.key}_q05": low, f"{aim.key}_q95": high,
            f"{aim.key}_better": float((turned >= least).mean()),
            f"{aim.key}_worse": float((turned <= -least).mean()),
        }  # fmt: skip
    return told
