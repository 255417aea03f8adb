"""Years that scenarios share: until the law of the first of them takes effect, present law holds in all.

Scenarios that differ in nothing else go through those years with the same numbers, so one model does it for
all of them, and goes back to their end for the next one.
"""

import copy
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import mesa

from areavasta.settings import BASE_YEAR, FIRST_YEAR, Settings, check_settings, law_timeline

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel

LASTING = (
    "accounts", "agreements", "catalogue", "cost_profile", "forms", "nearness", "parameters", "present_law",
    "programmable", "providers", "reckoning", "region", "territory", "union_slots", "wellbeing_profile",
)  # fmt: skip
"""Attributes of a model that no year changes; of the region, what it works out of the law is kept apart."""

SCENARIO_S_OWN = ("settings", "timeline", "financing")
"""Attributes of a model that come with its scenario."""

MESA_S_OWN = frozenset(vars(mesa.Model(rng=1)))
"""Attributes of a model that Mesa keeps: agents, its clock, and generators from which nobody draws."""

Changing = tuple[dict[str, Any], dict[str, Any]]
"""What years change: attributes of the model, and of its region."""


class SharedYears:
    """A model at the end of the years that scenarios share, for each of them to go on from, once.

    The model is that of any of them before its first year, and belongs to this object from then on. The
    scenarios differ in nothing else that their settings say of a run.
    """

    def __init__(self, model: "TerritorialModel", scenarios: Sequence[Settings]) -> None:
        self.model = model
        last = last_shared_year(scenarios)
        while model.year < last:
            model.step()
        self._present_law = model.settings.present_law
        self._starts = self._starting(len(scenarios))

    def go_on(self, settings: Settings) -> "TerritorialModel":
        """Return the model as it was at the end of the shared years, under the scenario of settings.

        It is the same model each time: read it before another scenario goes on. After a year that fails
        nobody can go on: Mesa's clock may have stopped. Raises SettingsError for settings that cannot hold,
        ValueError for those that differ in more than their scenario.
        """
        model = self.model
        if not _differ_in_scenario_alone(settings, model.settings):
            raise ValueError("scenarios that share years differ in more than their scenario")
        own, of_region = next(self._starts)
        model.__dict__.update(own)
        model.region.__dict__.update(of_region)
        check_settings(settings, model.catalogue, right=model.settings)
        # The law in force is told by the object that it is: present law stays the one of the shared years.
        unchanged = settings.scenario is settings.present_law
        scenario = self._present_law if unchanged else settings.scenario
        model.settings = settings
        model.timeline = law_timeline(self._present_law, scenario)
        model.financing = scenario.financing
        return model

    def _starting(self, scenarios: int) -> Iterator[Changing]:
        """Yield what each scenario starts from; the first finds it in the model, the last needs no copy."""
        here = self._changing()
        kept = self._copy(here) if scenarios > 1 else here
        yield here
        for others in reversed(range(scenarios - 1)):
            yield self._copy(kept) if others else kept

    def _changing(self) -> Changing:
        apart = {*LASTING, *SCENARIO_S_OWN, *MESA_S_OWN}
        own = {name: value for name, value in vars(self.model).items() if name not in apart}
        return own, vars(self.model.region).copy()

    def _copy(self, parts: Changing) -> Changing:
        """Return a copy of everything but the model itself and what lasts."""
        lasting = [self.model, *(getattr(self.model, name) for name in LASTING)]
        return copy.deepcopy(parts, {id(one): one for one in lasting})


def _differ_in_scenario_alone(one: Settings, other: Settings) -> bool:
    """Return whether two runs of one pair are the same in everything that counts but their scenario."""
    parts = attrgetter("present_law", "parameters", "territory", "run.years", "run.posterior")
    same = all(left is right or left == right for left, right in zip(parts(one), parts(other), strict=True))
    return same and set(one.run.held) == set(other.run.held)


def last_shared_year(scenarios: Sequence[Settings]) -> int:
    """Return the last year in which present law holds in every scenario, or the last that is simulated."""
    effective = min(one.scenario.effective for one in scenarios)
    return max(min(effective - 1, BASE_YEAR - 1 + scenarios[0].run.years), FIRST_YEAR - 1)
