"""Factors: settings that a design varies, each over a range or among values."""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from areavasta.settings import Problem, suggestion
from areavasta.settings.check import choices
from areavasta.settings.sweep import Method, Sweep
from experiments._config_checks import PLAIN_TYPES
from experiments.designs.keys import ROOTS, SCENARIOS, Range, ranges

Value = float | int | bool | str
"""What a factor can be set to; choices are told by their name."""

FACTORS = f"scenarios, or a key of {', '.join(ROOTS)}"
"""What can be a factor."""

HOW_OFTEN = ("run.draws", "run.replicates", "run.processes")
"""Settings that hold for a whole design."""

PARTS = ("low", "high")
"""Keys of a factor that is a range."""


@dataclass(frozen=True)
class Factor:
    """One varied setting: numbers from low to high, whole ones if so said, or else one of some values."""

    key: str
    low: float = 0.0
    high: float = 0.0
    whole: bool = False
    values: tuple[Value, ...] = ()

    def at(self, share: float) -> Value:
        """Return the value at a share of the way, 0 to 1, through the range or the values."""
        if self.values:
            return self.values[min(int(share * len(self.values)), len(self.values) - 1)]
        if self.whole:
            count = int(self.high) - int(self.low) + 1
            return int(self.low) + min(int(share * count), count - 1)
        return min(self.low + share * (self.high - self.low), self.high)

    def levels(self, count: int) -> tuple[Value, ...]:
        """Return all values, or so many over the range, ends included; whole numbers at most once each."""
        if self.values:
            return self.values
        steps = np.linspace(self.low, self.high, count).tolist()
        return tuple(dict.fromkeys(round(step) for step in steps)) if self.whole else tuple(steps)


def is_ordered(factor: Factor) -> bool:
    """Whether the values of a factor are numbers."""
    return not factor.values or not any(isinstance(value, bool | str) for value in factor.values)


def read_factors(
    told: Mapping[str, Any], scenarios: Collection[str], group: str = "sweep"
) -> tuple[tuple[Factor, ...], list[Problem]]:
    """Return the factors that a file or a command line tells, and what is wrong with the others.

    Each is `{}` or nothing (the own range of the setting, or all its values), `{low: ..., high: ...}` with
    one end or both, or a list of values. `scenarios` are the names that the factor of that name may take;
    `group` is the part of the settings that tells them.
    """
    known = {SCENARIOS: Range(str, choices=tuple(scenarios)), **ranges()}
    factors: list[Factor] = []
    problems: list[Problem] = []
    for key, content in told.items():
        place = f"{group}.factors.{key}"
        if key not in known:
            problems.append(Problem(place, _unknown(key, known)))
            continue
        found = list(_content_problems(content, known[key]))
        problems += [Problem(place, message) for message in found]
        if not found:
            factors.append(_factor(key, content, known[key]))
    return tuple(factors), problems


def _unknown(key: str, known: Collection[str]) -> str:
    word = key.rpartition(".")[2]
    same = [name for name in known if name.rpartition(".")[2] == word]
    near = f"; did you mean {same[0]}?" if same else suggestion(key, known)
    if key in HOW_OFTEN or not near:
        return f"cannot be a factor; a factor is {FACTORS}"
    return f"cannot be a factor{near}"


def _content_problems(content: Any, own: Range) -> Iterator[str]:
    if isinstance(content, Sequence) and not isinstance(content, str):
        if not content:
            yield "has no values; write at least one, or {} for all"
        for value in content:
            yield from _value_problems(value, own, "has the value")
        if len(content) != len(set(map(str, content))):
            yield "has a value twice; write each once"
    elif isinstance(content, Mapping):
        yield from _ends_problems(content, own)
    elif content is not None:
        yield f"is {content!r}; write {{low: ..., high: ...}}, a list of values, or {{}} for its whole range"


def _ends_problems(content: Mapping[str, Any], own: Range) -> Iterator[str]:
    unknown = [part for part in content if part not in PARTS]
    if unknown:
        yield f"has the key {unknown[0]}; a range has low and high{suggestion(str(unknown[0]), PARTS)}"
    elif content and own.choices:
        yield f"has no range; write values among {', '.join(map(str, own.choices))}"
    elif content:
        found = [
            problem
            for part, value in content.items()
            for problem in _value_problems(value, own, f"has {part}")
        ]
        yield from found
        low, high = content.get("low", own.low), content.get("high", own.high)
        if not found and not low < high:
            yield f"goes from {low:g} to {high:g}; low must be below high"


def _value_problems(value: Any, own: Range, told: str) -> Iterator[str]:
    if own.choices:
        if value not in own.choices or isinstance(value, bool) != (own.kind is bool):
            yield f"{told} {value!r}; {choices(str(value), list(map(str, own.choices)))}"
    elif isinstance(value, bool) or not isinstance(value, int if own.kind is int else int | float):
        yield f"{told} {value!r}; it must be {PLAIN_TYPES[own.kind]}"
    elif not (math.isfinite(value) and own.low <= value <= own.high):
        yield f"{told} {value:g}; it must lie between {own.low:g} and {own.high:g} ({own.unit})"


def _factor(key: str, content: Any, own: Range) -> Factor:
    if isinstance(content, Sequence):
        return Factor(key, values=tuple(own.kind(value) for value in content))
    if own.choices:
        return Factor(key, values=own.choices)
    ends = content or {}
    low, high = (float(ends.get(part, getattr(own, part))) for part in PARTS)
    return Factor(key, low, high, whole=own.kind is int)


def sweep_problems(sweep: Sweep, scenarios: Collection[str]) -> list[Problem]:
    """Return everything wrong with a sweep that its types do not tell."""
    factors, problems = read_factors(sweep.factors, scenarios)
    if problems or not factors:
        return problems
    if sweep.method is Method.sobol and sweep.points & (sweep.points - 1):
        below = 1 << (sweep.points.bit_length() - 1)
        told = f"is {sweep.points}; sobol needs a power of two, such as {below} or {2 * below}"
        problems.append(Problem("sweep.points", told))
    if sweep.method is Method.listed:
        problems += _lengths(factors)
    return problems


def _lengths(factors: Sequence[Factor]) -> Iterator[Problem]:
    """Yield what keeps factors from being taken value by value: all first ones, all second ones, ..."""
    count = next((len(factor.values) for factor in factors if factor.values), 0)
    for factor in factors:
        if not factor.values:
            yield Problem(f"sweep.factors.{factor.key}", "is a range; method listed needs lists of values")
        elif len(factor.values) != count:
            told = (
                f"has {len(factor.values)} values; with method listed every factor has as many, here {count}"
            )
            yield Problem(f"sweep.factors.{factor.key}", told)
