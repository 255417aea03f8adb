"""Figures whose direction is known, not their size: two laws compared on the same chance."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from areavasta.indicators import INDICATORS
from areavasta.model import TerritorialModel
from areavasta.settings import BASE_YEAR
from experiments.validation.history import LAST

if TYPE_CHECKING:
    from areavasta.settings import Settings
    from areavasta.territory import Territory

TABLE = Path(__file__).parent / "contrasts.csv"
"""One row a contrast."""

RULES = "scenario.allocation.region.rules"
CLEAR = {
    "commune": ("planning_building", "civil_protection", "procurement"),
    "area": (
        "area_planning_environment", "provincial_roads", "school_network", "data_assistance",
        "equal_opportunities", "single_procurement", "competitions", "mobility", "economic_development",
    ),
    "region": ("environment_permits", "labour_services"),
}  # fmt: skip
"""The level that holds alone, under clear competences, each function that levels share today."""


def _wholly(level: str, function: str) -> list[str]:
    shares = ",".join(f"{one}: {float(one == level)}" for one in ("commune", "union", "area", "region"))
    return [f"scenario.functions.{function}.{kind}={{{shares}}}" for kind in ("province", "metropolitan")]


def _by(rule: str) -> tuple[str, ...]:
    return (f"{RULES}.historical=0.0", f"{RULES}.{rule}=1.0")


LAWS: dict[str, tuple[str, ...]] = {
    "present": ("scenarios=status_quo",),
    "frozen": ("scenarios=status_quo", "scenario.cooperation.rule=frozen"),
    "no_incentives": ("scenarios=no_incentives",),
    "mandatory": ("scenarios=status_quo", "scenario.cooperation.rule=mandatory"),
    "needs": ("scenarios=status_quo", *_by("standard_needs")),
    "equalisation": ("scenarios=status_quo", *_by("equalisation")),
    "per_capita": ("scenarios=status_quo", *_by("per_capita")),
    "blind": ("scenarios=status_quo", *_by("standard_needs"), "scenario.knowledge.information_system=0.0"),
    "informed": ("scenarios=status_quo", *_by("standard_needs"), "scenario.knowledge.information_system=1.0"),
    "provinces_none": ("scenarios=stronger_provinces", "scenario.codecision.rule=none"),
    "provinces_majority": ("scenarios=stronger_provinces", "scenario.codecision.rule=weighted_majority"),
    "provinces_unanimity": ("scenarios=stronger_provinces", "scenario.codecision.rule=unanimity"),
    "clear": (
        "scenarios=status_quo",
        *(text for level, keys in CLEAR.items() for key in keys for text in _wholly(level, key)),
    ),
}
"""Arguments that compose each law."""


@dataclass(frozen=True)
class Contrast:
    """The sign of a difference: an indicator under the law `after` less the law `before`, at the horizon.

    With `since`, less its own value in that year instead. `direction` is +1, -1, or 0 for none at all.
    """

    key: str
    pattern: int
    direction: int
    indicator: str
    after: str
    before: str
    since: int | None
    unit: str
    decimals: int
    name: dict[str, str]
    why: dict[str, str]


def _read_contrasts() -> dict[str, Contrast]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {
            row["key"]: Contrast(
                key=row["key"],
                pattern=int(row["pattern"]),
                direction=int(row["direction"]),
                indicator=row["indicator"],
                after=row["after"],
                before=row["before"],
                since=int(row["since"]) if row["since"] else None,
                unit=row["unit"],
                decimals=int(row["decimals"]),
                name={"it": row["name_it"], "en": row["name_en"]},
                why={"it": row["why_it"], "en": row["why_en"]},
            )
            for row in csv.DictReader(file)
        }


CONTRASTS: dict[str, Contrast] = _read_contrasts()
"""All contrasts, in the order of patterns."""

Indicators = Mapping[int, Mapping[str, float]]
"""Indicators of a run by year."""


def contrasts_of_pair(
    laws: Mapping[str, "Settings"], seed: int, draw: int, replicate: int, territory: "Territory"
) -> dict[str, float]:
    """Return every contrast of one pair, in the unit shown; all laws share the chance of the pair."""
    paths = {name: _path(law, seed, draw, replicate, territory) for name, law in laws.items()}
    return {key: contrast_of(contrast, paths) for key, contrast in CONTRASTS.items()}


def contrast_of(contrast: Contrast, paths: Mapping[str, Indicators], last: int = LAST) -> float:
    """Return a contrast from the paths of indicators under each law."""
    year = last if contrast.since is None else contrast.since
    after, before = paths[contrast.after][last], paths[contrast.before][year]
    scale = INDICATORS[contrast.indicator].scale
    return (after[contrast.indicator] - before[contrast.indicator]) * scale


def _path(
    settings: "Settings", seed: int, draw: int, replicate: int, territory: "Territory"
) -> dict[int, dict[str, float]]:
    model = TerritorialModel(settings, seed, draw, replicate, territory).run_years(LAST - BASE_YEAR + 1)
    table = model.observation.tables().indicators
    path: dict[int, dict[str, float]] = {}
    for year, key, value in zip(table["year"], table["indicator"], table["value"], strict=True):
        path.setdefault(int(year), {})[str(key)] = float(value)
    return path


def laws_of(overrides: Sequence[str], root: Path) -> dict[str, "Settings"]:
    """Return the settings of every law that contrasts compare, with the same other arguments."""
    from experiments._hydra import compose

    return {name: compose(*overrides, *arguments, root=root) for name, arguments in LAWS.items()}
