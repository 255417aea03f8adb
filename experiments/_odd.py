"""Write the tables of `model/ODD.md` from the code: `python -m experiments._odd` renews them.

`python -m experiments._odd FOLDER` first makes the validation in a folder of results the one it shows.
"""

import ast
import csv
import importlib
import inspect
import math
import pkgutil
import re
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import areavasta.rules
from areavasta.accounts import FLOWS, Kind
from areavasta.functions import Function, load_catalogue
from areavasta.indicators import INDICATORS
from areavasta.model import TerritorialModel
from areavasta.settings import Law, Parameters
from experiments.validation.documented import fixed_constants, spin_up, validation
from experiments.validation.reference import keep_reference

ODD = Path(__file__).resolve().parent.parent / "model" / "ODD.md"
"""The model documentation; tables stand between `<!-- NAME -->` and `<!-- end -->`."""

SEED = ODD.parent / "areavasta" / "catalogue" / "seed.csv"
"""Rows of the seed document and what they became."""

SLOT = re.compile(r"<!-- table (\w+) -->\n.*?<!-- end -->", re.DOTALL)


def renewed(text: str) -> str:
    """Return the documentation with every table written anew."""
    return SLOT.sub(lambda found: f"<!-- table {found[1]} -->\n{TABLES[found[1]]()}\n<!-- end -->", text)


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    titles = list(head)
    lines = [titles, ["---"] * len(titles), *([str(cell) for cell in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _constants(section: Any, place: str) -> Iterator[tuple[object, ...]]:
    for item in fields(section):
        value, where = getattr(section, item.name), f"{place}{item.name}"
        if is_dataclass(value):
            yield from _constants(value, f"{where}.")
        elif "low" in item.metadata:
            about = item.metadata
            bounds = f"{about['low']:g} to {about['high']:g}"
            told = (about["unit"], about["meaning"], about["origin"].value, about["source"])
            yield f"`{where}`", f"{value:g}", bounds, *told
        elif not isinstance(value, dict | list | str):
            yield f"`{where}`", getattr(value, "name", value), "a choice", "", "", "law", ""


def constants(section: Any) -> str:
    """Return the constants of settings with unit, range and source."""
    head = ("key", "default", "range", "unit", "meaning", "known as", "source")
    return _table(head, _constants(section, ""))


def _function(item: Function) -> tuple[str, ...]:
    forms = ", ".join(item.forms)
    return f"`{item.key}`", item.name_en, item.home, forms, item.legal_basis, item.scale, item.domain


def functions() -> str:
    """Return the catalogue of functions."""
    head = ("key", "function", "home", "admissible forms", "legal basis", "scale", "domain")
    return _table(head, (_function(item) for item in load_catalogue().functions))


def rules() -> str:
    """Return the rival rules of each kind, with the first line of what they say of themselves."""
    rows = []
    for module in pkgutil.iter_modules(areavasta.rules.__path__):
        siblings = getattr(importlib.import_module(f"areavasta.rules.{module.name}"), "RULES", {})
        rows += [
            (module.name.replace("_", " "), f"`{name}`", (inspect.getdoc(rule) or "").splitlines()[0])
            for name, rule in siblings.items()
        ]
    return _table(("kind", "rule", "what it does"), rows)


def phases() -> str:
    """Return the timetable of a year: the comment of each phase and the acts below it."""
    source = textwrap.dedent(inspect.getsource(TerritorialModel.step))
    acts = {
        node.lineno: ast.unparse(node.value.func).removeprefix("self.")
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    }
    rows: list[tuple[str, list[str]]] = []
    for number, line in enumerate(source.splitlines(), start=1):
        if line.strip().startswith("#"):
            rows.append((line.strip("# "), []))
        elif number in acts and rows:
            rows[-1][1].append(f"`{acts[number]}`")
    return _table(("what happens", "acts"), ((comment, ", ".join(calls)) for comment, calls in rows))


def indicators() -> str:
    """Return the indicators with unit and smallest relevant effect."""
    better = {1: "higher", -1: "lower", 0: ""}
    head = ("key", "indicator", "unit", "smallest relevant effect", "better", "from", "to")
    rows = []
    for item in INDICATORS.values():
        least = f"{item.smallest_relevant_effect:g}"
        bounds = ["" if math.isinf(bound) else f"{bound:g}" for bound in (item.low, item.high)]
        rows.append((f"`{item.key}`", item.name["en"], item.unit["en"], least, better[item.better], *bounds))
    return _table(head, rows)


def flow_kinds() -> str:
    """Return the closed list of kinds of flow, with who pays whom for what."""
    return _table(("kind", "from", "to", "for"), ((f"`{kind.value}`", *FLOWS[kind]) for kind in Kind))


def seed() -> str:
    """Return the map from the rows of the seed document to mechanisms, settings and indicators."""
    head = ("row of the seed", "mechanism", "setting", "it happens", "it matters")
    with SEED.open(encoding="utf-8", newline="") as file:
        return _table(head, (row.values() for row in csv.DictReader(file)))


TABLES: dict[str, Callable[[], str]] = {
    "parameters": lambda: constants(Parameters()),
    "law": lambda: constants(Law()),
    "functions": functions,
    "rules": rules,
    "phases": phases,
    "seed": seed,
    "indicators": indicators,
    "flow_kinds": flow_kinds,
    "fixed": lambda: _table(("constant", "value", "what it is"), fixed_constants()),
    "validation": lambda: _table(
        ("figure", "published", "model", "nine runs in ten", "status", "verdict", "source"), validation()
    ),
    "spin_up": lambda: _table(("mean commune", "2023 to 2026", "2026 to 2034"), spin_up()),
}
"""Tables by the name of their slot."""


if __name__ == "__main__":
    for folder in sys.argv[1:]:
        keep_reference(Path(folder))
    ODD.write_text(renewed(ODD.read_text(encoding="utf-8")), encoding="utf-8")
