"""Regret, by arithmetic."""

import numpy as np
import pandas as pd
import pytest

from experiments.discover.regret import regret_table, regrets

VALUES = pd.DataFrame({"status_quo": [10.0, 10.0, 10.0], "a": [12.0, 9.0, 10.0], "b": [11.0, 11.0, 4.0]})


def test_regret_is_the_distance_from_the_best_choice_of_each_world() -> None:
    found = regrets(VALUES, 1)
    assert found.to_numpy().tolist() == [[2.0, 0.0, 1.0], [1.0, 2.0, 0.0], [0.0, 0.0, 6.0]]


def test_lower_can_be_better() -> None:
    found = regrets(VALUES, -1)
    assert found.to_numpy().tolist() == [[0.0, 2.0, 1.0], [1.0, 0.0, 2.0], [6.0, 6.0, 0.0]]


def test_the_most_robust_choice_comes_first() -> None:
    table = regret_table(VALUES, 1).set_index("option")
    # The largest regret of two is the same: of them, the one with less in nine worlds of ten comes first.
    assert list(table.index) == ["a", "status_quo", "b"]
    assert table["largest"].tolist() == [2.0, 2.0, 6.0]
    worlds = ([0, 2, 0], [2, 1, 0], [1, 0, 6])
    assert table["q90"].tolist() == pytest.approx([np.quantile(world, 0.9) for world in worlds])
    assert table["mean"].tolist() == pytest.approx([2 / 3, 1.0, 7 / 3])
    assert table["best"].tolist() == pytest.approx([2 / 3, 1 / 3, 1 / 3])
