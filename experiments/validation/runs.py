"""The runs behind a validation: every pair of draw and replicate gives all that is judged."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from areavasta.accounts import BooksError
from areavasta.settings import SettingsError
from areavasta.territory import TerritoryError
from experiments.engine import NO_MEMORY, Pair, territory_of
from experiments.engine_processes import RunError, map_in_order
from experiments.validation.contrasts import contrasts_of_pair
from experiments.validation.figures import UNION_EFFECTS, FigureError, measured
from experiments.validation.formation import run_formation
from experiments.validation.history import present_law_only, record_history
from experiments.validation.measuring import MEASURES
from experiments.validation.spin_up import drift
from experiments.validation.union_effect import Estimate, effects_of_run, estimates, joiners, panel_of

if TYPE_CHECKING:
    from areavasta.settings import Settings
    from experiments.validation.formation import Formation
    from experiments.validation.history import History

FORMED, JOINED = "formed", "joined"
"""Panels of the union effect: unions founded anew, and communes that joined of their own will."""


@dataclass(frozen=True)
class PairFigures:
    """All that one pair gives: figures and contrasts by key, why others are missing, drift, panels."""

    pair: Pair
    figures: dict[str, float]
    missing: dict[str, str]
    contrasts: dict[str, float]
    drift: dict[tuple[str, str], float]
    panels: dict[str, pd.DataFrame]


def run_all(laws: "Mapping[str, Settings]", pairs: Sequence[Pair]) -> Iterator[PairFigures]:
    """Yield what every pair gives, in order; present law is one of the laws.

    Raises RunError for a run that fails.
    """
    processes = laws["present"].run.processes
    return map_in_order(partial(figures_of_pair, dict(laws)), pairs, processes)


def figures_of_pair(laws: "Mapping[str, Settings]", pair: Pair) -> PairFigures:
    """Return what one pair gives; figures that the territory has nothing for are told, not raised."""
    draw, replicate = pair
    settings = laws["present"]
    seed, territory = settings.run.seed, territory_of(settings.territory)
    try:
        history = record_history(present_law_only(settings), seed, draw, replicate, territory)
        formation = run_formation(settings, seed, draw, replicate, territory)
        contrasts = contrasts_of_pair(laws, seed, draw, replicate, territory)
    except (BooksError, SettingsError, TerritoryError) as error:
        told = "; ".join(str(error).splitlines())
        raise RunError(f"validation, draw {draw}, replicate {replicate}: {told}") from None
    except MemoryError:
        raise RunError(f"validation, draw {draw}, replicate {replicate}: {NO_MEMORY}") from None
    figures, missing = _figures(history)
    panels = _panels(history, formation)
    if FORMED in panels:
        figures |= effects_of_run(formation)
    else:
        missing |= dict.fromkeys(UNION_EFFECTS, "no commune enters, or none is left to compare with")
    return PairFigures(pair, figures, missing, contrasts, drift(history), panels)


def _figures(history: "History") -> tuple[dict[str, float], dict[str, str]]:
    figures: dict[str, float] = {}
    missing: dict[str, str] = {}
    for key in MEASURES:
        try:
            figures[key] = measured(key, history)
        except FigureError as error:
            missing[key] = str(error)
    return figures, missing


def _panels(history: "History", formation: "Formation") -> dict[str, pd.DataFrame]:
    """Return the panels that can be made: some runs have nobody who joins, or nobody who does not."""
    found = {}
    for name, (past, entry, studied) in {
        FORMED: (formation.history, formation.entry, formation.studied),
        JOINED: (history, *joiners(history)),
    }.items():
        if (studied & (entry > 0)).any() and (studied & (entry == 0)).any():
            found[name] = panel_of(past, entry, studied)
    return found


def estimate_all(runs: Sequence[PairFigures], processes: int) -> Iterator[pd.DataFrame]:
    """Yield the estimates of the union effect of each draw and panel, its replicates pooled."""
    draws = sorted({run.pair[0] for run in runs})
    tasks = [
        (draw, panel, [run.panels[panel] for run in runs if run.pair[0] == draw and panel in run.panels])
        for draw in draws
        for panel in (FORMED, JOINED)
    ]
    return map_in_order(_estimates_of_draw, tasks, processes)


def _estimates_of_draw(task: tuple[int, str, list[pd.DataFrame]]) -> pd.DataFrame:
    draw, panel, panels = task
    columns = list(Estimate.__dataclass_fields__)
    rows = [[draw, panel, *(getattr(one, name) for name in columns)] for one in estimates(panels)]
    frame = pd.DataFrame(rows, columns=["draw", "panel", *columns])
    return frame.astype({"since": "Int16", "effect": np.float64, "error": np.float64})
