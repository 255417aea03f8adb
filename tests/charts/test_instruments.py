"""The waterfall of instruments: what it chooses, where its bars stand, what its title claims."""

import numpy as np
import pytest

from experiments.ablation import ALL, FULL
from experiments.charts.findings import instruments_title
from experiments.charts.instruments import draw_instruments, moved_most
from experiments.charts.reading import read_contribution
from experiments.instruments import instrument_label
from tests.charts.cases import CASES
from tests.charts.samples import INDICATORS, REFORM, Sample, ablate, compare, reading

SERVICE, COST = INDICATORS[:2]
MOVED = Sample(shifts={"service": 3.0, "cost": -9.0, "gini": 5.0, "members": 4.0})
PARTS = {"equalisation": -0.5, "functions": 1.0, "incentives": 0.25}


def test_charts_are_drawn_for_the_three_that_move_most() -> None:
    ablation = ablate(MOVED, PARTS)
    assert [one.key for one in moved_most(ablation, REFORM, INDICATORS, 200, "it")] == [
        "cost", "gini", "members",
    ]  # fmt: skip
    assert moved_most(ablate(CASES["null"], PARTS), REFORM, INDICATORS, 200, "it") == []


def test_instruments_that_cancel_out_are_drawn_too() -> None:
    cancelling = ablate(Sample(shifts={"cost": 0.3}, spread=0.01), {"functions": 20.0, "taxation": -20.0})
    assert [one.key for one in moved_most(cancelling, REFORM, INDICATORS, 200, "en")] == ["cost"]


@pytest.mark.parametrize("lang", ["it", "en"])
def test_bars_start_where_those_before_end_and_the_last_at_present_law(lang: str) -> None:
    _, words, bars = draw_instruments(compare(MOVED), ablate(MOVED, PARTS), REFORM, COST, lang, 8.0)
    # The cost falls by nine effects: best first.
    assert bars["instrument"].tolist() == ["functions", "incentives", "equalisation", "together", "full"]
    ends = (bars["drawn_from"] + bars["difference_median"]).tolist()
    assert bars["drawn_from"].tolist() == pytest.approx([0.0, *ends[:3], 0.0])
    assert ends[3] == pytest.approx(ends[4]), "one cause for all: these medians add up"
    assert bars["difference_median"].iloc[-1] == pytest.approx(-45.0, rel=0.05)
    assert instrument_label("functions", lang) in words.title
    assert words.alternative.count(".") >= 2


def test_readings_are_in_the_unit_shown() -> None:
    gini = INDICATORS[3]
    full = read_contribution(ablate(MOVED, PARTS), REFORM, gini, (ALL, FULL), 200, "en")
    assert full.median == pytest.approx(5.0 * gini.smallest_relevant_effect, rel=0.1)
    with pytest.raises(KeyError, match="no full effect of 'context'"):
        read_contribution(ablate(MOVED, PARTS), REFORM, gini, ("context", FULL), 200, "en")


def test_the_title_names_what_pulls_in_the_direction_of_the_whole() -> None:
    alone = {
        "Money": reading(COST, -20.0, p_down=1.0),
        "Taxes": reading(COST, 9.0, p_up=0.9),
        "Data": reading(COST, 7.0, p_up=0.9),
    }
    title = instruments_title(reading(COST, 8.0, p_up=0.85), alone, 2036)
    assert title == "Constant cost: very likely increase in 2036, mostly from “Taxes”"
    uncertain = reading(COST, 1.0, p_up=0.3, p_down=0.3)
    assert instruments_title(uncertain, alone, 2036).endswith("; alone, “Money” counts")
    nothing = {"Data": reading(COST, 0.0)}
    assert instruments_title(reading(COST, 0.0), nothing, 2036) == (
        "Constant cost: no difference from present law"
    )


def test_every_bar_lies_on_the_axis() -> None:
    page, _, bars = draw_instruments(compare(MOVED), ablate(MOVED, PARTS), REFORM, SERVICE, "it", 8.0)
    assert np.isfinite(bars.select_dtypes("number")).all(axis=None)
    assert all(text.extent().x1 <= page.width for text in page.texts)
