"""Money between levels of government at the horizon, under present law and under each reform."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pyarrow.compute as pc
import pyarrow.parquet as pq

from areavasta.accounts import CENTS_PER_EURO
from areavasta.indicators import INDICATORS

RELEVANT_EURO = INDICATORS["money_commune"].smallest_relevant_effect
"""Change of a flow, EUR a resident of the territory, that counts: that of money of communes."""

PAIR = ["scenario", "draw", "replicate"]
ENDS = ["payer_level", "payee_level"]

LEAST_SHARE = 0.80
"""Part of the pairs that must agree before a change of a flow is told."""


def flow_effects(folder: Path, scenarios: Sequence[str], year: int, residents: float) -> pd.DataFrame:
    """Return what flows between levels in a year, EUR, one row a reform, payer and payee.

    `base` and `reform` are medians over pairs, `median`, `q05` and `q95` quantiles of the paired difference,
    `p_up` and `p_down` the shares of pairs in which it counts. What suppliers are paid is left out: it is
    no money of any level any more.
    """
    sums = flow_sums(folder, scenarios, year, ENDS)
    sums = sums.drop(columns=[pair for pair in sums.columns if pair[1] == "suppliers"])
    present, least = sums.loc[scenarios[0]].sort_index(), RELEVANT_EURO * residents
    rows = []
    for name in scenarios[1:]:
        reform = sums.loc[name].sort_index()
        for pair in sums.columns:
            change = reform[pair] - present[pair]
            low, median, high = change.quantile([0.05, 0.5, 0.95])
            rows.append(
                {
                    "scenario": name, "payer": pair[0], "payee": pair[1],
                    "base": present[pair].median(), "reform": reform[pair].median(),
                    "median": median, "q05": low, "q95": high,
                    "p_up": (change >= least).mean(), "p_down": (change <= -least).mean(),
                }
            )  # fmt: skip
    return pd.DataFrame(rows)


def flow_sums(folder: Path, scenarios: Sequence[str], year: int, keys: Sequence[str]) -> pd.DataFrame:
    """Return flows of a year in EUR, one row a scenario, draw and replicate, one column a group of flows."""
    table = pq.read_table(
        folder / "flows.parquet",
        columns=[*PAIR, *keys, "cents"],
        filters=(pc.field("year") == year) & pc.field("scenario").isin(list(scenarios)),
    )
    sums = table.to_pandas().groupby([*PAIR, *keys], observed=True)["cents"].sum()
    return pd.DataFrame(sums.unstack(list(keys), fill_value=0) / CENTS_PER_EURO)
