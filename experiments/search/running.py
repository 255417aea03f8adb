"""From settings to a folder of results: the search, the laws it is compared with, and all that is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from areavasta.settings import Settings
from experiments._config_files import GROUPS, PRESENT_LAW, options
from experiments._hydra import Invocation, compose_reform
from experiments.engine import Closing, engine_of, territory_of
from experiments.manifest import finish_manifest, make_manifest
from experiments.results import origin_of
from experiments.search.checkpoints import Checkpoints
from experiments.search.evaluating import Evaluator
from experiments.search.levers import Point
from experiments.search.measures import Cases, make_ruler
from experiments.search.outcome import Tried, measured
from experiments.search.promises import Fresh, run_fresh
from experiments.search.reading import point_of, read_space
from experiments.search.reforms import Reform, chosen_reforms, unbeaten_reforms
from experiments.search.results import (
    CHECK,
    CONVERGENCE,
    EFFECTS,
    EVALUATIONS,
    FRESH,
    FRONT,
    REFORMS,
    Named,
    SearchOutcome,
    created_on,
    describe,
    write_scenarios,
    write_tables,
)
from experiments.search.searching import Searched, run_search, search_key
from experiments.search.tables import (
    convergence,
    effects,
    evaluations,
    hypervolumes,
    spreads,
    tried_row,
)
from experiments.sensitivity.results import told_hash
from experiments.simulation import chosen
from experiments.store import RunStore
from experiments.terminal import run_progress


@dataclass(frozen=True)
class Laws:
    """What present law, named reforms and found ones gave, and what their books say together."""

    named: list[Named]
    front: list[Tried]
    reforms: list[Reform]
    cases: dict[str, Cases]
    closing: Closing


def run_and_write(
    folder: Path, settings: Settings, invocation: Invocation, created: datetime
) -> tuple[SearchOutcome, dict[str, Any]]:
    """Search and write everything but the manifest, which is returned with the outcome."""
    present = chosen(invocation.overrides, "scenarios@present_law", PRESENT_LAW)
    with run_progress(settings.lang.value) as progress:
        evaluator = make_evaluator(settings, invocation, progress)
        checkpoints = Checkpoints(evaluator.store.path, search_key(settings))
        searched = run_search(evaluator, start_points(evaluator, invocation), checkpoints)
        laws = run_named(evaluator, searched, invocation, present)
        fresh = _fresh(evaluator, laws)
    frames = _frames(evaluator, searched, laws, fresh)
    write_tables(folder, frames)
    plain = compose_reform(_without_law(invocation.overrides), present, invocation.root).scenario
    write_scenarios(folder, laws.reforms, plain, present)
    compared = {present: replace(settings, scenario=settings.present_law)}
    compared |= {reform.name: reform.settings for reform in laws.reforms}
    manifest = make_manifest("search", compared, territory_of(settings.territory), created, invocation.root)
    manifest["search"] = describe(evaluator, searched, laws.front, laws.reforms, laws.named)
    manifest["settings_hash"] = told_hash(manifest["settings_hash"], manifest["search"])
    closing = searched.closing + laws.closing + (fresh.closing if fresh else Closing())
    finish_manifest(manifest, folder, closing, EVALUATIONS)
    return _outcome(evaluator, searched, laws, fresh, frames, manifest), manifest


def make_evaluator(settings: Settings, invocation: Invocation, progress: Any = None) -> Evaluator:
    """Return what tries points, with the store that settings name."""
    wanted = settings.search
    path = Path(wanted.store).absolute() if wanted.store else invocation.root / "results" / "store"
    store = RunStore(path, engine_of(settings.engine))
    space = read_space(wanted.levers, settings.scenario)
    return Evaluator(settings, space, make_ruler(wanted), store, progress)


def start_points(evaluator: Evaluator, invocation: Invocation) -> tuple[Point, ...]:
    """Return the points that a search starts from: the base, and what named scenarios do with its levers."""
    space, wanted = evaluator.space, evaluator.settings.search
    points = [space.base]
    for name in wanted.start:
        law = compose_reform(invocation.overrides, name, invocation.root).scenario
        points.append(point_of(space, wanted.levers, law))
    return tuple(dict.fromkeys(points))


def run_named(evaluator: Evaluator, searched: Searched, invocation: Invocation, present: str) -> Laws:
    """Run present law, the shipped or named reforms, and the found ones that are written."""
    settings, horizon = evaluator.settings, horizon_of(evaluator.settings)
    names = settings.reforms or options(invocation.root, GROUPS["scenarios"])
    others = {
        name: compose_reform(invocation.overrides, name, invocation.root)
        for name in dict.fromkeys(names)
        if name != present
    }
    front = unbeaten_reforms(evaluator, searched)
    reforms = chosen_reforms(evaluator, searched, front, horizon)
    whole = {present: replace(settings, scenario=settings.present_law), **others}
    results, closing = evaluator.run_laws([*whole.values(), *(reform.settings for reform in reforms)])
    named = [
        _named(evaluator, name, law, result)
        for (name, law), result in zip(whole.items(), results, strict=False)
    ]
    keys = [*whole, *(reform.name for reform in reforms)]
    cases = {key: one for key, one in zip(keys, results, strict=True) if isinstance(one, Cases)}
    return Laws(named, front, reforms, cases, closing)


def horizon_of(settings: Settings) -> int:
    """Return the last simulated year."""
    from areavasta.settings import BASE_YEAR

    return BASE_YEAR + settings.run.years - 1


def _named(evaluator: Evaluator, name: str, law: Settings, result: Cases | str) -> Named:
    scenario = law.scenario
    title = {"it": scenario.title.it, "en": scenario.title.en}
    new = scenario.financing.value == "new_money"
    if isinstance(result, str):
        return Named(name, title, new, None, result)
    tried = evaluator.measure((), result) if evaluator.ruler.aims else measured((), (), ())
    return Named(name, title, new, tried)


def _fresh(evaluator: Evaluator, laws: Laws) -> Fresh | None:
    if not evaluator.settings.search.fresh or not laws.reforms:
        return None
    return run_fresh(evaluator, laws.reforms, laws.cases)


def _frames(
    evaluator: Evaluator, searched: Searched, laws: Laws, fresh: Fresh | None
) -> dict[str, pd.DataFrame]:
    space, ruler = evaluator.space, evaluator.ruler
    names = {reform.tried.point: reform for reform in laws.reforms}
    unbeaten, front = laws.front, []
    beside = [reform.tried for reform in laws.reforms if reform.tried not in unbeaten]
    for one in [*unbeaten, *beside]:
        reform = names.get(one.point)
        head = {
            "name": reform.name if reform else "", "recommended": bool(reform and reform.recommended),
            "unbeaten": one in unbeaten,
        }  # fmt: skip
        told = spreads(ruler, laws.cases[reform.name]) if reform else {}
        front.append({**head, **tried_row(space, ruler, one), **told})
    base = evaluator.base
    frames = {
        EVALUATIONS: evaluations(space, ruler, searched),
        FRONT: pd.DataFrame(front),
        REFORMS: pd.DataFrame(
            [
                _named_row(evaluator, one, laws.cases, unbeaten) | {"present_law": one is laws.named[0]}
                for one in laws.named
            ]
        ),
        EFFECTS: effects(_but_first(laws.cases), base, evaluator, horizon_of(evaluator.settings)),
        CONVERGENCE: convergence(ruler, searched),
    }
    if fresh is not None:
        frames[FRESH] = fresh.table
    if evaluator.settings.search.check and ruler.aims:
        frames[CHECK] = hypervolumes(searched)
    return frames


def _but_first(cases: Mapping[str, Cases]) -> dict[str, Cases]:
    return dict(list(cases.items())[1:])


def _named_row(
    evaluator: Evaluator, one: Named, cases: Mapping[str, Cases], front: Sequence[Tried]
) -> dict[str, Any]:
    head = {
        "name": one.name, "title_it": one.title["it"], "title_en": one.title["en"],
        "new_money": one.new_money, "problem": one.problem,
    }  # fmt: skip
    if one.tried is None or not evaluator.ruler.aims:
        return head
    ruler = evaluator.ruler
    return {
        **head,
        **dict(zip((aim.key for aim in ruler.aims), one.tried.objectives, strict=True)),
        **{limit.name: value for limit, value in zip(ruler.limits, one.tried.bounded, strict=True)},
        "holds": one.tried.holds,
        "standing": one.standing(front).value,
        **spreads(ruler, cases[one.name]),
    }


def _outcome(
    evaluator: Evaluator, searched: Searched, laws: Laws, fresh: Fresh | None,
    frames: Mapping[str, pd.DataFrame], manifest: Mapping[str, Any],
) -> SearchOutcome:  # fmt: skip
    return SearchOutcome(
        evaluator=evaluator,
        searched=searched,
        front=laws.front,
        reforms=laws.reforms,
        named=laws.named,
        effects=frames[EFFECTS],
        convergence=frames[CONVERGENCE],
        fresh=fresh,
        horizon=manifest["horizon"],
        run_id=manifest["run_id"],
        settings_hash=manifest["settings_hash"],
        created=created_on(manifest),
        territory_name=manifest["territory"]["name"],
        origin=origin_of(manifest),
    )


def _without_law(overrides: tuple[str, ...]) -> tuple[str, ...]:
    """Return arguments but those that write keys of the scenario: its file stands as it is."""
    return tuple(one for one in overrides if not one.lstrip("+").startswith("scenario."))
