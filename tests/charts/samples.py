"""Comparisons made up for tests, of the shape that `compare` hands to the charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from areavasta.indicators import Indicator
from experiments.ablation import ALL, ALONE, FULL, REMOVED, TOGETHER, Ablation
from experiments.charts.reading import Reading

Numbers = NDArray[np.float64]

QUANTILES = {"q05": 0.05, "q25": 0.25, "q50": 0.5, "q75": 0.75, "q95": 0.95}
REFORM = "needs_based_fund"
POINTS = {"it": "punti percentuali dello standard", "en": "percentage points of the standard"}
EURO = {"it": "€ per abitante", "en": "€ per resident"}
INDICATORS = [
    Indicator("service", {"it": "Livello dei servizi", "en": "Service level"}, POINTS, 1.0, 1, 1),
    Indicator("cost", {"it": "Costo a servizio costante", "en": "Constant cost"}, EURO, 5.0, -1, 0),
    Indicator(
        "lep",
        {"it": "Funzioni sotto il LEP", "en": "Functions below the LEP"},
        {"it": "funzioni", "en": "functions"},
        6.0,
        -1,
        0,
    ),
    Indicator(
        "gini",
        {"it": "Disuguaglianza dei servizi", "en": "Inequality of services"},
        {"it": "punti Gini", "en": "Gini points"},
        0.7,
        -1,
        1,
        100.0,
    ),
    Indicator(
        "ampi",
        {"it": "Benessere (AMPI)", "en": "Wellbeing (AMPI)"},
        {"it": "punti", "en": "points"},
        0.5,
        1,
        1,
    ),
    Indicator(
        "members",
        {"it": "Comuni in Unione", "en": "Communes in unions"},
        {"it": "Comuni", "en": "communes"},
        5.0,
        0,
        0,
    ),
]
LEVELS = {"service": 97.0, "cost": 830.0, "lep": 310.0, "gini": 0.12, "ampi": 100.0, "members": 253.0}
SHIFTS = {"service": 1.2, "cost": -2.8, "lep": -1.2, "gini": -1.3, "ampi": 0.3, "members": 1.5}
NAMES = {"it": "Fondo perequativo per fabbisogni", "en": "Needs-based equalisation fund"}


@dataclass(frozen=True)
class Sample:
    """What a made-up comparison looks like; shifts are final differences in smallest relevant effects."""

    shifts: dict[str, float] = field(default_factory=lambda: SHIFTS)
    pairs: int = 200
    communes: int = 80
    years: int = 11
    commune_shift: float = 1.2
    spread: float = 0.6
    dip: float = 0.0
    effective: int = 2028
    size: float = 1.0
    indicators: Sequence[Indicator] = tuple(INDICATORS)
    reforms: tuple[str, ...] = (REFORM,)
    names: dict[str, str] = field(default_factory=lambda: NAMES)
    territory: str = "Emilia-Romagna"
    new_money: frozenset[str] = frozenset()


@dataclass(frozen=True)
class SampleComparison:
    paths: pd.DataFrame
    differences: pd.DataFrame
    effects: pd.DataFrame
    communes: pd.DataFrame
    titles: dict[str, dict[str, str]]
    scenarios: tuple[str, ...]
    effective: dict[str, int]
    new_money: frozenset[str]
    pairs: int
    horizon: int
    territory_name: dict[str, str]
    changes: pd.DataFrame
    flows: pd.DataFrame
    residents: float
    first_year: int = 2026
    run_id: str = "a3f9c2"
    settings_hash: str = "7c1e04"
    created: date = date(2026, 11, 22)
    origin: str = "published"


@dataclass(frozen=True)
class SampleTerritory:
    codes: tuple[str, ...]
    union: NDArray[np.int16]
    area: NDArray[np.int16]
    area_keys: tuple[str, ...] = ("PC", "BO")
    area_names: tuple[str, ...] = ("Piacenza", "Bologna")
    area_metropolitan: tuple[bool, ...] = (False, True)
    union_functions: tuple[frozenset[str] | None, ...] = (None,)
    key: str = "sample"
    imputed_communes: int = 0


def compare(sample: Sample) -> Any:
    """Make up a comparison from simulated paired paths."""
    rng = np.random.default_rng(7)
    years = np.arange(2026, 2026 + sample.years)
    paths: list[pd.DataFrame] = []
    differences: list[pd.DataFrame] = []
    effects: list[dict[str, Any]] = []
    for indicator in sample.indicators:
        least = indicator.smallest_relevant_effect / indicator.scale
        level = LEVELS.get(indicator.key, 100.0 * least) * sample.size
        drift = rng.normal(0.0, 0.4 * least, (sample.pairs, 1)) * np.arange(sample.years)
        base = level + drift + np.linspace(0.0, -1.4 * least, sample.years)
        paths.append(_quantiles(indicator.key, "status_quo", years, base))
        for reform in sample.reforms:
            change = least * _change(rng, sample, years, sample.shifts.get(indicator.key, 0.0))
            paths.append(_quantiles(indicator.key, reform, years, base + change))
            differences.append(_quantiles(indicator.key, reform, years, change))
            effects.append(_effect(indicator, reform, base[:, -1], change[:, -1]))
    return SampleComparison(
        pd.concat(paths),
        pd.concat(differences),
        pd.DataFrame(effects),
        pd.concat([_communes(rng, reform, sample) for reform in sample.reforms]),
        {"status_quo": {"it": "Legislazione vigente", "en": "Present law"}}
        | dict.fromkeys(sample.reforms, sample.names),
        ("status_quo", *sample.reforms),
        dict.fromkeys(sample.reforms, sample.effective),
        sample.new_money,
        sample.pairs,
        int(years[-1]),
        {"it": sample.territory, "en": sample.territory},
        pd.concat([_communes(rng, name, sample) for name in ("status_quo", *sample.reforms)]),
        pd.concat([_flows(reform, sample) for reform in sample.reforms]),
        4.4e6 * sample.size,
    )


def _flows(reform: str, sample: Sample) -> pd.DataFrame:
    """Make up what levels pay one another, EUR: some of it much more or less than before."""
    ends = {
        ("residents", "commune"): (2e9, 0.01), ("residents", "agency"): (1e9, 0.0),
        ("residents", "area"): (4e8, 0.0), ("state", "commune"): (4.45e8, 0.0),
        ("state", "region"): (3.5e8, 0.0), ("region", "commune"): (1.72e8, -8e7),
        ("region", "union"): (1.8e7, 2e7), ("area", "commune"): (4.7e7, 2.4e7),
        ("area", "region"): (1e3, 3.2e6), ("commune", "union"): (2.15e8, 3.1e7),
        ("commune", "commune"): (2e6, 1.5e6), ("union", "commune"): (1.1e6, 0.0),
        ("commune", "state"): (3.3e7, -1.2e6),
    }  # fmt: skip
    moved = 0.0 if sample.shifts == dict.fromkeys(SHIFTS, 0.0) else sample.size
    rows = []
    for (payer, payee), (base, change) in ends.items():
        low, median, high = (moved * change * part for part in (0.8, 1.0, 1.2))
        sure = float(abs(median) >= 2.0 * 4.4e6 * sample.size)
        rows.append(
            {
                "scenario": reform, "payer": payer, "payee": payee, "base": base * sample.size,
                "reform": base * sample.size + median, "median": median, "q05": min(low, high),
                "q95": max(low, high), "p_up": sure * (median > 0), "p_down": sure * (median < 0),
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def reading(indicator: Indicator, median: float, p_up: float = 0.0, p_down: float = 0.0) -> Reading:
    """Make up a reading of a hundred pairs, with an interval of half a median on both sides."""
    low, high = sorted((0.5 * median, 1.5 * median))
    return Reading(indicator, 100.0, 100.0 + median, median, low, high, p_up, p_down, 100, "en")


def ablate(sample: Sample, parts: dict[str, float]) -> Ablation:
    """Make up what instruments do alone, as parts of final differences; the rest they do together."""
    rng = np.random.default_rng(11)
    rows = []
    for indicator in sample.indicators:
        least = indicator.smallest_relevant_effect / indicator.scale
        shift = sample.shifts.get(indicator.key, 0.0)
        level = LEVELS.get(indicator.key, 100.0 * least) * sample.size
        noise = rng.normal(0.0, sample.spread, sample.pairs) * (shift != 0.0)
        full = least * (shift + noise)
        effects = {(key, ALONE): part * full for key, part in parts.items()}
        effects |= {(key, REMOVED): change for (key, _), change in effects.items()}
        effects[ALL, TOGETHER] = (1.0 - sum(parts.values())) * full
        effects[ALL, FULL] = full
        for (instrument, measure), change in effects.items():
            made = _effect(indicator, sample.reforms[0], np.full(sample.pairs, level), change)
            rows.append(made | {"instrument": instrument, "measure": measure})
    names = {"scenario": "reform", "base": "level_from", "reform": "level_to"}
    return Ablation({sample.reforms[0]: tuple(parts)}, pd.DataFrame(rows).rename(columns=names))


def territory(communes: int) -> Any:
    """Two areas, with a union in the first."""
    area = (np.arange(communes) >= communes / 2).astype(np.int16)
    union = np.where(area == 0, 0, -1).astype(np.int16)
    return SampleTerritory(codes(communes), union, area)


def codes(communes: int) -> tuple[str, ...]:
    """Return ascending codes."""
    return tuple(f"{33000 + position:06d}" for position in range(1, communes + 1))


def _change(rng: np.random.Generator, sample: Sample, years: NDArray[Any], shift: float) -> Numbers:
    ramp = np.clip((years - sample.effective + 1) / max(sample.years - 3, 1), 0.0, 1.0)
    fall = ((years >= sample.effective) & (years <= sample.effective + 1)).astype(float)
    noise = rng.normal(0.0, sample.spread, (sample.pairs, 1)) * (shift != 0.0)
    change: Numbers = ramp * (shift + noise) - sample.dip * fall * (1.0 + 0.05 * noise)
    return change


def _quantiles(indicator: str, scenario: str, years: NDArray[Any], values: Numbers) -> pd.DataFrame:
    frame = pd.DataFrame({name: np.quantile(values, share, axis=0) for name, share in QUANTILES.items()})
    return frame.assign(indicator=indicator, scenario=scenario, year=years)


def _effect(indicator: Indicator, reform: str, base: Numbers, change: Numbers) -> dict[str, Any]:
    least = indicator.smallest_relevant_effect / indicator.scale
    up, down = float((change >= least).mean()), float((change <= -least).mean())
    return {
        "indicator": indicator.key,
        "scenario": reform,
        "base": np.median(base),
        "reform": np.median(base + change),
        "median": np.median(change),
        "q05": np.quantile(change, 0.05),
        "q95": np.quantile(change, 0.95),
        "p_up": up,
        "p_down": down,
        "p_unchanged": 1.0 - up - down,
    }


def _communes(rng: np.random.Generator, reform: str, sample: Sample) -> pd.DataFrame:
    population = np.round(np.exp(rng.normal(8.6, 1.1, sample.communes)))
    median = sample.commune_shift * (2.0 - (np.log(population) - 6.0) / 2.0)
    if 0.0 < abs(sample.commune_shift) < 20.0:
        median += rng.normal(0.0, 0.8, sample.communes)
    elif sample.commune_shift:
        median = np.full(sample.communes, sample.commune_shift)
    chosen = [median >= 1.2, median <= -1.2, np.abs(median) < 0.6]
    return pd.DataFrame(
        {
            "scenario": reform,
            "istat_code": codes(sample.communes),
            "name": [f"Comune {position}" for position in range(sample.communes)],
            "population": population,
            "median": median,
            "p_better": (median >= 1.2) * 0.9,
            "p_worse": (median <= -1.2) * 0.9,
            "p_newly_below": (median <= -2.5) * 0.9,
            "verdict": np.select(chosen, ["better", "worse", "unchanged"], "uncertain"),
        }
    )
