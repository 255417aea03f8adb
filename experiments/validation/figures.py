"""The figures that the model is judged by, each with its source, its uncertainty and its status."""

import csv
import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.validation.measuring import MEASURES

if TYPE_CHECKING:
    from experiments.validation.history import History

TABLE = Path(__file__).parent / "figures.csv"
"""One row a figure; target and sd are in the unit shown."""


class Status(Enum):
    """Tell what a figure proves; only the last two kinds are evidence."""

    input = "input"
    calibrated = "calibrated"
    identity = "identity"
    emergent = "emergent"
    held_out = "held_out"


@dataclass(frozen=True)
class Figure:
    """A published figure: `target` and the standard deviation `sd` of what it may truly be, same unit.

    `sd` includes the allowance for what the model leaves out; `rests_on` says in words what it rests on.
    A bound of "least" means that any value from the target on agrees, "none" that it never happened. A
    figure that is not `comparable` is of another territory, and gets no verdict. `why` says what keeps the
    model from it where it is off.
    """

    key: str
    pattern: int
    status: Status
    target: float
    sd: float
    bound: str
    comparable: bool
    unit: str
    decimals: int
    name: dict[str, str]
    source: dict[str, str]
    rests_on: dict[str, str]
    why: dict[str, str]

    def distance(self, value: float) -> float:
        """Return how far a value is from the published one, signed; zero on the good side of a bound."""
        gap = value - self.target
        return min(gap, 0.0) if self.bound == "least" else gap


def _read_figures() -> dict[str, Figure]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["key"]: _figure(row) for row in csv.DictReader(file)}


def _figure(row: dict[str, str]) -> Figure:
    return Figure(
        key=row["key"],
        pattern=int(row["pattern"]),
        status=Status(row["status"]),
        target=float(row["target"]),
        sd=float(row["sd"]),
        bound=row["bound"],
        comparable=row["comparable"] == "1",
        unit=row["unit"],
        decimals=int(row["decimals"]),
        name={"it": row["name_it"], "en": row["name_en"]},
        source={"it": row["source_it"], "en": row["source_en"]},
        rests_on={"it": row["rests_on_it"], "en": row["rests_on_en"]},
        why={"it": row["why_it"], "en": row["why_en"]},
    )


FIGURES: dict[str, Figure] = _read_figures()
"""Figures of one run, in the order of patterns."""

UNION_EFFECTS = tuple(key for key in FIGURES if key.startswith("union_effect_"))
"""Figures measured on the experiment of founding unions, not on the run of present law."""


class FigureError(ValueError):
    """Report a figure that cannot be worked out on a territory, in one line."""


def measured(key: str, history: "History") -> float:
    """Return one figure of a history; raise FigureError when the territory has nothing to measure it on."""
    measure: Callable[[History], float] = MEASURES[key]
    try:
        value = float(measure(history))
    except (ValueError, ZeroDivisionError, IndexError) as error:
        raise FigureError(f"figure {key}: cannot be worked out on this territory: {error}") from None
    if not math.isfinite(value):
        raise FigureError(f"figure {key}: cannot be worked out on this territory: it is no finite number")
    return value
