"""The main levers of the law: what the dashboard lets one move, and the scenario that moving them makes."""

import math
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from functools import cache
from typing import Any, get_type_hints

from areavasta.settings import Financing, Problem, RuleWeights, Scenario, SettingsError
from areavasta.settings.timeline import apply_changes
from experiments.provision_texts import key_words, plain_choice

RULES = "allocation.region.rules"
"""Weights of the regional fund: they sum to one, so that moving some moves the others."""

GROUPS: dict[str, tuple[str, ...]] = {
    "terms": ("effective", "financing"),
    "funds": (f"{RULES}.equalisation", f"{RULES}.standard_needs", "equalisation.cut_per_head"),
    "unions": (
        "cooperation.rule", "incentives.amount_per_head", "facilitation.level", "solidarity.share",
    ),
    "knowledge": (
        "knowledge.participation", "knowledge.analysis", "knowledge.information_system",
        "knowledge.bes_update", "assistance.capacity",
    ),
    "decisions": ("codecision.rule", "accountability.monitoring", "review.period_years"),
}  # fmt: skip
"""Keys of a scenario that can be moved, by group, as a scenario file writes them."""

EFFECTIVE = "effective"
"""Key of the first year of a scenario."""

PERCENT_FORMS = ("percent", "level")
"""Forms of keys whose shares are shown as percentages."""

STEPS = {"percent": 1.0, "money": 0.5, "years": 1.0, "year": 1.0}
"""Steps of sliders, in the unit shown."""

DIGITS = 6
"""Decimals that weights are written with; the largest takes what rounding leaves."""

Value = float | int | str
Moves = Mapping[str, Value]
"""Levers that were moved, by key, as a scenario file would write them."""


@dataclass(frozen=True)
class Lever:
    """One lever: its key, and its range in the law's own unit, or the words it may take.

    `form` is percent, money, years, year or choice; a percentage is a share in the law.
    """

    key: str
    form: str
    low: float = 0.0
    high: float = 0.0
    whole: bool = False
    choices: tuple[str, ...] = ()

    @property
    def scale(self) -> float:
        """What the law's value is multiplied by to be shown."""
        return 100.0 if self.form == "percent" else 1.0


@cache
def levers() -> dict[str, Lever]:
    """Return all levers by key, with the ranges that the settings declare."""
    return {key: _lever(key) for keys in GROUPS.values() for key in keys}


def _lever(key: str) -> Lever:
    section, name = _section(Scenario, key)
    hint = get_type_hints(section)[name]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return Lever(key, "choice", choices=tuple(hint.__members__))
    limits = next(item.metadata for item in fields(section) if item.name == name)
    whole = hint is int
    if key.startswith(f"{RULES}."):
        form = "percent"
    elif whole:
        form = "year" if key == EFFECTIVE else "years"
    else:
        form = "percent" if key_words()[key].form in PERCENT_FORMS else "money"
    return Lever(key, form, limits["low"], limits["high"], whole)


def _section(kind: Any, key: str) -> tuple[Any, str]:
    *groups, name = key.split(".")
    for group in groups:
        kind = get_type_hints(kind)[group]
    assert is_dataclass(kind)
    return kind, name


def value_of(scenario: Scenario, key: str) -> Value:
    """Return the value of a lever in a scenario, as a file would write it."""
    value: Any = scenario
    for name in key.split("."):
        value = getattr(value, name)
    return plain_choice(value) if isinstance(value, Enum) else value


def checked_value(key: str, value: object) -> Value:
    """Return a value that a lever may take; raise ValueError, in one line, for any other."""
    lever = levers().get(key)
    if lever is None:
        raise ValueError(f"{str(key)[:60]!r} is no lever; there are {', '.join(levers())}")
    if lever.choices:
        if value in lever.choices:
            return str(value)
        raise ValueError(f"{key} is {str(value)[:60]!r}; it must be one of {', '.join(lever.choices)}")
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{key} is {str(value)[:60]!r}; it must be a number")
    if not lever.low <= value <= lever.high:
        raise ValueError(f"{key} is {value:g}; it must lie between {lever.low:g} and {lever.high:g}")
    return round(value) if lever.whole else float(round(value, DIGITS))


def moved(base: Scenario, moves: Moves, key: str, value: object) -> dict[str, Value]:
    """Return the moves after one more; a lever put back where the scenario has it is not moved.

    Of two weights that exceed one together, the other gives way. Raises ValueError as `checked_value`.
    """
    now = {**moves, key: checked_value(key, value)}
    if key.startswith(f"{RULES}."):
        for other in GROUPS["funds"]:
            if other.startswith(f"{RULES}.") and other != key:
                room = 1.0 - float(now[key])
                kept = min(float(now.get(other, value_of(base, other))), room)
                now[other] = round(kept, DIGITS)
    return {one: now[one] for one in levers() if one in now and now[one] != value_of(base, one)}


def changed_keys(base: Scenario, moves: Moves) -> dict[str, Any]:
    """Return what a file that starts from `base` writes for the moves: nested keys, plain values."""
    tree: dict[str, Any] = {}
    for key, value in moves.items():
        if not key.startswith(f"{RULES}."):
            _put(tree, key, value)
    if weights := {key: float(value) for key, value in moves.items() if key.startswith(f"{RULES}.")}:
        _put(tree, RULES, _weights(base.allocation.region.rules, weights))
    return tree


def scenario_with(base: Scenario, moves: Moves) -> Scenario:
    """Return a scenario with its levers moved; raise SettingsError for what no law can hold."""
    tree = changed_keys(base, moves)
    scenario = deepcopy(base)
    if "effective" in tree:
        scenario = replace(scenario, effective=tree.pop("effective"))
    if "financing" in tree:
        scenario = replace(scenario, financing=Financing[tree.pop("financing")])
    problems: list[Problem] = []
    apply_changes(scenario, tree, "scenario", problems)
    if problems:
        raise SettingsError(problems)
    return scenario


def _put(tree: dict[str, Any], key: str, value: Any) -> None:
    *groups, name = key.split(".")
    for group in groups:
        tree = tree.setdefault(group, {})
    tree[name] = value


def _weights(rules: RuleWeights, wanted: Mapping[str, float]) -> dict[str, float]:
    """Return all weights: wanted ones as they are, the others in their old proportion, one in all."""
    levers_of_rules = [key.rpartition(".")[2] for key in GROUPS["funds"] if key.startswith(f"{RULES}.")]
    old = {item.name: float(getattr(rules, item.name)) for item in fields(rules)}
    fixed = {name: wanted.get(f"{RULES}.{name}", old[name]) for name in levers_of_rules}
    rest = 1.0 - math.fsum(fixed.values())
    others = {name: part for name, part in old.items() if name not in fixed}
    total = math.fsum(others.values())
    shared = {name: rest * part / total for name, part in others.items()} if total > 0 else others
    if total <= 0:
        shared["historical"] = rest
    weights = {name: round({**shared, **fixed}[name], DIGITS) for name in old}
    free = max(shared, key=lambda name: shared[name])
    weights[free] = round(1.0 - math.fsum(part for name, part in weights.items() if name != free), DIGITS)
    return weights
