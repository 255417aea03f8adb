"""Why a commune has what it has: the first pair run again to a year, under both laws, with every flow."""

import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from areavasta.model import TerritorialModel
from experiments._config_files import PRESENT_LAW
from experiments.dashboard.running import SLOTS, Outcome
from experiments.engine import set_apart
from experiments.explain.commune import explain_commune
from experiments.explain.difference import explain_difference
from experiments.explain.rendering import sign_of
from experiments.explain.tree import Node

MOST_MODELS = 4
"""Models that are kept at their year, so that another commune of it needs no run."""

DIFFERENCE, REFORM, PRESENT = "difference", "reform", "present"
"""Trees of a commune: what the reform changes, and what it has under each law."""


@dataclass(frozen=True)
class Explained:
    """The trees of a commune as rows, parents before their parts: key, depth, sign, label, value, note.

    `about` tells what they explain: run, commune, year, language.
    """

    about: tuple[str, int, int, str]
    trees: dict[str, list[dict[str, Any]]]


class Models:
    """Models of runs, each at the end of a year; the longest unused are let go."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Any, ...], TerritorialModel] = OrderedDict()
        self._lock = threading.Lock()

    def at(self, outcome: Outcome, scenario: str, year: int) -> TerritorialModel:
        """Return the model of the first pair of a scenario, with the books of a year just closed."""
        key = (outcome.manifest["run_id"], scenario, year)
        with self._lock:
            if key not in self._kept:
                self._kept[key] = _run_to(outcome, scenario, year)
            self._kept.move_to_end(key)
            while len(self._kept) > MOST_MODELS:
                self._kept.popitem(last=False)
            return self._kept[key]


MODELS = Models()


def _run_to(outcome: Outcome, scenario: str, year: int) -> TerritorialModel:
    settings = outcome.settings[scenario]
    set_apart()
    model = TerritorialModel(settings, settings.run.seed, *outcome.pairs[0], territory=outcome.territory)
    while model.year < year:
        model.step()
    return model


def about_of(outcome: Outcome, place: int, year: int, lang: str) -> tuple[str, int, int, str]:
    """Return what tells one explanation from another."""
    return outcome.manifest["run_id"], place, year, lang


def explain(outcome: Outcome, place: int, year: int, lang: str) -> Explained:
    """Return the trees behind what a commune has in a year."""
    with SLOTS:
        present, reform = (
            explain_commune(MODELS.at(outcome, name, year), place, lang)
            for name in (PRESENT_LAW, outcome.reform)
        )
    changes = [
        explain_difference(old, new) for old, new in zip(present.children, reform.children, strict=True)
    ]
    about = about_of(outcome, place, year, lang)
    nodes = {DIFFERENCE: changes, REFORM: reform.children, PRESENT: present.children}
    return Explained(about, {name: _rows(parts) for name, parts in nodes.items()})


def _rows(nodes: Any) -> list[dict[str, Any]]:
    return [row for number, node in enumerate(nodes) for row in _below(node, str(number), 0, "")]


def _below(node: Node, key: str, depth: int, sign: str) -> Iterator[dict[str, Any]]:
    """Yield a node and all below it; a key is the way from the top."""
    yield {
        "key": key,
        "depth": depth,
        "sign": sign,
        "label": node.label,
        "value": node.value,
        "note": node.note,
        "parts": len(node.children),
    }
    for number, child in enumerate(node.children):
        yield from _below(child, f"{key}.{number}", depth + 1, sign_of(node, number))
