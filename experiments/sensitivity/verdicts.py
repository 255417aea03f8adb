"""Verdicts: what the indices of an indicator allow to be said, of each factor and of the sample."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import pandas as pd

from areavasta.indicators import Indicator
from areavasta.settings.sensitivity import Analysis
from experiments.sensitivity.analysis import Found
from experiments.sensitivity.methods import method_of
from experiments.sensitivity.study import CHANCE, DUMMY, Study

MUCH = 0.30
"""Total index, or distance, from which a factor matters much."""

LITTLE = 0.05
"""Total index up to which a factor may be left out: Sarrazin et al. 2016, Env. Modelling & Software 79."""

MUCH_EFFECTS = 3.0
"""Smallest relevant effects that one step moves from which a factor matters much."""


class Claim(Enum):
    """Tell what may be said of a factor."""

    much = "much"
    matters = "matters"
    together = "together"
    limit = "limit"
    noise = "noise"
    little = "little"


CLEAR = (Claim.much, Claim.matters, Claim.together)
"""Claims of factors that matter."""


class Sample(Enum):
    """Tell whether the sample suffices, and if not why."""

    enough = "enough"
    wide = "wide"
    unsettled = "unsettled"
    constant = "constant"
    small = "small"


@dataclass(frozen=True)
class FactorVerdict:
    """What may be said of one factor: its main index with its interval, and the level of noise."""

    factor: str
    claim: Claim
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Verdict:
    """What may be said of one indicator: its factors, the largest index first, chance among them.

    `noise` is the end of the dummy's interval, for steps at least the smallest relevant effect. `width` is
    that of the widest interval of a factor, as `sensitivity.precision` counts it; `moved` how far the main
    index of a factor moved, likewise, when the last subsample was doubled.
    """

    indicator: Indicator
    factors: tuple[FactorVerdict, ...]
    noise: float
    sample: Sample
    width: float
    moved: float

    @property
    def clear(self) -> list[FactorVerdict]:
        """Return the factors that matter, without chance."""
        return [one for one in self.factors if one.claim in CLEAR and one.factor != CHANCE]

    @property
    def chance(self) -> FactorVerdict | None:
        """Return what may be said of chance, when it is a factor."""
        return next((one for one in self.factors if one.factor == CHANCE), None)


def judge(study: Study, found: Found, indicators: Sequence[Indicator]) -> list[Verdict]:
    """Return the verdict on every indicator."""
    return [_judge(study, found, indicator) for indicator in indicators]


@dataclass(frozen=True)
class _Scale:
    """What sizes of the main index mean: from where it counts much, up to where little, and what is noise."""

    much: float
    little: float
    noise: float
    unit: float

    @classmethod
    def of(cls, study: Study, indicator: Indicator, dummy: float) -> "_Scale":
        """Return the scale of a method: of steps, relevance to the indicator; of others, parts of one."""
        least = indicator.smallest_relevant_effect
        if has_steps(study):
            return cls(MUCH_EFFECTS * least, -math.inf, max(dummy, least), least)
        if study.wanted.sweep is None and study.wanted.method is Analysis.sobol:
            return cls(MUCH, LITTLE, dummy, 1.0)
        return cls(MUCH, -math.inf, dummy, 1.0)


def has_steps(study: Study) -> bool:
    """Whether the main index is in the unit of the indicator, and not a part of one."""
    return study.wanted.sweep is None and study.wanted.method is Analysis.morris


def _judge(study: Study, found: Found, indicator: Indicator) -> Verdict:
    own = found.indices[found.indices["indicator"] == indicator.key]
    main = own[own["index"] == method_of(study).index].set_index("factor")[["value", "low", "high"]]
    rows = {str(name): tuple(map(float, row)) for name, row in zip(main.index, main.to_numpy(), strict=True)}
    dummy = max(map(abs, rows.pop(DUMMY)[1:]))
    scale = _Scale.of(study, indicator, dummy)
    alone = {name: value for name, value in _alone(own, study).items() if name != CHANCE}
    factors = [FactorVerdict(name, _claim(row, scale, alone.get(name)), *row) for name, row in rows.items()]
    factors.sort(key=lambda one: -one.value)
    largest = max(factors[0].value, scale.unit) if has_steps(study) else 1.0
    width = max(one.high - one.low for one in factors) / largest
    moved = _moved(found, indicator) / largest
    sample = _sample(study, found, indicator, width, moved)
    return Verdict(indicator, tuple(factors), scale.noise, sample, width, moved)


def _alone(own: pd.DataFrame, study: Study) -> dict[str, float]:
    """Return for each factor what it does on its own, on the scale of the main index, where that is known."""
    wide = own[own["other"] == ""].pivot_table(index="factor", columns="index", values="value")
    if has_steps(study) and "sigma" in wide:
        # Steps that differ by more than their size depend on where the other factors stand.
        return {str(name): 0.0 for name, row in wide.iterrows() if row["sigma"] > row["mu_star"]}
    if "total" in wide and "first" in wide:
        return {str(name): float(value) for name, value in wide["first"].items()}
    return {}


def _claim(row: tuple[float, ...], scale: _Scale, alone: float | None) -> Claim:
    value, low, high = row
    if high <= scale.noise or high <= scale.little:
        return Claim.little if high <= scale.little else Claim.noise
    if low <= scale.noise:
        return Claim.limit
    if alone is not None and alone <= min(scale.noise, value / 2.0):
        return Claim.together
    return Claim.much if value >= scale.much else Claim.matters


def _moved(found: Found, indicator: Indicator) -> float:
    """Return how far the main index of a factor moved at most between the last two subsamples."""
    own = found.convergence[found.convergence["indicator"] == indicator.key]
    wide = own.pivot_table(index="factor", columns="points", values="value")
    if wide.shape[1] < 2:  # noqa: PLR2004
        return float("inf")
    return float((wide.iloc[:, -1] - wide.iloc[:, -2]).abs().max())


def _sample(study: Study, found: Found, indicator: Indicator, width: float, moved: float) -> Sample:
    if found.spread[indicator.key] == 0.0:
        return Sample.constant
    if found.spread[indicator.key] < indicator.smallest_relevant_effect:
        return Sample.small
    if width > study.wanted.precision:
        return Sample.wide
    return Sample.unsettled if moved > study.wanted.precision / 2.0 else Sample.enough
