"""How much work a calibration does, on which figures, and where its cuts are."""

from dataclasses import dataclass, field
from typing import Any

from areavasta.settings.fields import Origin, constant


def _choice(default: float, low: float, high: float, unit: str, meaning: str) -> Any:
    return constant(
        default, low, high, unit=unit, origin=Origin.choice, source="calibration", meaning=meaning
    )


@dataclass
class CalibrationPlan:
    """Budget of `calibrate`; `figures` are those it is fitted to, every other one is predicted and compared.

    `ship` puts the posterior in the place of the one that comes with the model.
    """

    figures: list[str] = field(default_factory=list)
    trajectories: int = _choice(10, 2, 1000, "trajectories", "Morris trajectories through all constants")
    least_response: float = _choice(
        0.5, 0.0, 1e6, "sd of the figure", "smallest effect by which a constant is calibrated"
    )
    most_parameters: int = _choice(12, 1, 40, "constants", "most constants that are calibrated")
    waves: int = _choice(3, 1, 10, "waves", "most waves of history matching")
    points: int = _choice(200, 20, 2000, "points", "points of each wave")
    replicates: int = _choice(2, 2, 100, "runs", "runs of each point")
    cut: float = _choice(3.0, 1.0, 10.0, "sd", "implausibility beyond which a point is ruled out")
    discrepancy: float = _choice(
        0.0, 0.0, 10.0, "sd of the figure", "what the model may miss a figure by, beyond what its sd allows"
    )
    candidates: int = _choice(16384, 256, 2**20, "points", "points weighed at a time, a power of two")
    least_effective: float = _choice(
        400.0, 1.0, 1e6, "draws", "effective size of the weights at which weighing ends"
    )
    draws: int = _choice(400, 10, 100000, "draws", "draws of the posterior")
    pseudo_truths: int = _choice(200, 10, 2000, "runs", "runs taken for the truth to measure coverage")
    ship: bool = False
