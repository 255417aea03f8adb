"""Figures of made-up communes: residents, ages, altitude, income, need, by the pattern of Emilia-Romagna."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from areavasta.randomness import Stream, Streams
from areavasta.synthetic_grid import Grid, Numbers, Places
from areavasta.territory_tables import NEED_GROUPS

LOG_SIZE_MEAN, LOG_SIZE_SD = 8.85, 0.95
"""Mean (in the plain) and spread of the logarithm of residents, capitals apart."""

CAPITAL_SHARE = 0.5
"""Residents of a capital over those of the rest of its area."""

HIGHEST_M = 1_000.0
"""Altitude of the southern edge before noise; the northern half lies below 100 m."""

SIZES = (600.0, 1_000.0, 2_200.0, 3_900.0, 6_400.0, 10_600.0, 18_500.0, 35_000.0, 150_000.0)
"""Residents for which NEEDS are given: medians of the size classes of Emilia-Romagna."""

NEEDS = {
    "administration": (480.0, 340.0, 260.0, 208.0, 180.0, 163.0, 154.0, 142.0, 157.0),
    "education": (82.0, 108.0, 95.0, 91.0, 89.0, 88.0, 92.0, 96.0, 115.0),
    "police": (46.0, 39.0, 38.0, 36.0, 35.0, 34.0, 36.0, 39.0, 61.0),
    "roads_territory": (300.0, 237.0, 169.0, 130.0, 101.0, 88.0, 87.0, 83.0, 99.0),
    "social_childcare": (103.0, 100.0, 107.0, 127.0, 135.0, 140.0, 147.0, 167.0, 210.0),
    "waste": (250.0, 239.0, 218.0, 200.0, 188.0, 183.0, 196.0, 201.0, 250.0),
}
"""Standard need, EUR per head of 2022, median by size class in Emilia-Romagna: U-shaped in size."""

TOWN_SIZES = (8_000.0, 50_000.0)
"""Residents above which a commune counts as a town, and as a city."""

HILL_AND_MOUNTAIN_M = (100.0, 600.0)
"""Altitudes above which land counts as hill, and as mountain."""

COAST = 0.95
"""Part of the width of the territory beyond which hills and mountains are coastal."""

INCOME = 17_600.0
"""Taxable income per head, EUR of tax year 2024, of a commune of a thousand residents."""

NEED_SPREAD = (0.12, 0.16, 0.15, 0.20, 0.10, 0.22)
"""Standard deviation of the logarithm of need around NEEDS, by group."""


@dataclass(frozen=True)
class Figures:
    """What a made-up commune is like, apart from its groups; units as in Territory."""

    altitude_m: Numbers
    altitude_zone: NDArray[np.int8]
    population: Numbers
    population_2026: Numbers
    share_0_14: Numbers
    share_65_plus: Numbers
    area_km2: Numbers
    urbanisation: NDArray[np.int8]
    taxpayers_per_head: Numbers
    taxable_income_per_head: Numbers
    surtax_rate: Numbers
    need: Numbers
    service_score: Numbers


def make_figures(grid: Grid, area: Places, seat: Places, streams: Streams) -> Figures:
    """Draw the figures of all places; `seat` is the capital of each area."""
    places = area.size

    def normal(name: str) -> Numbers:
        return streams.of(f"synthetic {name}").normal(places)

    rise = np.clip((0.6 - grid.y) / 0.6, 0.0, 1.0)
    slope = HIGHEST_M * rise * np.sqrt(rise) * (1.0 + 0.25 * normal("altitude"))
    altitude_m = _rounded(np.maximum(2.0, slope + 20.0))
    residents = _residents(altitude_m, area, seat, streams)
    size = np.log(residents / 1_000.0)
    high = altitude_m / HIGHEST_M
    old = 0.235 + 0.07 * high - 0.005 * size + 0.025 * normal("ages")
    young = 0.125 - 0.25 * (old - 0.25) + 0.008 * normal("children")
    income = INCOME * np.exp(0.025 * size - 0.05 * high + 0.09 * normal("income"))
    score = _rounded(6.0 + 1.2 * size - 2.0 * high + 2.3 * normal("score"))
    return Figures(
        altitude_m=altitude_m,
        altitude_zone=_altitude_zone(altitude_m, grid.x),
        population=residents,
        population_2026=_rounded(np.maximum(1.0, residents * (1.0 + 0.004 * size - 0.01 * high))),
        share_0_14=_rounded(np.clip(young, 0.02, 0.20), 4),
        share_65_plus=_rounded(np.clip(old, 0.12, 0.50), 4),
        area_km2=_rounded(np.clip(55.0 * np.exp(0.15 * size + 0.5 * normal("land")), 4.0, 700.0), 2),
        urbanisation=(3 - np.searchsorted(TOWN_SIZES, residents)).astype(np.int8),
        taxpayers_per_head=_rounded(np.clip(0.80 + 0.03 * normal("taxpayers"), 0.68, 1.0), 4),
        taxable_income_per_head=_rounded(income, 2),
        surtax_rate=_rounded(np.clip(0.0068 + 0.001 * normal("surtax"), 0.0, 0.008), 6),
        need=_need(residents, streams.of("synthetic need")),
        service_score=np.clip(score, 1.0, 10.0),
    )


def _residents(altitude_m: Numbers, area: Places, seat: Places, streams: Streams) -> Numbers:
    """Return residents: lognormal, fewer on mountains; a capital holds a third of its area."""
    normal = streams.of("synthetic residents").normal(area.size)
    usual = np.exp(LOG_SIZE_MEAN - 1.0 * altitude_m / HIGHEST_M + LOG_SIZE_SD * normal)
    usual = _rounded(np.clip(usual, 60.0, 80_000.0))
    rest = np.bincount(area, weights=usual) - usual[seat]
    share = CAPITAL_SHARE * np.exp(0.25 * streams.of("synthetic capitals").normal(seat.size))
    usual[seat] = np.maximum(usual[seat], _rounded(rest * share))
    return usual


def _need(residents: Numbers, stream: Stream) -> Numbers:
    """Return need (n, 6) in EUR per head: U-shaped in size, with noise."""
    noise = stream.normal(residents.size * len(NEED_GROUPS)).reshape(residents.size, -1)
    median = np.column_stack(
        [np.exp(np.interp(np.log(residents), np.log(SIZES), np.log(NEEDS[group]))) for group in NEED_GROUPS]
    )
    return _rounded(median * np.exp(np.array(NEED_SPREAD) * noise), 2)


def _altitude_zone(altitude_m: Numbers, x: Numbers) -> NDArray[np.int8]:
    """Return altitude zones; the sea lies in the east, the mountains in the south."""
    inland = np.array([0, 2, 4], dtype=np.int8)[np.searchsorted(HILL_AND_MOUNTAIN_M, altitude_m)]
    return np.where((x > COAST) & (inland > 0), inland - 1, inland).astype(np.int8)


def _rounded(values: Numbers, digits: int = 0) -> Numbers:
    """Round figures, so that the last bits of exp and log, which differ by processor, do not show."""
    rounded: Numbers = np.round(values, digits)
    return rounded
