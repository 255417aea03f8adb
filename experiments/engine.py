"""The engine: every scenario of every pair, over processes, with the same results for any number of them."""

import gc
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import product

import pyarrow as pa

from areavasta.accounts import BooksError, Certificate
from areavasta.model import TerritorialModel
from areavasta.observation import TABLES
from areavasta.settings import BASE_YEAR, Run, Settings, SettingsError, TerritoryChoice
from areavasta.settings.run import EngineChoice, EngineKind
from areavasta.shared_years import SharedYears
from areavasta.territory import Territory, TerritoryError
from areavasta.territory_choice import chosen_territory
from experiments.engine_processes import Engine, ProcessEngine, RunError
from experiments.tables import run_tables

BRIEF_TABLES = ("indicators",)
"""Kinds of table that are kept of brief scenarios."""

Pair = tuple[int, int]
"""Parameter draw and replicate."""

NO_MEMORY = "not enough memory; try a smaller run.processes, or close what else runs"
"""What to say of a lack of memory."""


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
    kinds = {name: BRIEF_TABLES if name in brief else TABLES for name in scenarios}
    seed = next(iter(scenarios.values())).run.seed
    runs = {
        tables: Companions(
            [one for name, one in scenarios.items() if kinds[name] == tables], (seed, *pair), tables
        )
        for tables in dict.fromkeys(kinds.values())
    }
    try:
        for name, settings in scenarios.items():
            model = _finished(runs[kinds[name]], name, settings)
            for kind, table in run_tables(name, pair, model.observation.tables(), kinds[name]).items():
                parts.setdefault(kind, []).append(table)
            closing += Closing.of_run(model.certificates)
    finally:
        for one in runs.values():
            one.release()
    return PairResult(pair, {kind: pa.concat_tables(part) for kind, part in parts.items()}, closing)


def _finished(runs: "Companions", name: str, settings: Settings) -> TerritorialModel:
    seed, draw, replicate = runs.chance
    try:
        return runs.finished(settings)
    except (BooksError, SettingsError, TerritoryError) as error:
        told = "; ".join(str(error).splitlines())
        raise RunError(f"scenario {name}, draw {draw}, replicate {replicate}: {told}") from None
    except MemoryError:
        raise RunError(f"scenario {name}, draw {draw}, replicate {replicate}: {NO_MEMORY}") from None
    except Exception as error:
        error.add_note(f"in scenario {name}, draw {draw}, replicate {replicate}, seed {seed}")
        raise


class Companions:
    """Runs of one pair that differ in nothing but their scenario, one after another in this process.

    They go together through the years before the first of their laws takes effect. `chance` is their seed,
    draw and replicate; `tables` names what they record, of every year or of the last one alone.
    """

    def __init__(
        self,
        scenarios: Sequence[Settings],
        chance: tuple[int, int, int],
        tables: Collection[str] = TABLES,
        *,
        last_year: bool = False,
    ) -> None:
        self.scenarios, self.chance, self.tables = scenarios, chance, tables
        self._first_observed = BASE_YEAR - 1 + scenarios[0].run.years if last_year else BASE_YEAR
        self._shared: SharedYears | None = None

    def finished(self, settings: Settings) -> TerritorialModel:
        """Return the model of one of the scenarios after its last year: read it before the next is asked for.

        Raises what the run raises; the others can be asked for nevertheless.
        """
        if self._shared is None:
            territory = territory_of(settings.territory)
            set_apart()
            model = TerritorialModel(settings, *self.chance, territory, self.tables, self._first_observed)
            self._shared = SharedYears(model, self.scenarios)
        try:
            return self._shared.go_on(settings).run_years(settings.run.years)
        except BaseException:
            # The others start anew: a model is not used again after a year that failed.
            self.release()
            raise

    def release(self) -> None:
        """Let go of the model, which nobody may use any more.

        Agents and their model refer to one another: left to itself, Python frees some dozen models late, at
        several megabytes each. What else refers in circles is little and soon found.
        """
        if self._shared is not None:
            self._shared.model.__dict__.clear()
            self._shared = None
            gc.collect()


def territory_of(choice: TerritoryChoice) -> Territory:
    """Return the territory of a choice, loaded or generated once a process."""
    return _territory(choice.name, choice.folder, choice.synthetic_communes, choice.synthetic_seed)


@lru_cache(maxsize=2)
def _territory(name: str, folder: str | None, communes: int, seed: int) -> Territory:
    return chosen_territory(TerritoryChoice(name, folder, communes, seed))


@lru_cache(maxsize=1)
def set_apart() -> None:
    """Keep what is loaded by now, once a process, out of Python's searches for what nobody uses any more.

    They would take a hundredth of the time of runs.
    """
    gc.collect()
    gc.freeze()


def engine_of(chosen: EngineChoice) -> Engine:
    """Return the engine that settings choose; raise RunError when its package is not there."""
    if chosen.kind is EngineKind.processes:
        return ProcessEngine()
    try:
        from experiments.engine_dask import DaskEngine
    except ImportError as error:
        raise RunError(f"engine=dask needs the packages dask and distributed: {error}") from None
    return DaskEngine(chosen.address)
