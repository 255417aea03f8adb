"""Unions of communes: they deliver the functions their members gave them."""

from typing import TYPE_CHECKING

import numpy as np

from areavasta.agents.joining import vote_functions
from areavasta.agents.union_programming import draft_in_unions, pay_in_unions
from areavasta.agents.window import Window
from areavasta.holdings import UNION

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel


class Union(Window):
    """A window on one union."""

    @property
    def key(self) -> str:
        """Key of the union."""
        return self.model.union_slots.keys[self.index]

    @property
    def name(self) -> str:
        """Name of the union."""
        return self.model.union_slots.names[self.index]

    @property
    def members(self) -> int:
        """Number of member communes."""
        return int(np.count_nonzero(self.model.state.union == self.index))

    @property
    def functions(self) -> tuple[str, ...]:
        """Keys of the functions it holds for at least one member."""
        members = self.model.state.union == self.index
        held = (self.model.state.shares[members, :, UNION] > 0).any(axis=0)
        return tuple(self.model.catalogue.keys[function] for function in np.flatnonzero(held))


class Unions:
    """All unions, deciding at once."""

    def __init__(self, model: "TerritorialModel") -> None:
        self.model = model

    def vote_functions(self) -> None:
        """Vote, each union at most once a year, to take a further function of its members."""
        vote_functions(self.model)

    def draft_programmes(self) -> None:
        """Draft programmes for their members when programmes are due and the law asks unions to."""
        draft_in_unions(self.model)

    def pay_for_programmes(self) -> None:
        """Pay, from quotas of their members, for plans and for signatures."""
        pay_in_unions(self.model)
