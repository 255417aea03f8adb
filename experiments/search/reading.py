"""Read levers from settings, and say what is wrong with them: what law does not admit is no lever."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from areavasta.functions import Function, load_catalogue
from areavasta.settings import AREA_KINDS, LEVELS, Problem, RuleWeights, Scenario, suggestion
from areavasta.settings.law import Shares
from experiments.designs.factors import Factor, Value, read_factors
from experiments.designs.keys import ranges
from experiments.search.levers import KEPT, ChoiceLever, HolderLever, Lever, NumberLever, Point
from experiments.search.mixes import MixLever
from experiments.search.space import Space

LAW = "scenario."
"""Start of the keys that can be levers."""

FUNCTIONS = "scenario.functions."

NOT_LEVERS = {
    "scenario.context.": "happens whoever governs; no law sets it",
    "scenario.services.essential_level": "is the yardstick; a reform is not better because it asks for less",
    "scenario.financing": "follows from the objectives: name new_money among them for new money",
}
"""Keys of a law, or starts of keys, that are no levers, and why."""

Found = tuple[list[Lever], list[Problem]]


def read_space(told: Mapping[str, Any], law: Scenario) -> Space:
    """Return the levers of checked settings; `law` is the law that they start from."""
    return Space(tuple(read_levers(told, law)[0]))


def read_levers(told: Mapping[str, Any], law: Scenario) -> Found:
    """Return the levers that a file or a command line tells, and what is wrong with the others."""
    levers: list[Lever] = []
    problems: list[Problem] = []
    for key, content in told.items():
        place = f"search.levers.{key}"
        found: list[Lever]
        wrong: list[Problem]
        if reason := next((why for start, why in NOT_LEVERS.items() if key.startswith(start)), None):
            found, wrong = [], [Problem(place, reason)]
        elif key.startswith(FUNCTIONS) and key.count(".") == FUNCTIONS.count("."):
            found, wrong = _holder(key, content, law)
        elif (names := _group(key)) is not None:
            found, wrong = _mix(key, content, names, law)
        else:
            found, wrong = _plain(key, content, law)
        levers += found
        problems += wrong
    return levers, [*problems, *_overlaps(levers)]


def value_at(law: Scenario, key: str) -> Any:
    """Return what a law says under a key, which begins with `scenario.`; choices by their name."""
    node: Any = law
    for name in key.removeprefix(LAW).split("."):
        node = node[name] if isinstance(node, dict) else getattr(node, name)
    return getattr(node, "value", node)


def _plain(key: str, content: Any, law: Scenario) -> Found:
    if not key.startswith(LAW):
        same = [known for known in ranges() if known.startswith(LAW) and known.endswith(f".{key}")]
        near = f"; did you mean {same[0]}?" if same else suggestion(key, [*ranges(), *_groups()])
        told = "is no key of the law; a lever begins with scenario." + (near if near else "")
        return [], [Problem(f"search.levers.{key}", told)]
    if key in ranges() and (problem := _inadmissible_cell(key)):
        return [], [Problem(f"search.levers.{key}", problem)]
    factors, problems = read_factors({key: content}, (), "search")
    renamed = [
        Problem(f"search.levers.{key}", one.message.replace("cannot be a factor", "cannot be a lever"))
        for one in problems
    ]
    return [_lever(factor, value_at(law, factor.key)) for factor in factors], renamed


def _lever(factor: Factor, present: Value) -> Lever:
    if factor.values:
        return ChoiceLever(factor, present)
    return NumberLever(factor, present if factor.whole else float(present))  # type: ignore[arg-type]


def _inadmissible_cell(key: str) -> str | None:
    """Say why a share of a function cannot be a lever: the catalogue gives that level no form."""
    if not key.startswith(FUNCTIONS):
        return None
    name, _, level = key.removeprefix(FUNCTIONS).split(".")
    function = load_catalogue().functions[load_catalogue().index[name]]
    return None if function.admits(level) else _refusal(function, level)


def _refusal(function: Function, level: str) -> str:
    return (
        f"gives {function.name_en} to a level outside its admissible forms ({', '.join(function.forms)}), "
        f"{level}: {function.legal_basis}"
    )


def _holder(key: str, content: Any, law: Scenario) -> Found:
    name, catalogue, place = key.removeprefix(FUNCTIONS), load_catalogue(), f"search.levers.{key}"
    if name not in catalogue.keys:
        return [], [Problem(place, f"is no function of the catalogue{suggestion(name, catalogue.keys)}")]
    function = catalogue.functions[catalogue.index[name]]
    chosen = _members(content, LEVELS, place, "levels")
    if isinstance(chosen, Problem):
        return [], [chosen]
    if content:
        refused = [level for level in chosen if not function.admits(level)]
        if refused:
            return [], [Problem(place, _refusal(function, refused[0]))]
    alone = sole_holder(law, name)
    levels = tuple(level for level in chosen if function.admits(level) and level != alone)
    if not levels:
        return [], [Problem(place, "has one holder whatever happens: no other level is named and admissible")]
    return [HolderLever(name, levels)], []


def sole_holder(law: Scenario, function: str) -> str | None:
    """Return the level that holds a function alone in all areas; None when there is none."""
    competence = law.functions[function]
    for level in LEVELS:
        if all(getattr(getattr(competence, kind), level) == 1.0 for kind in AREA_KINDS):
            return level
    return None


def point_of(space: Space, told: Mapping[str, Any], law: Scenario) -> Point:
    """Return the point of a space that is nearest to a law."""
    found: list[Value] = []
    for lever, other in zip(space.levers, read_space(told, law).levers, strict=True):
        values = other.base
        if isinstance(lever, HolderLever):
            alone = sole_holder(law, lever.function)
            values = (alone if alone in lever.levels else KEPT,)
        found += lever.values(lever.raw(values))
    return tuple(found)


def _groups() -> list[str]:
    """Return the keys of groups of weights and shares that sum to one."""
    rules = [f"scenario.allocation.{level}.rules" for level in ("region", "area")]
    keys = load_catalogue().keys
    return [
        *rules, *(f"{FUNCTIONS}{key}.{kind}" for key in keys for kind in ("province", "metropolitan"))
    ]  # fmt: skip


def _group(key: str) -> tuple[str, ...] | None:
    """Return the members of a group of weights that sum to one; None when the key is no such group."""
    if key not in _groups():
        return None
    return tuple(item.name for item in fields(Shares if key.startswith(FUNCTIONS) else RuleWeights))


def _mix(key: str, content: Any, names: tuple[str, ...], law: Scenario) -> Found:
    place = f"search.levers.{key}"
    chosen = _members(content, names, place, "members")
    if isinstance(chosen, Problem):
        return [], [chosen]
    if key.startswith(FUNCTIONS):
        name = key.removeprefix(FUNCTIONS).split(".")[0]
        function = load_catalogue().functions[load_catalogue().index[name]]
        refused = [level for level in chosen if not function.admits(level)]
        if content and refused:
            return [], [Problem(place, _refusal(function, refused[0]))]
        chosen = tuple(level for level in chosen if level not in refused)
    present = value_at(law, key)
    weights = tuple(float(getattr(present, name)) for name in names)
    return [MixLever(key, chosen, weights, names)], []


def _members(content: Any, names: Sequence[str], place: str, what: str) -> tuple[str, ...] | Problem:
    """Return the members that a lever names, all when it names none."""
    if content is None or content == {}:
        return tuple(names)
    if isinstance(content, str) or not isinstance(content, Sequence) or not content:
        return Problem(place, f"is {content!r}; write {{}} or a list of {what} among {', '.join(names)}")
    for member in content:
        if member not in names:
            near = suggestion(str(member), names) or f"; there are {', '.join(names)}"
            return Problem(place, f"has {member}, which is none of its {what}{near}")
    if len(set(content)) != len(content):
        return Problem(place, "has a member twice; write each once")
    return tuple(name for name in names if name in content)


def _overlaps(levers: Collection[Lever]) -> Iterator[Problem]:
    """Yield levers that move what another one moves too."""
    seen: list[Lever] = []
    for lever in levers:
        for other in seen:
            inner, outer = sorted((lever.key, other.key), key=len, reverse=True)
            if f"{inner}.".startswith(f"{outer}."):
                yield Problem(f"search.levers.{inner}", f"is part of the lever {outer}; keep one of them")
        seen.append(lever)
