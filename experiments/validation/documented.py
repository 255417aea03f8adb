"""What the model documentation tells of validation: the reference table, spin-up, constants in the code."""

import ast
from collections.abc import Iterator
from pathlib import Path

import areavasta
from experiments import language
from experiments.validation.reference import read_reference
from experiments.validation.rows import Row, rows_judged
from experiments.validation.spin_up import PERIODS, QUANTITIES
from experiments.validation.verdicts import Judgement, Verdict
from experiments.validation.words import word

PACKAGE = Path(areavasta.__file__).parent
ELSEWHERE = ("settings.", "synthetic", "territory")
"""Modules whose numbers are not listed: those that files may set, and those of generated territories."""

CONVERSION = "_PER_"
"""Part of the name of a number that only converts units."""

ENGLISH = "en"


def reference_rows() -> list[Row]:
    """Return the rows of the reference validation."""
    kept = {
        row["key"]: Judgement(row["median"], row["low"], row["high"], Verdict(row["verdict"]))
        for row in read_reference()["rows"]
    }
    return rows_judged(kept)


def validation() -> Iterator[tuple[str, ...]]:
    """Yield the rows of the reference validation, in words."""
    for row in reference_rows():
        median, interval = row.shown(ENGLISH)
        status, verdict = (word(one, ENGLISH) for one in (row.status.value, row.judgement.verdict.value))
        yield (
            row.name[ENGLISH],
            row.published[ENGLISH],
            median,
            interval,
            status,
            verdict,
            row.source[ENGLISH],
        )


def spin_up() -> Iterator[tuple[str, ...]]:
    """Yield the yearly change of the mean commune by quantity, per cent, in the burn-in and later."""
    changes = {(quantity, period): value for quantity, period, value in read_reference()["drift"]}
    for quantity in QUANTITIES:
        shown = (language.number(changes[quantity, period], ENGLISH, 2, signed=True) for period in PERIODS)
        yield word(quantity, ENGLISH), *(f"{one}%" for one in shown)


def fixed_constants() -> list[tuple[str, str, str]]:
    """Return the numbers that stand in the model's code and no draw moves: place, value, meaning.

    A number in capitals at the top of a module is one; what it means is the text below it. Those of the
    generator of territories are left out.
    """
    return [row for path in sorted(PACKAGE.rglob("*.py")) for row in _numbers(path)]


def _numbers(path: Path) -> Iterator[tuple[str, str, str]]:
    place = path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", ".")
    if place.startswith(ELSEWHERE):
        return
    body = ast.parse(path.read_text(encoding="utf-8")).body
    for node, after in zip(body, [*body[1:], None], strict=True):
        if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
            continue
        name = node.targets[0].id
        if name.isupper() and CONVERSION not in name and _is_number(node.value):
            yield f"`{place}.{name}`", ast.unparse(node.value), _meaning(after)


def _is_number(node: ast.expr) -> bool:
    try:
        value = ast.literal_eval(node)
    except ValueError:
        return False
    parts = value if isinstance(value, tuple) else (value,)
    return bool(parts) and all(isinstance(part, int | float) and not isinstance(part, bool) for part in parts)


def _meaning(node: ast.stmt | None) -> str:
    if (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    ):
        return " ".join(node.value.value.split())
    return ""
