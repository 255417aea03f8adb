"""What a user of the dashboard asks for: checked against what there is, and bounded."""

import hashlib
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from areavasta.functions import load_catalogue
from areavasta.settings import Run, Scenario, Settings, SettingsError, check_settings
from areavasta.settings.law import Text
from areavasta.territory import Territory, TerritoryError
from experiments._config_files import GROUPS, PRESENT_LAW, ConfigurationError, options
from experiments._hydra import PROJECT_ROOT, compose
from experiments.dashboard.findings import found_reforms
from experiments.dashboard.levers import Value, scenario_with
from experiments.engine import territory_of

PAIRS = (1, 5, 10, 20)
"""Numbers of pairs on offer: one with the central values, or as many draws of the parameters."""

MOST_YEARS = 30

MOST_SEED = 2**31

MOST_COMMUNES = 1_000
"""Communes of the largest territory that the dashboard simulates; larger ones are for the command line."""

DEFAULT_SCENARIO = "multilevel_governance"

DIGITS = 6

PREFIX = "dashboard"
"""Start of the names of scenarios that were made here."""

CHANGED_TITLE = Text("{title}, con modifiche", "{title}, with changes")

COMPOSING = threading.Lock()
"""Hydra keeps one state for the whole process."""


class RequestError(ValueError):
    """Report what cannot be asked for, in one line."""


@dataclass(frozen=True)
class Request:
    """One comparison that is asked for: scenario, moved levers, territory, years, seed, number of pairs."""

    territory: str = "emilia_romagna"
    base: str = DEFAULT_SCENARIO
    moves: Mapping[str, Value] = field(default_factory=dict)
    years: int = 15
    seed: int = 1
    pairs: int = 1

    @property
    def name(self) -> str:
        """The name of the scenario: that of its file, or one of its own when levers were moved."""
        if not self.moves and self.base != PRESENT_LAW:
            return self.base
        told = json.dumps([self.base, dict(sorted(self.moves.items()))])
        return f"{PREFIX}_{hashlib.sha256(told.encode()).hexdigest()[:DIGITS]}"

    @property
    def run(self) -> Run:
        """The settings of the runs: one pair has the central values, several a draw of parameters each."""
        return Run(self.years, 0 if self.pairs == 1 else self.pairs, 1, self.seed, 1)

    @property
    def arguments(self) -> list[str]:
        """What the command line says for the same comparison."""
        return [
            f"reforms=[{self.name}]",
            f"territory={self.territory}",
            f"run.years={self.years}",
            f"run.draws={self.run.draws}",
            f"run.replicates={self.run.replicates}",
            f"run.seed={self.seed}",
        ]

    def check(self) -> None:
        """Raise RequestError when something is not on offer or out of bounds."""
        for what, chosen, known in (
            ("scenario", self.base, (*scenario_names(), *found_reforms())),
            ("territory", self.territory, territory_names()),
            ("pairs", self.pairs, PAIRS),
        ):
            if chosen not in known:
                raise RequestError(f"{what} {str(chosen)[:60]!r} is not there; there are {known}")
        for what, number, most in (("years", self.years, MOST_YEARS), ("seed", self.seed, MOST_SEED)):
            if type(number) is not int or not 1 <= number <= most:
                raise RequestError(f"{what} must be a whole number from 1 to {most}")


def opening_request() -> Request:
    """Return what every page opens with: the reform of all instruments, present law where it is not there."""
    return Request(base=DEFAULT_SCENARIO if DEFAULT_SCENARIO in scenario_names() else PRESENT_LAW)


def scenario_names() -> tuple[str, ...]:
    """Return the scenarios that the project has, present law first."""
    names = options(PROJECT_ROOT, GROUPS["scenarios"])
    return (PRESENT_LAW, *(name for name in names if name != PRESENT_LAW))


def territory_names() -> tuple[str, ...]:
    """Return the territories that the project has."""
    return tuple(options(PROJECT_ROOT, GROUPS["territory"]))


@lru_cache(maxsize=64)
def _composed(base: str, territory: str) -> Settings:
    with COMPOSING:
        return compose(f"scenarios={base}", f"territory={territory}")


def composed(base: str, territory: str) -> Settings:
    """Return settings as files, or a search, have them; raise RequestError when one is wrong."""
    try:
        if found := found_reforms().get(base):
            return replace(_composed(PRESENT_LAW, territory), scenario=found)
        return _composed(base, territory)
    except ConfigurationError as error:
        raise RequestError("; ".join(error.lines)) from None


def base_scenario(base: str, territory: str) -> Scenario:
    """Return a scenario as its file has it; raise RequestError when the file is wrong."""
    return composed(base, territory).scenario


def settings_of(request: Request) -> dict[str, Settings]:
    """Return the settings of present law and of the scenario asked for, in this order.

    Raises RequestError when they cannot hold.
    """
    request.check()
    base = base_scenario(request.base, request.territory)
    first = replace(composed(request.base, request.territory), run=request.run)
    try:
        scenario = scenario_with(base, request.moves)
        if request.moves:
            scenario.title = Text(
                CHANGED_TITLE.it.format(title=base.title.it), CHANGED_TITLE.en.format(title=base.title.en)
            )
        reform = replace(first, scenario=scenario)
        check_settings(reform, load_catalogue())
    except SettingsError as error:
        raise RequestError("; ".join(map(str, error.problems))) from None
    return {PRESENT_LAW: replace(first, scenario=first.present_law), request.name: reform}


def territory_asked(request: Request) -> Territory:
    """Return the territory; raise RequestError when its tables are wrong or it is too large."""
    request.check()
    try:
        territory = territory_of(composed(request.base, request.territory).territory)
    except TerritoryError as error:
        raise RequestError("; ".join(str(error).splitlines())) from None
    if len(territory.codes) > MOST_COMMUNES:
        raise RequestError(
            f"{request.territory} has {len(territory.codes)} communes; the dashboard takes {MOST_COMMUNES}, "
            "the command line takes all"
        )
    return territory


def tables_folder(request: Request) -> Path | None:
    """Return the folder of the territory's tables, None when it is generated."""
    from areavasta.territory_choice import territory_folder

    return territory_folder(composed(request.base, request.territory).territory)
