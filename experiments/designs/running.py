"""Runs of a design: every pair of every point, from the store or into it, as one tidy table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa

from areavasta.settings import BASE_YEAR, Settings, SettingsError, constants_by_key
from experiments._config_files import ConfigurationError
from experiments.designs.design import Design
from experiments.designs.keys import SCENARIOS
from experiments.designs.points import settings_at
from experiments.engine import Closing, Pair, pairs_of
from experiments.store import INDICATORS, LAST_YEAR, Record, RunStore, RunTask
from experiments.store.runs import Progress
from experiments.store.stored import Failure, StoredRuns

MOST_PROBLEMS = 5
"""Points that are named at most when points are wrong."""


@dataclass(frozen=True)
class FailedRun:
    """A run of a design that failed, and why."""

    point: int
    draw: int
    replicate: int
    error: str


@dataclass(frozen=True)
class DesignRuns:
    """The runs of a design under one record: pairs are the same, with the same chance, at every point."""

    design: Design
    pairs: tuple[Pair, ...]
    stored: StoredRuns

    def tables(self) -> Iterator[pa.Table]:
        """Yield what was recorded, some hundred runs at a time, points in order and pairs within them.

        Columns: `point`, the factors by their key, `draw`, `replicate`, then those of the record: for
        indicators `year` and one column each, raw values. Failed runs have no rows.
        """
        points = self.design.table().drop_columns(["point"])
        pairs = np.array(self.pairs, dtype=np.int32)
        for table in self.stored.tables():
            point, pair = np.divmod(table["task"].to_numpy(), len(self.pairs))
            head = {
                "point": pa.array(point.astype(np.int32)),
                **{name: points[name].take(point).combine_chunks() for name in points.column_names},
                "draw": pa.array(pairs[pair, 0]),
                "replicate": pa.array(pairs[pair, 1]),
            }
            recorded = table.drop_columns(["task"])
            yield pa.table({**head, **dict(zip(recorded.column_names, recorded.columns, strict=True))})

    def table(self) -> pa.Table:
        """Return all that `tables` yields as one table."""
        parts = list(self.tables())
        return pa.concat_tables(parts, promote_options="default").combine_chunks() if parts else pa.table({})

    def failures(self) -> list[FailedRun]:
        """Return the runs that failed, in order."""
        return [self._failed(failure) for failure in self.stored.failures()]

    def closing(self) -> Closing:
        """Return what the closed books of all runs say together."""
        return self.stored.closing()

    def _failed(self, failure: Failure) -> FailedRun:
        point, pair = divmod(failure.task, len(self.pairs))
        return FailedRun(point, *self.pairs[pair], failure.error)


def run_design(
    settings: Settings,
    design: Design,
    store: RunStore,
    laws: Mapping[str, Settings] | None = None,
    records: Sequence[Record] = (INDICATORS,),
    fail_fast: bool = False,
    progress: Progress | None = None,
) -> list[DesignRuns]:
    """Run every pair of every point that is not stored yet and return the runs, one item a record.

    Pairs are those of `settings.run`. `laws` has the composed settings of every name that the factor
    `scenarios` takes. A parameter that is a factor is held at its value in every draw, and only the others
    are drawn. Raises ConfigurationError for points that no law can hold, before anything runs.
    """
    tasks = design_tasks(settings, design, laws or {})
    store.fill(tasks, records, settings.run.processes, fail_fast, progress)
    pairs = tuple(pairs_of(settings.run))
    return [DesignRuns(design, pairs, store.stored(tasks, record)) for record in records]


def run_designs(
    jobs: Sequence[tuple[Settings, Design, Mapping[str, Settings]]],
    store: RunStore,
    progress: Progress | None = None,
) -> list[DesignRuns]:
    """Run several designs with equally many points and pairs and return the runs of each, their last year.

    Each job is settings, design and laws, as `run_design` takes them. They go point by point: runs that
    differ in nothing but their scenario stand together, for then they cost less. The processes are those of
    the first job.
    """
    tasks = [design_tasks(*job) for job in jobs]
    in_turn = [task for at_once in zip(*tasks, strict=True) for task in at_once]
    store.fill(in_turn, (LAST_YEAR,), jobs[0][0].run.processes, progress=progress)
    return [
        DesignRuns(design, tuple(pairs_of(settings.run)), store.stored(own, LAST_YEAR))
        for (settings, design, _), own in zip(jobs, tasks, strict=True)
    ]


def without_draws(settings: Settings, replicates: int) -> Settings:
    """Return settings whose parameters stand as they are, for a number of replicates."""
    return replace(settings, run=replace(settings.run, draws=0, replicates=replicates))


def _overwritten(design: Design, laws: Mapping[str, Settings], years: int) -> Iterator[str]:
    last = BASE_YEAR - 1 + years
    for name, law in laws.items():
        for year, changes in sorted(law.scenario.changes.items()):
            for factor in design.factors:
                root, *path = factor.key.split(".")
                if root == "scenario" and year <= last and _sets(changes, path):
                    yield (
                        f"{factor.key}: scenario {name} sets it anew in {year}, whatever a point says; vary "
                        "another setting, or leave that scenario out"
                    )


def _sets(changes: Any, path: Sequence[str]) -> bool:
    for key in path:
        if not isinstance(changes, Mapping) or key not in changes:
            return False
        changes = changes[key]
    return True


def design_tasks(settings: Settings, design: Design, laws: Mapping[str, Settings]) -> list[RunTask]:
    """Return the runs of a design: points in order, pairs within them.

    Raises ConfigurationError that names points which no law can hold, and factors that a law's dated changes
    set anew, whatever a point says.
    """
    if overwritten := list(_overwritten(design, laws, settings.run.years)):
        raise ConfigurationError(*overwritten)
    # Factors among the constants stay as they are set in every draw.
    held = [factor.key for factor in design.factors if factor.key in constants_by_key()]
    tasks: list[RunTask] = []
    wrong: list[str] = []
    for point in range(len(design.points)):
        values = design.values(point)
        base = laws[str(values[SCENARIOS])] if SCENARIOS in values else settings
        try:
            chosen = settings_at(base, values)
            chosen = replace(chosen, run=replace(chosen.run, held=[*chosen.run.held, *held]))
        except SettingsError as error:
            told = ", ".join(f"{key}={value}" for key, value in values.items())
            wrong += [f"point {point} ({told}): {problem}" for problem in error.problems]
            continue
        tasks += [RunTask(chosen, chosen.run.seed, *pair) for pair in pairs_of(settings.run)]
    if wrong:
        more = [f"and {len(wrong) - MOST_PROBLEMS} problems more"] if len(wrong) > MOST_PROBLEMS else []
        raise ConfigurationError(*wrong[:MOST_PROBLEMS], *more)
    return tasks
