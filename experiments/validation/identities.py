"""What must hold to the cent or exactly, whatever the constants: each identity is a distance from it."""

import copy
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from areavasta.model import TerritorialModel
from areavasta.services import cost_profile
from areavasta.settings import BASE_YEAR
from experiments.engine import territory_of

if TYPE_CHECKING:
    from areavasta.settings import Settings

YEARS = 4
"""Years from 2026 that identities are run: the reform of 2027 is in force for three of them."""


@dataclass(frozen=True)
class Chance:
    """What an identity runs on: present law, a reform that moves functions, and their territory."""

    present: "Settings"
    reform: "Settings"
    seed: int

    def model(self, settings: "Settings") -> TerritorialModel:
        """Return the model of settings on this chance, with the constants as they stand."""
        return TerritorialModel(settings, self.seed, 0, 1, territory_of(settings.territory))


def books(chance: Chance) -> float:
    """Return the cents by which the books of every year fail to close, under a reform that moves money."""
    model = chance.model(chance.reform).run_years(YEARS)
    return float(sum(abs(one.discrepancy_cents) for one in model.certificates))


def null_reform(chance: Chance) -> float:
    """Return the cents by which accounts differ under a reform that changes nothing."""
    same = copy.deepcopy(chance.present)
    same.scenario.changes = {BASE_YEAR + 2: {"facilitation": {"level": same.scenario.facilitation.level}}}
    return _difference(chance.model(same), chance.model(chance.present))


def taking_and_handing_back(chance: Chance) -> float:
    """Return the cents by which accounts differ when functions move and come home within one year."""
    model = chance.model(chance.present)
    year, law = chance.reform.scenario.effective, chance.present.present_law
    model.timeline = [(0, law), (year, chance.reform.scenario), (year, copy.deepcopy(law))]
    return _difference(model, chance.model(chance.present))


def _difference(one: TerritorialModel, other: TerritorialModel) -> float:
    first, second = one.run_years(YEARS).ledger, other.run_years(YEARS).ledger
    return float(np.abs(first.balance - second.balance).sum())


def twice_the_population(chance: Chance) -> float:
    """Return the EUR by which twice the population is not twice the cost, at constant scale."""
    model = chance.model(chance.present)
    scale = replace(
        model.parameters.scale, administration_small=0.0, administration_medium=0.0, roads_small=0.0,
        roads_medium=0.0, flat_small=0.0, area=0.0,
    )  # fmt: skip
    model.cost_profile = cost_profile(model.catalogue, replace(model.parameters, scale=scale))
    model.refresh_structure()
    model.communes.plan_services()
    once = model.delivery.cost.copy()
    model.state.population = 2 * model.state.population
    model.communes.plan_services()
    return float(np.abs(model.delivery.cost - 2 * once).sum())


@dataclass(frozen=True)
class Identity:
    """An identity: its words, and how far from it the model is; zero is the only right value."""

    key: str
    unit: str
    name: dict[str, str]
    distance: Callable[[Chance], float]


IDENTITIES = {
    one.key: one
    for one in (
        Identity(
            "books_close", "cents",
            {"it": "I conti si chiudono al centesimo", "en": "Books close to the cent"}, books,
        ),
        Identity(
            "null_reform", "cents",
            {"it": "Una riforma che non cambia nulla non muove nulla", "en": "The null reform is null"},
            null_reform,
        ),
        Identity(
            "taken_and_handed_back", "cents",
            {
                "it": "Funzioni prese e restituite nello stesso anno non muovono risorse",
                "en": "Functions taken and handed back in one year move no money",
            },
            taking_and_handing_back,
        ),
        Identity(
            "twice_the_population", "euro_total",
            {
                "it": "Popolazione doppia, costo doppio, a scala costante",
                "en": "Twice the population is twice the cost, at constant scale",
            },
            twice_the_population,
        ),
    )
}  # fmt: skip
"""Pattern 8."""

PATTERN = 8


def identities(chance: Chance) -> dict[str, float]:
    """Return the distance from every identity."""
    return {key: identity.distance(chance) for key, identity in IDENTITIES.items()}
