"""The engine over workers of Dask: those of a running scheduler, or a cluster that starts and ends here."""

import hashlib
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import dask
from distributed import Client, LocalCluster, get_worker
from distributed.client import FutureCancelledError
from distributed.scheduler import KilledWorker

import areavasta
from experiments.engine_processes import MOST_LOST, TASKS_AHEAD, RunError, available_cores
from experiments.threads import limit_threads

SECONDS_TO_ANSWER = 20.0
"""Time that a scheduler has to answer, and to get its first worker."""

UNREADABLE = "deserialization of the task graph"
"""What Dask says when it cannot load the code of a task."""

Task = TypeVar("Task")
Result = TypeVar("Result")


@dataclass(frozen=True)
class DaskEngine:
    """Workers of the scheduler at an address; without one, a cluster of this machine for each `map`."""

    address: str | None = None

    def count(self, processes: int) -> int:
        """Return how many workers there are, or for a cluster of this machine how many it gets."""
        if self.address is None:
            return processes or available_cores()
        with _client(self.address, 0) as client:
            return len(_workers(client))

    def map(
        self,
        work: Callable[[Task], Result],
        tasks: Sequence[Task],
        processes: int,
        lost: Callable[[Task], Result] | None = None,
    ) -> Generator[Result, None, None]:
        """Yield the results of tasks in their order; few results wait at a time.

        A task whose worker dies goes to another one; one over which workers die again and again gives what
        `lost` makes of it. Raises what a task raises, and RunError when no scheduler answers, when there is
        no `lost` or many tasks in a row are lost, and when workers hold other code than this process.
        """
        if not tasks:
            return
        with _client(self.address, min(processes or available_cores(), len(tasks))) as client, _one_line():
            ahead = TASKS_AHEAD * len(_workers(client))
            here = partial(_work_here, work, held_version())
            source = iter(tasks)
            waiting = deque((task, client.submit(here, task, pure=False)) for task in islice(source, ahead))
            gone = 0
            while waiting:
                task, future = waiting.popleft()
                try:
                    result: Result = future.result()
                    gone = 0
                except KilledWorker:
                    gone += 1
                    if lost is None or gone >= MOST_LOST:
                        raise
                    result = lost(task)
                waiting.extend((task, client.submit(here, task, pure=False)) for task in islice(source, 1))
                yield result


def _work_here(work: Callable[[Task], Result], version: str, task: Task) -> Result:
    """Do the work of a task in a worker that holds the same code and tables."""
    if held_version() != version:
        raise RunError(
            f"worker {get_worker().address} holds another version of the model or of its libraries; "
            "start it in the same folder and environment as the command"
        )
    return work(task)


@lru_cache(maxsize=1)
def held_version() -> str:
    """Return a hash of the code, libraries and shipped tables of this process."""
    from experiments.store.identity import code_version

    digest = hashlib.sha256(code_version().encode())
    for path in sorted((Path(areavasta.__file__).parent / "territories").rglob("*.csv")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


@contextmanager
def _client(address: str | None, processes: int) -> Iterator[Client]:
    limit_threads()
    if address is not None:
        try:
            client = Client(address, timeout=SECONDS_TO_ANSWER, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            told = " ".join(str(error).split())
            raise RunError(f"engine.address={address}: no scheduler of Dask answers ({told})") from None
        with client:
            yield client
        return
    with (
        dask.config.set({"distributed.worker.daemon": True}),
        TemporaryDirectory() as scratch,
        LocalCluster(
            n_workers=processes, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0",
            memory_limit=0, local_directory=scratch, silence_logs="CRITICAL",
        ) as cluster,
        Client(cluster, set_as_default=False) as client,
    ):  # fmt: skip
        yield client


def _workers(client: Client) -> dict[str, Any]:
    """Return the workers there are; raise RunError when there is none, or one with several threads."""
    try:
        client.wait_for_workers(1, timeout=SECONDS_TO_ANSWER)
    except TimeoutError:
        raise RunError("engine.address: the scheduler of Dask has no workers; start some") from None
    threads: dict[str, int] = client.nthreads()
    for worker, count in sorted(threads.items()):
        if count > 1:
            raise RunError(f"worker {worker} has {count} threads; start it with --nthreads 1")
    return threads


@contextmanager
def _one_line() -> Iterator[None]:
    try:
        yield
    except KilledWorker:
        raise RunError("workers of Dask died over the same run, perhaps for want of memory") from None
    except FutureCancelledError:
        raise RunError("the scheduler of Dask went away") from None
    except RuntimeError as error:
        if UNREADABLE not in str(error):
            raise
        raise RunError(
            "scheduler or workers of Dask cannot load the project; start both in its folder and environment, "
            "with PYTHONPATH=."
        ) from None
