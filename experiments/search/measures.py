"""What a search measures of a reform: indicators, others' money, communes that lose."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from areavasta.indicators import INDICATORS, UNITS
from areavasta.settings.search import Measured, Search, Statistic
from experiments.comparison_communes import POINTS, RELEVANT_POINTS, SURE

Numbers = NDArray[np.float64]

NEW_MONEY = "new_money"
COMMUNES_WORSE = "communes_worse"
WORST_COMMUNE = "worst_commune"

OUTSIDE = ("money_state", "money_residents")
"""Indicators whose sum is what State and taxpayers pay."""


@dataclass(frozen=True)
class Measure:
    """A quantity of a reform: its words, unit, smallest relevant effect, and which way is better."""

    key: str
    name: dict[str, str]
    unit: dict[str, str]
    smallest_relevant_effect: float
    better: int
    decimals: int
    scale: float = 1.0


SPECIAL = {
    NEW_MONEY: Measure(
        NEW_MONEY,
        {"it": "Risorse aggiuntive di Stato e contribuenti", "en": "New money of State and taxpayers"},
        UNITS["euro"], 2.0, -1, 1,
    ),
    COMMUNES_WORSE: Measure(
        COMMUNES_WORSE, {"it": "Comuni che peggiorano", "en": "Communes worse off"}, UNITS["percent"],
        1.0, -1, 1,
    ),
    WORST_COMMUNE: Measure(
        WORST_COMMUNE,
        {"it": "Servizi del Comune che perde di più", "en": "Services of the commune that loses most"},
        UNITS["points"], RELEVANT_POINTS, 1, 1,
    ),
}  # fmt: skip
"""Measures that are no indicator; all are differences from present law."""

OTHERS_MONEY = ("scenario.equalisation.", "scenario.taxation.")
"""Starts of levers that move money of State and taxpayers: without `new_money` it may not grow."""

OF_COMMUNES = (COMMUNES_WORSE, WORST_COMMUNE)
"""Measures that need the felt service of every commune."""


def measures() -> dict[str, Measure]:
    """Return everything that can be an objective or have a bound, by key."""
    plain = {
        key: Measure(
            key, one.name, one.unit, one.smallest_relevant_effect, one.better, one.decimals, one.scale
        )
        for key, one in INDICATORS.items()
    }
    return {**plain, **SPECIAL}


@dataclass(frozen=True)
class Aim:
    """An objective: a measure to make larger (+1) or smaller (-1), or to bring toward a value."""

    measure: Measure
    direction: int
    toward: float | None = None

    @property
    def key(self) -> str:
        """Key of the measure."""
        return self.measure.key


@dataclass(frozen=True)
class Limit:
    """A bound on a measure: on its difference from present law, or on its level."""

    measure: Measure
    bound: float
    direction: int
    of: Measured

    def violation(self, value: float) -> float:
        """Return how far beyond the bound a value is, in smallest relevant effects; 0 when it holds."""
        beyond = self.direction * (self.bound - value)
        return max(beyond / self.measure.smallest_relevant_effect, 0.0)

    @property
    def name(self) -> str:
        """Name of its column."""
        return f"{self.measure.key}_{'at_least' if self.direction > 0 else 'at_most'}"


@dataclass(frozen=True)
class Cases:
    """What all runs of a reform gave at the horizon, beside present law in the same runs.

    Indicators are by key, (case,), raw: their scale makes the units shown. `service` and `base_service`
    are felt services, (case, commune), shares of standard, where they were asked for.
    """

    values: Mapping[str, Numbers]
    base: Mapping[str, Numbers]
    service: Numbers | None = None
    base_service: Numbers | None = None

    def levels(self, measure: Measure) -> tuple[Numbers, Numbers]:
        """Return levels under the reform and under present law, (case,), in the unit shown."""
        return self._raw(measure, self.values) * measure.scale, self._raw(measure, self.base) * measure.scale

    def differences(self, measure: Measure) -> Numbers:
        """Return differences from present law, (case,), in the unit shown; of communes a single number."""
        if measure.key in OF_COMMUNES:
            return np.array([self._of_communes(measure.key)])
        return (self._raw(measure, self.values) - self._raw(measure, self.base)) * measure.scale

    @staticmethod
    def _raw(measure: Measure, side: Mapping[str, Numbers]) -> Numbers:
        if measure.key == NEW_MONEY:
            state, residents = (side[part] for part in OUTSIDE)
            return state + residents
        return side[measure.key]

    def _of_communes(self, key: str) -> float:
        assert self.service is not None
        assert self.base_service is not None
        points = POINTS * (self.service - self.base_service)
        if key == WORST_COMMUNE:
            return float(np.median(points, axis=0).min())
        worse = (points <= -RELEVANT_POINTS).mean(axis=0) >= SURE
        return 100.0 * float(worse.mean())


def aim_differences(aim: Aim, cases: Cases) -> Numbers:
    """Return what an objective is in each case: the difference from present law, or how much farther off."""
    if aim.toward is None:
        return cases.differences(aim.measure)
    reform, present = cases.levels(aim.measure)
    return np.asarray(np.abs(reform - aim.toward) - np.abs(present - aim.toward))


@dataclass(frozen=True)
class Ruler:
    """Measure cases by the objectives and bounds of a search."""

    aims: tuple[Aim, ...]
    limits: tuple[Limit, ...]
    statistic: Statistic
    caution: float

    @property
    def needs_communes(self) -> bool:
        """Whether the felt service of every commune is needed."""
        measured = [*(aim.measure for aim in self.aims), *(limit.measure for limit in self.limits)]
        return any(measure.key in OF_COMMUNES for measure in measured)

    def objectives(self, cases: Cases) -> tuple[float, ...]:
        """Return the value of each objective, in the units shown."""
        return tuple(self._statistic(aim_differences(aim, cases), aim.direction) for aim in self.aims)

    def bounded(self, cases: Cases) -> tuple[float, ...]:
        """Return the value that each bound is about."""
        return tuple(self._bounded(limit, cases) for limit in self.limits)

    def _bounded(self, limit: Limit, cases: Cases) -> float:
        levels = limit.of is Measured.level
        values = cases.levels(limit.measure)[0] if levels else cases.differences(limit.measure)
        return self._statistic(values, limit.direction)

    def _statistic(self, values: Numbers, direction: int) -> float:
        if self.statistic is Statistic.mean:
            return float(values.mean())
        if self.statistic is Statistic.median:
            return float(np.median(values))
        share = 1.0 - self.caution if direction > 0 else self.caution
        return float(np.quantile(values, share))


DEFAULT_OBJECTIVES: dict[str, Any] = {"ampi": {}, "below_essential": {}, "slack": {}}
"""Objectives of a search that names none: wellbeing, deprivation, cost above the efficient one."""


def make_ruler(wanted: Search) -> Ruler:
    """Return what checked settings ask to measure; a goal takes the place of the objectives."""
    known = measures()
    goal = wanted.goal
    told = {} if goal.indicator else wanted.objectives or DEFAULT_OBJECTIVES
    aims = tuple(_aim(known[key], content or {}) for key, content in told.items())
    limits = [
        limit for key, content in wanted.constraints.items() for limit in limits_of(known[key], content)
    ]
    if goal.indicator:
        content = {"at_most": goal.at_most, "at_least": goal.at_least, "of": goal.of.value}
        limits = [*limits_of(known[goal.indicator], content), *limits]
    if any(key.startswith(OTHERS_MONEY) for key in wanted.levers) and NEW_MONEY not in told:
        limits.append(
            Limit(known[NEW_MONEY], known[NEW_MONEY].smallest_relevant_effect, -1, Measured.difference)
        )
    return Ruler(aims, tuple(limits), wanted.statistic, wanted.caution)


def _aim(measure: Measure, content: Mapping[str, Any]) -> Aim:
    if "toward" in content:
        return Aim(measure, -1, float(content["toward"]))
    given = content.get("direction")
    return Aim(measure, measure.better if given is None else 1 if given == "up" else -1)


def limits_of(measure: Measure, content: Mapping[str, Any]) -> list[Limit]:
    """Return the bounds that a group of keys tells."""
    of = Measured[content.get("of") or Measured.level.value]
    if measure.key in SPECIAL:
        of = Measured.difference
    return [
        Limit(measure, float(content[part]), direction, of)
        for part, direction in (("at_least", 1), ("at_most", -1))
        if content.get(part) is not None
    ]
