"""Boxes: conditions on a few factors under which cases are many (PRIM, Friedman and Fisher 1999)."""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import binom

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Condition:
    """What a box asks of one factor: at least `low`, at most `high`, or one of `values`.

    An end that no world lies beyond is None. `quasi_p` is the probability that the part of cases without
    the condition would give as many as there are with it (Bryant and Lempert 2010).
    """

    factor: str
    low: float | None = None
    high: float | None = None
    values: tuple[Any, ...] = ()
    quasi_p: float = 0.0

    def holds(self, column: pd.Series) -> Mask:
        """Return in which worlds the condition holds, (world,)."""
        if self.values:
            return column.isin(self.values).to_numpy()
        numbers = column.to_numpy(dtype=float)
        inside = np.ones(numbers.size, dtype=bool)
        if self.low is not None:
            inside &= numbers >= self.low
        if self.high is not None:
            inside &= numbers <= self.high
        return inside


@dataclass(frozen=True)
class Box:
    """Conditions and what they hold: part of the cases (coverage), part of cases inside (density), mass."""

    conditions: tuple[Condition, ...]
    coverage: float
    density: float
    mass: float

    def holds(self, worlds: pd.DataFrame) -> Mask:
        """Return which worlds lie in the box, (world,)."""
        return inside(self.conditions, worlds)


@dataclass(frozen=True)
class Choice:
    """How boxes are peeled and chosen: see the settings of `discover`."""

    peel: float
    mass: float
    coverage: float
    significance: float


def inside(conditions: Sequence[Condition], worlds: pd.DataFrame) -> Mask:
    """Return in which worlds all conditions hold, (world,)."""
    mask = np.ones(len(worlds), dtype=bool)
    for condition in conditions:
        mask &= condition.holds(worlds[condition.factor])
    return mask


def find_box(worlds: pd.DataFrame, cases: Mask, choice: Choice) -> tuple[Box | None, list[Box]]:
    """Return the box that is told, None when none serves, and the boxes of the peeling, widest first.

    Of those that hold at least the coverage asked for, once conditions that could be chance are dropped, it
    is the one with the largest density, then with the fewest conditions. `worlds` has a column a factor;
    `cases` are those looked for, (world,).
    """
    if not cases.any() or cases.all():
        return None, []
    path = [_measured(conditions, worlds, cases) for conditions in _peel(worlds, cases, choice)]
    base = cases.mean()
    kept = [_without_chance(box, worlds, cases, choice.significance) for box in path]
    good = [box for box in kept if box.conditions and box.coverage >= choice.coverage and box.density > base]
    best = max(
        good, key=lambda box: (round(box.density, 12), -len(box.conditions), box.coverage), default=None
    )
    return best, path


def _measured(conditions: Sequence[Condition], worlds: pd.DataFrame, cases: Mask) -> Box:
    mask = inside(conditions, worlds)
    held = int(cases[mask].sum())
    density = held / mask.sum() if mask.any() else 0.0
    return Box(tuple(conditions), held / cases.sum(), float(density), float(mask.mean()))


def _without_chance(box: Box, worlds: pd.DataFrame, cases: Mask, significance: float) -> Box:
    """Drop the conditions that could be chance, the likeliest first, and measure the box anew."""
    conditions = list(box.conditions)
    while conditions:
        tested = [_tested(position, conditions, worlds, cases) for position in range(len(conditions))]
        worst = max(range(len(tested)), key=lambda position: tested[position].quasi_p)
        if tested[worst].quasi_p <= significance:
            return _measured(tested, worlds, cases)
        del conditions[worst]
    return _measured((), worlds, cases)


def _tested(position: int, conditions: list[Condition], worlds: pd.DataFrame, cases: Mask) -> Condition:
    """Return a condition with its quasi-p value."""
    mask = inside(conditions, worlds)
    wider = inside([one for place, one in enumerate(conditions) if place != position], worlds)
    chance = float(binom.sf(int(cases[mask].sum()) - 1, int(mask.sum()), float(cases[wider].mean())))
    told = conditions[position]
    return Condition(told.factor, told.low, told.high, told.values, chance)


def _peel(worlds: pd.DataFrame, cases: Mask, choice: Choice) -> list[list[Condition]]:
    """Return the conditions of every box of the workbench's peeling and pasting, the whole first."""
    # Whole numbers go as decimals: the workbench sets limits between them.
    table = worlds.reset_index(drop=True)
    for name in table.columns:
        if _is_number(table[name]):
            table[name] = table[name].astype(float)
    limits = _workbench_boxes(table, cases, choice)
    return [_conditions(limit, limits[0]) for limit in limits]


def _is_number(column: pd.Series) -> bool:
    return bool(pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column))


def _workbench_boxes(table: pd.DataFrame, cases: Mask, choice: Choice) -> list[pd.DataFrame]:
    """Return the limits of the boxes, one table each: factors as columns, ends as rows."""
    with warnings.catch_warnings():
        # What the workbench says of optional packages concerns nobody here.
        warnings.simplefilter("ignore")
        from ema_workbench.analysis import prim

        arguments: dict[str, Any] = {"peel_alpha": choice.peel, "mass_min": choice.mass}
        try:
            algorithm = prim.Prim(table, cases, **arguments)
        except TypeError:
            # Versions before 3 ask for the least density of a box, which is judged here afterwards.
            algorithm = prim.Prim(table, cases, threshold=0.0, **arguments)
        found = algorithm.find_box()
    return [] if found is None else list(found.box_lims)


def _conditions(limits: pd.DataFrame, whole: pd.DataFrame) -> list[Condition]:
    """Return what a box asks, factor by factor, from its limits and those of the whole."""
    found = []
    for name in limits.columns:
        (low, high), (least, most) = limits[name], whole[name]
        if isinstance(low, set | frozenset):
            if low != least:
                found.append(Condition(str(name), values=tuple(sorted(low, key=str))))
        elif low > least or high < most:
            found.append(
                Condition(
                    str(name), float(low) if low > least else None, float(high) if high < most else None
                )
            )
    return found


def limits_of(box: Box) -> Mapping[str, Condition]:
    """Return the conditions of a box by factor."""
    return {condition.factor: condition for condition in box.conditions}
