"""The optimiser: pymoo asks for points of the space, and is told what they gave."""

import math
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from pymoo.algorithms.moo.nsga2 import NSGA2, binary_tournament
from pymoo.algorithms.moo.nsga3 import NSGA3, comp_by_cv_then_random
from pymoo.core.duplicate import DuplicateElimination
from pymoo.core.mixed import MixedVariableMating, MixedVariableSampling
from pymoo.core.problem import Problem
from pymoo.core.termination import NoTermination
from pymoo.core.variable import Binary, Choice, Integer, Real
from pymoo.operators.crossover.sbx import SBX
from pymoo.operators.crossover.ux import UX
from pymoo.operators.mutation.bitflip import BFM
from pymoo.operators.mutation.pm import PM
from pymoo.operators.mutation.rm import ChoiceRandomMutation
from pymoo.operators.repair.rounding import RoundingRepair
from pymoo.operators.selection.tournament import TournamentSelection
from pymoo.util.ref_dirs import get_reference_directions

from areavasta.settings.search import Algorithm
from experiments.search.levers import Gene, Lever, Point
from experiments.search.outcome import Tried
from experiments.search.space import Space

Raw = dict[str, Any]

SWITCH = "switch "
"""Start of the name of the gene that says whether a lever moves at all."""

MOST_TRIES = 200
"""Times that a generation is bred or drawn anew while all that comes out was tried before."""

WORST = 1e12
"""Cost told of points that were not measured: the optimiser wants numbers."""


@dataclass(frozen=True)
class Plan:
    """How a search goes: its space, its size, where it starts, and its chance.

    With `sparse` every lever has a switch that leaves it at its base, so that what does not help is dropped
    at one stroke: for searches of the least change. Others converge faster without.
    """

    space: Space
    objectives: int
    algorithm: Algorithm
    population: int
    generations: int
    seed: int
    start: tuple[Point, ...] = ()
    sparse: bool = False

    def point(self, raw: Raw) -> Point:
        """Return the point that raw numbers stand for."""
        return tuple(
            value
            for lever in self.space.levers
            for value in (
                lever.base
                if self.sparse and not raw[SWITCH + lever.key]
                else lever.values([raw[gene.name] for gene in lever.genes])
            )
        )

    def raw(self, point: Point) -> Raw:
        """Return raw numbers that stand for a point."""
        return self.space.raw(point) | {
            SWITCH + lever.key: part != lever.base
            for lever, part in zip(self._switched, self.space.parts(point), strict=False)
        }

    @property
    def _switched(self) -> tuple[Lever, ...]:
        return self.space.levers if self.sparse else ()

    def variables(self) -> dict[str, Any]:
        """Return the variables, as pymoo has them."""
        switches = {SWITCH + lever.key: Binary() for lever in self._switched}
        return {gene.name: _variable(gene) for gene in self.space.genes} | switches


def _variable(gene: Gene) -> Any:
    if gene.options:
        return Choice(options=list(range(gene.options)))
    return (
        Integer(bounds=(int(gene.low), int(gene.high))) if gene.whole else Real(bounds=(gene.low, gene.high))
    )


def evolve(plan: Plan, tell: Callable[[int, list[Point]], list[Tried]]) -> Iterator[list[Tried]]:
    """Yield what each generation gave; `tell` is asked, generation by generation, what points give.

    The same plan asks for the same points as long as it is told the same. It ends early when it finds no
    point that was not tried before.
    """
    unseen = _Unseen(plan)
    algorithm = _algorithm(plan, unseen)
    algorithm.setup(_problem(plan), termination=NoTermination(), seed=plan.seed)
    for generation in range(1, plan.generations + 1):
        asked = algorithm.ask()
        if asked is None or len(asked) == 0:
            return
        tried = tell(generation, [plan.point(one.X) for one in asked])
        unseen.note(tried)
        _tell(algorithm, asked, tried)
        yield tried


def draw(plan: Plan, tell: Callable[[int, list[Point]], list[Tried]]) -> Iterator[list[Tried]]:
    """Yield what as many points gave that were drawn at random, in batches as large as generations."""
    unseen, problem = _Unseen(plan), _problem(plan)
    chance = np.random.default_rng(plan.seed)
    for generation in range(1, plan.generations + 1):
        start = list(dict.fromkeys(plan.start)) if generation == 1 else []
        points = start[: plan.population]
        for _ in range(MOST_TRIES):
            if len(points) >= plan.population:
                break
            drawn = _drawn(problem, plan.population, chance)
            fresh = [plan.point(raw) for raw in drawn]
            known = {*points, *unseen.seen}
            points += list(dict.fromkeys(point for point in fresh if point not in known))
        if not points:
            return
        tried = tell(generation, points[: plan.population])
        unseen.note(tried)
        yield tried


