"""What councils reckon with when they decide on managing one function together by agreement."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from areavasta.assignment import law_table
from areavasta.holdings import COMMUNE, UNION
from areavasta.rules.sums import positions, sum_by
from areavasta.services import TRUST_NEUTRAL, TRUST_STRENGTH, unit_cost

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel

Numbers = NDArray[np.float64]
Index = NDArray[np.intp]


@dataclass(frozen=True)
class Agreed:
    """Agreements as councils weigh them, a row for a place and function.

    `lead` is the commune that leads, `communes` how many are in it, `residents` how many they have.
    """

    place: Index
    function: Index
    lead: Index
    communes: Numbers
    residents: Numbers


def joined(*parts: Agreed) -> Agreed:
    """Return the rows of all parts, one after the other."""
    return Agreed(
        *(np.concatenate(columns) for columns in zip(*(vars(part).values() for part in parts), strict=True))
    )


class AgreementGains:
    """Gains from agreements, from constants that do not change in a run."""

    def __init__(self, model: "TerritorialModel") -> None:
        self.model = model
        catalogue, service = model.catalogue, model.parameters.service
        home = np.array([function.home == "commune" for function in catalogue.functions])
        admitted = home & catalogue.having("agreement")
        self.functions = positions(admitted)
        fundamental = np.array([function.fundamental for function in catalogue.functions])
        self.fundamental = positions(admitted & fundamental)
        better = 1.0 + service.joint_quality * catalogue.numbers("joint_quality")
        self.near = better - 1.0
        self.afar = better * (1.0 - catalogue.numbers("proximity") * service.union_distance) - 1.0
        self.coordination = model.cost_profile.coordination * model.cost_profile.agreement

    def cell(self, place: Index, function: Index) -> Index:
        """Return the position of a place and function in arrays (place, function) laid out flat."""
        return np.asarray(place * self.model.state.needed.shape[1] + function)

    def held(self, place: Index, cell: Index) -> Numbers:
        """Return the share of a function that communes hold themselves, (row,): law less delegation."""
        state, law = self.model.state, law_table(self.model)
        levels = law.shape[2]
        own = law.take(cell * levels + COMMUNE) * ~state.delegated.take(cell)
        by_law = law.take(cell * levels + UNION) * (state.union.take(place) < 0)
        return np.asarray((own + by_law) * state.needed.take(cell))

    def sizes(self) -> tuple[Numbers, Numbers]:
        """Return communes and residents of agreements by cell of their lead, zero where there is none."""
        lead = self.model.state.cooperation.lead
        member = positions(lead >= 0)
        group = self.cell(lead.take(member), member % lead.shape[1])
        communes = np.bincount(group, minlength=lead.size).astype(np.float64)
        return communes, sum_by(group, self.model.state.population[member // lead.shape[1]], lead.size)

    def gain(self, agreed: Agreed) -> Numbers:
        """Return what an agreement gives a commune over managing alone, EUR a head, (row,).

        Less cost at the slack that offices tend to, and service by its cost; as for unions, but for the
        dearer coordination and for slack, which is that of the lead commune.
        """
        model, state = self.model, self.model.state
        place, function = agreed.place, agreed.function
        residents = np.array((state.population.take(place), agreed.residents))
        scale = unit_cost(
            residents, model.cost_profile.elasticity.take(function, axis=1), model.cost_profile.floor
        )
        slack = 1.0 + state.slack_start.take(np.array((place, agreed.lead)))
        own, joint = state.base.take(self.cell(place, function)) * state.price * scale * slack
        ease = np.exp(-TRUST_STRENGTH * (state.trust.take(place) - TRUST_NEUTRAL))
        ease *= 1.0 - model.region.facilitation
        joint *= 1.0 + self.coordination.take(function) * np.log(agreed.communes) * ease
        near, afar = self.near.take(function), self.afar.take(function)
        quality = np.where(place == agreed.lead, near, afar) * (agreed.communes > 1)
        return np.asarray(own * (1.0 + quality) - joint)

    def autonomy(self, place: Index) -> Numbers:
        """Return what an agreement takes from the value of deciding alone, EUR a head, (row,)."""
        share = self.model.parameters.agreements.autonomy_share
        return self.model.state.cooperation.autonomy.take(place) * share

    def worth_of_agreeing(self, place: Index) -> Numbers:
        """Return the incentive for a function in agreement less the loss of autonomy, EUR a head, (row,)."""
        if not self.model.law.cooperation.agreement_incentives:
            return -self.autonomy(place)
        weight, by_work = self.model.reckoning.incentive_by_function()
        return np.asarray(weight.take(place) * by_work - self.autonomy(place))
