"""Checks of what a search is asked for, before anything runs."""

import math
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from areavasta.settings import Problem, Scenario, SettingsError, suggestion
from areavasta.settings.search import Goal, Measured, Search
from areavasta.settings.timeline import law_timeline
from experiments.search.measures import DEFAULT_OBJECTIVES, NEW_MONEY, SPECIAL, Measure, measures
from experiments.search.reading import read_levers

DIRECTIONS = ("up", "down")
AIM_KEYS = ("direction", "toward")
LIMIT_KEYS = ("at_least", "at_most", "of")


def search_problems(wanted: Search, law: Scenario, scenarios: Collection[str]) -> list[Problem]:
    """Return everything wrong with a search that its types do not tell."""
    problems = read_levers(wanted.levers, law)[1]
    problems += _objective_problems(wanted)
    problems += _constraint_problems(wanted)
    problems += _goal_problems(wanted.goal)
    problems += _shock_problems(wanted.shocks, law)
    problems += [
        Problem("search.start", f"names {name}, which is no scenario{suggestion(name, scenarios)}")
        for name in wanted.start
        if name not in scenarios
    ]
    return problems


def _objective_problems(wanted: Search) -> Iterator[Problem]:
    for key, content in wanted.objectives.items():
        place, known = f"search.objectives.{key}", measures()
        if key not in known:
            yield Problem(place, f"is no indicator{suggestion(key, known)}")
        elif not isinstance(content or {}, Mapping):
            yield Problem(place, f"is {content!r}; write {{}}, {{direction: up}} or {{toward: 0}}")
        else:
            yield from _aim_problems(place, known[key], content or {})


def _aim_problems(place: str, measure: Measure, content: Mapping[str, Any]) -> Iterator[Problem]:
    unknown = [key for key in content if key not in AIM_KEYS]
    if unknown:
        yield Problem(
            place,
            f"has the key {unknown[0]}; there are {', '.join(AIM_KEYS)}{suggestion(unknown[0], AIM_KEYS)}",
        )
    elif "toward" in content:
        if not _is_number(content["toward"]):
            yield Problem(place, f"has toward {content['toward']!r}; it must be a number")
        elif measure.key in SPECIAL:
            yield Problem(place, "has toward, but it is a difference; give it a direction or nothing")
    elif "direction" in content and content["direction"] not in DIRECTIONS:
        yield Problem(place, f"has direction {content['direction']!r}; it must be up or down")
    elif not content and measure.better == 0:
        yield Problem(
            place, "is neither better high nor low; write {direction: up}, {direction: down} or {toward: 0}"
        )


def _constraint_problems(wanted: Search) -> Iterator[Problem]:
    for key, content in wanted.constraints.items():
        place, known = f"search.constraints.{key}", measures()
        if key not in known:
            yield Problem(place, f"is no indicator{suggestion(key, known)}")
        elif not isinstance(content, Mapping) or not content:
            yield Problem(place, f"is {content!r}; write {{at_most: 5}} or {{at_least: 0, of: difference}}")
        else:
            yield from _limit_problems(place, content)


def _limit_problems(place: str, content: Mapping[str, Any]) -> Iterator[Problem]:
    unknown = [key for key in content if key not in LIMIT_KEYS]
    if unknown:
        near = suggestion(unknown[0], LIMIT_KEYS)
        yield Problem(place, f"has the key {unknown[0]}; there are {', '.join(LIMIT_KEYS)}{near}")
        return
    if content.get("of", Measured.level.value) not in Measured.__members__:
        yield Problem(place, f"is of {content['of']!r}; it must be level or difference")
    bounds = [content.get(key) for key in ("at_least", "at_most")]
    if all(bound is None for bound in bounds):
        yield Problem(place, "has no bound; write at_most or at_least")
    for bound in bounds:
        if bound is not None and not _is_number(bound):
            yield Problem(place, f"has the bound {bound!r}; it must be a number")


def _goal_problems(goal: Goal) -> Iterator[Problem]:
    bounds = [goal.at_most, goal.at_least]
    if goal.indicator is None:
        if any(bound is not None for bound in bounds):
            yield Problem(
                "search.goal", "has a bound but no indicator; write {indicator: below_essential, at_most: 10}"
            )
        return
    known = measures()
    if goal.indicator not in known:
        yield Problem(
            "search.goal.indicator",
            f"is {goal.indicator}, which is no indicator{suggestion(goal.indicator, known)}",
        )
    if all(bound is None for bound in bounds):
        yield Problem("search.goal", f"says nothing of {goal.indicator}; write at_most or at_least")


def _shock_problems(shocks: Mapping[str, Any], law: Scenario) -> Iterator[Problem]:
    from dataclasses import replace

    for name, changes in shocks.items():
        place = f"search.shocks.{name}"
        if not isinstance(changes, Mapping) or not all(isinstance(year, int) for year in changes):
            yield Problem(
                place,
                "is no group of years; write {2030: {equalisation: {cut_per_head: 40.0}}}, or {} for none",
            )
            continue
        try:
            law_timeline(law, replace(law, changes=merged(law.changes, changes)))
        except SettingsError as error:
            for problem in error.problems:
                told = problem.key.removeprefix("scenario.changes.")
                yield Problem(f"{place}.{told}", problem.message)


def merged(first: Mapping[Any, Any], second: Mapping[Any, Any]) -> dict[Any, Any]:
    """Return dated changes of two sources; where both write a key, the second holds."""
    both = dict(first)
    for key, value in second.items():
        own = both.get(key)
        both[key] = merged(own, value) if isinstance(own, Mapping) and isinstance(value, Mapping) else value
    return both


def new_money(wanted: Search) -> bool:
    """Say whether new money is a stated objective: else reforms are searched at equal money."""
    return NEW_MONEY in (wanted.objectives or DEFAULT_OBJECTIVES) and not wanted.goal.indicator


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
