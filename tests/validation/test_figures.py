"""Every figure, worked out by hand on eight communes."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from areavasta.territory import NEED_GROUPS
from experiments.validation.figures import FIGURES, UNION_EFFECTS, FigureError, Status, measured
from experiments.validation.history import LAST, History
from experiments.validation.measuring import MEASURES, cheapest_size, slope
from tests.validation.samples import OUTSIDE, RESIDENTS, YEARS, history

SIZE = np.array(RESIDENTS)
OUT = OUTSIDE


def unions(*years: list[int]) -> NDArray[np.int64]:
    """Return memberships by year from those of the first years; the last given holds on."""
    return np.array([*years, *[years[-1]] * (YEARS - len(years))])


def test_every_figure_is_measured_and_none_else() -> None:
    assert set(FIGURES) == set(MEASURES) | set(UNION_EFFECTS)


def test_every_figure_says_where_it_is_from_and_what_it_rests_on() -> None:
    for figure in FIGURES.values():
        assert figure.sd > 0, figure.key
        for text in (*figure.source.values(), *figure.name.values(), *figure.rests_on.values()):
            assert text, figure.key
        assert (
            figure.status in (Status.input, Status.identity)
            or all(figure.why.values())
            or not (figure.comparable)
        ), figure.key


def test_at_least_means_that_more_agrees() -> None:
    spending = FIGURES["spending"]
    assert spending.distance(900.0) == 0.0
    assert spending.distance(842.0) == -10.0
    assert FIGURES["exits"].distance(40.0) == 6.0


def test_a_slope_is_that_of_logarithms_within_a_class() -> None:
    values = 7.0 * SIZE**-0.25
    values[SIZE > 5_000] = 1.0
    assert slope(values, SIZE, 0.0, 5_000.0) == pytest.approx(-0.25)
    assert slope(values, SIZE, 5_000.0, 20_000.0) == pytest.approx(0.0)


def test_the_cheapest_size_is_where_the_smooth_mean_is_lowest() -> None:
    size = np.exp(np.linspace(np.log(100.0), np.log(1_000_000.0), 400))
    values = 1.0 + (np.log(size) - np.log(9_700.0)) ** 2
    assert cheapest_size(values, size) == pytest.approx(9_700.0, rel=0.02)


@pytest.mark.parametrize("size", ["small", "medium", "large"])
def test_slopes_of_need_and_cost(size: str) -> None:
    past = history(cost=100.0 * SIZE**-0.3)
    assert measured(f"cost_slope_{size}", past) == pytest.approx(-0.3)
    assert measured(f"need_slope_{size}", past) == pytest.approx(0.0)


@pytest.mark.parametrize("name", ["administration", "roads_territory", "waste", "police"])
def test_slopes_of_need_by_group(name: str) -> None:
    past = history()
    need = past.territory.need.copy()
    need[:, NEED_GROUPS.index(name)] = SIZE**-0.5
    past = replace(past, territory=replace(past.territory, need=need))
    assert measured(f"need_slope_{name.removesuffix('_territory')}", past) == pytest.approx(-0.5)


@pytest.mark.parametrize("key", ["need_minimum", "cost_minimum"])
def test_the_lowest_need_and_cost(key: str) -> None:
    dear = np.where(SIZE == 8_000.0, 1.0, 100.0)
    past = history(cost=dear)
    past = replace(past, territory=replace(past.territory, need=np.tile(dear, (6, 1)).T))
    assert measured(key, past) == pytest.approx(8_000.0, rel=0.1)


@pytest.mark.parametrize(("key", "column"), [("need_mean", "need"), ("spending", "spending")])
def test_means_are_weighted_by_residents_of_the_first_year(key: str, column: str) -> None:
    only_largest = np.where(SIZE.max() == SIZE, 519_500.0, 0.0)
    assert SIZE.sum() == 519_500.0
    changes: dict[str, Any] = {column: only_largest}
    assert measured(key, history(**changes)) == pytest.approx(300_000.0)


def test_the_fund() -> None:
    past = history(needs_part=np.arange(-4.0, 4.0), fund=90.0, equity=11.0, capacity=-np.arange(8.0))
    past.fund[past.at(2030)] = 66.0
    assert measured("fund_needs_part", past) == -0.5
    assert measured("fund_whole", past) == 101.0
    assert measured("fund_fall", past) == 24.0
    assert measured("capacity_needs_correlation", past) == pytest.approx(-1.0)


def moving() -> History:
    """Return two unions at the start; one dissolves in 2024, a city enters the other in 2025, one leaves."""
    return history(
        union=unions(
            [0, 0, 1, 1, OUT, OUT, OUT, OUT],
            [0, 0, OUT, OUT, OUT, OUT, OUT, OUT],
            [0, 0, OUT, OUT, OUT, OUT, OUT, 0],
            [OUT, 0, OUT, OUT, OUT, OUT, OUT, 0],
        )
    )


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("communes_2022", 4), ("unions_2022", 2), ("mean_members_2022", 2), ("communes_2025", 2),
        ("unions_2025", 1), ("mean_members_2025", 2), ("exits", 3), ("entries", 1), ("dissolutions", 1),
        ("cities_entered", 1), ("membership_1000", 0), ("membership_3000", 100), ("membership_5000", 0),
        ("membership_10000", 0), ("membership_20000", 0), ("membership_60000", 0), ("membership_above", 50),
        ("membership_mountain", 0), ("membership_plain", 200 / 7),
        ("residents_2022", 100 * 14_500 / 519_500),
    ],
)  # fmt: skip
def test_membership(key: str, value: float) -> None:
    assert measured(key, moving()) == pytest.approx(value)


def test_inequality_of_spending_over_need() -> None:
    # Half of the communes spend three times as much: a quarter of the sum stands against three quarters.
    spending = np.where(np.arange(8) < 4, 50.0, 150.0)
    past = history(spending=spending)
    assert measured("spending_gini", past) == pytest.approx(0.25)
    assert measured("spending_spread", past) == pytest.approx(np.log(3.0) / 2.0)
    # Members do not count in the spread.
    past = history(spending=spending, union=np.where(np.arange(8) < 4, 0, OUT))
    assert measured("spending_spread", past) == pytest.approx(0.0)


def test_a_figure_that_cannot_be_worked_out_says_so() -> None:
    past = history()
    alike = replace(past, territory=replace(past.territory, population=np.full(8, 8_000.0)))
    with pytest.raises(FigureError, match="membership_1000: cannot be worked out on this territory"):
        measured("membership_1000", alike)
    with pytest.raises(FigureError, match="mean_members_2022"):
        measured("mean_members_2022", past)


def test_the_last_year_is_the_one_that_is_measured() -> None:
    assert history().at(LAST) == YEARS - 1
