"""Indicators: what the territory gets, each with its words, unit and smallest relevant effect."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from areavasta.codecision_measures import codecision_values
from areavasta.cooperation_measures import cooperation_values
from areavasta.inequality import gini, theil, theil_between
from areavasta.knowledge_measures import knowledge_values
from areavasta.measures import Measures, misallocation, money_by_level
from areavasta.programme_measures import programme_values
from areavasta.rules.incentives import SMALL_COMMUNE

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Indicator:
    """An indicator: `better` is +1 when higher is better, -1 when lower is, 0 when neither.

    `smallest_relevant_effect` is in the unit shown, which is the raw value times `scale`.
    """

    key: str
    name: dict[str, str]
    unit: dict[str, str]
    smallest_relevant_effect: float
    better: int
    decimals: int = 1
    scale: float = 1.0


UNITS: dict[str, dict[str, str]] = {
    "euro": {"it": "€ per abitante", "en": "€ per resident"},
    "points": {"it": "punti", "en": "points"},
    "percent": {"it": "punti percentuali", "en": "percentage points"},
    "functions": {"it": "funzioni", "en": "functions"},
    "unions": {"it": "Unioni", "en": "unions"},
    "agreements": {"it": "convenzioni", "en": "agreements"},
    "communes": {"it": "Comuni", "en": "communes"},
    "gini": {"it": "punti Gini", "en": "Gini points"},
    "years": {"it": "anni", "en": "years"},
    "theil": {"it": "millesimi di Theil", "en": "Theil thousandths"},
}
"""Units of indicators, by their key in the table of indicators."""


def _read_indicators() -> dict[str, Indicator]:
    table = Path(__file__).parent / "catalogue" / "indicators.csv"
    with table.open(encoding="utf-8", newline="") as file:
        return {
            row["key"]: Indicator(
                key=row["key"],
                name={"it": row["name_it"], "en": row["name_en"]},
                unit=UNITS[row["unit"]],
                smallest_relevant_effect=float(row["smallest_relevant_effect"]),
                better=int(row["better"]),
                decimals=int(row["decimals"]),
                scale=float(row["scale"]),
            )
            for row in csv.DictReader(file)
        }


INDICATORS: dict[str, Indicator] = _read_indicators()
"""All indicators of a run and year, in the order of tables."""

MAIN_INDICATORS = (
    "cost", "spending", "service", "service_small", "below_essential", "gini", "service_gap", "ampi",
    "clarity", "misallocation", "tax_effort", "transition_total",
)  # fmt: skip
"""Indicators that the short table and the chart of differences show."""

MONEY_LEVELS = ("state", "residents", "commune", "union", "agency", "area", "region")
"""Levels of account whose net money is shown."""


def indicator_values(
    model: "TerritorialModel", measures: Measures, communes: dict[str, Numbers]
) -> dict[str, float]:
    """Return every indicator of the year that has just closed, raw values by key.

    Money is in EUR a head of this year's residents; services, shares and indices are fractions.
    """
    values = {
        **_services(model, measures, communes),
        **_costs(model, measures),
        **_money(model, communes),
        **model.structure.forms,
        **_unions(model),
        **knowledge_values(model, measures.cost.sum(axis=1)),
        **programme_values(model),
        **codecision_values(model),
        **cooperation_values(model),
        "clarity": float(np.average(model.structure.clarity, weights=model.state.population)),
        "misallocation": misallocation(model),
        "ampi": float(np.average(communes["ampi"], weights=communes["population"])),
        "ampi_by_commune": float(communes["ampi"].mean()),
        "ampi_gap": _gap(model, communes["ampi"], communes["population"]),
    }
    return {key: float(values[key]) for key in INDICATORS}


def _services(
    model: "TerritorialModel", measures: Measures, communes: dict[str, Numbers]
) -> dict[str, float]:
    population, service = communes["population"], communes["service"]
    small = population < SMALL_COMMUNE
    return {
        "service": float(np.average(service, weights=population)),
        "service_by_commune": float(service.mean()),
        "service_small": float(service[small].mean()) if small.any() else float(service.mean()),
        "below_essential": float(measures.below_essential.sum() / np.count_nonzero(model.state.need)),
        "gini": gini(service, population),
        "theil": theil(service, population),
        "theil_areas": theil_between(service, population, model.territory.area),
        "theil_altitude": theil_between(service, population, model.territory.altitude_zone),
        "service_gap": _gap(model, service, population),
    }


def _gap(model: "TerritorialModel", values: Numbers, population: Numbers) -> float:
    """Return the mean of plain and hills less that of mountains; zero where either is missing."""
    mountain = model.mountain
    if mountain.all() or not mountain.any():
        return 0.0
    plain_mean = np.average(values[~mountain], weights=population[~mountain])
    return float(plain_mean - np.average(values[mountain], weights=population[mountain]))


def _costs(model: "TerritorialModel", measures: Measures) -> dict[str, float]:
    residents = model.state.population.sum()
    per_commune = np.maximum(model.state.population, 1.0)
    cost, spent = measures.cost.sum(axis=1), measures.spent
    coordination = model.delivery.cost * (1.0 - 1.0 / model.delivery.coordination)
    return {
        "cost": float(cost.sum() / residents),
        "cost_by_commune": float((cost / per_commune).mean()),
        "spending": float(spent.sum() / residents),
        "spending_by_commune": float((spent.sum(axis=1) / per_commune).mean()),
        "communal_spending": float(spent[:, 0].sum() / residents),
        "area_spending": float(spent[:, 1].sum() / residents),
        "regional_spending": float(spent[:, 2].sum() / residents),
        "slack": float(measures.slack.sum() / max(cost.sum() - measures.slack.sum(), 1e-9)),
        "coordination_cost": float(coordination.sum() / residents),
        "transition_cost": float(model.delivery.transition.sum() / residents),
        "transition_total": model.transition_total / residents,
    }


def _money(model: "TerritorialModel", communes: dict[str, Numbers]) -> dict[str, float]:
    residents = model.state.population.sum()
    money = money_by_level(model)
    own = (communes["own_revenue"] * communes["population"]).sum()
    transfers = (communes["transfers"] * communes["population"]).sum()
    local = model.ledger.balance[: model.accounts.state].sum() / 100.0
    values = {f"money_{level}": money[level] / residents for level in MONEY_LEVELS}
    return {
        **values,
        "tax_effort": float(np.average(communes["tax_effort"], weights=communes["population"])),
        "transfer_dependence": float(transfers / max(own + transfers, 1e-9)),
        "cash": float(local / residents),
    }


def _unions(model: "TerritorialModel") -> dict[str, float]:
    member = model.state.union >= 0
    population = model.state.population
    return {
        "communes_in_unions": float(np.count_nonzero(member)),
        "residents_in_unions": float(population[member].sum() / population.sum()),
    }
