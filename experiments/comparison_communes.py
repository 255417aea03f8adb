"""Communes under a reform: who is better off, who is worse off, and where they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from experiments.comparison_indicators import fill, pair_codes, place

Numbers = NDArray[np.float64]

POINTS = 100.0
"""Points of standard in a felt service of one."""

RELEVANT_POINTS = 1.0
"""Change of felt service, in points of standard, that counts for a commune."""

SURE = 0.80
"""Part of the pairs that must agree for a verdict."""

VERDICTS = ("better", "worse", "unchanged", "uncertain")

SIZE_LIMITS = (1_000, 3_000, 5_000, 10_000, 20_000, 60_000)
"""Largest populations of the size classes but the last."""

SIZE_CLASSES = (
    "up_to_1000", "1001_3000", "3001_5000", "5001_10000", "10001_20000", "20001_60000", "above_60000",
)  # fmt: skip
"""Keys of size classes, smallest first."""

GROUPINGS = {"size": "size_class", "altitude": "altitude", "area": "area"}
"""Groupings of communes, and the column that holds the group."""

RUN_COLUMNS = ("scenario", "draw", "replicate", "istat_code")


@dataclass(frozen=True)
class FeltCommunes:
    """Quantities of communes in a year, (scenario, pair, commune) each, and the places themselves."""

    scenarios: tuple[str, ...]
    places: pd.DataFrame
    service: Numbers
    below_essential: Numbers
    ampi: Numbers
    resources: Numbers

    @property
    def blocks(self) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """Felt service, functions below the essential level, AMPI and resources."""
        return self.service, self.below_essential, self.ampi, self.resources


def read_communes(folder: Path, scenarios: Sequence[str], year: int) -> FeltCommunes:
    """Read the places and what their communes got in a year; ResultsError when a run is missing."""
    places = pq.read_table(folder / "places.parquet").to_pandas()
    path = folder / "communes.parquet"
    measured = ["service", "below_essential", "ampi", "own_revenue", "transfers"]
    frame = pq.read_table(
        path, columns=[*RUN_COLUMNS, *measured], read_dictionary=["scenario", "istat_code"],
        filters=pc.field("year") == year,
    ).unify_dictionaries().to_pandas()  # fmt: skip
    codes, pairs = pair_codes(frame)
    index = (
        place(frame["scenario"], scenarios),
        codes,
        place(frame["istat_code"], list(places["istat_code"])),
    )
    shape = (len(scenarios), len(pairs), len(places))

    def block(values: Numbers) -> Numbers:
        return fill(path, shape, index, values, list(RUN_COLUMNS))

    service, below, ampi, own, transfers = (block(frame[name].to_numpy(np.float64)) for name in measured)
    return FeltCommunes(tuple(scenarios), places, service, below, ampi, own + transfers)


def commune_effects(felt: FeltCommunes) -> pd.DataFrame:
    """Return one row a reform and commune: change of felt service, its probabilities and the verdict.

    Changes are those from present law, the first scenario; `median` is in points of standard.
    `below_change`: median change of the number of functions below the essential level; `p_newly_below`,
    `p_no_longer_below`: shares of pairs in which it rises, falls. `resources_change` in EUR a head and
    `ampi_change` in points are medians too, told apart.
    """
    present = [block[0] for block in felt.blocks]
    frames = [
        _changes(scenario, felt.places, [block[position] for block in felt.blocks], present)
        for position, scenario in enumerate(felt.scenarios[1:], start=1)
    ]
    return pd.concat(frames, ignore_index=True)


def commune_changes(before: FeltCommunes, after: FeltCommunes) -> pd.DataFrame:
    """Return the same of every scenario, present law included, from one year to another."""
    frames = [
        _changes(
            scenario,
            after.places,
            [block[position] for block in after.blocks],
            [block[position] for block in before.blocks],
        )
        for position, scenario in enumerate(after.scenarios)
    ]
    return pd.concat(frames, ignore_index=True)


def _changes(
    scenario: str, places: pd.DataFrame, after: Sequence[Numbers], before: Sequence[Numbers]
) -> pd.DataFrame:
    """Return the changes of the communes of one scenario; blocks are (pair, commune)."""
    service, below, ampi, resources = (new - old for new, old in zip(after, before, strict=True))
    points = POINTS * service
    better, worse = points >= RELEVANT_POINTS, points <= -RELEVANT_POINTS
    frame = places[["istat_code", "name", "population"]].copy()
    frame.insert(0, "scenario", scenario)
    frame["size_class"] = np.array(SIZE_CLASSES, dtype=object)[size_class(places["population"].to_numpy())]
    frame["altitude"], frame["area"] = places["altitude"], places["area"]
    frame["median"] = np.median(points, axis=0)
    frame["p_better"], frame["p_worse"] = better.mean(axis=0), worse.mean(axis=0)
    frame["verdict"] = verdicts(better, worse)
    frame["below_change"] = np.median(below, axis=0)
    frame["p_newly_below"] = (below > 0).mean(axis=0)
    frame["p_no_longer_below"] = (below < 0).mean(axis=0)
    frame["resources_change"] = np.median(resources, axis=0)
    frame["ampi_change"] = np.median(ampi, axis=0)
    return frame


def size_class(population: Numbers) -> NDArray[np.intp]:
    """Return the position of each commune's size class in SIZE_CLASSES."""
    return np.searchsorted(np.array(SIZE_LIMITS), population, side="left")


def verdicts(better: NDArray[np.bool_], worse: NDArray[np.bool_]) -> NDArray[np.object_]:
    """Return the verdict of each commune from which pairs (pair, commune) make it better or worse off."""
    within = ~better & ~worse
    sure = [part.mean(axis=0) >= SURE for part in (better, worse, within)]
    return np.select(sure, VERDICTS[:3], VERDICTS[3]).astype(object)


def group_effects(communes: pd.DataFrame) -> pd.DataFrame:
    """Return communes and residents by verdict for every group of every reform.

    `newly_below`, `no_longer_below` count communes in which more, or fewer, functions miss the essential
    level than under present law in at least 80 % of pairs. Groups come in their natural order.
    """
    frames = [
        _grouping(part, str(scenario), grouping, column)
        for scenario, part in communes.groupby("scenario", sort=False)
        for grouping, column in GROUPINGS.items()
    ]
    return pd.concat(frames, ignore_index=True)


def _grouping(communes: pd.DataFrame, scenario: str, grouping: str, column: str) -> pd.DataFrame:
    marks = pd.DataFrame({"group": communes[column], "communes": 1, "residents": communes["population"]})
    for verdict in VERDICTS:
        marks[verdict] = (communes["verdict"] == verdict).astype(int)
    for verdict in VERDICTS:
        marks[f"{verdict}_residents"] = marks[verdict] * marks["residents"]
    for change in ("newly_below", "no_longer_below"):
        marks[change] = (communes[f"p_{change}"] >= SURE).astype(int)
    sums = marks.groupby("group", sort=False).sum().reset_index()
    order = list(SIZE_CLASSES) if grouping == "size" else _order(grouping, communes)
    sums = sums.sort_values("group", key=lambda keys: keys.map(order.index), ignore_index=True)
    sums.insert(0, "grouping", grouping)
    sums.insert(0, "scenario", scenario)
    return sums


def _order(grouping: str, communes: pd.DataFrame) -> list[str]:
    if grouping == "altitude":
        from areavasta.territory import ALTITUDE_ZONES

        return list(ALTITUDE_ZONES)
    return list(dict.fromkeys(communes[grouping]))
