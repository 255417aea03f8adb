"""Keys of settings that can be factors: what type and range each has."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from functools import lru_cache
from typing import Any, get_args, get_origin, get_type_hints

from areavasta.functions import load_catalogue
from areavasta.settings import Settings
from areavasta.territory_choice import shipped_territories

SCENARIOS = "scenarios"
"""Factor whose values are names of files of `scenarios/`."""

ROOTS = ("scenario", "present_law", "parameters", "territory", "run.years", "run.seed")
"""Keys that a factor may be, or be below."""


@dataclass(frozen=True)
class Range:
    """What a setting may be: numbers from low to high, or one of some choices."""

    kind: type
    low: float = 0.0
    high: float = 0.0
    unit: str = ""
    choices: tuple[Any, ...] = ()


@lru_cache(maxsize=1)
def ranges() -> Mapping[str, Range]:
    """Return every key that can be a factor."""
    return {
        key: kind
        for key, kind in _below(Settings, "")
        if any(f"{key}.".startswith(f"{root}.") for root in ROOTS)
    }


def _below(kind: type, place: str) -> Iterator[tuple[str, Range]]:
    hints = get_type_hints(kind)
    for item in fields(kind):
        hint, key = hints[item.name], f"{place}{item.name}"
        if is_dataclass(hint) and isinstance(hint, type):
            yield from _below(hint, f"{key}.")
        elif item.name == "functions" and get_origin(hint) is dict:
            for function in load_catalogue().keys:
                yield from _below(get_args(hint)[1], f"{key}.{function}.")
        elif (found := _range(key, hint, item.metadata)) is not None:
            yield key, found


def _range(key: str, hint: Any, about: Mapping[str, Any]) -> Range | None:
    if key == "territory.name":
        return Range(str, choices=shipped_territories())
    if not isinstance(hint, type):
        return None
    if hint is bool:
        return Range(bool, choices=(False, True))
    if issubclass(hint, Enum):
        return Range(str, choices=tuple(hint.__members__))
    if "low" in about:
        return Range(hint, about["low"], about["high"], about["unit"])
    return None
