"""What instruments contribute, worked by hand on a few pairs."""

import numpy as np
import pandas as pd
import pytest

from experiments.ablation import ALL, ALONE, FULL, REMOVED, TOGETHER, ablation_table
from experiments.comparison_indicators import IndicatorTable
from experiments.terminal_ablation import mark
from tests.charts.samples import INDICATORS, reading
from tests.results.conftest import row


def table(**values: list[float]) -> IndicatorTable:
    """Return the cost of scenarios by pair; the first is present law."""
    pairs = [(draw, 1) for draw in range(1, len(next(iter(values.values()))) + 1)]
    names = tuple(name.replace("__", "-") for name in values)
    block = np.array([list(values.values())])[:, :, np.newaxis, :]
    return IndicatorTable(("cost",), names, (2027,), pairs, block)


def measured(frame: pd.DataFrame, instrument: str, measure: str) -> pd.Series:
    return row(frame, "r", "cost", instrument, measure)  # type: ignore[no-any-return]


def test_effects_that_add_up_leave_nothing_together() -> None:
    frame = ablation_table(
        table(
            law=[100.0, 200.0], r=[93.0, 192.0],
            r__without_a=[99.0, 198.0], r__only_a=[94.0, 194.0],
            r__without_b=[94.0, 194.0], r__only_b=[99.0, 198.0],
        ),
        {"r": ("a", "b")},
    )  # fmt: skip
    assert measured(frame, "a", REMOVED)["median"] == -6.0
    assert measured(frame, "a", ALONE)["median"] == -6.0
    assert measured(frame, "b", REMOVED)["median"] == -1.5
    assert measured(frame, ALL, FULL)["median"] == -7.5
    together = measured(frame, ALL, TOGETHER)
    assert together[["median", "q05", "q95", "p_up", "p_down"]].tolist() == [0.0] * 5
    assert (together["level_from"], together["level_to"]) == (142.5, 142.5)


def test_what_instruments_do_only_together_is_paired() -> None:
    # Alone a does -1 and b nothing; together they do -9, -9 and -3: with b, a is worth 8, 8 and 2 more.
    frame = ablation_table(
        table(
            law=[100.0, 100.0, 110.0], r=[91.0, 91.0, 107.0],
            r__without_a=[100.0, 100.0, 110.0], r__only_a=[99.0, 99.0, 109.0],
            r__without_b=[99.0, 99.0, 109.0], r__only_b=[100.0, 100.0, 110.0],
        ),
        {"r": ("a", "b")},
    )  # fmt: skip
    removed, alone, together = (
        measured(frame, *part) for part in (("a", REMOVED), ("a", ALONE), (ALL, TOGETHER))
    )
    assert (removed["median"], alone["median"], together["median"]) == (-9.0, -1.0, -8.0)
    assert measured(frame, "b", ALONE)["median"] == 0.0
    assert measured(frame, "b", REMOVED)["median"] == -8.0
    # Sorted -8 -8 -2: the 95th percentile lies nine tenths of the way from the middle one to the last.
    assert together["q95"] == pytest.approx(-8.0 + 0.9 * 6.0)
    # The smallest relevant effect on cost is 5 EUR: two pairs of three count.
    assert (together["p_up"], together["p_down"]) == (0.0, pytest.approx(2 / 3))


def test_rounding_is_no_effect() -> None:
    frame = ablation_table(
        table(
            law=[0.1], r=[0.1 + 0.2 + 0.4],
            r__without_a=[0.5], r__only_a=[0.1 + 0.2], r__without_b=[0.3], r__only_b=[0.1 + 0.4],
        ),
        {"r": ("a", "b")},
    )  # fmt: skip
    assert measured(frame, ALL, TOGETHER)["median"] == 0.0


def test_marks_tell_sign_and_certainty() -> None:
    cost, members = INDICATORS[1], INDICATORS[-1]
    assert mark(reading(cost, -8.0, p_down=0.9)) == "▲", "a lower cost is better"
    assert mark(reading(cost, -8.0, p_down=0.7)) == "△"
    assert mark(reading(cost, 8.0, p_up=0.9)) == "▼"
    assert mark(reading(cost, 8.0, p_up=0.65)) == "▽"
    assert mark(reading(cost, 8.0, p_up=0.5)) == "?"
    assert mark(reading(cost, 0.5, p_up=0.0)) == "="
    assert mark(reading(cost, 0.0)) == "="
    assert mark(reading(members, 8.0, p_up=0.9)) == "↑"
    assert mark(reading(members, -8.0, p_down=0.9)) == "↓"
