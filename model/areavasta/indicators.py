"""Indicators: what the territory gets, each with its words, unit and smallest relevant effect."""

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from areavasta.accounts import CENTS_PER_EURO
from areavasta.codecision_measures import codecision_values
from areavasta.cooperation_measures import cooperation_values
from areavasta.knowledge_measures import knowledge_values
from areavasta.measures import money_by_level
from areavasta.programme_measures import programme_values
from areavasta.records import Records
from areavasta.staff import staff_values
from areavasta.territory_indicators import territory_indicators

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Indicator:
    """An indicator: `better` is +1 when higher is better, -1 when lower is, 0 when neither.

    `smallest_relevant_effect` is in the unit shown, which is the raw value times `scale`; so are `low` and
    `high`, the least and most that it can be, whatever the law.
    """

    key: str
    name: dict[str, str]
    unit: dict[str, str]
    smallest_relevant_effect: float
    better: int
    decimals: int = 1
    scale: float = 1.0
    low: float = -math.inf
    high: float = math.inf


UNITS: dict[str, dict[str, str]] = {
    "euro": {"it": "€ per abitante", "en": "€ per resident"},
    "points": {"it": "punti", "en": "points"},
    "percent": {"it": "punti percentuali", "en": "percentage points"},
    "functions": {"it": "funzioni", "en": "functions"},
    "unions": {"it": "Unioni", "en": "unions"},
    "agreements": {"it": "convenzioni", "en": "agreements"},
    "communes": {"it": "Comuni", "en": "communes"},
    "programmes": {"it": "programmi", "en": "programmes"},
    "gini": {"it": "punti Gini", "en": "Gini points"},
    "staff": {"it": "unità di personale", "en": "full-time equivalents"},
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
                low=float(row["low"] or -math.inf),
                high=float(row["high"] or math.inf),
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
    years: Records, of_years: Sequence[dict[str, float]], model: "TerritorialModel"
) -> dict[str, Numbers]:
    """Return every indicator of some years, raw values by key, (year,) each.

    They follow from the records of the communes and from the values noted when the years closed. Money is
    in EUR a head of the year's residents; services, shares and indices are fractions.
    """
    values = territory_indicators(years, model.territory, model.mountain)
    noted = np.array([list(one.values()) for one in of_years], dtype=np.float64)
    values |= dict(zip(of_years[0], noted.T, strict=True))
    return {key: values[key] for key in INDICATORS}


def year_values(model: "TerritorialModel", record: Records, staff: Numbers) -> dict[str, float]:
    """Return what only the year that has just closed can tell of indicators, raw values by key.

    `record` is that of the year, `staff` that of holdings, full-time equivalents, (row,).
    """
    return {
        **_deliveries(model, record),
        **_money(model),
        **model.structure.forms,
        **_unions(model),
        **knowledge_values(model),
        **programme_values(model),
        **codecision_values(model),
        **cooperation_values(model),
        **staff_values(model, staff),
    }


def _deliveries(model: "TerritorialModel", record: Records) -> dict[str, float]:
    state, delivery = model.state, model.delivery
    residents = state.population.sum()
    coordination = delivery.cost * (1.0 - 1.0 / delivery.coordination)
    return {
        "below_essential": record.below_essential.sum() / np.count_nonzero(state.needed),
        "coordination_cost": coordination.sum() / residents,
        "transition_cost": delivery.transition.sum() / residents,
        "transition_total": model.transition_total / residents,
    }


def _money(model: "TerritorialModel") -> dict[str, float]:
    residents, money = model.state.population.sum(), money_by_level(model)
    local = model.ledger.balance[: model.accounts.state].sum() / CENTS_PER_EURO
    net = {f"money_{level}": money[level] / residents for level in MONEY_LEVELS}
    return {**net, "cash": local / residents}


def _unions(model: "TerritorialModel") -> dict[str, float]:
    member = model.state.union >= 0
    population = model.state.population
    return {
        "communes_in_unions": float(np.count_nonzero(member)),
        "residents_in_unions": float(population[member].sum() / population.sum()),
    }
