"""Checks of settings that their types alone do not make: ranges, sums, functions, forms, texts."""

import difflib
import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from areavasta.settings.law import AREA_KINDS, LEVELS, Competence, Law, RuleWeights, Scenario

if TYPE_CHECKING:
    from areavasta.functions import Catalogue
    from areavasta.settings.run import Run, Settings

SUM_TOLERANCE = 1e-9
"""Largest distance from one of shares that must sum to one; beyond rounding it is a mistake."""

LONGEST_TEXTS = {"title": 200, "reason": 2000}
"""Most characters of the texts of a scenario: a title heads charts, a reason is a paragraph of a report."""


@dataclass(frozen=True)
class Problem:
    """Say what is wrong with one key, and what would be right."""

    key: str
    message: str

    def __str__(self) -> str:
        return f"{self.key} {self.message}"


class SettingsError(ValueError):
    """Report every problem found in settings."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean X?`, or nothing when no known word is near."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean {near[0]}?" if near else ""


def choices(word: str, known: Collection[str]) -> str:
    """Return the words that would be right, with the nearest one when there is one."""
    return f"it must be one of {', '.join(known)}{suggestion(word, known)}"


def check_settings(settings: "Settings", catalogue: "Catalogue", right: "Settings | None" = None) -> None:
    """Check everything that types cannot; what is shared with settings found `right` is not looked at again.

    Raises SettingsError with all problems: a number outside its range, shares that do not sum to one,
    an unknown or missing function, a form that the catalogue does not admit, a missing text.
    """
    problems = list(_out_of_range(settings, "", right=right))
    problems += _problems_of_draws(settings.run)
    laws_are_right = (
        right is not None
        and settings.present_law is right.present_law
        and settings.scenario is right.scenario
    )
    if not laws_are_right:
        problems += _problems_of_laws(settings, catalogue, problems)
    if problems:
        raise SettingsError(dict.fromkeys(problems))


def _problems_of_laws(
    settings: "Settings", catalogue: "Catalogue", found: Sequence[Problem]
) -> list[Problem]:
    """Return the problems of present law, of the scenario and of its dated changes, beyond those found."""
    from areavasta.settings.timeline import law_timeline

    problems = check_law(settings.present_law, catalogue, "present_law")
    problems += check_law(settings.scenario, catalogue, "scenario")
    problems += _problems_of_texts(settings.scenario)
    try:
        timeline = law_timeline(settings.present_law, settings.scenario)
    except SettingsError as error:
        return problems + list(error.problems)
    # A dated change inherits the scenario's law: what is wrong there would only be told again.
    for year, law in timeline[2:] if not (problems or found) else []:
        place = f"scenario.changes.{year}"
        problems += _out_of_range(law, place, Law)
        problems += check_law(law, catalogue, place)
    return problems


def check_law(law: Law, catalogue: "Catalogue", place: str) -> list[Problem]:
    """Return the problems of one law: its competence table and its allocation rules."""
    problems = [
        Problem(f"{place}.functions.{key}", f"is unknown{suggestion(key, catalogue.keys)}")
        for key in law.functions
        if key not in catalogue.keys
    ]
    for function in catalogue.functions:
        where = f"{place}.functions.{function.key}"
        if function.key not in law.functions:
            problems.append(Problem(where, "is missing; every function of the catalogue has a holder"))
            continue
        problems += _check_competence(law.functions[function.key], function.forms, where, function)
    problems += _check_weights(law.allocation.region.rules, f"{place}.allocation.region.rules")
    problems += _check_weights(law.allocation.area.rules, f"{place}.allocation.area.rules")
    return problems


def _check_competence(
    competence: Competence, forms: tuple[str, ...], where: str, function: Any
) -> Iterator[Problem]:
    for kind in AREA_KINDS:
        shares = getattr(competence, kind)
        parts = {level: getattr(shares, level) for level in LEVELS}
        total = math.fsum(parts.values())
        if abs(total - 1.0) > SUM_TOLERANCE:
            told = ", ".join(f"{level} {part:g}" for level, part in parts.items() if part)
            yield Problem(f"{where}.{kind}", f"sums to {total:g} ({told or 'all zero'}); it must sum to 1")
        for level, part in parts.items():
            if part > 0 and not function.admits(level):
                yield Problem(
                    f"{where}.{kind}.{level}",
                    f"gives {function.name_en} to a level outside its admissible forms "
                    f"({', '.join(forms)}): {function.legal_basis}",
                )


def _check_weights(rules: RuleWeights, where: str) -> Iterator[Problem]:
    parts = {item.name: getattr(rules, item.name) for item in fields(rules)}
    total = math.fsum(parts.values())
    if abs(total - 1.0) > SUM_TOLERANCE:
        told = ", ".join(f"{name} {part:g}" for name, part in parts.items() if part)
        yield Problem(
            where,
            f"sum to {total:g} ({told or 'all zero'}); they must sum to 1: "
            "set to 0 the rules that the scenario replaces",
        )


def _problems_of_texts(scenario: Scenario) -> Iterator[Problem]:
    for text, most in LONGEST_TEXTS.items():
        for language in ("it", "en"):
            written, key = getattr(getattr(scenario, text), language), f"scenario.{text}.{language}"
            if not written.strip():
                told = f"is missing; a scenario gives its {text} in Italian (it) and English (en)"
                yield Problem(key, told)
            elif not written.strip("\n").replace("\n", " ").isprintable():
                yield Problem(key, "holds a sign that cannot be shown, such as a tab; write plain text")
            elif len(written) > most:
                yield Problem(key, f"has {len(written)} characters; write at most {most}")


def _problems_of_draws(run: "Run") -> Iterator[Problem]:
    from areavasta.settings.posterior import load_posterior
    from areavasta.settings.uncertain import constants_by_key

    known = constants_by_key()
    for key in run.held:
        if key not in known:
            yield Problem(
                "run.held", f"names {key}, which is not an uncertain constant{suggestion(key, known)}"
            )
    try:
        load_posterior(run.posterior)
    except SettingsError as error:
        yield from error.problems


def _out_of_range(node: Any, place: str, stop: type | None = None, right: Any = None) -> Iterator[Problem]:
    for name, limits in _fields(stop or type(node)):
        value, known = getattr(node, name), getattr(right, name, None)
        if value is known:
            continue
        if limits is not None:
            low, high, unit = limits
            if not (math.isfinite(value) and low <= value <= high):
                message = f"is {value:g}; it must lie between {low:g} and {high:g} ({unit})"
                yield Problem(f"{place}.{name}".lstrip("."), message)
        elif is_dataclass(value):
            yield from _out_of_range(value, f"{place}.{name}".lstrip("."), right=known)
        elif name == "functions":
            for key, competence in value.items():
                yield from _out_of_range(competence, f"{place}.functions.{key}")


@cache
def _fields(section: type) -> tuple[tuple[str, tuple[float, float, str] | None], ...]:
    """Return the fields of a section with their limits and unit, None where they have none."""
    return tuple(
        (item.name, (item.metadata["low"], item.metadata["high"], item.metadata["unit"]))
        if "low" in item.metadata
        else (item.name, None)
        for item in fields(section)
    )
