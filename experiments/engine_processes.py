"""Tasks worked out by processes of this machine, in order, whatever happens to a process."""

import logging
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import active_children, get_context, parent_process
from typing import Protocol, TypeVar

from experiments.threads import limit_threads

TASKS_PER_PROCESS = 2_000
"""Tasks after which processes start anew, so that what a library fails to release cannot pile up."""

TASKS_AHEAD = 3
"""Tasks handed out per process before the first of them has come back: it bounds the results that wait."""

MOST_DEATHS = 3
"""Times that processes may die over the same task before it is tried once more, with no other beside it."""

MOST_LOST = 10
"""Tasks in a row that may be lost: then it is not the tasks that are at fault."""

Task = TypeVar("Task")
Result = TypeVar("Result")


class RunError(RuntimeError):
    """Report a run that failed, in one line with its scenario, draw and replicate."""


def available_cores() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


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

    map = staticmethod(map_in_order)


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


def quiet_mesa() -> None:
    """Keep Mesa's account of every step off the screen, whatever other libraries do to logging."""
    for name in ("mesa", "MESA"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _start_process() -> None:
    quiet_mesa()
    # The command answers Ctrl-C and ends its processes itself; when it is killed, they end too.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
