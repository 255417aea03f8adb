"""Write a found reform as a file for `scenarios/`: what it changes, with a title and a reason."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from enum import Enum
from typing import Any

import yaml

from areavasta.settings import Scenario

HEAD = "# @package scenario\n"

TEXTS = ("title", "reason")

APART = (*TEXTS, "effective", "changes")
"""Keys of a scenario that are written by themselves."""

WIDEST = 110
"""Columns of a line."""


def scenario_file(scenario: Scenario, present: Scenario, present_name: str) -> str:
    """Return the text of the file of a scenario: only what differs from present law.

    Numbers are written so that they are read again to the last bit.
    """
    told: dict[str, Any] = {
        "defaults": [present_name, "_self_"],
        "title": asdict(scenario.title),
        "reason": asdict(scenario.reason),
        "effective": scenario.effective,
        **differences(asdict(present), asdict(scenario)),
    }
    if scenario.changes:
        told["changes"] = _plain(scenario.changes)
    parts = [HEAD, *(_dumped({key: value}) for key, value in told.items())]
    return "".join(parts)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Return the tree of what a law says otherwise than another, dates and texts apart."""
    return dict(_changed(before, after, APART))


def _changed(
    before: Mapping[str, Any], after: Mapping[str, Any], apart: tuple[str, ...] = ()
) -> Iterator[tuple[str, Any]]:
    for key, value in after.items():
        if key in apart:
            continue
        old = before.get(key)
        if isinstance(value, Mapping) and isinstance(old, Mapping):
            if inner := dict(_changed(old, value)):
                yield key, inner
        elif value != old:
            yield key, _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    return value.value if isinstance(value, Enum) else value


def _dumped(tree: dict[str, Any]) -> str:
    ((key, value),) = tree.items()
    # Groups of values and lists go on one line, as people write them; texts get a line each.
    flow = False if key in TEXTS or not isinstance(value, Mapping | list) else None
    return yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, default_flow_style=flow, width=WIDEST)
