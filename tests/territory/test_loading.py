"""The shipped territories load as published."""

from pathlib import Path

import numpy as np
import pytest

from areavasta.functions import load_catalogue
from areavasta.territory import ALTITUDE_ZONES, NEED_GROUPS, Territory, load_territory


@pytest.fixture(scope="module")
def region() -> Territory:
    folder = Path(__file__).parents[2] / "model" / "areavasta" / "territories" / "emilia_romagna"
    return load_territory(folder, frozenset(load_catalogue().keys))


def test_region_has_its_bodies(region: Territory) -> None:
    assert region.key == "emilia_romagna"
    assert len(region.codes) == 330
    assert len(region.union_keys) == 38
    assert int((region.union >= 0).sum()) == 253
    assert region.area_keys == ("PC", "PR", "RE", "MO", "BO", "FE", "RA", "FC", "RN")
    assert len(region.district_keys) == 38
    assert len(region.ambit_keys) == 51


def test_codes_ascend(region: Territory) -> None:
    assert list(region.codes) == sorted(region.codes)


def test_seats_are_the_capitals(region: Territory) -> None:
    seats = [region.names[i] for i in region.area_seat]
    capitals = ["Piacenza", "Parma", "Reggio nell'Emilia", "Modena", "Bologna"]
    assert seats == [*capitals, "Ferrara", "Ravenna", "Forlì", "Rimini"]
    assert region.names[region.region_seat] == "Bologna"
    assert [key for key, city in zip(region.area_keys, region.area_metropolitan, strict=True) if city] == [
        "BO"
    ]


def test_totals_are_those_published(region: Territory) -> None:
    residents = region.population.sum()
    assert residents == pytest.approx(4_426_967)
    per_head = (region.need * region.population[:, None]).sum(axis=0) / residents
    assert per_head.sum() == pytest.approx(820.5, abs=0.5)
    assert per_head[: NEED_GROUPS.index("waste")].sum() == pytest.approx(598, abs=1)
    members = region.population[region.union >= 0].sum() / residents
    assert members == pytest.approx(0.51, abs=0.01)


def test_a_commune_has_its_own_figures(region: Territory) -> None:
    agazzano = region.codes.index("033001")
    assert region.names[agazzano] == "Agazzano"
    assert region.population[agazzano] == 1979
    assert region.population_2026[agazzano] == 2019
    assert region.share_0_14[agazzano] == pytest.approx(219 / 1979)
    assert region.taxable_income_per_head[agazzano] == pytest.approx(44_514_784 / 1979)
    assert region.surtax_rate[agazzano] == pytest.approx(327_670 / 44_514_784)
    assert ALTITUDE_ZONES[region.altitude_zone[agazzano]] == "internal_hill"
    assert region.need[agazzano].tolist() == [261.78, 95.06, 37.21, 135.67, 131.96, 222.41]
    assert region.union[agazzano] == -1


def test_what_no_source_gives_is_flagged(region: Territory) -> None:
    assert {flag.split()[0] for flag in region.imputed} == {"099030", "099031"}
    assert "099030 residents_65_plus" in region.imputed
    montecopiolo = region.codes.index("099030")
    assert 0.2 < region.share_65_plus[montecopiolo] < 0.4


def test_functions_of_unions_are_known_for_nine(region: Territory) -> None:
    known = {key: held for key, held in zip(region.union_keys, region.union_functions, strict=True) if held}
    assert len(known) == 9
    assert "school_services" in known["MO01"]
    assert region.union_functions[region.union_keys.index("PC01")] is None


def test_neighbours_are_symmetric_and_ascending(region: Territory) -> None:
    start, index = region.neighbour_start, region.neighbour_index
    near = [index[start[i] : start[i + 1]].tolist() for i in range(len(region.codes))]
    assert all(i in near[j] for i in range(len(near)) for j in near[i])
    assert all(row == sorted(set(row)) for row in near)
    assert min(len(row) for row in near) >= 1


def test_distances_are_plausible(region: Territory) -> None:
    assert np.all(region.area_distance_km[region.area_seat] == 0)
    piacenza = region.codes.index("033032")
    assert region.region_distance_km[piacenza] == pytest.approx(140, abs=10)


def test_arrays_are_read_only(region: Territory) -> None:
    with pytest.raises(ValueError, match="read-only"):
        region.population[0] = 1.0


def test_toy_is_made_for_sums_by_hand(toy: Path) -> None:
    territory = load_territory(toy)
    assert territory.population.tolist() == [1_000, 4_000, 10_000, 20_000]
    assert territory.need.sum(axis=1).tolist() == [940, 780, 700, 750]
    assert territory.region_distance_km.tolist() == [50, 41, 40, 0]
    assert territory.area_distance_km.tolist() == [30, 9, 0, 0]
    assert territory.union.tolist() == [0, 0, -1, -1]
    assert territory.area_metropolitan.tolist() == [False, True]
    assert territory.union_functions == (frozenset({"local_police", "personnel"}),)
    assert territory.neighbour_start.tolist() == [0, 1, 3, 5, 6]
    assert territory.neighbour_index.tolist() == [1, 0, 2, 1, 3, 2]


def test_hash_follows_the_tables(toy: Path, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(toy, tmp_path / "toy")
    assert load_territory(tmp_path / "toy").sha256 == load_territory(toy).sha256
    names = tmp_path / "toy" / "region.csv"
    names.write_text(names.read_text().replace("Toy Region", "Other"))
    assert load_territory(tmp_path / "toy").sha256 != load_territory(toy).sha256


def test_order_of_rows_does_not_matter(toy: Path, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(toy, tmp_path / "toy")
    table = tmp_path / "toy" / "communes.csv"
    header, *rows = table.read_text().splitlines()
    table.write_text("\n".join([header, *reversed(rows)]) + "\n")
    assert load_territory(tmp_path / "toy").population.tolist() == [1_000, 4_000, 10_000, 20_000]
