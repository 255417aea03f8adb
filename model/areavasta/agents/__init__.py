"""Bodies of government: each decides in its own module, over the arrays of the state."""

from areavasta.agents.area import Areas, MetropolitanCity, Province
from areavasta.agents.commune import Commune, Communes
from areavasta.agents.national_state import NationalState
from areavasta.agents.region import Region
from areavasta.agents.residents import Residents
from areavasta.agents.union import Union, Unions

__all__ = [
    "Areas",
    "Commune",
    "Communes",
    "MetropolitanCity",
    "NationalState",
    "Province",
    "Region",
    "Residents",
    "Union",
    "Unions",
]
