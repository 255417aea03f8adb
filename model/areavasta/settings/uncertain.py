"""Which constants are uncertain: those that parameter draws vary."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from areavasta.settings.fields import Origin
from areavasta.settings.parameters import Parameters

DRAWN = (Origin.estimated, Origin.assumed)
"""Origins whose constants are drawn."""


def uncertain_constants(node: Any, place: str = "parameters") -> Iterator[tuple[Any, str, Any]]:
    """Yield (section, place, field) of every estimated or assumed constant below `node`."""
    for item in fields(node):
        value = getattr(node, item.name)
        where = f"{place}.{item.name}"
        if is_dataclass(value):
            yield from uncertain_constants(value, where)
        elif item.metadata.get("origin") in DRAWN:
            yield node, where, item


@cache
def constants_by_key() -> Mapping[str, Any]:
    """Return the field of every uncertain constant by its key, such as `parameters.slack.start`."""
    return {place: item for _, place, item in uncertain_constants(Parameters())}
