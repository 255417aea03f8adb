"""Last steps: to the least change that reaches a goal, and to a simpler reform that does as well."""

from collections.abc import Callable, Iterator, Sequence

from experiments.search.levers import Point
from experiments.search.outcome import Tried
from experiments.search.space import Space

MOST_ROUNDS = 40
"""Rounds after which refinement ends at any rate."""

AS_WELL = 0.1
"""Part of a smallest relevant effect by which a simpler reform may do less well, in each objective."""

HALFWAY = 0.5
"""Part of the way to its base that a lever goes first."""

Tell = Callable[[int, list[Point]], list[Tried]]
"""Ask what points give, in a round."""


def refine(space: Space, best: Tried, tell: Tell) -> Iterator[list[Tried]]:
    """Yield what each round gave; the next one starts from the point of least cost that holds.

    Levers go back to their base, or halfway to it; when nothing of that is better, a quarter of the way,
    and so on until values round to where they are.
    """
    known, way = {best.point}, HALFWAY
    for number in range(1, MOST_ROUNDS + 1):
        steps = dict.fromkeys(nearer(space, best.point, way))
        if set(steps) <= {best.point, *_bases(space, best.point)} and way < HALFWAY:
            return
        points = [point for point in steps if point not in known]
        known.update(points)
        tried = tell(number, points) if points else []
        if points:
            yield tried
        better = [one for one in tried if one.holds and one.costs < best.costs]
        best, way = (min(better, key=lambda one: one.costs), way) if better else (best, way / 2.0)


def nearer(space: Space, point: Point, way: float) -> Iterator[Point]:
    """Yield points that differ in one lever: at its base, then part of the way to it."""
    yield from _bases(space, point)
    parts = space.parts(point)
    for position, (lever, part) in enumerate(zip(space.levers, parts, strict=True)):
        if part != lever.base:
            moved = [*parts[:position], lever.nearer(part, way), *parts[position + 1 :]]
            yield tuple(value for one in moved for value in one)


def _bases(space: Space, point: Point) -> list[Point]:
    """Return points with one lever at its base."""
    parts = enumerate(zip(space.levers, space.parts(point), strict=True))
    return [_reset(space, point, [at]) for at, (lever, part) in parts if part != lever.base]


def simplify(
    space: Space, one: Tried, effects: Sequence[float], tell: Tell
) -> tuple[list[list[Tried]], Tried]:
    """Return what was tried round by round, and the simplest reform found that does as well as another.

    Levers that matter least, each for itself, go back to their base together: all of which none matters
    alone, then half as many, and so on until it does as well. `effects` are the smallest relevant ones.
    """
    moved = [
        position
        for position, (lever, part) in enumerate(zip(space.levers, space.parts(one.point), strict=True))
        if part != lever.base
    ]
    if not moved:
        return [], one
    rounds = [tell(1, [_reset(space, one.point, [position]) for position in moved])]
    harm = {position: _harm(alone, one, effects) for position, alone in zip(moved, rounds[0], strict=True)}
    idle = sorted((position for position in moved if harm[position] <= AS_WELL), key=lambda at: harm[at])
    while idle:
        rounds.append(tell(len(rounds) + 1, [_reset(space, one.point, idle)]))
        (together,) = rounds[-1]
        if _harm(together, one, effects) <= AS_WELL:
            return rounds, together
        idle = idle[: len(idle) // 2]
    return rounds, one


def _harm(simpler: Tried, one: Tried, effects: Sequence[float]) -> float:
    """Return how much less well a point does, in smallest relevant effects of the worst objective."""
    if not simpler.holds:
        return float("inf")
    pairs = zip(simpler.costs, one.costs, effects, strict=True)
    return max((cost - before) / effect for cost, before, effect in pairs)


def _reset(space: Space, point: Point, positions: Sequence[int]) -> Point:
    parts = enumerate(zip(space.levers, space.parts(point), strict=True))
    return tuple(value for at, (lever, part) in parts for value in (lever.base if at in positions else part))
