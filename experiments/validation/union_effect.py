"""The effect of joining a union, estimated as the studies do: from who joined and when, nothing else.

Difference in differences with effects of communes and years (Ferraresi, Migali and Rizzo 2018), on those
who enter and their nearest likes among those who never do; standard errors by commune. The panel has the
figures that a statistician would have. Estimators are those of pyfixest.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.validation.formation import NEVER, Formation

if TYPE_CHECKING:
    from areavasta.territory import Territory

OUTCOMES = ("spending", "cost", "service")
"""Outcomes of the panel, in 100 times their logarithm: effects are per cent."""

LIKES = 3
"""Never-members matched to each that enters."""

SEEN_AFTER = 6
"""Years since entry that the studies see."""


def matched(
    territory: "Territory", entering: NDArray[np.bool_], never: NDArray[np.bool_]
) -> NDArray[np.intp]:
    """Return the never-members nearest to who enters in size, altitude and income before entry.

    Mahalanobis would need more communes than there are: each of ln residents, altitude and ln income a
    head counts by its standard deviation over both groups.
    """
    known = np.stack(
        [
            np.log(territory.population),
            territory.altitude_m,
            np.log(territory.taxable_income_per_head),
        ],
        axis=1,
    )
    both = entering | never
    scaled = (known - known[both].mean(axis=0)) / np.maximum(known[both].std(axis=0), 1e-12)
    candidates = np.flatnonzero(never)
    distance = ((scaled[entering][:, np.newaxis] - scaled[candidates]) ** 2).sum(axis=2)
    nearest = np.argsort(distance, axis=1, kind="stable")[:, :LIKES]
    return np.unique(candidates[nearest])


def panel_of(formation: Formation) -> pd.DataFrame:
    """Return a row for each commune and year: outcomes, year of entry (0 never), whether it is in.

    Years of a commune beyond those seen after entry are left out. Raises ValueError when nobody enters
    or nobody is left to compare with.
    """
    history, territory = formation.history, formation.history.territory
    entering = formation.studied & (formation.entry > NEVER)
    never = formation.studied & (formation.entry == NEVER)
    if not entering.any() or not never.any():
        raise ValueError("the union effect takes communes that enter and communes that never do")
    places = np.concatenate([np.flatnonzero(entering), matched(territory, entering, never)])
    year = np.repeat(history.years, places.size)
    entry = np.tile(formation.entry[places], history.years.size)
    values = {
        "spending": history.spending + history.transition,
        "cost": history.cost,
        "service": history.service,
    }
    panel = pd.DataFrame({"place": np.tile(places, history.years.size), "year": year, "entry": entry})
    panel["member"] = ((entry > NEVER) & (year >= entry)).astype(float)
    panel["since"] = np.where(entry > NEVER, year - entry, -1)
    for name in OUTCOMES:
        panel[name] = 100.0 * np.log(values[name][:, places].ravel())
    return panel[panel["since"] <= SEEN_AFTER].reset_index(drop=True)


def effect(panel: pd.DataFrame, outcome: str) -> float:
    """Return the mean effect of membership on an outcome, per cent, by two-way fixed effects."""
    import pyfixest

    fit = pyfixest.feols(f"{outcome} ~ member | place + year", panel, vcov="iid")
    return float(fit.coef().loc["member"])


def years_since_entry(panel: pd.DataFrame, outcome: str) -> dict[int, float]:
    """Return the effect by years since entry, per cent, relative to the year before entry."""
    names = _indicators(panel)
    import pyfixest

    fit = pyfixest.feols(f"{outcome} ~ {' + '.join(names)} | place + year", _with(panel, names), vcov="iid")
    found = fit.coef()
    return {since: float(found.loc[name]) for name, since in names.items()}


def _indicators(panel: pd.DataFrame) -> dict[str, int]:
    entering = panel["entry"] > NEVER
    first = min(int(panel.loc[entering, "since"].min()), -2)
    seen = [since for since in range(first, SEEN_AFTER + 1) if since != -1]
    return {f"after_{since}" if since >= 0 else f"before_{-since}": since for since in seen}


def _with(panel: pd.DataFrame, names: dict[str, int]) -> pd.DataFrame:
    entering = panel["entry"] > NEVER
    return panel.assign(**{n: (entering & (panel["since"] == k)).astype(float) for n, k in names.items()})


def effects_of_run(formation: Formation) -> dict[str, float]:
    """Return the figures of the union effect in one run of the experiment."""
    panel = panel_of(formation)
    by_year = years_since_entry(panel, "cost")
    after: Sequence[int] = range(SEEN_AFTER + 1)
    return {
        "union_effect_spending": effect(panel, "spending"),
        "union_effect_cost": effect(panel, "cost"),
        "union_effect_service": effect(panel, "service"),
        "union_effect_growth": float(min(after, key=lambda since: by_year[since])),
    }
