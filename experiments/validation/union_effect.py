"""The effect of joining a union, estimated as the studies do: from who joined and when, nothing else.

Difference in differences with effects of communes and years (Ferraresi, Migali and Rizzo 2018), on those
who enter and their nearest likes among those who never do; standard errors by commune. The panel has the
figures that a statistician would have. Estimators are those of pyfixest.
"""

import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.validation.formation import LARGEST_STUDIED, NEVER, Formation
from experiments.validation.history import History

if TYPE_CHECKING:
    from areavasta.territory import Territory

OUTCOMES = ("spending", "cost", "service")
"""Outcomes of the panel, in 100 times their logarithm: effects are per cent."""

LIKES = 3
"""Never-members matched to each that enters."""

SEEN_AFTER = 6
"""Years since entry that the studies see."""


MEAN, BY_YEAR = "member", "i(since, ref=-1)"
"""Effects that can be asked for: of membership, or of each year since entry against the year before."""

PLACES = 1_000_000
"""More than the communes of any territory: it tells those of one replicate from those of another."""


@dataclass(frozen=True)
class Estimate:
    """An effect of membership, per cent, with its standard error; `since` entry in years, None the mean."""

    estimator: str
    outcome: str
    since: int | None
    effect: float
    error: float


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


def panel_of(history: History, entry: NDArray[np.int64], studied: NDArray[np.bool_]) -> pd.DataFrame:
    """Return a row for each commune and year: outcomes, year of entry (0 never), whether it is a member.

    `entry` and `studied` are (place,). Years of a commune beyond those seen after entry are left out.
    Raises ValueError when nobody enters or nobody is left to compare with.
    """
    entering, never = studied & (entry > NEVER), studied & (entry == NEVER)
    if not entering.any() or not never.any():
        raise ValueError("the union effect takes communes that enter and communes that never do")
    places = np.concatenate([np.flatnonzero(entering), matched(history.territory, entering, never)])
    year = np.repeat(history.years, places.size)
    entered = np.tile(entry[places], history.years.size)
    values = {
        "spending": history.spending + history.transition,
        "cost": history.cost,
        "service": history.service,
    }
    panel = pd.DataFrame({"place": np.tile(places, history.years.size), "year": year, "entry": entered})
    panel["member"] = ((entered > NEVER) & (year >= entered)).astype(float)
    panel["since"] = np.where(entered > NEVER, year - entered, -1)
    for name in OUTCOMES:
        panel[name] = 100.0 * np.log(values[name][:, places].ravel())
    return panel[panel["since"] <= SEEN_AFTER].reset_index(drop=True)


def joiners(history: History) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return year of entry and who is studied, (place,), where councils choose: those that enter and stay."""
    member = history.union >= 0
    first = history.years[member.argmax(axis=0)]
    # Two years before entry tell a commune's own level from chance.
    stays = ~member[:2].any(axis=0) & ((member[1:] != member[:-1]).sum(axis=0) == 1)
    entry = np.where(stays, first, NEVER)
    small = history.territory.population <= LARGEST_STUDIED
    return entry, small & (stays | ~member.any(axis=0))


@contextmanager
def _library() -> Iterator[Any]:
    """Give pyfixest without its warnings: of what a newer pandas deprecates, and of errors of zero."""
    with warnings.catch_warnings(), np.errstate(divide="ignore", invalid="ignore"):
        warnings.simplefilter("ignore", DeprecationWarning)
        import pyfixest

        yield pyfixest


def least_squares(panel: pd.DataFrame, outcome: str, effect: str, cluster: str) -> list[Estimate]:
    """Return the effect on an outcome, MEAN or BY_YEAR, by two-way fixed effects."""
    with _library() as pyfixest:
        fit = pyfixest.feols(f"{outcome} ~ {effect} | place + year", panel, vcov={"CRV1": cluster})
        return _read(fit, "twfe", outcome)


def two_stages(panel: pd.DataFrame, outcome: str, effect: str, cluster: str) -> list[Estimate]:
    """Return the effect on an outcome by the two stages of Gardner (2022), right where effects grow."""
    with _library() as pyfixest:
        fit = pyfixest.did2s(
            panel, yname=outcome, first_stage="~ 0 | place + year", second_stage=f"~ {effect}",
            treatment="member", cluster=cluster,
        )  # fmt: skip
        return _read(fit, "did2s", outcome)


def _read(fit: Any, estimator: str, outcome: str) -> list[Estimate]:
    """Read the coefficients of membership, or of the years since entry."""
    errors, found = fit.se(), []
    for name, value in fit.coef().items():
        years = re.search(r"-?\d+", name) if "since" in name else None
        if name == MEAN or years:
            since = int(years[0]) if years else None
            found.append(Estimate(estimator, outcome, since, float(value), float(errors.loc[name])))
    return found


def effects_of_run(formation: Formation) -> dict[str, float]:
    """Return the figures of the union effect in one run of the experiment."""
    panel = panel_of(formation.history, formation.entry, formation.studied)
    mean = {name: least_squares(panel, name, MEAN, "place")[0].effect for name in OUTCOMES}
    years = {one.since or 0: one.effect for one in least_squares(panel, "cost", BY_YEAR, "place")}
    growth = min((since for since in years if since >= 0), key=years.__getitem__)
    return {**{f"union_effect_{name}": mean[name] for name in OUTCOMES}, "union_effect_growth": float(growth)}


def estimates(panels: Sequence[pd.DataFrame]) -> list[Estimate]:
    """Return all estimates on the panels of one draw: both estimators, every outcome, mean and by year.

    Standard errors are clustered by commune. Two-way fixed effects are those of the study; where effects
    grow and entry is staggered they mix cohorts, which the two-stage estimator does not.
    """
    if not panels:
        return []
    panel = pooled(panels)
    return [
        one
        for outcome in OUTCOMES
        for estimator in (least_squares, two_stages)
        for effect in (MEAN, BY_YEAR)
        for one in estimator(panel, outcome, effect, "commune")
    ]


def pooled(panels: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return the panels of the replicates of one draw as one; each replicate's communes have own effects."""
    parts = [
        panel.assign(commune=panel["place"], place=panel["place"] + number * PLACES)
        for number, panel in enumerate(panels)
    ]
    return pd.concat(parts, ignore_index=True)
