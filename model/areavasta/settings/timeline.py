"""From present law and a scenario with dates to the law of each year."""

import copy
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, get_args, get_type_hints

from areavasta.settings.check import Problem, SettingsError, choices, suggestion
from areavasta.settings.law import Competence, Law, Scenario


def law_timeline(present_law: Scenario, scenario: Scenario) -> list[tuple[int, Law]]:
    """Return (first year, law) in order of years: present law, the scenario, its dated changes.

    Raises SettingsError with every dated change that no law can hold.
    """
    timeline: list[tuple[int, Law]] = [(0, present_law), (scenario.effective, scenario)]
    problems: list[Problem] = []
    law: Law = scenario
    for year in sorted(scenario.changes):
        place = f"changes.{year}"
        if year <= scenario.effective:
            problems.append(
                Problem(f"scenario.{place}", f"must come after the effective year {scenario.effective}")
            )
        law = copy.deepcopy(law)
        apply_changes(law, scenario.changes[year], f"scenario.{place}", problems)
        timeline.append((year, law))
    if problems:
        raise SettingsError(problems)
    return timeline


def apply_changes(target: Any, changes: Any, place: str, problems: list[Problem]) -> None:
    """Write a partial law into a law, appending to `problems` what does not fit."""
    if not isinstance(changes, Mapping):
        problems.append(Problem(place, f"is {changes!r}; it must be a group of keys"))
        return
    allowed = {item.name: item.name for item in fields(Law)} if isinstance(target, Law) else None
    hints = get_type_hints(type(target))
    names = allowed or {item.name: item.name for item in fields(target)}
    for key, value in changes.items():
        where = f"{place}.{key}"
        if key not in names:
            problems.append(Problem(where, f"is unknown{suggestion(str(key), names)}"))
        elif isinstance(getattr(target, key), dict):
            _apply_functions(getattr(target, key), value, where, problems)
        elif is_dataclass(getattr(target, key)):
            apply_changes(getattr(target, key), value, where, problems)
        else:
            _assign(target, key, hints[key], value, where, problems)


def _apply_functions(table: dict[str, Competence], changes: Any, place: str, problems: list[Problem]) -> None:
    if not isinstance(changes, Mapping):
        problems.append(Problem(place, f"is {changes!r}; it must be a group of functions"))
        return
    for key, value in changes.items():
        if key not in table:
            problems.append(Problem(f"{place}.{key}", f"is unknown{suggestion(str(key), table)}"))
        else:
            apply_changes(table[key], value, f"{place}.{key}", problems)


def _assign(target: Any, key: str, hint: Any, value: Any, place: str, problems: list[Problem]) -> None:
    kind = get_args(hint)[0] if get_args(hint) else hint
    if isinstance(kind, type) and issubclass(kind, Enum):
        if value in kind.__members__:
            setattr(target, key, kind[value])
        else:
            problems.append(Problem(place, f"is {value!r}; {choices(str(value), kind.__members__)}"))
    elif kind is float and isinstance(value, int | float) and not isinstance(value, bool):
        setattr(target, key, float(value))
    elif isinstance(value, kind) and not (kind is int and isinstance(value, bool)):
        setattr(target, key, value)
    else:
        problems.append(Problem(place, f"is {value!r}; it must be of type {kind.__name__}"))
