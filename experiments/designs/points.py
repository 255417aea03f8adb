"""Settings of a point: base settings with every factor set."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import cache
from typing import Any, get_type_hints

from areavasta.functions import load_catalogue
from areavasta.settings import Problem, RuleWeights, Settings, SettingsError, check_settings
from areavasta.settings.check import SUM_TOLERANCE
from areavasta.settings.law import Shares
from experiments.designs.factors import Value
from experiments.designs.keys import SCENARIOS

WHOLE = (RuleWeights, Shares)
"""Groups of keys that sum to one: those that are no factor share out the rest in their proportions."""


def settings_at(base: Settings, values: Mapping[str, Value]) -> Settings:
    """Return settings with factors set, checked; raise SettingsError when the model cannot hold them.

    The base has been checked: only what changes is looked at.
    """
    settings = with_values(base, values)
    check_settings(settings, load_catalogue(), right=base)
    return settings


def with_values(base: Settings, values: Mapping[str, Value]) -> Settings:
    """Return settings with factors set; what does not change is shared with the base.

    In groups of weights that sum to one, those that are no factor are scaled to what the factors leave.
    Raises SettingsError when that cannot be.
    """
    tree: dict[str, Any] = {}
    for key, value in values.items():
        if key == SCENARIOS:
            continue
        *groups, last = key.split(".")
        inner = tree
        for group in groups:
            inner = inner.setdefault(group, {})
        inner[last] = value
    settings: Settings = _with(base, tree, "")
    return settings


def _with(node: Any, tree: Any, place: str) -> Any:
    """Return a node with the values of a tree in the place of its own; the node itself stays as it is."""
    if not isinstance(tree, Mapping):
        return tree
    old = node if isinstance(node, dict) else {name: getattr(node, name) for name in tree}
    new = {name: _with(old[name], part, f"{place}{name}.") for name, part in tree.items()}
    if isinstance(node, dict):
        return {**node, **new}
    if isinstance(node, WHOLE):
        new |= _rest(node, new, place.rstrip("."))
    hints = _hints(node.__class__)
    return replace(node, **{name: _typed(hints[name], value) for name, value in new.items()})


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _typed(hint: Any, value: Any) -> Any:
    if isinstance(hint, type) and issubclass(hint, Enum) and isinstance(value, str):
        return hint[value]
    return float(value) if hint is float else value


def _rest(node: Any, given: Mapping[str, float], place: str) -> dict[str, float]:
    """Return the other weights of a group, scaled so that the group sums to one."""
    assert is_dataclass(node)
    others = {item.name: getattr(node, item.name) for item in fields(node) if item.name not in given}
    left, total = 1.0 - sum(given.values()), sum(others.values())
    left = 0.0 if abs(left) <= SUM_TOLERANCE else left
    if left < 0.0 or (total == 0.0 and left > 0.0):
        told = ", ".join(f"{name} {value:g}" for name, value in given.items())
        problem = "sum to more than 1" if left < 0.0 else "leave a rest that no other weight can take"
        raise SettingsError([Problem(place, f"with the factors {told}: they {problem}")])
    return {name: value * left / total if total else 0.0 for name, value in others.items()}
