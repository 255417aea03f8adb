"""Reforms that a search tells of: present law, the shipped ones, and the found ones with their files."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from areavasta.settings import Scenario, Settings
from areavasta.settings.law import Text
from experiments import language
from experiments.engine import territory_of
from experiments.provisions import provisions
from experiments.search.evaluating import Evaluator
from experiments.search.fronts import compromise, costs_of, spread
from experiments.search.measures import Aim
from experiments.search.outcome import Tried
from experiments.search.searching import Searched
from experiments.search.tables import front_of
from experiments.search.words import aim_name, limit_name, outcomes, shown, word
from experiments.search.writing import scenario_file

SHORT = 4
"""Digits that tell files of different searches apart."""


@dataclass(frozen=True)
class Reform:
    """A found reform: its name, whether it is the recommended one, the settings of its law, what it gave."""

    name: str
    recommended: bool
    settings: Settings
    tried: Tried


def chosen_reforms(
    evaluator: Evaluator, searched: Searched, front: Sequence[Tried], horizon: int
) -> list[Reform]:
    """Return the reforms of the front that are written, in its order, and the one to look at first."""
    pick = searched.pick
    if not front or pick is None:
        return []
    if not _changes_something(evaluator, pick):
        pick = front[compromise(costs_of(front, range(len(front))))]
    costs = costs_of(front, range(len(front)))
    written = [front[position] for position in spread(costs, evaluator.settings.search.written)]
    if all(one.point != pick.point for one in written):
        written = [pick, *written]
    found = []
    for number, one in enumerate(written, start=1):
        settings = evaluator.law(one.point)
        lowest = zip(evaluator.ruler.aims, one.costs, costs.min(axis=0).tolist(), strict=False)
        roles = [aim for aim, cost, least in lowest if cost == least]
        is_pick = one.point == pick.point
        scenario = _told(evaluator, settings.scenario, one, number, (is_pick, roles), horizon)
        name = f"found_{number:02d}_{_digest(scenario)}"
        found.append(Reform(name, is_pick, replace(settings, scenario=scenario), one))
    return found


def unbeaten_reforms(evaluator: Evaluator, searched: Searched) -> list[Tried]:
    """Return what no other trial beats, in order of costs; present law, unbeaten or not, is no reform."""
    return [one for one in front_of(searched) if _changes_something(evaluator, one)]


def _changes_something(evaluator: Evaluator, one: Tried) -> bool:
    settings = evaluator.law(one.point)
    return bool(provisions(settings.present_law, settings.scenario, language.LANGUAGES[0]))


def _told(
    evaluator: Evaluator, scenario: Scenario, one: Tried, number: int,
    roles: tuple[bool, Sequence[Aim]], horizon: int,
) -> Scenario:  # fmt: skip
    """Return a scenario with a title and a reason in both languages."""
    aims = evaluator.ruler.aims
    texts: dict[str, dict[str, str]] = {"title": {}, "reason": {}}
    for lang in language.LANGUAGES:
        title = word("found", lang, number=number) if aims else word("least", lang)
        is_pick, best = roles
        told = [word("compromise", lang)] if is_pick else []
        told += [word("best_of", lang, name=language.in_sentence(aim_name(aim, lang))) for aim in best]
        if told and aims:
            title = f"{title} ({'; '.join(told)})"
        count = len(evaluator.space.levers)
        levers = language.counted(count, word("lever", lang), word("levers", lang), lang)
        texts["title"][lang] = title
        texts["reason"][lang] = _reason(evaluator, one, levers, horizon, lang).replace("\u00a0", " ")
    return replace(scenario, title=Text(**texts["title"]), reason=Text(**texts["reason"]))


def _reason(evaluator: Evaluator, one: Tried, levers: str, horizon: int, lang: str) -> str:
    if evaluator.ruler.aims:
        told = outcomes(evaluator.ruler.aims, one.objectives, lang)
        where = territory_of(evaluator.settings.territory).region_name
        return word("reason", lang, levers=levers, territory=where, year=horizon, outcomes=told)
    goal = evaluator.ruler.limits[0]
    return word(
        "goal_reason", lang, levers=levers, year=horizon, goal=limit_name(goal, lang),
        reached=shown(one.bounded[0], goal.measure, lang),
    )  # fmt: skip


def _digest(scenario: Scenario) -> str:
    plain = {key: value for key, value in asdict(scenario).items() if key not in ("title", "reason")}
    return hashlib.sha256(json.dumps(plain, sort_keys=True, default=str).encode()).hexdigest()[:SHORT]


def file_of(reform: Reform, present: Scenario, present_name: str) -> str:
    """Return the text of the file of a found reform."""
    return scenario_file(reform.settings.scenario, present, present_name)
