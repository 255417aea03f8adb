"""Made-up territories are whole, contiguous and the same every time."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from areavasta.synthetic import generate_territory
from areavasta.territory import Territory


def pieces_of_groups(territory: Territory, group: NDArray[np.int16]) -> int:
    """Return in how many contiguous pieces the groups lie; places outside any group are left out."""
    places = len(territory.codes)
    ends = np.repeat(np.arange(places), np.diff(territory.neighbour_start))
    inside = (group[ends] == group[territory.neighbour_index]) & (group[ends] >= 0)
    links = csr_array(
        (np.ones(int(inside.sum())), (ends[inside], territory.neighbour_index[inside])),
        shape=(places, places),
    )
    _, label = connected_components(links, directed=False)
    return len(set(label[group >= 0].tolist()))


@settings(deadline=None, max_examples=40)
@given(communes=st.integers(1, 400), seed=st.integers(0, 2**32))
def test_any_territory_is_whole(communes: int, seed: int) -> None:
    made = generate_territory(communes, seed)
    assert len(made.codes) == len(set(made.codes)) == communes == made.population.size
    assert list(made.codes) == sorted(made.codes)
    assert np.all(np.bincount(made.area, minlength=len(made.area_keys)) > 0)
    assert np.array_equal(made.area[made.area_seat], np.arange(len(made.area_keys)))
    assert np.all(np.bincount(made.ambit, minlength=len(made.ambit_keys)) > 0)
    assert np.all(np.bincount(made.union[made.union >= 0], minlength=len(made.union_keys)) >= 2)
    for group, keys in (
        (made.area, made.area_keys), (made.district, made.district_keys),
        (made.ambit, made.ambit_keys), (made.union, made.union_keys),
    ):  # fmt: skip
        assert pieces_of_groups(made, group) == len(keys)


@settings(deadline=None, max_examples=40)
@given(communes=st.integers(1, 400), seed=st.integers(0, 2**32))
def test_figures_are_in_range(communes: int, seed: int) -> None:
    made = generate_territory(communes, seed)
    assert np.all(made.population >= 1)
    assert np.array_equal(made.population, np.round(made.population))
    assert np.all(made.share_0_14 + made.share_65_plus < 1)
    assert np.all(made.need > 0)
    assert np.all((made.surtax_rate >= 0) & (made.surtax_rate <= 0.008))
    assert np.all((made.service_score >= 0) & (made.service_score <= 10))
    assert made.area_metropolitan.sum() == (1 if len(made.area_keys) > 1 else 0)


@settings(deadline=None, max_examples=20)
@given(communes=st.integers(1, 200), seed=st.integers(0, 2**32))
def test_neighbours_are_symmetric(communes: int, seed: int) -> None:
    made = generate_territory(communes, seed)
    ends = np.repeat(np.arange(communes), np.diff(made.neighbour_start))
    pairs = set(zip(ends.tolist(), made.neighbour_index.tolist(), strict=True))
    assert all((j, i) in pairs and i != j for i, j in pairs)
    assert len(pairs) == made.neighbour_index.size


def test_groups_nest() -> None:
    made = generate_territory(330, 3)
    for inner, outer in ((made.union, made.ambit), (made.ambit, made.district), (made.district, made.area)):
        for key in range(int(inner.max()) + 1):
            assert len(set(outer[inner == key].tolist())) == 1


def test_the_same_numbers_make_the_same_territory() -> None:
    assert generate_territory(330, 7).sha256 == generate_territory(330, 7).sha256
    assert generate_territory(330, 7).sha256 != generate_territory(330, 8).sha256


def test_it_looks_like_the_region() -> None:
    made = generate_territory(3_300, 1)
    assert np.median(made.population) == pytest.approx(6_300, rel=0.25)
    assert (made.union >= 0).mean() == pytest.approx(0.75, abs=0.07)
    need = (made.need.sum(axis=1) * made.population).sum() / made.population.sum()
    assert need == pytest.approx(820, rel=0.06)
    assert (made.altitude_zone == 0).mean() == pytest.approx(156 / 330, abs=0.1)


def test_need_is_u_shaped() -> None:
    made = generate_territory(7_900, 1)
    need = made.need.sum(axis=1)
    small, middle, large = (
        need[(made.population >= low) & (made.population < high)].mean()
        for low, high in ((0, 1_500), (7_000, 15_000), (100_000, 1e7))
    )
    assert small > middle < large


def test_all_of_italy_takes_less_than_a_second() -> None:
    start = time.perf_counter()
    generate_territory(7_900, 1)
    assert time.perf_counter() - start < 1.0


@pytest.mark.parametrize(("communes", "areas"), [(0, None), (100_001, None), (5, 6), (5, 0)])
def test_impossible_numbers_are_refused(communes: int, areas: int | None) -> None:
    with pytest.raises(ValueError, match="must be from 1 to"):
        generate_territory(communes, 1, areas)
