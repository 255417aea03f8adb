"""What is known of the territory: a state of its own, beside what is true."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from areavasta.randomness import Streams
from areavasta.settings import Law, Parameters

Numbers = NDArray[np.float64]


@dataclass
class Activity:
    """What was paid for this year, intensity 0 to 1; (area,) but for what the region does."""

    participation: Numbers
    analysis: Numbers
    information_system: Numbers
    bes_update: Numbers
    assistance: Numbers
    monitoring: float
    facilitation: float
    cost: float = 0.0
    """What all of it cost, EUR."""


@dataclass
class Knowledge:
    """Information, errors of observation, and the work on them."""

    information: Numbers
    """Stock of information, 0 to 1, (area,)."""
    need_error: Numbers
    """Error of observed need in standard deviations, (place,)."""
    need_ratio: Numbers
    """Observed over true need, (place,)."""
    bes_error: Numbers
    """Error of observed wellbeing in standard deviations, (place,)."""
    bes_known: Numbers
    """AMPI as far as news of it has come, (place,)."""
    bes_observed: Numbers
    """AMPI as observed, with lag and error, (place,)."""
    cost_error: Numbers
    """Error of the observed cost of what others hold, in standard deviations, (area, function)."""
    cost_ratio: Numbers
    """Observed over true cost of what others hold, (area, function)."""
    own_trust: Numbers
    """Trust that each commune goes back to, (place,)."""
    activity: Activity
    assistance_effect: Numbers
    """Part of the greatest effect that assistance has, (place,)."""
    information_error: float = 0.0
    """Half the distance of the region's shares from those of the same rules on true figures."""
    rule_distance: float = 0.0
    """Half the distance of those from shares of need."""


def lawful_activity(law: Law, areas: int) -> Activity:
    """Return what a law asks for, as far as everybody can pay."""
    return Activity(
        participation=np.full(areas, law.knowledge.participation),
        analysis=np.full(areas, law.knowledge.analysis),
        information_system=np.full(areas, law.knowledge.information_system),
        bes_update=np.full(areas, law.knowledge.bes_update),
        assistance=np.full(areas, law.assistance.capacity),
        monitoring=law.accountability.monitoring,
        facilitation=law.facilitation.level,
    )


def initial_knowledge(
    trust: Numbers, areas: int, functions: int, law: Law, parameters: Parameters, streams: Streams
) -> Knowledge:
    """Return what is known at the start, under present law."""
    places = trust.size
    return Knowledge(
        information=np.full(areas, parameters.knowledge.start),
        need_error=streams.of("need error").normal(places),
        need_ratio=np.ones(places),
        bes_error=streams.of("bes error").normal(places),
        bes_known=np.full(places, 100.0),
        bes_observed=np.full(places, 100.0),
        cost_error=streams.of("cost error").normal(areas * functions).reshape(areas, functions),
        cost_ratio=np.ones((areas, functions)),
        own_trust=trust.copy(),
        activity=lawful_activity(law, areas),
        assistance_effect=np.zeros(places),
    )
