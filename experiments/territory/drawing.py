"""Checks of what charts draw of a territory: boundaries.json and hexes.csv, when the folder has them."""

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from experiments.territory.shapes import FORMAT

HEX_COLUMNS = ["code", "q", "r"]
"""Columns of hexes.csv."""


def drawing_problems(folder: Path, codes: Sequence[str]) -> list[str]:
    """Return what is wrong with the drawings of a territory of these codes; a missing file is no problem."""
    return [
        *_boundary_problems(folder / "boundaries.json", codes),
        *_hex_problems(folder / "hexes.csv", codes),
    ]


def _boundary_problems(file: Path, codes: Sequence[str]) -> Iterator[str]:
    if not file.is_file():
        return
    try:
        content: Any = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        yield f"{file.name}: is not JSON ({error}); build it again"
        return
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        yield f"{file.name}: is not of the format {FORMAT}; build it again"
        return
    if content.get("codes") != list(codes):
        yield f"{file.name}: its codes are not those of communes.csv; build it again"
    lists = {key: len(content.get(key) or ()) for key in ("arcs", "sides", "codes", "rings")}
    if lists["arcs"] != lists["sides"] or lists["codes"] != lists["rings"]:
        yield f"{file.name}: arcs and sides, codes and rings must be as many; build it again"


def _hex_problems(file: Path, codes: Sequence[str]) -> Iterator[str]:
    if not file.is_file():
        return
    try:
        rows = list(csv.reader(file.read_text(encoding="utf-8").splitlines()))
    except (ValueError, csv.Error) as error:
        yield f"{file.name}: cannot be read ({error}); build it again"
        return
    if not rows or rows[0] != HEX_COLUMNS:
        yield f"{file.name} row 1: the columns must be {', '.join(HEX_COLUMNS)}"
        return
    taken: dict[tuple[str, ...], int] = {}
    for line, row in enumerate(rows[1:], start=2):
        cell = tuple(row[1:])
        if len(row) != len(HEX_COLUMNS) or not all(value.lstrip("-").isdigit() for value in cell):
            yield f"{file.name} row {line}: must be a code and two whole numbers"
        elif taken.setdefault(cell, line) != line:
            yield f"{file.name} row {line}: cell {', '.join(cell)} is taken by row {taken[cell]}"
    if sorted(row[0] for row in rows[1:] if row) != list(codes):
        yield f"{file.name}: must have one row for each commune of communes.csv; build it again"
