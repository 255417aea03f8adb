"""Territories and laws at the ends of what may be asked, made from the toy territory and from present law."""

import copy
import csv
import shutil
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, Literal

from areavasta.settings import Settings, uncertain_constants
from areavasta.settings.law import Law, RuleWeights
from tests.faults.cases import TOY

Row = dict[str, str]
Bound = Literal["low", "high"]


def edit(folder: Path, table: str, change: Callable[[list[Row]], list[Row]]) -> None:
    """Write a table of a folder anew, its rows changed."""
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        header, rows = list(reader.fieldnames or ()), list(reader)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header)
        writer.writeheader()
        writer.writerows(change(rows))


def each(**values: object) -> Callable[[list[Row]], list[Row]]:
    """Return a change that writes values into every row."""
    return lambda rows: [{**row, **{name: str(value) for name, value in values.items()}} for row in rows]


def nothing(_: list[Row]) -> list[Row]:
    return []


def _one_commune(folder: Path, code: str, area: str, group: str) -> None:
    edit(folder, "communes", lambda rows: each(union="")([row for row in rows if row["code"] == code]))
    edit(folder, "areas", lambda rows: each(seat=code)([row for row in rows if row["key"] == area]))
    edit(folder, "region", each(seat=code))
    edit(folder, "ambits", lambda rows: [row for row in rows if row["key"] == f"M{group}"])
    edit(folder, "districts", lambda rows: [row for row in rows if row["key"] == f"D{group}"])
    edit(folder, "unions", nothing)
    edit(folder, "neighbours", nothing)


def one_city(folder: Path) -> None:
    """One commune, a metropolitan city by itself."""
    _one_commune(folder, "002001", "MC", "2")


def one_village(folder: Path) -> None:
    """One commune in the mountains, a province by itself."""
    _one_commune(folder, "001001", "PV", "1")


def all_in_one_union(folder: Path) -> None:
    """Every commune in the same union."""
    edit(folder, "communes", each(area="PV", union="U1", ambit="M1", district="D1"))
    for table in ("areas", "ambits", "districts"):
        edit(folder, table, lambda rows: rows[:1])


def no_unions(folder: Path) -> None:
    """No union anywhere."""
    edit(folder, "communes", each(union=""))
    edit(folder, "unions", nothing)


def one_resident(folder: Path) -> None:
    """A commune with one resident, who has an income of one euro."""
    least = each(
        population_2023=1, population_2026=1, residents_0_14=0, residents_65_plus=1, taxpayers=1,
        taxable_income_eur=1, surtax_eur=0,
    )  # fmt: skip
    edit(folder, "communes", lambda rows: [*least(rows[:1]), *rows[1:]])


def no_need(folder: Path) -> None:
    """A commune that needs nothing of what has a published need, and scores nothing."""
    groups = ("administration", "education", "police", "roads_territory", "social_childcare", "waste")
    least = each(service_score=0, **{f"need_{group}": 0 for group in groups})
    edit(folder, "communes", lambda rows: [*least(rows[:1]), *rows[1:]])


TERRITORIES = {
    change.__name__: change
    for change in (one_city, one_village, all_in_one_union, no_unions, one_resident, no_need)
}


def make_territory(name: str, parent: Path) -> Path:
    """Return the folder of a territory at an end."""
    folder = parent / name
    shutil.copytree(TOY, folder)
    TERRITORIES[name](folder)
    return folder


def law_at(settings: Settings, bound: Bound, *, present: bool) -> Settings:
    """Return settings whose scenario has every number of the law at one end of its range, from 2026 on.

    `present` puts present law there too. Shares and weights, which sum to one, go whole to one holder and to
    one rule: the first for the low end, the last for the high one.
    """
    changed = copy.deepcopy(settings)
    for law in [changed.scenario, *([changed.present_law] if present else [])]:
        _to_end(law, Law, bound)
    changed.scenario.effective = 2026
    changed.scenario.changes = {}
    return changed


def _to_end(node: Any, kind: type, bound: Bound) -> None:
    for item in fields(kind):
        value = getattr(node, item.name)
        if isinstance(value, RuleWeights):
            rules = [rule.name for rule in fields(value)]
            chosen = rules[0] if bound == "low" else rules[-1]
            for rule in rules:
                setattr(value, rule, float(rule == chosen))
        elif is_dataclass(value):
            _to_end(value, type(value), bound)
        elif "low" in item.metadata:
            setattr(node, item.name, type(value)(item.metadata[bound]))


def parameters_at(settings: Settings, bound: Bound) -> Settings:
    """Return settings with every uncertain constant at one end of its range."""
    changed = copy.deepcopy(settings)
    for _, key, item in uncertain_constants(changed.parameters):
        section: Any = changed
        *groups, name = key.split(".")
        for group in groups:
            section = getattr(section, group)
        setattr(section, name, type(getattr(section, name))(item.metadata[bound]))
    return changed