def _tell(algorithm: Any, asked: Any, tried: Sequence[Tried]) -> None:
    costs = [[cost if math.isfinite(cost) else WORST for cost in one.costs] for one in tried]
    asked.set("F", np.array(costs, dtype=float))
    asked.set("G", np.array([[one.violation] for one in tried], dtype=float))
    for one in asked:
        one.evaluated.update({"F", "G"})
    algorithm.tell(infills=asked)


def _problem(plan: Plan) -> Problem:
    return Problem(vars=plan.variables(), n_obj=plan.objectives, n_ieq_constr=1)


def _drawn(problem: Problem, count: int, chance: np.random.Generator) -> list[Raw]:
    named = {name: variable.sample(count, random_state=chance) for name, variable in problem.vars.items()}
    return [{name: values[row] for name, values in named.items()} for row in range(count)]


class _Unseen(DuplicateElimination):
    """Leave out what was tried before, in whatever generation, or stands twice in one."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan
        self.seen: set[Point] = set()

    def note(self, tried: Collection[Tried]) -> None:
        """Remember what was tried."""
        self.seen.update(one.point for one in tried)

    def do(self, pop: Any, *others: Any, **_: Any) -> Any:
        """Return the individuals whose point is new."""
        known = set(self.seen)
        known.update(self.plan.point(one.X) for other in others for one in other)
        kept = []
        for position, one in enumerate(pop):
            point = self.plan.point(one.X)
            if point not in known:
                known.add(point)
                kept.append(position)
        return pop[kept]


class _Started(MixedVariableSampling):
    """A first generation that begins with given points; the rest is drawn."""

    def __init__(self, plan: Plan, unseen: _Unseen) -> None:
        super().__init__()
        self.plan, self.unseen = plan, unseen

    def _do(self, problem: Problem, n_samples: int, random_state: Any = None, **_: Any) -> list[Raw]:
        start = [self.plan.raw(point) for point in dict.fromkeys(self.plan.start)][:n_samples]
        found = {self.plan.point(raw): raw for raw in start}
        for _try in range(MOST_TRIES):
            if len(found) >= n_samples:
                break
            for raw in _drawn(problem, n_samples, random_state):
                found.setdefault(self.plan.point(raw), raw)
        return list(found.values())[:n_samples]


def _algorithm(plan: Plan, unseen: _Unseen) -> Any:
    shared = {
        "pop_size": plan.population, "sampling": _Started(plan, unseen), "eliminate_duplicates": unseen,
    }  # fmt: skip
    if plan.algorithm is Algorithm.nsga3:
        selection = TournamentSelection(func_comp=comp_by_cv_then_random)
        directions = _directions(plan.objectives, plan.population)
        return NSGA3(directions, mating=_mating(plan, selection, unseen), **shared)
    selection = TournamentSelection(func_comp=binary_tournament)
    return NSGA2(mating=_mating(plan, selection, unseen), **shared)


def _mating(plan: Plan, selection: Any, unseen: _Unseen) -> Any:
    # pymoo breeds choices one by one: left to itself it would draw half of all choices anew each time.
    chance = 1.0 / max(len(plan.variables()), 1)
    return MixedVariableMating(
        selection=selection,
        crossover={
            Binary: UX(), Real: SBX(), Integer: SBX(vtype=float, repair=RoundingRepair()), Choice: UX(),
        },
        mutation={
            Binary: BFM(), Real: PM(), Integer: PM(vtype=float, repair=RoundingRepair()),
            Choice: ChoiceRandomMutation(prob_var=min(max(chance, 0.1), 0.5)),
        },
        eliminate_duplicates=unseen,
        n_max_iterations=MOST_TRIES,
    )  # fmt: skip


def _directions(objectives: int, population: int) -> Any:
    """Return as many reference directions, evenly spread, as the population has room for."""
    if objectives == 1:
        return np.ones((1, 1))
    parts = 1
    while math.comb(parts + objectives, objectives - 1) <= population:
        parts += 1
    return get_reference_directions("das-dennis", objectives, n_partitions=parts)
