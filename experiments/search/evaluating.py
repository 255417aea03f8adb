"""Evaluation of points: every pair under every shock, from the store or into it, beside present law."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pyarrow as pa

from areavasta.indicators import INDICATORS
from areavasta.settings import Financing, Settings, SettingsError
from experiments.designs.points import settings_at
from experiments.engine import Closing, pairs_of
from experiments.engine_processes import RunError
from experiments.search.checks import merged, new_money
from experiments.search.levers import Point
from experiments.search.measures import Cases, Numbers, Ruler
from experiments.search.outcome import Status, Tried, measured, refused
from experiments.search.records import FELT_SERVICES
from experiments.search.space import Space
from experiments.store import LAST_YEAR, RunStore, RunTask
from experiments.store.runs import Progress
from experiments.store.shards import PASSING

NO_SHOCK = "none"
"""Name of the only shock where there are none."""


@dataclass(frozen=True)
class Batch:
    """What a list of points gave, in order, and what the books of their runs say together."""

    tried: list[Tried]
    closing: Closing

    @property
    def passing(self) -> bool:
        """Whether the machine was at fault that a point failed: asked for again, it may not."""
        return any(one.reason.startswith(PASSING) for one in self.tried)


@dataclass(frozen=True)
class Evaluator:
    """Try points of a space: laws that start from `settings.scenario`, against present law.

    `settings.run` says which pairs; all candidates, and present law, get the same ones under every shock.
    """

    settings: Settings
    space: Space
    ruler: Ruler
    store: RunStore
    progress: Progress | None = None

    @cached_property
    def shocks(self) -> Mapping[str, Mapping[int, object]]:
        """Dated changes that every law meets, by name."""
        return self.settings.search.shocks or {NO_SHOCK: {}}

    @property
    def cases(self) -> int:
        """Number of runs of each law."""
        return len(self.shocks) * len(pairs_of(self.settings.run))

    def law(self, point: Point) -> Settings:
        """Return the settings of a point, without shocks; raise SettingsError for one no law can be."""
        settings = settings_at(self.settings, self.space.settings(point))
        if not new_money(self.settings.search):
            return settings
        return replace(settings, scenario=replace(settings.scenario, financing=Financing.new_money))

    def evaluate(self, points: Sequence[Point]) -> Batch:
        """Return what points give; those that law does not admit are refused and not run."""
        laws: list[Settings] = []
        told: dict[int, Tried] = {}
        numbers: list[int] = []
        for number, point in enumerate(points):
            try:
                laws.append(self.law(point))
                numbers.append(number)
            except SettingsError as error:
                told[number] = self._refused(point, Status.inadmissible, "; ".join(map(str, error.problems)))
        results, closing = self.run_laws(laws)
        for number, result in zip(numbers, results, strict=True):
            point = points[number]
            told[number] = (
                self._refused(point, Status.failed, result) if isinstance(result, str)
                else self.measure(point, result)
            )  # fmt: skip
        return Batch([told[number] for number in range(len(points))], closing)

    def run_laws(self, laws: Sequence[Settings]) -> tuple[list[Cases | str], Closing]:
        """Return the cases of each law, or why one of its runs failed, and what all books say."""
        found, closing = self._run(laws)
        base = self.base
        return [
            one if isinstance(one, str) else replace(one, base=base.values, base_service=base.service)
            for one in found
        ], closing

    @cached_property
    def base(self) -> Cases:
        """What present law gives; raises RunError when one of its runs fails."""
        (found,), _ = self._run([self._present])
        if isinstance(found, str):
            raise RunError(f"present law failed, and nothing can be compared with it: {found}")
        return found

    def base_closing(self) -> Closing:
        """Return what the books of present law say, after it has run."""
        return self.store.stored(self.tasks(self._present), LAST_YEAR).closing()

    @property
    def _present(self) -> Settings:
        return replace(self.settings, scenario=self.settings.present_law)

    def _run(self, laws: Sequence[Settings]) -> tuple[list[Cases | str], Closing]:
        """Run laws and return the cases of each, compared with nothing yet."""
        if not laws:
            return [], Closing()
        tasks = [task for law in laws for task in self.tasks(law)]
        records = (LAST_YEAR, FELT_SERVICES) if self.ruler.needs_communes else (LAST_YEAR,)
        self.store.fill(tasks, records, self.settings.run.processes, progress=self.progress)
        stored = self.store.stored(tasks, LAST_YEAR)
        failed: dict[int, str] = {}
        for failure in stored.failures():
            failed.setdefault(failure.task // self.cases, failure.error)
        values = _last_year(stored.tables(), len(tasks))
        services = self._services(tasks)
        found: list[Cases | str] = []
        for number in range(len(laws)):
            rows = slice(number * self.cases, (number + 1) * self.cases)
            own = {key: column[rows] for key, column in values.items()}
            felt = None if services is None else services[rows]
            found.append(failed[number] if number in failed else Cases(own, own, felt, felt))
        return found, stored.closing()

    def tasks(self, law: Settings) -> list[RunTask]:
        """Return the runs of a law: shocks in order, pairs within them."""
        tasks = []
        for changes in self.shocks.values():
            scenario = (
                replace(law.scenario, changes=merged(law.scenario.changes, changes))
                if changes
                else law.scenario
            )
            shocked = replace(law, scenario=scenario)
            tasks += [RunTask(shocked, law.run.seed, *pair) for pair in pairs_of(law.run)]
        return tasks

    def _services(self, tasks: Sequence[RunTask]) -> Numbers | None:
        """Return felt services (task, commune), not numbers where a run failed; None when not asked for."""
        if not self.ruler.needs_communes:
            return None
        table = self.store.stored(tasks, FELT_SERVICES).table()
        if not table.num_rows:
            return np.full((len(tasks), 1), np.nan)
        found, rows = np.unique(table["task"].to_numpy(), return_counts=True)
        services = np.full((len(tasks), int(rows[0])), np.nan)
        services[found] = table["service"].to_numpy().astype(np.float64).reshape(len(found), -1)
        return services

    def measure(self, point: Point, cases: Cases) -> Tried:
        """Return what the cases of a point say of objectives and bounds."""
        ruler = self.ruler
        bounded = ruler.bounded(cases)
        violation = sum(limit.violation(value) for limit, value in zip(ruler.limits, bounded, strict=True))
        if not ruler.aims:
            changed, distance = float(self.space.changed(point)), self.space.distance(point)
            return measured(point, (changed, distance), (changed + distance,), bounded, violation)
        objectives = ruler.objectives(cases)
        costs = tuple(-aim.direction * value for aim, value in zip(ruler.aims, objectives, strict=True))
        return measured(point, objectives, costs, bounded, violation)

    def _refused(self, point: Point, status: Status, reason: str) -> Tried:
        objectives = len(self.ruler.aims) or 2
        one = refused(point, status, reason, objectives, len(self.ruler.limits))
        return one if self.ruler.aims else replace(one, costs=one.costs[:1])


def _last_year(tables: Iterable[pa.Table], tasks: int) -> dict[str, Numbers]:
    """Return every indicator of the last year, raw, (task,); not numbers of failed runs."""
    values = {key: np.full(tasks, np.nan) for key in INDICATORS}
    for table in tables:
        for key, column in values.items():
            column[table["task"].to_numpy()] = table[key].to_numpy()
    return values
