"""Indicators of all runs as one block of numbers, and what their paired differences say."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
from numpy.typing import NDArray

from areavasta.indicators import INDICATORS
from experiments.results import ResultsError

Numbers = NDArray[np.float64]
Pairs = list[tuple[int, int]]

QUANTILES = {"q05": 0.05, "q25": 0.25, "q50": 0.50, "q75": 0.75, "q95": 0.95}
"""Columns of quantiles; the interval is from the first to the last."""


@dataclass(frozen=True)
class IndicatorTable:
    """Values (indicator, scenario, year, pair); pairs are sorted by draw, then replicate."""

    indicators: tuple[str, ...]
    scenarios: tuple[str, ...]
    years: tuple[int, ...]
    pairs: Pairs
    values: Numbers

    @property
    def differences(self) -> Numbers:
        """Reform less present law of the same pair, (indicator, reform, year, pair)."""
        return self.values[:, 1:] - self.values[:, :1]


def read_indicators(path: Path, scenarios: Sequence[str]) -> IndicatorTable:
    """Read the indicators of the named scenarios; raise ResultsError when a run is missing."""
    columns = ["scenario", "draw", "replicate", "year", "indicator"]
    frame = pq.read_table(path, read_dictionary=["scenario", "indicator"]).to_pandas()
    known = tuple(key for key in INDICATORS if key in set(frame["indicator"].cat.categories))
    years = tuple(sorted(frame["year"].unique().tolist()))
    codes, pairs = pair_codes(frame)
    index = (
        place(frame["indicator"], known),
        place(frame["scenario"], scenarios),
        np.searchsorted(np.array(years), frame["year"].to_numpy()),
        codes,
    )
    shape = (len(known), len(scenarios), len(years), len(pairs))
    values = fill(path, shape, index, frame["value"].to_numpy(), columns)
    return IndicatorTable(known, tuple(scenarios), years, pairs, values)


def pair_codes(frame: pd.DataFrame) -> tuple[NDArray[np.intp], Pairs]:
    """Return the position of the pair of each row, and the pairs in order."""
    draw, replicate = frame["draw"].to_numpy(np.int64), frame["replicate"].to_numpy(np.int64)
    width = int(replicate.max(initial=0)) + 1
    found, codes = np.unique(draw * width + replicate, return_inverse=True)
    return codes, [divmod(int(key), width) for key in found]


def place(words: "pd.Series[Any]", known: Sequence[str]) -> NDArray[np.intp]:
    """Return the position of each word of a categorical column among the known ones, -1 for others."""
    position = {word: i for i, word in enumerate(known)}
    of_category = np.array([position.get(str(word), -1) for word in words.cat.categories], dtype=np.intp)
    return of_category[words.cat.codes.to_numpy()]


def fill(
    path: Path, shape: tuple[int, ...], index: tuple[NDArray[np.intp], ...], values: Numbers, keys: list[str]
) -> Numbers:
    """Return a block with each value at its place; raise ResultsError when a place stays empty."""
    block = np.full(shape, np.nan)
    kept = np.logical_and.reduce([part >= 0 for part in index])
    block[tuple(part[kept] for part in index)] = values[kept]
    if np.isnan(block).any():
        missing = int(np.isnan(block).sum())
        raise ResultsError(f"{path}: {missing} combinations of {', '.join(keys)} have no number")
    return block


def quantile_table(table: IndicatorTable, values: Numbers, scenarios: Sequence[str]) -> pd.DataFrame:
    """Return quantiles over pairs of values (indicator, scenario, year, pair), one row a year."""
    # Three long axes and five rows of quantiles: the first axis of the result is the quantile.
    found = np.quantile(values, list(QUANTILES.values()), axis=-1)
    rows = pd.MultiIndex.from_product(
        [table.indicators, scenarios, table.years], names=["indicator", "scenario", "year"]
    )
    columns = dict(zip(QUANTILES, found.reshape(len(QUANTILES), -1), strict=True))
    return pd.DataFrame(columns, index=rows).reset_index()


def effects_table(table: IndicatorTable, draws: int, replicates: int) -> pd.DataFrame:
    """Return the effect of each reform on each indicator at the horizon.

    A difference counts as up or down when, in the unit shown, it reaches the smallest relevant effect.
    """
    end = table.values[:, :, -1]
    differences = table.differences[:, :, -1]
    reforms = table.scenarios[1:]
    rows = pd.MultiIndex.from_product([table.indicators, reforms], names=["indicator", "scenario"])
    columns = {
        "base": np.broadcast_to(level_medians(end[:, :1]), differences.shape[:-1]),
        "reform": level_medians(end[:, 1:]),
        **difference_columns(differences, table.indicators),
        "parameter_share": parameter_share(differences, draws, replicates),
    }
    return pd.DataFrame({name: part.ravel() for name, part in columns.items()}, index=rows).reset_index()


def level_medians(levels: Numbers) -> Numbers:
    """Return medians over pairs of levels (..., pair)."""
    return np.asarray(np.median(levels, axis=-1))


def difference_columns(differences: Numbers, indicators: Sequence[str]) -> dict[str, Numbers]:
    """Return what paired differences (indicator, ..., pair) say: quantiles, and shares of relevant ones."""
    least, scale = (
        np.array([getattr(INDICATORS[key], name) for key in indicators]).reshape(
            -1, *[1] * (differences.ndim - 1)
        )
        for name in ("smallest_relevant_effect", "scale")
    )
    shown = differences * scale
    up, down = (shown >= least).sum(axis=-1), (shown <= -least).sum(axis=-1)
    count = differences.shape[-1]
    low, median, high = np.quantile(differences, [0.05, 0.5, 0.95], axis=-1)
    return {
        "median": median, "q05": low, "q95": high,
        "p_up": up / count, "p_down": down / count, "p_unchanged": (count - up - down) / count,
    }  # fmt: skip


def parameter_share(differences: Numbers, draws: int, replicates: int) -> Numbers:
    """Return the part of the variance of differences (..., pair) between draws, not within them.

    One-way random effects with the same replicates in every draw; pairs are sorted by draw. Not a number
    with fewer than two draws or replicates, or without any variance.
    """
    if min(draws, replicates) <= 1:
        return np.full(differences.shape[:-1], np.nan)
    by_draw = differences.reshape(*differences.shape[:-1], draws, replicates)
    within = by_draw.var(axis=-1, ddof=1).mean(axis=-1)
    between = np.maximum(by_draw.mean(axis=-1).var(axis=-1, ddof=1) - within / replicates, 0.0)
    total = between + within
    share = np.full(total.shape, np.nan)
    np.divide(between, total, out=share, where=total > 0)
    return share
