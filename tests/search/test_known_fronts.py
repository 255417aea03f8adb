"""Problems whose front is known: the search finds it, and random trials of the same budget do not."""

import math

import numpy as np
import pytest

from areavasta.settings.search import Algorithm
from experiments.search.fronts import compromise, costs_of, hypervolume, spread, unbeaten
from experiments.search.least import refine, simplify
from experiments.search.levers import Point
from experiments.search.optimising import Plan, draw, evolve
from experiments.search.outcome import Status, Tried, measured, refused
from experiments.search.space import Space
from tests.search.conftest import number_space, tell_with

Front = np.ndarray


def zdt1(point: Point) -> tuple[tuple[float, ...], float]:
    """Zitzler, Deb and Thiele 2000: the front is f2 = 1 - sqrt(f1), where all but the first are zero."""
    first, *rest = map(float, point)
    g = 1.0 + 9.0 * sum(rest) / len(rest)
    return (first, g * (1.0 - math.sqrt(first / g))), 0.0


def distance_to(front: np.ndarray, tried: list[Tried]) -> float:
    """Return the mean distance of the points of a known front from the nearest point found (IGD)."""
    found = costs_of(tried, unbeaten(tried))
    return float(np.mean([np.linalg.norm(found - one, axis=1).min() for one in front]))


def whole(generations: object) -> list[Tried]:
    return [one for generation in generations for one in generation]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("algorithm", "bound"), [(Algorithm.nsga2, 0.03), (Algorithm.nsga3, 0.15)])
def test_the_front_of_zdt1_is_found(algorithm: Algorithm, bound: float) -> None:
    shares = np.linspace(0.0, 1.0, 101)
    front = np.column_stack([shares, 1.0 - np.sqrt(shares)])
    plan = Plan(number_space(8), 2, algorithm, population=40, generations=40, seed=1)
    found = whole(evolve(plan, tell_with(zdt1)))
    random = whole(draw(plan, tell_with(zdt1)))
    assert len(found) == len(random) == 1600
    assert distance_to(front, found) < bound < 0.5 < distance_to(front, random)


def test_a_front_behind_a_bound_is_found() -> None:
    """Of Schaffer's problem the front is x in [0, 2]; a bound leaves only [1, 2]."""

    def bounded(point: Point) -> tuple[tuple[float, ...], float]:
        x = 4.0 * float(point[0]) - 1.0
        return (x**2, (x - 2.0) ** 2), max(1.0 - x, 0.0)

    shares = np.linspace(1.0, 2.0, 51)
    front = np.column_stack([shares**2, (shares - 2.0) ** 2])
    plan = Plan(number_space(1), 2, Algorithm.nsga2, population=10, generations=8, seed=2)
    found = whole(evolve(plan, tell_with(bounded)))
    assert distance_to(front, found) < 0.05
    assert all(found[number].costs[0] >= 1.0 for number in unbeaten(found))


def test_the_same_seed_asks_for_the_same_points_and_another_for_others() -> None:
    def points(seed: int) -> list[Point]:
        plan = Plan(number_space(4), 2, Algorithm.nsga2, population=8, generations=4, seed=seed)
        return [one.point for one in whole(evolve(plan, tell_with(zdt1)))]

    assert points(1) == points(1)
    assert points(1) != points(2)
    assert len(set(points(1))) == 32, "a point was tried twice"


def test_a_search_starts_from_the_points_it_is_given() -> None:
    start = ((0.0, 0.0), (0.25, 1.0))
    plan = Plan(number_space(2), 2, Algorithm.nsga2, 6, 1, seed=1, start=start)
    for way in (evolve, draw):
        assert [one.point for one in whole(way(plan, tell_with(zdt1)))[:2]] == list(start)


def test_points_that_cannot_be_measured_do_not_stop_the_search() -> None:
    def tell(_: int, points: list[Point]) -> list[Tried]:
        return [
            refused(point, Status.failed, "short of 1 cent", 2, 0) if float(point[0]) > 0.5
            else measured(point, zdt1(point)[0], zdt1(point)[0])
            for point in points
        ]  # fmt: skip

    plan = Plan(number_space(3), 2, Algorithm.nsga2, population=12, generations=12, seed=1)
    found = whole(evolve(plan, tell))
    assert len(found) == 144
    early, late = (sum(one.status is Status.failed for one in part) for part in (found[:12], found[-12:]))
    assert early > late
    assert all(found[number].holds for number in unbeaten(found))


