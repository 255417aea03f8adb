"""Outcomes of searches made by hand, with plain formulas in place of simulations."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from experiments import compose
from experiments.search.evaluating import Evaluator
from experiments.search.levers import Point
from experiments.search.measures import make_ruler
from experiments.search.optimising import draw, evolve
from experiments.search.outcome import Tried, measured
from experiments.search.reading import read_space
from experiments.search.reforms import chosen_reforms, unbeaten_reforms
from experiments.search.results import Named, SearchOutcome
from experiments.search.searching import RANDOM, REPEATS, SEARCH, Searched, Track, make_plan
from experiments.search.tables import convergence, front_of
from experiments.store import RunStore

NAMES = (
    "knowledge_first", "metropolitan_leap", "multilevel_governance", "municipal_autonomy", "needs_based_fund",
    "no_incentives", "regional_centralism", "strong_codecision", "stronger_provinces", "unions_everywhere",
)  # fmt: skip
"""Shipped scenarios, all near present law in the sample: their letters must find places."""


def sample(*overrides: str, named: float = 0.05, repeats: int = 1) -> SearchOutcome:
    """Return the outcome of a search whose objectives are sums of how far levers are from their base.

    Named scenarios stand so near to present law; with several repeats it is a check over seeds.
    """
    settings = compose("run=search", "search.population=12", "search.generations=6", *overrides)
    ruler = make_ruler(settings.search)
    space = read_space(settings.search.levers, settings.scenario)
    evaluator = Evaluator(settings, space, ruler, RunStore(Path("nowhere")))
    searched = Searched()
    for repeat in range(1, min(repeats, REPEATS) + 1):
        plan = make_plan(evaluator, (space.base,), repeat)
        for method, way in ((SEARCH, evolve), (RANDOM, draw)):
            tried = list(way(plan, lambda _, points: [_tried(evaluator, point) for point in points]))
            searched.tracks[Track(method, repeat)] = tried
    front = front_of(searched)
    searched.pick = front[len(front) // 2]
    return SearchOutcome(
        evaluator=evaluator, searched=searched, front=front,
        reforms=chosen_reforms(evaluator, searched, unbeaten_reforms(evaluator, searched), 2037),
        named=_named(evaluator, named), effects=pd.DataFrame(), convergence=convergence(ruler, searched),
        fresh=None, horizon=2037, run_id="a1b2c3", settings_hash="d4e5f6", created=date(2026, 11, 26),
        territory_name={"it": "Emilia-Romagna", "en": "Emilia-Romagna"},
    )  # fmt: skip


def _tried(evaluator: Evaluator, point: Point) -> Tried:
    space, aims = evaluator.space, evaluator.ruler.aims
    parts = [lever.distance(part) for lever, part in zip(space.levers, space.parts(point), strict=True)]
    angle = 2.0 * np.pi * np.arange(len(parts)) / len(parts)
    moved = np.array(parts)
    good = [float(moved @ np.cos(angle + turn) - 0.2 * moved.sum()) for turn in np.arange(len(aims)) * 1.8]
    return _measured(evaluator, point, good)


def _measured(evaluator: Evaluator, point: Point, good: Sequence[float]) -> Tried:
    aims = evaluator.ruler.aims
    values = tuple(aim.direction * value for aim, value in zip(aims, good, strict=True))
    costs = tuple(-value for value in good)
    bounded = tuple(0.0 for _ in evaluator.ruler.limits)
    return measured(point, values, costs, bounded)


def _named(evaluator: Evaluator, near: float) -> list[Named]:
    chance = np.random.default_rng(3)
    count = len(evaluator.ruler.aims)
    present = Named("status_quo", _title("Legislazione vigente", "Present law"), False,
                    _measured(evaluator, (), [0.0] * count))  # fmt: skip
    titles: dict[str, Any] = {name: compose(f"scenarios={name}").scenario.title for name in NAMES[:4]}
    return [present] + [
        Named(
            name,
            _title(titles[name].it, titles[name].en) if name in titles else _title(name, name),
            False,
            _measured(evaluator, (), [near * float(value) for value in chance.normal(size=count)]),
        )
        for name in NAMES
    ]


def _title(italian: str, english: str) -> dict[str, str]:
    return {"it": italian, "en": english}
