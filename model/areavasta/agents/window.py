"""Communes, unions and areas as agents: each looks on one row of the arrays of its level."""

from typing import TYPE_CHECKING

import mesa

if TYPE_CHECKING:
    from areavasta.model import TerritorialModel


class Window(mesa.Agent):
    """A body of a level; `index` is its row."""

    model: "TerritorialModel"

    def __init__(self, model: "TerritorialModel", index: int) -> None:
        super().__init__(model)
        self.index = index
