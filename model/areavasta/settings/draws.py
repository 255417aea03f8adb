"""Parameter draws: what is not known about the constants, drawn from their stated ranges."""

import math
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from areavasta.randomness import Streams
from areavasta.settings.fields import Origin
from areavasta.settings.parameters import Parameters

Section = TypeVar("Section", bound=Any)

DRAWN = (Origin.estimated, Origin.assumed)
"""Origins whose constants are drawn."""


def uncertain_constants(node: Any, place: str = "parameters") -> Iterator[tuple[Any, str, Any]]:
    """Yield (section, place, field) of every estimated or assumed constant below `node`."""
    for item in fields(node):
        value, where = getattr(node, item.name), f"{place}.{item.name}"
        if is_dataclass(value):
            yield from uncertain_constants(value, where)
        elif item.metadata.get("origin") in DRAWN:
            yield node, where, item


def draw_parameters(parameters: Parameters, seed: int, draw: int) -> Parameters:
    """Return the parameters of one draw; draw 0 is the parameters as they stand.

    Each uncertain constant follows a triangular distribution over its range with its mode at the given
    value: an assumption, until calibrated draws take its place.
    """
    return parameters if draw == 0 else _drawn(parameters, "parameters", Streams(seed, draw, 0))


def _drawn(section: Section, place: str, streams: Streams) -> Section:
    """Return a section with its uncertain constants drawn, those of sections below it too."""
    values: dict[str, Any] = {}
    for item in fields(section):
        value, where = getattr(section, item.name), f"{place}.{item.name}"
        if is_dataclass(value):
            values[item.name] = _drawn(value, where, streams)
        elif item.metadata.get("origin") in DRAWN:
            uniform = float(streams.of(f"parameter {where}").uniform(1)[0])
            values[item.name] = triangular(uniform, item.metadata["low"], value, item.metadata["high"])
    return replace(section, **values)


def triangular(uniform: float, low: float, mode: float, high: float) -> float:
    """Return the quantile `uniform` (0 to 1) of the triangular distribution on [low, high]."""
    if high <= low:
        return low
    split = (mode - low) / (high - low)
    if uniform < split:
        return low + math.sqrt(uniform * (high - low) * (mode - low))
    return high - math.sqrt((1.0 - uniform) * (high - low) * (high - mode))
