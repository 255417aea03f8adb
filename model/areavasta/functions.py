"""The catalogue of functions: what each is, what law says of it, who may hold it, what it costs."""

import csv
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

CATALOGUE_FILE = Path(__file__).parent / "catalogue" / "functions.csv"
"""Table of functions shipped with the package; a row each, in the order of every function axis."""

SCALE_PROFILES = ("none", "administration", "roads", "flat", "area")
"""How unit cost varies with the residents a provider serves."""

COORDINATION_PROFILES = ("administration", "person", "area")
"""How coordination cost grows with the members of a provider."""

DOMAINS = ("economy", "services", "social", "environment")
"""Domains of equitable and sustainable wellbeing (BES) that functions act on."""

FUNDAMENTAL = "D.L. 78/2010 art. 14 c. 27"
"""Legal basis of the fundamental functions of communes."""

FORMS_OF_LEVEL = {
    "commune": ("own", "agreement", "district", "agency"),
    "union": ("union",),
    "area": ("area",),
    "region": ("region",),
}
"""Forms of management that each level may take."""


@dataclass(frozen=True)
class Function:
    """One function of government: a row of the catalogue.

    `need_share` is its part of a published group of standard need; functions outside the published
    groups have `need_per_head` in EUR. `proximity` (0 to 1) says how much of the service is felt only
    near the citizen; `initial_union_share` how probable it is that a union held it at the end of 2022.
    """

    key: str
    home: str
    name_it: str
    name_en: str
    legal_basis: str
    forms: tuple[str, ...]
    need_group: str
    need_share: float
    need_per_head: float
    need_pattern: str
    scale: str
    coordination: str
    personnel_share: float
    proximity: float
    joint_quality: bool
    tariff: bool
    domain: str
    wellbeing_weight: float
    initial_union_share: float

    @property
    def fundamental(self) -> bool:
        """Whether it is a fundamental function of communes, which small ones must manage jointly."""
        return self.legal_basis.startswith(FUNDAMENTAL)

    def admits(self, level: str) -> bool:
        """Say whether one of the forms of `level` is admissible."""
        return any(form in self.forms for form in FORMS_OF_LEVEL[level])


@dataclass(frozen=True)
class Catalogue:
    """All functions, in the order of every function axis."""

    functions: tuple[Function, ...]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Keys of functions, in order."""
        return tuple(function.key for function in self.functions)

    @cached_property
    def index(self) -> dict[str, int]:
        """Position of each key."""
        return {key: position for position, key in enumerate(self.keys)}

    @cached_property
    def _numbers(self) -> dict[str, NDArray[np.float64]]:
        return {}

    def numbers(self, column: str) -> NDArray[np.float64]:
        """Return a numeric or yes/no column, shape (function,), not to be written to."""
        if column not in self._numbers:
            values = np.array([float(getattr(function, column)) for function in self.functions])
            values.flags.writeable = False
            self._numbers[column] = values
        return self._numbers[column]

    def codes(self, column: str, words: tuple[str, ...]) -> NDArray[np.intp]:
        """Return a column of words as positions in `words`, shape (function,)."""
        return np.array([words.index(getattr(function, column)) for function in self.functions])

    def having(self, form: str) -> NDArray[np.bool_]:
        """Return which functions admit a form, shape (function,)."""
        return np.array([form in function.forms for function in self.functions])


def _read_function(row: dict[str, str]) -> Function:
    def number(column: str) -> float:
        return float(row[column] or 0.0)

    return Function(
        key=row["key"],
        home=row["home"],
        name_it=row["name_it"],
        name_en=row["name_en"],
        legal_basis=row["legal_basis"],
        forms=tuple(row["forms"].split(";")),
        need_group=row["need_group"],
        need_share=number("need_share"),
        need_per_head=number("need_per_head"),
        need_pattern=row["need_pattern"],
        scale=row["scale"],
        coordination=row["coordination"],
        personnel_share=number("personnel_share"),
        proximity=number("proximity"),
        joint_quality=row["joint_quality"] == "yes",
        tariff=row["tariff"] == "yes",
        domain=row["domain"],
        wellbeing_weight=number("wellbeing_weight"),
        initial_union_share=number("initial_union_share"),
    )


@lru_cache(maxsize=1)
def load_catalogue() -> Catalogue:
    """Return the catalogue that the package ships."""
    with CATALOGUE_FILE.open(encoding="utf-8", newline="") as file:
        return Catalogue(tuple(_read_function(row) for row in csv.DictReader(file)))
