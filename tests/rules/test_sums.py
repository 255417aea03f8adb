"""Sums over groups of rows."""

import numpy as np

from areavasta.rules.sums import sum_by, sum_runs

VALUES = np.array([1.0, 2.0, 4.0, 8.0])


def test_runs_sum_as_groups_do() -> None:
    np.testing.assert_array_equal(
        sum_runs(VALUES, np.array([0, 1, 4])), sum_by(np.array([0, 1, 1, 1]), VALUES)
    )


def test_an_empty_run_sums_to_zero_wherever_it_stands() -> None:
    np.testing.assert_array_equal(sum_runs(VALUES, np.array([0, 0, 3, 3, 4, 4])), [0.0, 7.0, 0.0, 8.0, 0.0])


def test_rows_of_several_columns_sum_by_column() -> None:
    rows = np.stack([VALUES, -VALUES], axis=1)
    np.testing.assert_array_equal(
        sum_runs(rows, np.array([0, 2, 2, 4])), [[3.0, -3.0], [0.0, 0.0], [12.0, -12.0]]
    )
