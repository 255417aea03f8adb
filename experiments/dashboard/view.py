"""The results as plain values for the page: headline, map, main indicators, one commune."""

from typing import Any

import numpy as np
import pandas as pd

from areavasta.indicators import INDICATORS, MAIN_INDICATORS
from areavasta.settings import Financing
from experiments.charts.findings import map_title
from experiments.charts.reading import indicator_name, read
from experiments.comparison_communes import POINTS, RELEVANT_POINTS, verdicts
from experiments.dashboard.maps import Numbers, breaches_by_year, changes, classes_by_year, pictures
from experiments.dashboard.running import COLUMNS, Outcome
from experiments.dashboard.words import word
from experiments.language import amount, interval, number

DECIMALS = {"service": 1, "below_essential": 1, "ampi": 1}
"""Decimals of quantities of communes; money has none."""

SCALES = {"service": POINTS}

MAP_DIGITS = 2


def headline(outcome: Outcome, lang: str) -> dict[str, Any]:
    """Return the finding at the horizon, what is compared, and what must be known to read it."""
    comparison = outcome.comparison
    communes = comparison.communes[comparison.communes["scenario"] == outcome.reform]
    in_union = pd.Series(np.asarray(outcome.territory.union) >= 0, index=communes.index)
    scenario = outcome.settings[outcome.reform].scenario
    notes = [
        *([word("one_pair", lang)] if comparison.pairs == 1 else []),
        *([word("new_money", lang)] if scenario.financing is Financing.new_money else []),
    ]
    return {
        "title": f"{map_title(communes, in_union, comparison.pairs, lang)} ({comparison.horizon})",
        "subtitle": word("against", lang, title=getattr(scenario.title, lang)),
        "notes": notes,
    }


def map_view(outcome: Outcome, lang: str) -> dict[str, Any]:
    """Return everything that the map shows, for all years."""
    points = np.median(changes(outcome), axis=0)
    return {
        "years": outcome.years,
        "classes": classes_by_year(outcome),
        "breaches": breaches_by_year(outcome),
        "values": [np.round(year, MAP_DIGITS).tolist() for year in points],
        "subtitle": word("map_subtitle_one" if len(outcome.pairs) == 1 else "map_subtitle", lang),
    }


def map_shapes(outcome: Outcome) -> dict[str, Any]:
    """Return the maps of the territory with the names of its communes."""
    return {"pictures": pictures(outcome.request.territory), "names": list(outcome.territory.names)}


def indicator_options(lang: str) -> list[dict[str, str]]:
    """Return the main indicators by key and name."""
    return [{"value": key, "text": indicator_name(INDICATORS[key], lang)} for key in MAIN_INDICATORS]


def indicator_rows(outcome: Outcome, lang: str) -> list[dict[str, str]]:
    """Return the main indicators at the horizon: both values, the difference, its interval, its outcome."""
    rows = []
    for key in MAIN_INDICATORS:
        reading = read(outcome.comparison, outcome.reform, INDICATORS[key], lang)
        decimals = INDICATORS[key].decimals
        rows.append(
            {
                "key": key,
                "name": f"{reading.name}, {reading.unit}",
                "present": number(reading.base, lang, decimals),
                "reform": number(reading.reform, lang, decimals),
                "difference": number(reading.median, lang, reading.decimals, signed=True),
                "interval": reading.spread().strip("()"),
                "verdict": reading.verdict(),
            }
        )
    return rows


def commune_view(outcome: Outcome, place: int, year: int, lang: str) -> dict[str, Any]:
    """Return what one commune has under both laws in a year, with the verdict on its services."""
    territory = outcome.territory
    position = outcome.years.index(year)
    return {
        "title": word("in_year", lang, name=territory.names[place], year=year),
        "subtitle": word(
            "of_area", lang,
            area=territory.area_names[territory.area[place]],
            residents=number(float(territory.population[place]), lang),
        ),
        "verdict": _verdict(changes(outcome)[:, position, place], lang),
        "rows": [_row(outcome, name, position, place, lang) for name in COLUMNS],
        "note": word("one_pair" if len(outcome.pairs) == 1 else "medians", lang),
    }  # fmt: skip


def _row(outcome: Outcome, name: str, year: int, place: int, lang: str) -> dict[str, str]:
    values = outcome.values[name][:, :, year, place] * SCALES.get(name, 1.0)
    decimals = DECIMALS.get(name, 0)
    return {
        "name": word(name, lang),
        "present": number(float(np.median(values[0])), lang, decimals),
        "reform": number(float(np.median(values[1])), lang, decimals),
        "difference": _difference(values[1] - values[0], lang, decimals),
    }


def _difference(differences: Numbers, lang: str, decimals: int) -> str:
    low, middle, high = np.quantile(differences, [0.05, 0.5, 0.95])
    told = number(float(middle), lang, decimals, signed=True)
    if differences.size == 1:
        return told
    return f"{told} ({interval(float(low), float(high), lang, decimals)})"


def _verdict(points: Numbers, lang: str) -> str:
    """Say whether the commune's services are better or worse, and in how many runs."""
    column = points[:, np.newaxis]
    found = str(verdicts(column >= RELEVANT_POINTS, column <= -RELEVANT_POINTS)[0])
    told = word(found, lang)
    size = amount(float(np.median(points)), word("points", lang), lang, 1, signed=True)
    if points.size == 1:
        told = word("in_single", lang, verdict=told)
    elif found != "uncertain":
        told = word("in_many", lang, verdict=told)
    return word("services_verdict", lang, size=size, verdict=told)
