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
from experiments.calibration.shipping import shipped_manifest
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


def calibrated_constants() -> str:
    """Return prior and posterior of the constants that the shipped posterior holds."""
    head = (
        "constant",
        "default",
        "range",
        "prior, 9 draws in 10",
        "posterior: median, 9 draws in 10",
        "coverage",
    )
    rows = []
    for row in shipped_manifest()["constants"]:
        prior, posterior = (_interval(row, kind) for kind in ("prior", "posterior"))
        bounds = f"{row['low']:g} to {row['high']:g}"
        name = f"`{row['constant'].removeprefix('parameters.')}`"
        told = f"{row['posterior_q50']:.3g}; {posterior}"
        rows.append((name, f"{row['default']:g}", bounds, prior, told, f"{row['coverage']:.0%}"))
    return _table(head, rows)


def calibration_figures() -> str:
    """Return published figures beside simulated ones, with prior and with posterior draws."""
    head = (
        "figure",
        "role",
        "published (sd)",
        "prior, 9 runs in 10",
        "posterior: median, 9 runs in 10",
        "verdict",
    )
    rows = []
    for row in shipped_manifest()["figures"]:
        published = f"{row['published']:g} ({row['published_sd']:g})"
        told = f"{row['posterior_q50']:.3g}; {_interval(row, 'posterior')}"
        rows.append(
            (f"`{row['figure']}`", row["role"], published, _interval(row, "prior"), told, row["verdict"])
        )
    return _table(head, rows)


def calibration_waves() -> str:
    """Return what each wave of the shipped posterior ruled out, and how its emulators predicted."""
    head = (
        "wave",
        "runs",
        "not ruled out",
        "variance told, worst figure",
        "within 2 sd",
        "shift",
        "effective size",
    )
    rows = []
    for row in shipped_manifest()["waves"]:
        shift = "" if row["shift"] is None else f"{row['shift']:.2f}"
        shares = (f"{row[key]:.0%}" for key in ("not_ruled_out", "explained", "within_two_sd"))
        rows.append((row["wave"], row["runs"], *shares, shift, f"{row['effective_size']:.0f}"))
    return _table(head, rows)


def calibration_summary() -> str:
    """Return budget, seed, coverage and what keeps its prior, in words."""
    told = shipped_manifest()
    plan, coverage = told["plan"], told["coverage"]
    lines = [
        f"{told['draws']} draws of {len(told['calibrated'])} constants, made on {told['created'][:10]} with "
        f"{told['runs']} runs of {told['territory']['name']['en']} (version {told['version']}, code "
        f"`{told['code']}`, seed {told['seed']}): {plan['trajectories']} trajectories through "
        f"{told['constants_screened']} constants, up to {plan['waves']} waves of {plan['points']} points "
        f"with {plan['replicates']} runs each.",
        f"Intervals of 9 draws in 10 hold {coverage['share']:.0%} of known values, over {coverage['truths']} "
        "simulated truths.",
        _listed(
            "Respond, but beyond the number allowed keep their prior", told["responding_but_kept_at_prior"]
        ),
        _listed("Keep their prior in every draw", told["kept_at_prior"]),
    ]
    return "\n\n".join(line for line in lines if line)


def _listed(what: str, keys: list[str]) -> str:
    names = ", ".join(f"`{key.removeprefix('parameters.')}`" for key in keys)
    return f"{what}: {names}." if keys else ""


def _interval(row: dict[str, Any], kind: str) -> str:
    low, high = row[f"{kind}_q05"], row[f"{kind}_q95"]
    return "" if low is None else f"{low:.3g} to {high:.3g}"


TABLES: dict[str, Callable[[], str]] = {
    "parameters": lambda: constants(Parameters()),
    "law": lambda: constants(Law()),
    "functions": functions,
    "rules": rules,
    "phases": phases,
    "seed": seed,
    "indicators": indicators,
    "flow_kinds": flow_kinds,
    "calibrated_constants": calibrated_constants,
    "calibration_figures": calibration_figures,
    "calibration_waves": calibration_waves,
    "calibration_summary": calibration_summary,
    "fixed": lambda: _table(("constant", "value", "what it is"), fixed_constants()),
    "validation": lambda: _table(
        ("figure", "published", "model", "nine runs in ten", "status", "verdict", "source"), validation()
    ),
    "spin_up": lambda: _table(("mean commune", "2023 to 2026", "2026 to 2034"), spin_up()),
}
"""Tables by the name of their slot."""


def renew() -> None:
    """Write every table of the documentation anew, aside first."""
    aside = ODD.with_suffix(".part")
    aside.write_text(renewed(ODD.read_text(encoding="utf-8")), encoding="utf-8")
    aside.replace(ODD)


if __name__ == "__main__":
    for folder in sys.argv[1:]:
        keep_reference(Path(folder))
    renew()
