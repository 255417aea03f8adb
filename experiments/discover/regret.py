"""Regret: how much worse a reform is, in each world, than the best that could have been chosen there."""

import numpy as np
import pandas as pd

PRESENT = "present_law"
"""Name of the option to change nothing."""

Q90 = 0.90


def regrets(values: pd.DataFrame, better: int) -> pd.DataFrame:
    """Return the regret of every option in every world, in the unit of the values, (world, option).

    `better` is +1 when higher values are better, -1 when lower ones are. The best option of a world has
    none (Savage 1951).
    """
    signed = better * values
    return pd.DataFrame(-signed.sub(signed.max(axis=1), axis=0) + 0.0)


def regret_table(values: pd.DataFrame, better: int) -> pd.DataFrame:
    """Return one row an option: its largest regret, the 90th percentile, the mean, and how often it is best.

    The option with the smallest largest regret, the most robust, comes first. Worlds in which several are
    best count for each.
    """
    regret = regrets(values, better)
    table = pd.DataFrame(
        {
            "option": regret.columns,
            "largest": regret.max().to_numpy(),
            "q90": regret.quantile(Q90).to_numpy(),
            "mean": regret.mean().to_numpy(),
            "best": (regret <= np.finfo(float).eps).mean().to_numpy(),
        }
    )
    return table.sort_values(["largest", "q90", "option"], ignore_index=True)
