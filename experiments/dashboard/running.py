"""Run what is asked for beside present law, on the same draws, into a folder of results of its own."""

import shutil
import tempfile
import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from areavasta.settings import BASE_YEAR, Settings
from areavasta.territory import Territory
from experiments._config_files import PRESENT_LAW
from experiments._hydra import PROJECT_ROOT
from experiments.comparison import Comparison, build_comparison, write_comparison
from experiments.dashboard.request import Request, opening_request, settings_of, territory_asked
from experiments.engine import Pair, PairResult, pairs_of, run_pair
from experiments.manifest import finish_manifest, make_manifest
from experiments.results import write_manifest, write_runs

Numbers = NDArray[np.float64]
Progress = Callable[[float], None]
"""Told the share of the runs that are done."""

COLUMNS = ("service", "cost", "spending", "own_revenue", "transfers", "below_essential", "ampi")
"""Quantities of communes that the page shows."""

AT_ONCE = 2
"""Comparisons that run at the same time; others wait."""

SLOTS = threading.BoundedSemaphore(AT_ONCE)
WAIT_SECONDS = 0.2

MOST_KEPT = 120
"""Runs of present law that are kept, so that a lever moved costs one run a pair."""


class StoppedError(Exception):
    """A comparison that nobody waits for any more."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """A finished comparison: what was asked, its folder of results, and the communes by year.

    `values` holds COLUMNS by name, (scenario, pair, year, commune), present law first. The folder goes
    when the outcome does.
    """

    request: Request
    settings: dict[str, Settings]
    territory: Territory
    folder: Path
    manifest: dict[str, Any]
    comparison: Comparison
    values: dict[str, Numbers]
    pairs: tuple[Pair, ...]

    @property
    def reform(self) -> str:
        """The name of the scenario beside present law."""
        return self.request.name

    @cached_property
    def years(self) -> list[int]:
        """The simulated years from the first that counts."""
        return list(range(BASE_YEAR, BASE_YEAR + self.request.years))


class PresentLaw:
    """Runs of present law, kept by what they depend on; the longest unused go first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Any, ...], PairResult] = OrderedDict()
        self._lock = threading.Lock()

    def run(self, settings: Settings, request: Request, pair: Pair) -> PairResult:
        """Return the run of a pair, run now unless it is kept."""
        key = (request.territory, request.years, request.seed, request.run.draws > 0, pair)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        result = run_pair({PRESENT_LAW: settings}, pair)
        with self._lock:
            self._kept[key] = result
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return result


PRESENT = PresentLaw()


@cache
def opening() -> Outcome:
    """Return the comparison that every page opens with, run once; raises as `compare` does."""
    return compare(opening_request(), lambda _: None, lambda: True)


def compare(request: Request, progress: Progress, wanted: Callable[[], bool]) -> Outcome:
    """Run every pair of both scenarios and compare them.

    Raises RequestError for what cannot be asked, RunError for a run that fails, StoppedError when not wanted.
    """
    settings, territory = settings_of(request), territory_asked(request)
    while not SLOTS.acquire(timeout=WAIT_SECONDS):
        _go_on(wanted)
    try:
        results = _run(request, settings, progress, wanted)
    finally:
        SLOTS.release()
    folder = Path(tempfile.mkdtemp(prefix="area_vasta_"))
    try:
        outcome = _written(request, settings, territory, results, folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    weakref.finalize(outcome, shutil.rmtree, folder, ignore_errors=True)
    return outcome


def _go_on(wanted: Callable[[], bool]) -> None:
    if not wanted():
        raise StoppedError


def _run(
    request: Request, settings: dict[str, Settings], progress: Progress, wanted: Callable[[], bool]
) -> list[PairResult]:
    pairs, results = pairs_of(request.run), []
    for done, pair in enumerate(pairs):
        _go_on(wanted)
        present = PRESENT.run(settings[PRESENT_LAW], request, pair)
        progress((done + 0.5) / len(pairs))
        _go_on(wanted)
        reform = run_pair({request.name: settings[request.name]}, pair)
        progress((done + 1.0) / len(pairs))
        tables = {
            kind: pa.concat_tables([present.tables[kind], reform.tables[kind]]) for kind in present.tables
        }
        results.append(PairResult(pair, tables, present.closing + reform.closing))
    return results


def _written(
    request: Request,
    settings: dict[str, Settings],
    territory: Territory,
    results: list[PairResult],
    folder: Path,
) -> Outcome:
    created = datetime.now().astimezone()
    manifest = make_manifest("compare", settings, territory, created, PROJECT_ROOT)
    finish_manifest(manifest, folder, write_runs(folder, iter(results), territory))
    comparison = build_comparison(folder, manifest)
    write_comparison(comparison, folder)
    write_manifest(folder, manifest)
    values = _values(results, request.years, len(territory.codes))
    pairs = tuple(result.pair for result in results)
    return Outcome(request, settings, territory, folder, manifest, comparison, values, pairs)


def _values(results: list[PairResult], years: int, communes: int) -> dict[str, Numbers]:
    """Return quantities of communes, (scenario, pair, year, commune): tables come in that order."""
    blocks = [result.tables["communes"].select(list(COLUMNS)).to_pandas() for result in results]
    shape = (len(blocks), 2, years, communes)
    whole = pd.concat(blocks, ignore_index=True)
    return {name: whole[name].to_numpy(dtype=float).reshape(shape).swapaxes(0, 1) for name in COLUMNS}
