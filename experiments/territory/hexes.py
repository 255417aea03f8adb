"""One commune, one hexagon: cells near the true places, with areas and unions kept in one piece."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

Cell = tuple[int, int]
Numbers = NDArray[np.float64]

STEPS: tuple[Cell, ...] = ((1, 0), (-1, 0), (0, 1), (0, -1), (-1, 1), (1, -1))
"""Axial steps to the six cells around a cell."""

MARGIN_CELLS = 4
"""Empty cells kept around the region for communes that crowding pushes out."""

BORDER_WEIGHT = {"area": 0.9, "union": 0.12, "empty": 0.2}
"""Worth of a side between two areas, two unions, or towards an empty cell, in squared cell widths."""

REACH = 3
"""Steps within which a commune looks for a better cell."""

ROUNDS = 60
"""Passes over all communes; the search stops at the first pass that moves none."""


def assigned_cells(
    position_m: Numbers, area_km2: Numbers, area: Sequence[str], union: Sequence[str]
) -> list[Cell]:
    """Return one cell (q, r) of a pointy-top grid for each commune.

    Cells have the mean area of a commune. First each commune takes the nearest free cell, all squared
    distances minimised together; then pairs and empty cells are exchanged while that makes distances
    plus borders of areas and unions shorter.
    """
    width = float(np.sqrt(area_km2.mean() * 1e6 * 2.0 / np.sqrt(3.0)))
    places = (position_m - position_m.min(axis=0)) / width
    cells = _candidates(places)
    centres = np.array([centre(cell) for cell in cells])
    apart = ((places[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2)
    _, taken = linear_sum_assignment(np.round(apart, 9))
    search = _Search(cells, np.round(apart, 9), [int(cell) for cell in taken], area, union)
    search.run()
    return [cells[cell] for cell in search.cell_of]


def centre(cell: Cell) -> tuple[float, float]:
    """Return the centre of a cell, in cell widths, y to the north."""
    q, r = cell
    return q + r / 2.0, r * np.sqrt(3.0) / 2.0


def _candidates(places: Numbers) -> list[Cell]:
    """Return the cells of a box around all places."""
    right, top = places.max(axis=0) + MARGIN_CELLS
    rows = range(-MARGIN_CELLS, int(top * 2 / np.sqrt(3.0)) + 1)
    columns = range(-MARGIN_CELLS, int(right) + 1)
    return [(column - r // 2, r) for r in rows for column in columns]


class _Search:
    """Exchange of cells that lowers distance plus borders; plain lists, in a fixed order."""

    def __init__(
        self, cells: list[Cell], apart: Numbers, cell_of: list[int], area: Sequence[str], union: Sequence[str]
    ) -> None:
        number = {cell: i for i, cell in enumerate(cells)}
        self.near = [[number[q + a, r + b] for a, b in STEPS if (q + a, r + b) in number] for q, r in cells]
        self.apart, self.cell_of, self.area, self.union = apart, cell_of, area, union
        self.in_cell = [-1] * len(cells)
        for commune, cell in enumerate(cell_of):
            self.in_cell[cell] = commune

    def run(self) -> None:
        """Exchange until a pass finds nothing better."""
        for _ in range(ROUNDS):
            if not sum(self._improve(commune) for commune in range(len(self.cell_of))):
                return

    def _improve(self, commune: int) -> int:
        """Move a commune to the best cell within reach; return how many moves were made."""
        here = self.cell_of[commune]
        best, choice = -1e-9, here
        reach = {here}
        for _ in range(REACH):
            reach = {there for cell in reach for there in (cell, *self.near[cell])}
        for there in sorted(reach - {here}):
            change = self._change(here, there)
            if change < best:
                best, choice = change, there
        if choice == here:
            return 0
        self._exchange(here, choice)
        return 1

    def _change(self, here: int, there: int) -> float:
        """Return by how much an exchange of two cells changes the sum; negative is better."""
        touched = {here, there, *self.near[here], *self.near[there]}
        before = self._cost(here) + self._cost(there) + self._borders(touched)
        self._exchange(here, there)
        after = self._cost(here) + self._cost(there) + self._borders(touched)
        self._exchange(here, there)
        return after - before

    def _exchange(self, here: int, there: int) -> None:
        self.in_cell[here], self.in_cell[there] = self.in_cell[there], self.in_cell[here]
        for cell in (here, there):
            if self.in_cell[cell] >= 0:
                self.cell_of[self.in_cell[cell]] = cell

    def _cost(self, cell: int) -> float:
        commune = self.in_cell[cell]
        return 0.0 if commune < 0 else float(self.apart[commune, cell])

    def _borders(self, cells: set[int]) -> float:
        """Return the worth of all borders around some cells."""
        return sum(self._border(a, b) for a in cells for b in self.near[a] if b not in cells or a < b)

    def _border(self, a: int, b: int) -> float:
        """Return the worth of the side between two cells."""
        one, other = self.in_cell[a], self.in_cell[b]
        if one < 0 and other < 0:
            return 0.0
        if one < 0 or other < 0:
            return BORDER_WEIGHT["empty"]
        if self.area[one] != self.area[other]:
            return BORDER_WEIGHT["area"]
        return BORDER_WEIGHT["union"] if self.union[one] != self.union[other] else 0.0
