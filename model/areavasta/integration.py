"""Integration: where plans align spending, services of a domain stand in for each other more easily."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from areavasta.agents.programming import covered_domains
from areavasta.rules.integration import composed, exponents
from areavasta.wellbeing import LEAST_FELT, domain_service, neighbour_mean

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel

Numbers = NDArray[np.float64]


def alignment_felt(model: "TerritorialModel") -> Numbers:
    """Return the alignment that communes feel, their own and a part of their neighbours'.

    The shape is (place, domain), or (place, 1) where unions align nothing and all domains are alike.
    """
    programmes, territory = model.state.programmes, model.territory
    own = programmes.of_areas.alignment[:, np.newaxis]
    if programmes.of_unions.alignment.any():
        own = own + programmes.of_unions.alignment[:, np.newaxis] * model.communal_part
    near = neighbour_mean(own, territory.neighbour_start, territory.neighbour_index)
    alone = territory.neighbour_start[1:] == territory.neighbour_start[:-1]
    spillover = model.parameters.integration.spillover * np.where(alone[:, np.newaxis], 0.0, near)
    return np.minimum(1.0, own + spillover)


def communal_part(weights: Numbers, admitted: NDArray[np.bool_], communal: NDArray[np.bool_]) -> Numbers:
    """Return the weight of communal functions in those that programmes may cover, (domain,).

    `weights` of functions in domains, (function, domain); `admitted` and `communal` say which functions
    programmes may cover, and which of them are communal, (function,).
    """
    total = weights[admitted].sum(axis=0)
    return np.asarray(weights[communal].sum(axis=0) / np.where(total > 0, total, 1.0))


def service_by_domain(model: "TerritorialModel") -> Numbers:
    """Return services as each domain feels them, (place, domain); what is aligned complements less."""
    profile, felt = model.wellbeing_profile, model.state.felt
    sought = model.law.integration.alignment
    if sought <= 0 or not model.state.programmes.alignment.any():
        return domain_service(felt, profile)
    strength = sought * model.parameters.integration.complementarity * alignment_felt(model)
    return composed(
        np.log(np.maximum(felt, LEAST_FELT)), profile.weights, model.programmable.domain,
        exponents(profile.constants.substitution, strength * covered_domains(model.law)),
    )  # fmt: skip
