"""Published figures of a territory, as the tables that the model reads; gaps imputed and flagged."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from areavasta.territory_tables import NEED_GROUPS, TABLES

Row = dict[str, str]
Rows = list[Row]

REGION_SEATS = {"emilia_romagna": ("Emilia-Romagna", "037006")}
"""Name and seat of the region of each territory that can be built."""

METROPOLITAN_AREAS = frozenset({"BO"})
"""Areas that are metropolitan cities (art. 1, paragraph 5, of Law 56/2014, within the region)."""

AREA_SEATS = {
    "PC": "033032", "PR": "034027", "RE": "035033", "MO": "036023", "BO": "037006",
    "FE": "038008", "RA": "039014", "FC": "040012", "RN": "099014",
}  # fmt: skip
"""Capital of each area; of Forlì-Cesena it is Forlì."""

CATALOGUE_KEYS = {
    "local_police": "local_police",
    "civil_protection": "civil_protection",
    "social_services": "social_services",
    "education": "school_services",
    "urban_planning": "planning_building",
    "personnel": "personnel",
    "taxes": "taxes",
    "ICT": "ict",
    "business_desk": "business_desk",
    "procurement": "procurement",
    "statistics": "statistics",
    "general_administration": "general_administration",
}
"""Functions as the sources of unions name them, and their keys in the catalogue; others have no key."""

COPIED = {
    "code": "istat_code",
    "name": "name",
    "area": "province_code",
    "population_2023": "population_2023",
    "population_2026": "population_2026",
    "residents_0_14": "population_2023_age_0_14",
    "residents_65_plus": "population_2023_age_65_plus",
    "area_km2": "area_km2",
    "altitude_m": "altitude_m",
    "urbanisation": "degree_of_urbanisation",
    "inner_area": "inner_area_class",
    "taxpayers": "taxpayers_2024",
    "taxable_income_eur": "taxable_income_2024_eur",
    "surtax_eur": "municipal_surtax_2024_eur",
    **{f"need_{group}": f"standard_need_2022_{group}" for group in NEED_GROUPS},
    "service_score": "service_level_2022_0_10",
    "union": "union_id_2022",
    "union_confidence": "union_confidence",
    "ambit": "ambit_id",
    "ambit_confidence": "ambit_confidence",
    "district": "district_id",
    "district_confidence": "district_confidence",
}
"""Columns of communes.csv and the published column that each copies."""

AGES = ("residents_0_14", "residents_65_plus")


def read_rows(file: Path) -> Rows:
    """Read a table of published figures; empty cells and the area key NA stay text."""
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def commune_rows(
    published: Rows, centroids: dict[str, tuple[int, int]], pairs: Iterable[tuple[str, str]]
) -> Rows:
    """Return the rows of communes.csv by ascending code; missing residents and ages imputed and flagged."""
    rows = []
    for source in sorted(published, key=lambda row: row["istat_code"]):
        row = {column: source[name] for column, name in COPIED.items()}
        row["altitude_zone"] = source["altitude_zone"].replace(" ", "_")
        x, y = centroids[row["code"]]
        row |= {"x_m": str(x), "y_m": str(y)}
        row |= {"population_imputed": "0", "ages_imputed": "0", "figures_imputed": "0"}
        rows.append(row)
    _impute_population(rows)
    _impute_ages(rows, list(pairs))
    return rows


def _impute_population(rows: Rows) -> None:
    """Fill missing residents of 2023: those of 2026, times the change of the rest of the area since 2023."""
    for row in rows:
        if not row["population_2023"]:
            rest = [
                other for other in rows if other["area"] == row["area"] and other["population_imputed"] == "0"
            ]
            rest = [other for other in rest if other["population_2023"]]
            then, now = (sum(int(other[f"population_{year}"]) for other in rest) for year in (2023, 2026))
            row["population_2023"] = str(round(int(row["population_2026"]) * then / now))
            row["population_imputed"] = "1"


def _impute_ages(rows: Rows, pairs: Sequence[tuple[str, str]]) -> None:
    """Fill missing ages with the shares of the contiguous communes of the same area, by residents."""
    row_of = {row["code"]: row for row in rows}
    gaps = [row for row in rows if not row["residents_0_14"]]
    for row in gaps:
        near = [
            second if first == row["code"] else first
            for first, second in pairs
            if row["code"] in {first, second}
        ]
        known = [
            row_of[code] for code in near if row_of[code]["area"] == row["area"] and row_of[code] not in gaps
        ]
        residents = sum(int(other["population_2023"]) for other in known)
        for column in AGES:
            share = sum(int(other[column]) for other in known) / residents
            row[column] = str(round(share * int(row["population_2023"])))
        row["ages_imputed"] = "1"


def group_rows(published: Rows, key: str) -> Rows:
    """Return the rows of areas.csv, ambits.csv or districts.csv, by key as first met along the codes."""
    rows: dict[str, Row] = {}
    for source in sorted(published, key=lambda row: row["istat_code"]):
        area = source["province_code"]
        if key == "area":
            kind = "metropolitan_city" if area in METROPOLITAN_AREAS else "province"
            rows[area] = {"key": area, "name": source["province"], "kind": kind, "seat": AREA_SEATS[area]}
        else:
            name = source[f"{key}_name"].replace("(capoluogo, alone)", "(capoluogo)")
            rows[source[f"{key}_id"]] = {"key": source[f"{key}_id"], "name": name, "area": area}
    return list(rows.values()) if key == "area" else sorted(rows.values(), key=lambda row: row["key"])


def union_rows(published: Rows) -> tuple[Rows, dict[str, list[str]]]:
    """Return the rows of unions.csv, and per union the functions found that the catalogue has no key for."""
    rows, dropped = [], {}
    for source in published:
        found = [name for name in source["functions_found"].split(";") if name]
        keys = sorted(CATALOGUE_KEYS[name] for name in found if name in CATALOGUE_KEYS)
        without = sorted(name for name in found if name not in CATALOGUE_KEYS)
        if without:
            dropped[source["union_id"]] = without
        rows.append(
            {
                "key": source["union_id"],
                "name": source["union_name"],
                "area": source["prov"],
                "evidence_year": source["evidence_year"],
                "confidence": source["confidence"],
                "functions": ";".join(keys),
                "functions_confidence": source["functions_confidence"],
            }
        )
    return rows, dropped


def csv_text(file: str, rows: Rows) -> str:
    """Return a table of the territory as CSV, its columns in the order of TABLES."""
    columns = [column.name for column in TABLES[file]]
    return rows_text(columns, [[row[column] for column in columns] for row in rows])


def table_texts(tables: Mapping[str, Rows]) -> dict[str, str]:
    """Return tables of the territory as CSV by file."""
    return {file: csv_text(file, rows) for file, rows in tables.items()}


def rows_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV with a header and Unix line ends."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()
