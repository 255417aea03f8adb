"""Verdicts: how what the model gives stands to what is published."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from experiments.validation.contrasts import Contrast
    from experiments.validation.figures import Figure

TAIL = 0.05
"""Part of pairs left out at each end of an interval."""

NINE_IN_TEN = 1.645
"""Standard deviations from the middle to the end of nine cases in ten of a normal distribution."""

SURE = 0.8
"""Part of pairs that must agree on a direction."""

EVEN = 0.5
"""Part of pairs from which on a direction is likelier than not."""


class Verdict(Enum):
    """Tell whether the model agrees with a figure."""

    within = "within"
    near = "near"
    off = "off"
    not_comparable = "not_comparable"
    missing = "missing"


@dataclass(frozen=True)
class Judgement:
    """What the model gives, its interval over pairs (5th to 95th percentile), and the verdict."""

    median: float
    low: float
    high: float
    verdict: Verdict


def spread(values: Sequence[float]) -> tuple[float, float, float]:
    """Return median, 5th and 95th percentile."""
    low, median, high = np.quantile(np.asarray(values, dtype=float), [TAIL, 0.5, 1.0 - TAIL])
    return float(median), float(low), float(high)


def judge_figure(figure: "Figure", values: Sequence[float]) -> Judgement:
    """Judge a figure by its values over pairs; without any it is missing.

    Within: the median lies no farther from the published figure than the two nine-in-ten ranges together,
    added as independent errors are. Near: no farther than twice that. What never happened is judged as a
    direction is: within where it does not happen in 80 % of pairs.
    """
    if not len(values):
        return Judgement(np.nan, np.nan, np.nan, Verdict.missing)
    median, low, high = spread(values)
    if not figure.comparable:
        return Judgement(median, low, high, Verdict.not_comparable)
    if figure.bound == "none":
        return Judgement(median, low, high, _by_share(float((np.asarray(values) == 0).mean()), SURE, EVEN))
    room = float(np.hypot(NINE_IN_TEN * figure.sd, (high - low) / 2.0))
    gap = abs(figure.distance(median))
    verdict = Verdict.within if gap <= room else Verdict.near if gap <= 2.0 * room else Verdict.off
    return Judgement(median, low, high, verdict)


def judge_contrast(contrast: "Contrast", values: Sequence[float]) -> Judgement:
    """Judge a direction: within where at least 80 % of pairs have it, near where at least half have.

    Where there must be no change at all, one pair that changes is off.
    """
    if not len(values):
        return Judgement(np.nan, np.nan, np.nan, Verdict.missing)
    agree = float((np.sign(np.asarray(values, dtype=float)) == contrast.direction).mean())
    enough, least = (1.0, 1.0) if contrast.direction == 0 else (SURE, EVEN)
    return Judgement(*spread(values), _by_share(agree, enough, least))


def _by_share(agree: float, enough: float, least: float) -> Verdict:
    return Verdict.within if agree >= enough else Verdict.near if agree >= least else Verdict.off


def judge_identity(distance: float) -> Judgement:
    """Judge an identity: any distance from it is off."""
    return Judgement(distance, distance, distance, Verdict.within if distance == 0 else Verdict.off)
