"""Designs at scale: runs a second, what the store adds, memory, and mesa.batch_run over the twin.

Run by `make bench`. The whole analysis of which a part is measured here is
`python -m experiments sensitivity sensitivity=variance`: some 22,500 runs.
"""

import resource
import time
from pathlib import Path

import mesa
import pytest

from areavasta import Settings
from areavasta.territory import Territory
from experiments import compose
from experiments.designs.design import Design
from experiments.designs.running import design_tasks
from experiments.engine import territory_of
from experiments.engine_processes import available_cores
from experiments.sensitivity.checks import read_study_factors
from experiments.sensitivity.methods import method_of
from experiments.sensitivity.study import Study
from experiments.store import LAST_YEAR, RunStore, RunTask
from experiments.store.simulating import companions
from tests.twin import TwinModel

pytestmark = pytest.mark.bench

RUNS = 8
ROUNDS = 3
PART = 400
MANY = 2_000
MIB = 2**20
TWIN_YEARS = 2


@pytest.fixture(scope="module")
def settings() -> Settings:
    return compose("run.years=20")


def tell(text: str) -> None:
    print(f"\n  {text}", end="")


def resident() -> float:
    """Return the memory that this process holds now, in MiB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / MIB


def run_alone(task: RunTask) -> None:
    runs = companions([task])
    runs.finished(task.settings)
    runs.release()


def test_runs_a_second_and_what_the_store_adds(settings: Settings, tmp_path: Path) -> None:
    run_alone(RunTask(settings, 0))
    bare, stored = [], []
    for turn in range(ROUNDS):  # by turns, since a shared machine has good and bad minutes
        tasks = [RunTask(settings, 1 + turn * RUNS + number) for number in range(RUNS)]
        start = time.process_time()
        for task in tasks:
            run_alone(task)
        bare.append(time.process_time() - start)
        start = time.process_time()
        RunStore(tmp_path / str(turn)).run_all(tasks, processes=1)
        stored.append(time.process_time() - start)
    rate, added = RUNS / min(bare), min(stored) / min(bare) - 1
    tell(f"20 years: {rate:.1f} runs a second of one core; the store {added:+.1%}")


def test_a_part_of_a_large_analysis(tmp_path: Path) -> None:
    settings = compose("sensitivity=variance", "run.draws=0", "run.replicates=1", "run.years=15")
    factors = read_study_factors(settings.sensitivity, [], settings.run.seed)
    study = Study(settings.sensitivity, factors, settings.run.seed)
    start = time.perf_counter()
    tasks = design_tasks(settings, Design.of_shares(factors, method_of(study).sample(study)), {})
    made = time.perf_counter() - start
    store = RunStore(tmp_path / "store")
    start = time.perf_counter()
    store.fill(tasks[:PART], (LAST_YEAR,))
    taken = time.perf_counter() - start
    processes = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    most = [resource.getrusage(who).ru_maxrss / 1024 for who in processes]
    minutes = (made + taken * len(tasks) / PART) / 60
    tell(
        f"{len(factors)} factors, {len(tasks)} runs, made in {made:.0f} s; {PART} of them take {taken:.0f} s"
    )
    tell(f"on {available_cores()} cores, the whole {minutes:.0f} minutes; memory: {most[0]:.0f} MiB here")
    tell(f"and {most[1]:.0f} MiB in each process")


def test_memory_over_many_runs(tmp_path: Path) -> None:
    settings = compose("run.years=1")
    store = RunStore(tmp_path / "store")
    # Memory settles over the first thousand: the allocator keeps what it was given.
    store.fill([RunTask(settings, seed) for seed in range(MANY // 2)], processes=1)
    before = resident()
    store.fill([RunTask(settings, MANY + seed) for seed in range(MANY)], processes=1)
    tell(f"{MANY} runs in one process: from {before:.0f} to {resident():.0f} MiB")


class TwinUnderMesa(mesa.Model):
    """The twin as `mesa.batch_run` takes it."""

    def __init__(
        self, settings: Settings, territory: Territory, seed: int | None = None, draw: int = 0
    ) -> None:
        super().__init__(rng=1 if seed is None else int(seed))
        self.twin = TwinModel(settings, seed=1, draw=draw, territory=territory)
        self.datacollector = mesa.DataCollector({"cost": lambda model: model.twin.indicators["cost"]})

    def step(self) -> None:
        """Simulate all years at once: versions of Mesa differ in the steps they take."""
        self.twin.run_years(TWIN_YEARS)
        self.datacollector.collect(self)
        self.running = False


@pytest.fixture
def quiet_mesa() -> None:
    import logging

    logging.getLogger("MESA").setLevel(logging.WARNING)


@pytest.mark.usefixtures("quiet_mesa")
def test_the_same_sweep_by_batch_run_over_the_twin(tmp_path: Path) -> None:
    settings = compose(f"run.years={TWIN_YEARS}")
    territory = territory_of(settings.territory)
    draws = [1, 2, 3, 4]
    start = time.perf_counter()
    parameters = {"settings": settings, "territory": territory, "draw": draws}
    mesa.batch_run(TwinUnderMesa, parameters, max_steps=1, data_collection_period=-1, display_progress=False)
    by_mesa = time.perf_counter() - start
    start = time.perf_counter()
    RunStore(tmp_path / "store").run_all([RunTask(settings, 1, draw, 0) for draw in draws], processes=1)
    tell(f"mesa.batch_run over the twin takes {by_mesa / (time.perf_counter() - start):.0f} times as long")
