"""A search from beginning to end: generations of the optimiser, random trials, the last steps of a goal."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from enum import Enum
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np

from areavasta.settings import Settings
from areavasta.settings.search import Search
from experiments.engine import Closing, territory_of
from experiments.manifest import plain_settings, settings_hash
from experiments.search.checkpoints import Checkpoints
from experiments.search.evaluating import Evaluator
from experiments.search.fronts import compromise, costs_of, unbeaten
from experiments.search.least import refine, simplify
from experiments.search.levers import Point
from experiments.search.outcome import Tried
from experiments.store.identity import code_version

if TYPE_CHECKING:
    from experiments.search.optimising import Plan

SEARCH, RANDOM, LEAST, SIMPLE = "search", "random", "least", "simple"
"""Methods: the optimiser, random trials, last steps to the least change, trials of simpler reforms."""

REPEATS = 5
"""Searches, with seeds of their own, of a check."""

DIGITS = 16
"""Digits of the name of a search."""

NO_PART = ("store", "written", "fresh", "check", "random")
"""Settings of a search that its generations do not depend on."""


@dataclass(frozen=True)
class Track:
    """One way through the space: a method and the number of its seed."""

    method: str
    repeat: int = 1

    @property
    def name(self) -> str:
        """Name in files."""
        return f"{self.method}-{self.repeat}"


@dataclass
class Searched:
    """What all tracks tried, generation by generation, and what the books of all runs say together.

    `pick` is the point to look at first: the compromise of the front, made simpler, or the least change.
    """

    tracks: dict[Track, list[list[Tried]]] = field(default_factory=dict)
    closing: Closing = field(default_factory=Closing)
    pick: Tried | None = None

    def of(self, method: str, repeat: int = 1) -> list[Tried]:
        """Return all that a track tried, in order."""
        return [one for generation in self.tracks.get(Track(method, repeat), []) for one in generation]

    @property
    def found(self) -> list[Tried]:
        """All that the first search tried, with its last steps."""
        return [*self.of(SEARCH), *self.of(LEAST), *self.of(SIMPLE)]


def run_search(
    evaluator: Evaluator, start: tuple[Point, ...], checkpoints: Checkpoints | None = None
) -> Searched:
    """Run the tracks that the settings ask for and return what they tried."""
    # Not above: reports and charts read finished searches where the optimiser may not be installed.
    from experiments.search.optimising import draw, evolve

    wanted = evaluator.settings.search
    searched = Searched()
    for repeat in range(1, (REPEATS if wanted.check else 1) + 1):
        plan = make_plan(evaluator, start, repeat)
        methods: dict[str, Callable[..., Iterator[list[Tried]]]] = {SEARCH: evolve}
        if (wanted.random or wanted.check) and evaluator.ruler.aims:
            methods[RANDOM] = draw
        for method, way in methods.items():
            track = Track(method, repeat)
            own = plan if method == SEARCH else replace(plan, seed=_seed(evaluator.settings, track))
            searched.tracks[track] = list(way(own, _teller(evaluator, searched, track, checkpoints)))
    _last_steps(evaluator, searched, checkpoints)
    return searched


def make_plan(evaluator: Evaluator, start: tuple[Point, ...], repeat: int = 1) -> "Plan":
    """Return the plan of one search."""
    from experiments.search.optimising import Plan

    wanted, aims = evaluator.settings.search, evaluator.ruler.aims
    return Plan(
        space=evaluator.space,
        objectives=len(aims) or 1,
        algorithm=wanted.algorithm,
        population=wanted.population,
        generations=wanted.generations,
        seed=_seed(evaluator.settings, Track(SEARCH, repeat)),
        start=start,
        sparse=not aims,
    )


def _last_steps(evaluator: Evaluator, searched: Searched, checkpoints: Checkpoints | None) -> None:
    """Refine the least change, or make the compromise simpler; note the point to look at first."""
    tried, space, aims = searched.of(SEARCH), evaluator.space, evaluator.ruler.aims
    front = unbeaten(tried)
    if not front:
        return
    track = Track(SIMPLE if aims else LEAST)
    tell = _teller(evaluator, searched, track, checkpoints)
    if aims:
        first = tried[front[compromise(costs_of(tried, front))]]
        effects = [aim.measure.smallest_relevant_effect for aim in aims]
        searched.tracks[track], searched.pick = simplify(space, first, effects, tell)
        return
    searched.tracks[track] = list(refine(space, tried[front[0]], tell))
    searched.pick = searched.found[unbeaten(searched.found)[0]]


def _teller(
    evaluator: Evaluator, searched: Searched, track: Track, checkpoints: Checkpoints | None
) -> Callable[[int, list[Point]], list[Tried]]:
    def tell(generation: int, points: list[Point]) -> list[Tried]:
        batch = checkpoints.recall(track.name, generation, points) if checkpoints else None
        if batch is None:
            batch = evaluator.evaluate(points)
            if checkpoints is not None and not batch.passing:
                checkpoints.note(track.name, generation, batch)
        searched.closing += batch.closing
        return batch.tried

    return tell


def _seed(settings: Settings, track: Track) -> int:
    """Return a seed that depends on `run.seed` and on the track alone."""
    words = np.random.SeedSequence([settings.run.seed, *track.name.encode()]).generate_state(1, np.uint32)
    return int(words[0])


def told_search(wanted: Search) -> dict[str, Any]:
    """Return the settings of a search as plain values, without the place of its store."""
    told: dict[str, Any] = json.loads(json.dumps(asdict(wanted), default=_plain))
    del told["store"]
    return told


def search_key(settings: Settings) -> str:
    """Return the name of a search: a hash of all that its generations depend on."""
    territory = territory_of(settings.territory)
    told = {key: value for key, value in told_search(settings.search).items() if key not in NO_PART}
    parts = {
        "settings": settings_hash(plain_settings({"scenario": settings}), territory),
        "search": told,
        "code": code_version(),
        "pymoo": version("pymoo"),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:DIGITS]


def _plain(value: object) -> Any:
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"{value!r} is no plain value")
