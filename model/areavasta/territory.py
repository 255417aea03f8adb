"""A territory: communes, unions, ambits, districts, areas and region, from tables that are checked whole."""

from dataclasses import dataclass, fields
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from areavasta.territory_check import check_tables
from areavasta.territory_tables import (
    ALTITUDE_ZONES,
    CONFIDENCES,
    INNER_AREA_CLASSES,
    NEED_GROUPS,
    TABLES,
    Table,
    read_table,
)

__all__ = [
    "ALTITUDE_ZONES", "CONFIDENCES", "INNER_AREA_CLASSES", "NEED_GROUPS", "Territory", "TerritoryError",
    "contiguity", "distance_km", "load_territory",
]  # fmt: skip

METRES_PER_KM = 1000.0

IMPUTED_COLUMNS = {
    "population_imputed": ("population_2023",),
    "ages_imputed": ("residents_0_14", "residents_65_plus"),
    "figures_imputed": (
        "population_2026",
        "altitude_m",
        "altitude_zone",
        "urbanisation",
        "inner_area",
        "taxpayers",
        "taxable_income_eur",
        "surtax_eur",
        *(f"need_{group}" for group in NEED_GROUPS),
        "service_score",
        "union",
        "ambit",
        "district",
    ),
}
"""Flags of communes.csv, and the columns that each says were imputed."""


class TerritoryError(ValueError):
    """Report every problem found in the tables of a territory, one a line."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


@dataclass(frozen=True, eq=False)
class Territory:
    """A region and its local bodies; arrays are read-only, entry i of (n,) belongs to commune i.

    Codes ascend. `population` counts residents on 1 January 2023, `population_2026` in 2026; figures per
    head divide by the former. Money in EUR: income and surtax of tax year 2024, `need` (n, 6) per head of
    2022 by NEED_GROUPS. `altitude_zone`, `inner_area` and `ambit_confidence` are positions in
    ALTITUDE_ZONES, INNER_AREA_CLASSES, CONFIDENCES; `urbanisation` 1 city, 2 town, 3 rural.
    `union`, `ambit`, `district`, `area` are positions among their keys, -1 for no union.
    `union_functions` are the functions found in published sources, None where unknown. Neighbours of i:
    `neighbour_index[neighbour_start[i]:neighbour_start[i + 1]]`, ascending. `position_km` (n, 2) are
    centroids; `imputed` has "code column" of figures that no source gives.
    """

    key: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    population: NDArray[np.float64]
    population_2026: NDArray[np.float64]
    share_0_14: NDArray[np.float64]
    share_65_plus: NDArray[np.float64]
    area_km2: NDArray[np.float64]
    altitude_m: NDArray[np.float64]
    altitude_zone: NDArray[np.int8]
    urbanisation: NDArray[np.int8]
    inner_area: NDArray[np.int8]
    taxpayers_per_head: NDArray[np.float64]
    taxable_income_per_head: NDArray[np.float64]
    surtax_rate: NDArray[np.float64]
    need: NDArray[np.float64]
    service_score: NDArray[np.float64]
    union: NDArray[np.int16]
    union_keys: tuple[str, ...]
    union_names: tuple[str, ...]
    union_functions: tuple[frozenset[str] | None, ...]
    ambit: NDArray[np.int16]
    ambit_keys: tuple[str, ...]
    ambit_names: tuple[str, ...]
    ambit_confidence: NDArray[np.int8]
    district: NDArray[np.int16]
    district_keys: tuple[str, ...]
    district_names: tuple[str, ...]
    area: NDArray[np.int16]
    area_keys: tuple[str, ...]
    area_names: tuple[str, ...]
    area_metropolitan: NDArray[np.bool_]
    area_seat: NDArray[np.intp]
    region_name: str
    region_seat: int
    position_km: NDArray[np.float64]
    area_distance_km: NDArray[np.float64]
    region_distance_km: NDArray[np.float64]
    neighbour_start: NDArray[np.int32]
    neighbour_index: NDArray[np.int32]
    imputed: tuple[str, ...]
    sha256: str

    @property
    def imputed_communes(self) -> int:
        """Number of communes whose income, need, taxes, service and groups no source gives."""
        return sum(figure.endswith(" taxable_income_eur") for figure in self.imputed)

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, np.ndarray):
                value.setflags(write=False)


def load_territory(folder: Path, catalogue_keys: frozenset[str] | None = None) -> Territory:
    """Load the territory whose tables are in a folder; its key is the folder's name.

    `catalogue_keys` are the functions that unions may hold; None leaves that unchecked. Raises
    TerritoryError with every problem of every table; nothing is loaded in part.
    """
    problems: list[str] = []
    if not folder.is_dir():
        raise TerritoryError([f"{folder}: there is no such folder; name one with {', '.join(TABLES)}"])
    tables, digest = {}, sha256()
    for file in TABLES:
        tables[file], data = read_table(folder, file, problems)
        digest.update(f"{file} {len(data)}\n".encode() + data)
    problems += check_tables(tables, catalogue_keys)
    if problems:
        raise TerritoryError(problems)
    return _assemble(folder.resolve().name, tables, digest.hexdigest())


def contiguity(
    first: NDArray[np.intp], second: NDArray[np.intp], places: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return start (places + 1,) and index (2 pairs,) of the neighbours of places, from pairs given once."""
    ends = np.concatenate([first, second])
    others = np.concatenate([second, first])
    order = np.lexsort((others, ends))
    start = np.zeros(places + 1, dtype=np.int32)
    np.cumsum(np.bincount(ends, minlength=places), out=start[1:])
    return start, others[order].astype(np.int32)


