"""Money between levels, from the table of flows, by arithmetic."""

from pathlib import Path

import pandas as pd
import pytest

from experiments.charts.flows import LESS, MORE, SAME, shown_cells, unit_of
from experiments.comparison_flows import flow_effects

RESIDENTS = 100.0


def write(folder: Path, rows: list[tuple[str, int, str, str, int]]) -> None:
    """Write flows of 2030: scenario, replicate, payer, payee, EUR."""
    frame = pd.DataFrame(rows, columns=["scenario", "replicate", "payer_level", "payee_level", "cents"])
    frame["cents"] *= 100
    frame.assign(draw=1, year=2030).to_parquet(folder / "flows.parquet")


def test_flows_are_summed_paired_and_compared(tmp_path: Path) -> None:
    write(
        tmp_path,
        [
            ("status_quo", 1, "region", "commune", 1_000), ("status_quo", 1, "region", "commune", 500),
            ("status_quo", 2, "region", "commune", 2_000), ("status_quo", 1, "commune", "suppliers", 9_999),
            ("reform", 1, "region", "commune", 1_000), ("reform", 2, "region", "commune", 1_900),
            ("reform", 1, "region", "union", 300), ("reform", 2, "region", "union", 100),
        ],
    )  # fmt: skip
    rows = flow_effects(tmp_path, ("status_quo", "reform"), 2030, RESIDENTS).to_dict("records")
    flows = {(row["payer"], row["payee"]): row for row in rows}
    assert set(flows) == {("region", "commune"), ("region", "union")}
    down = flows["region", "commune"]
    assert (down["base"], down["reform"], down["median"]) == (1_750, 1_450, -300)
    # Two euros a resident count: one of the two differences, of 500 and 100 EUR, does.
    assert (down["p_up"], down["p_down"]) == (0.0, 0.5)
    up = flows["region", "union"]
    assert (up["base"], up["median"], up["p_up"]) == (0, 200, 0.5)


@pytest.mark.parametrize(("up", "down", "side"), [(0.8, 0.0, MORE), (0.0, 0.9, LESS), (0.79, 0.1, SAME)])
def test_only_changes_that_are_sure_are_coloured(up: float, down: float, side: int) -> None:
    row = {"payer": "region", "payee": "union", "base": 1e6, "reform": 2e6, "median": 1e6, "p_up": up,
           "p_down": down}  # fmt: skip
    small = {**row, "base": 1.0, "reform": 2.0}
    cells = shown_cells(pd.DataFrame([row, small]), unit_of(pd.DataFrame({"base": [1e9], "reform": [0.0]})))
    assert [(cell.amount, cell.change, cell.side) for cell in cells] == [(2.0, 1.0, side)]


def test_money_is_told_in_a_unit_that_fits() -> None:
    units = {5e6: "thousands", 2.2e9: "millions", 9e10: "billions", 1e16: "trillions"}
    for largest, unit in units.items():
        assert unit_of(pd.DataFrame({"base": [1.0, largest], "reform": [0.0, 0.0]})).unit == unit
