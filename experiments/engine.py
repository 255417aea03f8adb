"""The engine: every scenario of every pair, over processes, with the same results for any number of them."""

import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice, product
from multiprocessing import active_children, get_context, parent_process
from typing import Protocol, TypeVar

import mesa
import pyarrow as pa

from areavasta.accounts import BooksError, Certificate
from areavasta.model import TerritorialModel
from areavasta.observation import TABLES
from areavasta.settings import Run, Settings, SettingsError, TerritoryChoice
from areavasta.settings.run import EngineChoice, EngineKind
from areavasta.territory import Territory, TerritoryError
from areavasta.territory_choice import chosen_territory
from experiments.tables import run_tables
from experiments.threads import limit_threads

TASKS_PER_PROCESS = 500
"""Tasks after which processes start anew, so that what a library fails to release cannot pile up."""

TASKS_AHEAD = 3
"""Tasks handed out per process before the first of them has come back: it bounds the results that wait."""

MOST_DEATHS = 3
"""Times that processes may die over the same task before it is tried once more, with no other beside it."""

MOST_LOST = 10
"""Tasks in a row that may be lost: then it is not the tasks that are at fault."""

BRIEF_TABLES = ("indicators",)
"""Kinds of table that are kept of brief scenarios."""

Pair = tuple[int, int]
"""Parameter draw and replicate."""

Task = TypeVar("Task")
Result = TypeVar("Result")


NO_MEMORY = "not enough memory; try a smaller run.processes, or close what else runs"
"""What to say of a lack of memory."""


class RunError(RuntimeError):
    """Report a run that failed, in one line with its scenario, draw and replicate."""


@dataclass(frozen=True)
class Closing:
    """What the closed books of several runs say together; amounts in cents.

    The discrepancy adds up distances from zero, so that two of opposite sign cannot hide one another.
    """

    runs: int = 0
    years: int = 0
    flows: int = 0
    moved_cents: int = 0
    discrepancy_cents: int = 0
    lowest_local_balance_cents: int | None = None

    @classmethod
    def of_run(cls, certificates: Sequence[Certificate]) -> "Closing":
        """Sum the certificates of one run."""
        return cls(
            runs=1,
            years=len(certificates),
            flows=sum(one.flows for one in certificates),
            moved_cents=sum(one.moved_cents for one in certificates),
            discrepancy_cents=sum(abs(one.discrepancy_cents) for one in certificates),
            lowest_local_balance_cents=min(one.lowest_local_balance_cents for one in certificates),
        )

    def __add__(self, other: "Closing") -> "Closing":
        lowest = [
            balance
            for balance in (self.lowest_local_balance_cents, other.lowest_local_balance_cents)
            if balance is not None
        ]
        return Closing(
            self.runs + other.runs,
            self.years + other.years,
            self.flows + other.flows,
            self.moved_cents + other.moved_cents,
            self.discrepancy_cents + other.discrepancy_cents,
            min(lowest, default=None),
        )


@dataclass(frozen=True)
class PairResult:
    """What all scenarios of one pair recorded: a table of each kind, scenarios in order."""

    pair: Pair
    tables: dict[str, pa.Table]
    closing: Closing


def available_cores() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def pairs_of(run: Run) -> list[Pair]:
    """Return every pair: replicates within draws; draw 0 alone, the given parameters, without draws."""
    draws = range(1, run.draws + 1) if run.draws else [0]
    return list(product(draws, range(1, run.replicates + 1)))


def run_pairs(
    scenarios: dict[str, Settings], pairs: Sequence[Pair], brief: Collection[str] = ()
) -> Iterator[PairResult]:
    """Run every scenario of every pair and yield the results in the order of pairs.

    All scenarios share the run and territory of the first; of the brief ones only indicators are kept.
    Raises RunError for a run that fails.
    """
    first = next(iter(scenarios.values()))
    work = partial(run_pair, scenarios, brief=frozenset(brief))
    return engine_of(first.engine).map(work, pairs, first.run.processes)


def run_pair(scenarios: dict[str, Settings], pair: Pair, brief: Collection[str] = ()) -> PairResult:
    """Run every scenario of one pair in this process; raise RunError for one that fails."""
    parts: dict[str, list[pa.Table]] = {}
    closing = Closing()
    for name, settings in scenarios.items():
        kinds = BRIEF_TABLES if name in brief else TABLES
        model = _run(name, settings, pair, kinds)
        for kind, table in run_tables(name, pair, model.observation.tables(), kinds).items():
            parts.setdefault(kind, []).append(table)
        closing += Closing.of_run(model.certificates)
        release(model)
    return PairResult(pair, {kind: pa.concat_tables(part) for kind, part in parts.items()}, closing)


def _run(name: str, settings: Settings, pair: Pair, tables: Collection[str]) -> TerritorialModel:
    draw, replicate = pair
    seed = settings.run.seed
    try:
        territory = territory_of(settings.territory)
        make_room()
        model = TerritorialModel(settings, seed, draw, replicate, territory, tables)
        return model.run_years(settings.run.years)
    except (BooksError, SettingsError, TerritoryError) as error:
        told = "; ".join(str(error).splitlines())
        raise RunError(f"scenario {name}, draw {draw}, replicate {replicate}: {told}") from None
    except MemoryError:
        raise RunError(f"scenario {name}, draw {draw}, replicate {replicate}: {NO_MEMORY}") from None
    except Exception as error:
        error.add_note(f"in scenario {name}, draw {draw}, replicate {replicate}, seed {seed}")
        raise