def test_the_least_change_is_found_and_refined() -> None:
    """Two of eight levers, at 0.9 or more, reach the goal; all others do nothing."""
    space = number_space(8)

    def change(point: Point) -> tuple[tuple[float, ...], float]:
        missing = sum(max(0.9 - float(point[at]), 0.0) for at in (2, 5))
        return (space.changed(point) + space.distance(point),), missing

    plan = Plan(space, 1, Algorithm.nsga2, 20, 15, seed=1, start=(space.base,), sparse=True)
    tried = whole(evolve(plan, tell_with(change)))
    best = tried[unbeaten(tried)[0]]
    tried += whole(refine(space, best, tell_with(change)))
    best = tried[unbeaten(tried)[0]]
    assert [at for at, value in enumerate(best.point) if value != 0.5] == [2, 5]
    assert best.costs[0] < 2.9


def test_a_reform_is_made_simpler_without_doing_less_well() -> None:
    """Only the first two levers matter; the third matters less than a tenth of a relevant effect."""
    space = number_space(5)

    def costs(point: Point) -> tuple[tuple[float, ...], float]:
        first, second, third = map(float, point[:3])
        return (-first - 0.01 * third, -second), 0.0

    full = (0.9, 0.8, 0.7, 0.6, 0.4)
    one = tell_with(costs)(1, [full])[0]
    rounds, simple = simplify(space, one, (1.0, 1.0), tell_with(costs))
    assert simple.point == (0.9, 0.8, 0.5, 0.5, 0.5)
    assert [len(tried) for tried in rounds] == [5, 1]
    assert simplify(space, one, (1e-3, 1e-3), tell_with(costs))[1].point == (0.9, 0.8, 0.7, 0.5, 0.5)


def test_levers_that_matter_only_together_are_not_dropped_together() -> None:
    space = number_space(2)

    def costs(point: Point) -> tuple[tuple[float, ...], float]:
        return (-max(abs(float(value) - 0.5) for value in point),), 0.0

    one = tell_with(costs)(1, [(1.0, 1.0)])[0]
    _, simple = simplify(space, one, (1.0,), tell_with(costs))
    assert sorted(map(float, simple.point)) == [0.5, 1.0]


def plain(*costs: float) -> Tried:
    return measured((costs[0],), costs, costs)


def test_fronts_hypervolumes_and_choices_by_hand() -> None:
    tried = [plain(0.0, 1.0), plain(1.0, 0.0), plain(0.4, 0.4), plain(0.5, 0.5), plain(0.4, 0.4)]
    assert unbeaten(tried) == [0, 2, 1]
    costs = costs_of(tried, [0, 2, 1])
    ideal, width = np.zeros(2), np.ones(2)
    by_hand = (1.1 * 0.1 + 0.7 * 0.6 + 0.1 * 0.4) / 1.21
    assert hypervolume(costs, ideal, width) == pytest.approx(by_hand)
    assert compromise(costs) == 1
    assert spread(costs, 0) == [0, 1, 2]
    assert spread(costs, 1) == [1]
    assert spread(costs, 2) == [0, 1]


def test_an_empty_front_has_no_volume() -> None:
    broken = measured((0.0,), (0.0,), (0.0,), (), 2.0)
    assert unbeaten([broken]) == []
    assert hypervolume(np.empty((0, 2)), np.zeros(2), np.ones(2)) == 0.0


def test_a_small_grid_is_tried_to_its_end() -> None:
    space = Space(number_space(2).levers)

    def tell(_: int, points: list[Point]) -> list[Tried]:
        return tell_with(zdt1)(1, [(round(float(a)), round(float(b))) for a, b in points])

    plan = Plan(space, 2, Algorithm.nsga2, population=5, generations=3, seed=1)
    assert len(whole(evolve(plan, tell))) == 15
