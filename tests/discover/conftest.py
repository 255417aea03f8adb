"""Worlds made up for tests, and outcomes as the command makes them."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from areavasta.settings.discover import Case, Criterion, Discover
from areavasta.settings.sensitivity import Outcome
from experiments.designs.design import Design
from experiments.designs.factors import Factor
from experiments.discover.outcome import DiscoverOutcome, find
from experiments.discover.worlds import Worlds
from experiments.engine import Closing

FACTORS = (
    Factor("parameters.cost.duplication", 0.0, 0.2),
    Factor("scenario.context.ageing", 0.0, 3.0),
    Factor("parameters.slack.reorganisation_gain", 0.0, 0.8),
    Factor("scenario.review.every_years", 0.0, 10.0, whole=True),
    Factor("scenario.codecision.rule", values=("none", "unanimity", "nash_bargaining")),
)
TITLES = {
    "status_quo": {"it": "Legislazione vigente", "en": "Present law"},
    "reform": {"it": "Fondo per fabbisogni", "en": "Needs-based fund"},
    "other": {"it": "Unioni ovunque", "en": "Unions everywhere"},
}


def points(count: int = 400, factors: Sequence[Factor] = FACTORS) -> pd.DataFrame:
    """Return worlds spread over the factors."""
    table: pd.DataFrame = Design.latin_hypercube(factors, count, 7).table().to_pandas()
    return table.drop(columns="point")


def planted(worlds: pd.DataFrame) -> np.ndarray:
    """Return in which worlds the planted conditions hold."""
    return (
        (worlds["parameters.cost.duplication"] <= 0.08)
        & (worlds["scenario.context.ageing"] >= 1.5)
        & (worlds["scenario.codecision.rule"] != "unanimity")
    ).to_numpy()


def wanted(case: Case = Case.fails, **changes: object) -> Discover:
    """Return what is asked: an effect on services of at least one point."""
    criterion = Criterion("service", Outcome.effect, at_least=1.0)
    return Discover(criterion=criterion, case=case, **changes)  # type: ignore[arg-type]


def made(values: dict[str, np.ndarray], worlds: pd.DataFrame) -> Worlds:
    """Return worlds with the indicator of every option."""
    return Worlds(FACTORS, worlds, pd.DataFrame(values), 0, len(worlds) * len(values), Closing())


def outcome(values: dict[str, np.ndarray], worlds: pd.DataFrame, asked: Discover) -> DiscoverOutcome:
    """Return the outcome of made-up worlds."""
    found_in = made(values, worlds)
    verdicts, regret = find(found_in, asked, 1)
    return DiscoverOutcome(
        asked, found_in, verdicts, regret, TITLES, {"it": "Emilia-Romagna", "en": "Emilia-Romagna"}, 2040,
        False, "a3f9c2", "7c1e04", date(2026, 11, 22),
    )  # fmt: skip
