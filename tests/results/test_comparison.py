"""The comparison, worked by hand on small tables."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from experiments.comparison import build_comparison, load_comparison, write_comparison
from experiments.comparison_communes import SIZE_CLASSES, size_class, verdicts
from experiments.comparison_indicators import parameter_share
from experiments.results import ResultsError
from tests.results.conftest import row

HORIZON = 2027
PLACES = pd.DataFrame(
    {
        "istat_code": ["033001", "033002", "034001"],
        "name": ["Alta", "Bassa", "Città"],
        "population": [1000.0, 3001.0, 100_000.0],
        "altitude": ["internal_mountain", "plain", "plain"],
        "area": ["PC", "PC", "PR"],
    }
)


def manifest(scenarios: list[str], draws: int, replicates: int) -> dict[str, Any]:
    told = {"title": {"it": "Titolo", "en": "Title"}, "effective": 2027, "new_money": False}
    return {
        "run_id": "abc", "settings_hash": "def", "created": "2026-11-23T10:15:00+01:00",
        "territory": {"name": {"it": "Prova", "en": "Trial"}, "residents": 104_001},
        "first_year": 2026, "horizon": HORIZON, "draws": draws, "replicates": replicates,
        "scenarios": {name: dict(told) for name in scenarios},
    }  # fmt: skip


def write_tables(
    folder: Path, gains: dict[str, list[float]], points: dict[str, list[list[float]]], replicates: int = 1
) -> None:
    """Write runs whose cost and felt service differ from present law as given, by pair (and commune)."""
    count = len(next(iter(gains.values())))
    pairs = [(1 + i // replicates, 1 + i % replicates) for i in range(count)]
    indicators, communes, flows = [], [], []
    for name in ["status_quo", *gains]:
        for position, (draw, replicate) in enumerate(pairs):
            key = {"scenario": name, "draw": draw, "replicate": replicate}
            gain = gains[name][position] if name in gains else 0.0
            ends = {"payer_level": "region", "payee_level": "commune"}
            flows.append({**key, **ends, "year": HORIZON, "cents": 100_000})
            for year, part in ((2026, 0.0), (HORIZON, gain)):
                indicators.append({**key, "year": year, "indicator": "cost", "value": 900.0 + draw + part})
                # One point of the unit shown is a hundredth.
                indicators.append({**key, "year": year, "indicator": "service", "value": 1.0 + part / 100.0})
                for place, code in enumerate(PLACES["istat_code"]):
                    change = points[name][position][place] if name in points and year == HORIZON else 0.0
                    communes.append(
                        {
                            **key, "year": year, "istat_code": code, "service": 0.95 + change / 100.0,
                            "below_essential": 5 - np.sign(change), "ampi": 100.0 + change,
                            "own_revenue": 300.0, "transfers": 200.0 + 10.0 * change,
                        }
                    )  # fmt: skip
    # The order of rows must not matter.
    pd.DataFrame(indicators).sample(frac=1.0, random_state=1).to_parquet(folder / "indicators.parquet")
    pd.DataFrame(communes).sample(frac=1.0, random_state=2).to_parquet(folder / "communes.parquet")
    pd.DataFrame(flows).to_parquet(folder / "flows.parquet")
    PLACES.to_parquet(folder / "places.parquet")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    gains = {"reform": [-8.0, -6.0, -5.0, 4.0, 0.0], "other": [0.0] * 5}
    # Alta gains in four pairs of five, Bassa loses in five, Città in three.
    points = {
        "reform": [[2.0, -2.0, -3.0]] * 3 + [[1.5, -1.2, 0.5], [0.5, -4.0, 0.0]],
        "other": [[0.0, 0.5, -0.9]] * 5,
    }
    write_tables(tmp_path, gains, points)
    return tmp_path


def test_effects_by_hand(folder: Path) -> None:
    comparison = build_comparison(folder, manifest(["status_quo", "reform", "other"], 5, 1))
    cost = row(comparison.effects, "cost", "reform")
    # Present law costs 901 to 905, the reform 893, 896, 898, 908, 905.
    assert cost["base"] == 903.0
    assert cost["reform"] == 898.0
    assert cost["median"] == -5.0
    # Sorted differences -8 -6 -5 0 4: the 5th percentile lies 0.2 steps above the lowest.
    assert cost["q05"] == pytest.approx(-8.0 + 0.2 * 2.0)
    assert cost["q95"] == pytest.approx(0.0 + 0.8 * 4.0)
    # The smallest relevant effect on cost is 5 EUR: -5 counts, 4 does not.
    assert (cost["p_up"], cost["p_down"], cost["p_unchanged"]) == (0.0, 0.6, 0.4)
    assert np.isnan(cost["parameter_share"])


def test_thresholds_are_in_the_unit_shown(folder: Path) -> None:
    comparison = build_comparison(folder, manifest(["status_quo", "reform", "other"], 5, 1))
    service = row(comparison.effects, "service", "reform")
    # 4 points up once; -8, -6 and -5 points down; stored as hundredths.
    assert (service["p_up"], service["p_down"]) == (0.2, 0.6)
    assert service["median"] == pytest.approx(-0.05)


def test_paths_and_differences_have_every_year(folder: Path) -> None:
    comparison = build_comparison(folder, manifest(["status_quo", "reform", "other"], 5, 1))
    assert len(comparison.paths) == 2 * 3 * 2
    quantiles = ["q05", "q25", "q50", "q75", "q95"]
    assert (row(comparison.differences, "cost", "reform", 2026)[quantiles] == 0.0).all()
    last = row(comparison.differences, "cost", "reform", HORIZON)
    assert last[["q25", "q50", "q75"]].tolist() == [-6.0, -5.0, 0.0]
    assert comparison.scenarios == ("status_quo", "reform", "other")
    assert comparison.reforms == ("reform", "other")
    assert (comparison.pairs, comparison.first_year, comparison.horizon) == (5, 2026, HORIZON)


def test_verdicts_of_communes_by_hand(folder: Path) -> None:
    communes = build_comparison(folder, manifest(["status_quo", "reform", "other"], 5, 1)).communes
    rows = communes[communes["scenario"] == "reform"].set_index("name")
    assert rows["verdict"].to_dict() == {"Alta": "better", "Bassa": "worse", "Città": "uncertain"}
    assert rows["p_better"].tolist() == [0.8, 0.0, 0.0]
    assert rows["p_worse"].tolist() == [0.0, 1.0, 0.6]
    assert rows["median"].tolist() == pytest.approx([2.0, -2.0, -3.0])
    assert rows["resources_change"].tolist() == pytest.approx([20.0, -20.0, -30.0])
    assert rows["p_no_longer_below"].tolist() == [1.0, 0.0, 0.2]
    assert rows["p_newly_below"].tolist() == [0.0, 1.0, 0.6]
    assert rows["size_class"].tolist() == ["up_to_1000", "3001_5000", "above_60000"]
    others = communes[communes["scenario"] == "other"]
    assert set(others["verdict"]) == {"unchanged"}


def test_groups_by_hand(folder: Path) -> None:
    every = build_comparison(folder, manifest(["status_quo", "reform", "other"], 5, 1)).groups
    groups = every[every["scenario"] == "reform"].drop(columns="scenario")
    plain = row(groups, "altitude", "plain")
    assert (plain["communes"], plain["residents"]) == (2, 103_001.0)
    assert plain[["better", "worse", "unchanged", "uncertain"]].tolist() == [0, 1, 0, 1]
    assert (plain["worse_residents"], plain["uncertain_residents"]) == (3001.0, 100_000.0)
    piacenza = row(groups, "area", "PC")
    assert piacenza[["better", "worse", "newly_below", "no_longer_below"]].tolist() == [1, 1, 1, 1]
    assert groups.loc[groups["grouping"] == "size", "group"].tolist() == [
        "up_to_1000",
        "3001_5000",
        "above_60000",
    ]
    for grouping in ("size", "altitude", "area"):
        assert groups.loc[groups["grouping"] == grouping, "communes"].sum() == len(PLACES)


@pytest.mark.parametrize(
    ("population", "expected"),
    [(1, 0), (1000, 0), (1001, 1), (3000, 1), (5000, 2), (10_000, 3), (20_000, 4), (60_000, 5), (60_001, 6)],
)
def test_size_classes_include_their_upper_end(population: float, expected: int) -> None:
    assert size_class(np.array([float(population)])).tolist() == [expected]
    assert len(SIZE_CLASSES) == 7


def test_a_verdict_takes_four_pairs_in_five() -> None:
    better = np.array([[1, 1, 0], [1, 1, 0], [1, 1, 0], [1, 0, 0], [0, 0, 1]], dtype=bool)
    worse = np.zeros_like(better)
    assert verdicts(better, worse).tolist() == ["better", "uncertain", "unchanged"]


def test_variance_between_draws_by_hand() -> None:
    # Draw means 1 and 5, variance within 2: between = 8 - 2 / 2 = 7, so 7 / 9.
    assert parameter_share(np.array([0.0, 2.0, 4.0, 6.0]), 2, 2) == pytest.approx(7.0 / 9.0)
    # All variance within draws: nothing is due to parameters.
    assert parameter_share(np.array([0.0, 2.0, 2.0, 0.0]), 2, 2) == 0.0
    assert parameter_share(np.array([1.0, 1.0, 3.0, 3.0]), 2, 2) == 1.0
    assert np.isnan(parameter_share(np.zeros(4), 2, 2))
    assert np.isnan(parameter_share(np.array([0.0, 2.0]), 2, 1))
    assert np.isnan(parameter_share(np.array([0.0, 2.0]), 1, 2))


def test_a_missing_run_is_one_line(folder: Path) -> None:
    frame = pd.read_parquet(folder / "indicators.parquet")
    lost = (frame["scenario"] == "reform") & (frame["draw"] == 2)
    frame[~lost].to_parquet(folder / "indicators.parquet")
    with pytest.raises(ResultsError, match=r"indicators.parquet: 4 combinations .* have no number"):
        build_comparison(folder, manifest(["status_quo", "reform", "other"], 5, 1))


def test_a_single_scenario_or_missing_table_is_one_line(folder: Path) -> None:
    with pytest.raises(ResultsError, match="only `compare` compares"):
        build_comparison(folder, manifest(["status_quo"], 5, 1))
    (folder / "communes.parquet").unlink()
    with pytest.raises(ResultsError, match=r"communes.parquet"):
        build_comparison(folder, manifest(["status_quo", "reform", "other"], 5, 1))
    with pytest.raises(ResultsError, match=r"there is no manifest\.json"):
        load_comparison(folder)


def test_written_frames_read_back(folder: Path) -> None:
    comparison = build_comparison(folder, manifest(["status_quo", "reform", "other"], 5, 1))
    write_comparison(comparison, folder)
    for frame, file in (("effects", "effects"), ("groups", "groups"), ("communes", "commune_verdicts")):
        back = pd.read_parquet(folder / f"{file}.parquet")
        pd.testing.assert_frame_equal(back, getattr(comparison, frame), check_dtype=False)