def distance_km(position_km: NDArray[np.float64], seat: NDArray[np.intp] | int) -> NDArray[np.float64]:
    """Return the straight distance of each place from its seat, a position or one a place; in km."""
    apart = position_km - position_km[seat]
    distances: NDArray[np.float64] = np.sqrt((apart * apart).sum(axis=1))
    return distances


def _positions(keys: tuple[str, ...], cells: list[str]) -> NDArray[np.int16]:
    """Return the position of each cell among keys; -1 for an empty cell."""
    position = {key: i for i, key in enumerate(keys)} | {"": -1}
    return np.array([position[cell] for cell in cells], dtype=np.int16)


def _imputed(codes: tuple[str, ...], communes: Table) -> tuple[str, ...]:
    """Return "code column" of the figures of communes that were imputed."""
    flags = [(i, flag) for flag in IMPUTED_COLUMNS for i in np.flatnonzero(communes.numbers[flag])]
    return tuple(f"{codes[i]} {column}" for i, flag in sorted(flags) for column in IMPUTED_COLUMNS[flag])


def _in_order(communes: Table) -> Table:
    """Return the table of communes by ascending code."""
    order = sorted(range(len(communes.lines)), key=communes.texts["code"].__getitem__)
    texts = {name: [cells[i] for i in order] for name, cells in communes.texts.items()}
    numbers = {name: values[order] for name, values in communes.numbers.items()}
    return Table(communes.file, tuple(communes.lines[i] for i in order), texts, numbers, communes.whole)


def _assemble(key: str, tables: dict[str, Table], digest: str) -> Territory:
    """Make the territory from tables known to be right."""
    communes = _in_order(tables["communes.csv"])
    codes = tuple(communes.texts["code"])
    place = {code: i for i, code in enumerate(codes)}
    groups = _groups(tables, communes)
    seat = np.array([place[code] for code in tables["areas.csv"].texts["seat"]], dtype=np.intp)
    region_seat = place[tables["region.csv"].texts["seat"][0]]
    position_km = np.column_stack([communes.numbers["x_m"], communes.numbers["y_m"]]) / METRES_PER_KM
    pairs = tables["neighbours.csv"].texts
    first, second = (
        np.array([place[code] for code in pairs[end]], dtype=np.intp) for end in ("code", "neighbour")
    )
    start, index = contiguity(first, second, len(codes))
    return Territory(
        key=key,
        codes=codes,
        **_figures(communes),
        **groups,
        area_seat=seat,
        region_name=tables["region.csv"].texts["name"][0],
        region_seat=region_seat,
        position_km=position_km,
        area_distance_km=distance_km(position_km, seat[groups["area"]]),
        region_distance_km=distance_km(position_km, region_seat),
        neighbour_start=start,
        neighbour_index=index,
        imputed=_imputed(codes, communes),
        sha256=digest,
    )


def _figures(communes: Table) -> dict[str, Any]:
    """Return the figures of communes by field of Territory."""
    texts, numbers = communes.texts, communes.numbers
    population = numbers["population_2023"]
    return {
        "names": tuple(texts["name"]),
        "population": population,
        "population_2026": numbers["population_2026"],
        "share_0_14": numbers["residents_0_14"] / population,
        "share_65_plus": numbers["residents_65_plus"] / population,
        "area_km2": numbers["area_km2"],
        "altitude_m": numbers["altitude_m"],
        "altitude_zone": _positions(ALTITUDE_ZONES, texts["altitude_zone"]).astype(np.int8),
        "urbanisation": numbers["urbanisation"].astype(np.int8),
        "inner_area": _positions(INNER_AREA_CLASSES, texts["inner_area"]).astype(np.int8),
        "taxpayers_per_head": numbers["taxpayers"] / population,
        "taxable_income_per_head": numbers["taxable_income_eur"] / population,
        "surtax_rate": numbers["surtax_eur"] / numbers["taxable_income_eur"],
        "need": np.column_stack([numbers[f"need_{group}"] for group in NEED_GROUPS]),
        "service_score": numbers["service_score"],
        "ambit_confidence": _positions(CONFIDENCES, texts["ambit_confidence"]).astype(np.int8),
    }


def _groups(tables: dict[str, Table], communes: Table) -> dict[str, Any]:
    """Return unions, ambits, districts and areas, and who belongs to each, by field of Territory."""
    groups: dict[str, Any] = {}
    for name in ("union", "ambit", "district", "area"):
        texts = tables[f"{name}s.csv"].texts
        groups[f"{name}_keys"] = tuple(texts["key"])
        groups[f"{name}_names"] = tuple(texts["name"])
        groups[name] = _positions(groups[f"{name}_keys"], communes.texts[name])
    functions = tables["unions.csv"].texts["functions"]
    groups["union_functions"] = tuple(frozenset(cell.split(";")) if cell else None for cell in functions)
    kinds = tables["areas.csv"].texts["kind"]
    groups["area_metropolitan"] = np.array([kind == "metropolitan_city" for kind in kinds])
    return groups