def territory_of(choice: TerritoryChoice) -> Territory:
    """Return the territory of a choice, loaded or generated once a process."""
    return _territory(choice.name, choice.folder, choice.synthetic_communes, choice.synthetic_seed)


@lru_cache(maxsize=2)
def _territory(name: str, folder: str | None, communes: int, seed: int) -> Territory:
    return chosen_territory(TerritoryChoice(name, folder, communes, seed))


def make_room() -> None:
    """Let go of what earlier runs left in this process; call it before a model is made.

    Agents and their model refer to one another: left to itself, Python frees some dozen models late, at
    several megabytes each.
    """
    _set_apart()
    gc.collect()


@lru_cache(maxsize=1)
def _set_apart() -> None:
    """Keep what is loaded by now, once a process, out of every later search: it takes a hundredth of it."""
    gc.collect()
    gc.freeze()


def release(model: TerritorialModel) -> None:
    """Let go of a finished model."""
    # Mesa before 3.4.2 keeps every model that ever was as a key of this table.
    numbers = getattr(mesa.Agent, "_ids", None)
    if isinstance(numbers, dict):
        numbers.pop(model, None)


def map_in_order(
    work: Callable[[Task], Result],
    tasks: Sequence[Task],
    processes: int,
    lost: Callable[[Task], Result] | None = None,
) -> Generator[Result, None, None]:
    """Yield the results of tasks in their order, worked out by a number of processes (0: every core).

    One process means this one. Others are started afresh, so work and tasks must pickle; few results wait
    at a time; closing the generator ends them. What a process that dies was at is done again. A task over
    which processes die again and again, even with no other beside it, gives what `lost` makes of it. Raises
    what a task raises, and RunError when there is no `lost`, or many tasks in a row are lost.
    """
    wanted = min(processes or available_cores(), len(tasks)) if tasks else 0
    if wanted <= 1:
        yield from map(work, tasks)
        return
    limit_threads()
    source = iter(tasks)
    while batch := list(islice(source, TASKS_PER_PROCESS * wanted)):
        yield from _map_batch(work, batch, wanted, lost)


class Engine(Protocol):
    """What works out tasks: the processes of this machine, or workers elsewhere, with the same results."""

    def count(self, processes: int) -> int:
        """Return how many tasks are worked out at a time when so many processes (0: all) are asked for."""

    def map(
        self,
        work: Callable[[Task], Result],
        tasks: Sequence[Task],
        processes: int,
        lost: Callable[[Task], Result] | None = None,
    ) -> Generator[Result, None, None]:
        """Yield the results of tasks in their order; see `map_in_order`."""


class ProcessEngine:
    """Processes of this machine."""

    def count(self, processes: int) -> int:
        """Return the number of processes: every core for 0."""
        return processes or available_cores()

    def map(
        self,
        work: Callable[[Task], Result],
        tasks: Sequence[Task],
        processes: int,
        lost: Callable[[Task], Result] | None = None,
    ) -> Generator[Result, None, None]:
        """Yield the results of tasks in their order; see `map_in_order`."""
        return map_in_order(work, tasks, processes, lost)


def engine_of(chosen: EngineChoice) -> Engine:
    """Return the engine that settings choose; raise RunError when its package is not there."""
    if chosen.kind is EngineKind.processes:
        return ProcessEngine()
    try:
        from experiments.engine_dask import DaskEngine
    except ImportError as error:
        raise RunError(f"engine=dask needs the packages dask and distributed: {error}") from None
    return DaskEngine(chosen.address)


def _map_batch(
    work: Callable[[Task], Result], tasks: list[Task], processes: int, lost: Callable[[Task], Result] | None
) -> Iterator[Result]:
    """Yield the results of a batch; when a process dies, go on with new ones where the results end."""
    done = deaths = gone = 0
    while done < len(tasks):
        alone = deaths >= MOST_DEATHS
        try:
            for result in _map_pool(work, tasks[done : done + 1 if alone else None], processes):
                done, deaths, gone = done + 1, 0, 0
                yield result
        except (BrokenProcessPool, MemoryError):
            deaths += 1
            if not alone:
                continue
            gone += 1
            if lost is None or gone >= MOST_LOST:
                raise RunError(
                    "a process died again and again, perhaps for want of memory; try a smaller run.processes"
                ) from None
            yield lost(tasks[done])
            # Whether the next one is lost too is soon known.
            done, deaths = done + 1, MOST_DEATHS - 1


def _map_pool(work: Callable[[Task], Result], tasks: list[Task], processes: int) -> Iterator[Result]:
    others = set(active_children())
    pool = ProcessPoolExecutor(min(processes, len(tasks)), get_context("spawn"), _start_process)
    finished = False
    try:
        source = iter(tasks)
        waiting: deque[Future[Result]] = deque(
            pool.submit(work, task) for task in islice(source, TASKS_AHEAD * processes)
        )
        while waiting:
            result = waiting.popleft().result()
            waiting.extend(pool.submit(work, task) for task in islice(source, 1))
            yield result
        finished = True
    finally:
        pool.shutdown(wait=finished, cancel_futures=True)
        if not finished:
            for process in set(active_children()) - others:
                process.terminate()


def _start_process() -> None:
    # The command answers Ctrl-C and ends its processes itself; when it is killed, they end too.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
