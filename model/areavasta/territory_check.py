"""Checks between the tables of a territory: identifiers, seats, unions within areas, neighbours."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

import numpy as np

from areavasta.territory_tables import NEED_GROUPS, Table, cell_problem, nearest

Tables = Mapping[str, Table]

GROUPS = {"area": "areas.csv", "union": "unions.csv", "ambit": "ambits.csv", "district": "districts.csv"}
"""Columns of communes.csv that name a group, and the table of each."""

SMALLEST_UNION = 2
"""Members that a union needs at least (art. 32 of Legislative Decree 267/2000)."""


def check_tables(tables: Tables, catalogue_keys: Collection[str] | None) -> list[str]:
    """Return all problems between tables; `catalogue_keys` are the functions that unions may hold."""
    problems: list[str] = []
    for file, column in {"communes.csv": "code", **dict.fromkeys(GROUPS.values(), "key")}.items():
        problems += _repeated(tables[file], column)
    problems += _memberships(tables)
    problems += _seats(tables)
    problems += _sizes(tables)
    problems += _ages(tables["communes.csv"])
    problems += _needs(tables["communes.csv"])
    problems += _neighbours(tables)
    if catalogue_keys is not None:
        problems += _functions(tables["unions.csv"], catalogue_keys)
    return problems


def _repeated(table: Table, column: str) -> Iterable[str]:
    """List identifiers that stand in more than one row."""
    first: dict[str, int] = {}
    for line, (key,) in table.rows(column):
        if key and first.setdefault(key, line) != line:
            yield cell_problem(table.file, line, column, key, f"is there twice, first in row {first[key]}")


def _unknown(table: Table, column: str, other: Table, other_column: str) -> Iterable[str]:
    """List cells that name nothing in another table; nothing when that table could not be read."""
    if not other.whole or other_column not in other.texts:
        return
    known = set(other.texts[other_column])
    for line, (cell,) in table.rows(column):
        if cell and cell not in known:
            message = f"is not in {other.file}{nearest(cell, known)}"
            yield cell_problem(table.file, line, column, cell, message)


def _memberships(tables: Tables) -> Iterable[str]:
    """List unknown groups, and groups that cross the border of their area."""
    communes, areas = tables["communes.csv"], tables["areas.csv"]
    for column, file in GROUPS.items():
        yield from _unknown(communes, column, tables[file], "key")
        if column == "area":
            continue
        yield from _unknown(tables[file], "area", areas, "key")
        home = {key: area for _, (key, area) in tables[file].rows("key", "area")}
        for line, (group, area) in communes.rows(column, "area"):
            if group in home and home[group] != area:
                message = (
                    f"belongs to area {home[group]}, the commune to {area}; a {column} lies within one area"
                )
                yield cell_problem(communes.file, line, column, group, message)


def _seats(tables: Tables) -> Iterable[str]:
    """List seats that are no commune, or none of their own area."""
    communes = tables["communes.csv"]
    for file in ("areas.csv", "region.csv"):
        yield from _unknown(tables[file], "seat", communes, "code")
    home = {code: area for _, (code, area) in communes.rows("code", "area")}
    for line, (key, seat) in tables["areas.csv"].rows("key", "seat"):
        if seat in home and home[seat] != key:
            message = f"lies in area {home[seat]}; the seat of {key} must be one of its communes"
            yield cell_problem("areas.csv", line, "seat", seat, message)
    if len(tables["region.csv"].lines) > 1:
        yield "region.csv: has more than one row; a territory is one region"


def _sizes(tables: Tables) -> Iterable[str]:
    """List groups without communes, and unions of one."""
    communes = tables["communes.csv"]
    if not communes.whole:
        return
    for column, file in GROUPS.items():
        if column not in communes.texts:
            continue
        members = Counter(communes.texts[column])
        for line, (key,) in tables[file].rows("key"):
            if key and not members[key]:
                yield cell_problem(file, line, "key", key, "has no communes; add some or drop the row")
            elif key and column == "union" and members[key] < SMALLEST_UNION:
                yield cell_problem(file, line, "key", key, "has one member; a union needs at least two")


def _ages(communes: Table) -> Iterable[str]:
    """List communes whose age classes hold more than their residents."""
    columns = ("population_2023", "residents_0_14", "residents_65_plus")
    if not all(column in communes.numbers for column in columns):
        return
    population, young, old = (communes.numbers[column] for column in columns)
    for line, residents, some in zip(communes.lines, population, young + old, strict=True):
        if some > residents:
            message = f"with residents_0_14 makes {some:.0f}; the commune has {residents:.0f} residents"
            cell = communes.texts["residents_65_plus"][communes.lines.index(line)]
            yield cell_problem(communes.file, line, "residents_65_plus", cell, message)


def _needs(communes: Table) -> Iterable[str]:
    """Say when no commune needs anything that taxes and funds pay for: there is nothing to share out."""
    columns = [f"need_{group}" for group in NEED_GROUPS if group != "waste"]
    if communes.lines and all(
        column in communes.numbers and not np.any(communes.numbers[column] != 0) for column in columns
    ):
        yield (
            f"{communes.file} columns {', '.join(columns)}: are 0 in every commune; "
            "write standard needs, EUR a head, at least in one"
        )


def _neighbours(tables: Tables) -> Iterable[str]:
    """List pairs of unknown communes, of a commune with itself, and pairs that stand there twice."""
    table = tables["neighbours.csv"]
    for column in ("code", "neighbour"):
        yield from _unknown(table, column, tables["communes.csv"], "code")
    first: dict[tuple[str, str], int] = {}
    for line, (code, neighbour) in table.rows("code", "neighbour"):
        if code == neighbour:
            yield cell_problem(
                table.file, line, "neighbour", neighbour, "is the commune itself; drop the row"
            )
        elif code > neighbour:
            message = "is above column neighbour; write each pair once, the lower code first"
            yield cell_problem(table.file, line, "code", code, message)
        pair = (min(code, neighbour), max(code, neighbour))
        if first.setdefault(pair, line) != line:
            message = f"is paired with {code} twice, first in row {first[pair]}; keep one row"
            yield cell_problem(table.file, line, "neighbour", neighbour, message)


def _functions(unions: Table, catalogue_keys: Collection[str]) -> Iterable[str]:
    """List functions of unions that the catalogue does not have."""
    for line, (cell,) in unions.rows("functions"):
        for function in filter(None, cell.split(";")):
            if function not in catalogue_keys:
                advice = nearest(function, catalogue_keys)
                message = f"is no function of the catalogue{advice}"
                yield cell_problem(unions.file, line, "functions", function, message)
