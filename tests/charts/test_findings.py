"""Titles must be true, hedged and short."""

import re
from typing import Any

import pandas as pd
import pytest

from experiments.charts.findings import MOST_WORDS, effects_title, groups_title, map_title, paths_title
from experiments.charts.findings_flows import FlowChange, flows_title
from experiments.charts.reading import Claim, Reading, read, series
from tests.charts.cases import CASES, draw_all
from tests.charts.samples import INDICATORS, REFORM, Sample, compare

SERVICE, COST = INDICATORS[0], INDICATORS[1]


def reading(**values: Any) -> Reading:
    usual: dict[str, Any] = {
        "indicator": SERVICE,
        "base": 96.2,
        "reform": 97.4,
        "median": 1.2,
        "low": 0.2,
        "high": 2.2,
        "p_up": 0.64,
        "p_down": 0.0,
        "pairs": 200,
        "lang": "it",
    }
    return Reading(**(usual | values))


def title(of: Reading, case: Sample | None = None) -> str:
    differences = series(compare(case or Sample()).differences, REFORM, of.indicator)
    return paths_title(of, differences, 2036)


@pytest.mark.parametrize("lang", ["it", "en"])
@pytest.mark.parametrize("case", CASES)
def test_titles_are_short_enough(case: str, lang: str) -> None:
    for name, (_, words, _) in draw_all(CASES[case], lang):
        assert len(words.title.split()) <= MOST_WORDS, (name, words.title)
        assert len(words.alternative) <= 250 or ". " not in words.alternative


def test_certainty_is_named_below_95_percent_only() -> None:
    assert (
        title(reading(p_up=0.96))
        == "Livello dei servizi: aumento di 1,2\u00a0punti percentuali dello standard nel 2036"
    )
    assert title(reading(p_up=0.85)) == "Livello dei servizi: aumento molto probabile nel 2036"
    assert title(reading(p_up=0.64)) == "Livello dei servizi: aumento probabile nel 2036"
    assert title(reading(p_up=0.85, lang="en")) == "Service level: very likely increase in 2036"


def test_no_direction_is_claimed_without_probability() -> None:
    unsure = reading(p_up=0.5, p_down=0.3, low=-3.0, high=4.0)
    assert unsure.claim is Claim.sign_uncertain
    assert title(unsure) == "Livello dei servizi: segno incerto nel 2036"
    assert unsure.verdict() == "segno incerto (50% migliora, 30% peggiora)"
    small = reading(p_up=0.5, p_down=0.0, low=0.1, high=2.0)
    assert title(small) == "Livello dei servizi: rilevanza incerta nel 2036"
    assert small.verdict() == "rilevanza incerta (50% migliora)"


def test_a_zero_or_negligible_effect_is_called_so() -> None:
    nothing = reading(median=0.0, low=0.0, high=0.0, p_up=0.0)
    assert title(nothing) == "Livello dei servizi: nessuna differenza dalla legislazione vigente"
    assert nothing.verdict() == "nessuna differenza"
    small = reading(median=0.2, low=-0.1, high=0.4, p_up=0.0)
    assert title(small) == "Livello dei servizi: effetto trascurabile nel 2036"


def test_less_of_what_is_bad_is_better() -> None:
    cheaper = reading(indicator=COST, median=-14.0, low=-22.0, high=-6.0, p_up=0.0, p_down=1.0)
    assert cheaper.verdict() == "migliora, quasi certo (oltre 99%)"
    assert cheaper.multiples == pytest.approx((1.2, 2.8, 4.4))
    assert cheaper.beyond
    neutral = reading(indicator=INDICATORS[-1], median=-14.0, low=-22.0, high=-6.0, p_up=0.0, p_down=1.0)
    assert neutral.verdict() == "diminuisce, quasi certo (oltre 99%)"


def test_few_pairs_carry_counts_not_words() -> None:
    assert reading(pairs=5, p_up=1.0).verdict() == "migliora in 5 repliche su 5"
    assert reading(pairs=1, p_up=1.0).verdict() == "migliora in una sola replica"
    assert reading(pairs=1, p_up=1.0).spread() == ""
    # All of twenty pairs is not "over 99 %".
    assert reading(pairs=20, p_up=1.0).verdict() == "migliora, quasi certo (20 repliche su 20)"
    for lang in ("it", "en"):
        for _, (_, words, _) in draw_all(CASES["one_pair"], lang):
            assert not re.search(r"probabil[ei]|likely|certain|99", words.title), words.title


def test_a_turn_is_told_only_when_almost_certain() -> None:
    turning = Sample(shifts={"service": 3.0}, dip=2.0)
    up = reading(p_up=0.97, median=3.0, low=2.0, high=4.0)
    assert title(up, turning) == "Livello dei servizi: prima un calo, poi un aumento"
    assert (
        title(reading(p_up=0.85, lang="en"), turning)
        == "Service level: first a fall, then a very likely increase"
    )
    shallow = Sample(shifts={"service": 3.0}, dip=0.8)
    assert "prima" not in title(up, shallow)


def test_effects_are_counted_at_80_percent() -> None:
    clear = reading(indicator=COST, median=-14.0, low=-22.0, high=-6.0, p_up=0.0, p_down=1.0)
    worse = reading(median=-3.0, low=-4.0, high=-2.0, p_up=0.0, p_down=0.9)
    doubtful = reading(p_up=0.7)
    assert (
        effects_title([clear, doubtful], 2036, "it")
        == "Migliora 1\u00a0indicatore su 2: costo a servizio costante"
    )
    both = effects_title([clear, worse], 2036, "it")
    assert both == "Molto probabilmente: migliora 1\u00a0indicatore su 2, peggiora 1"
    sure = effects_title([reading(p_up=1.0, lang="en")] * 2, 2036, "en")
    assert sure == "2 of 2\u00a0indicators improve; the strongest effect: service level"
    assert effects_title([doubtful], 2036, "en").startswith("By 2036 none of these indicators")
    nothing = reading(median=0.0, low=0.0, high=0.0, p_up=0.0)
    none = effects_title([nothing], 2036, "en")
    assert none == "In these indicators no difference from present law in 2036"


def test_map_titles_count_what_the_table_has() -> None:
    communes = pd.DataFrame({"verdict": ["better"] * 191 + ["worse"] * 46 + ["uncertain"] * 93})
    everywhere = pd.Series([True, False] * 165)
    assert (
        map_title(communes, everywhere, 200, "it")
        == "I servizi migliorano molto probabilmente in 191\u00a0Comuni su 330, peggiorano in 46"
    )
    few = map_title(communes, everywhere, 5, "it")
    assert few == "In almeno 4 repliche su 5: 191\u00a0Comuni migliorano, 46 peggiorano"
    since = map_title(communes.replace("worse", "unchanged"), everywhere, 5, "en", 2026)
    assert since == "Since 2026 in at least 4 of 5 runs: 191\u00a0communes improve"
    inside = pd.Series([True] * 200 + [False] * 130)
    assert map_title(communes, inside, 200, "it").endswith("Comuni su 330, peggiorano in 46"), "losers count"
    gaining = communes.replace("worse", "unchanged")
    assert map_title(gaining, inside, 200, "it").endswith("su 330, soprattutto nelle Unioni")
    unchanged = communes.assign(verdict="uncertain")
    assert map_title(unchanged, inside, 200, "en").startswith("In no commune")
    worse = communes.assign(verdict="worse")
    assert (
        map_title(worse, everywhere, 200, "en") == "Services very likely worsen in 330 of 330\u00a0communes"
    )


def test_group_titles_set_communes_against_residents_when_they_disagree() -> None:
    communes = pd.DataFrame(
        {"verdict": ["better"] * 58 + ["worse"] * 42, "population": [1.0] * 58 + [3.0] * 42}
    )
    assert groups_title(communes, 200, "it") == (
        "Molto probabilmente migliora il 58% dei Comuni, ma solo il 32% dei residenti"
    )
    even = communes.assign(population=1.0)
    assert groups_title(even, 200, "it") == "Molto probabilmente migliora il 58% dei Comuni, peggiora il 42%"
    assert (
        groups_title(even, 5, "it") == "In almeno 4 repliche su 5 migliora il 58% dei Comuni, peggiora il 42%"
    )
    assert groups_title(even.assign(verdict="unchanged"), 200, "en").startswith("In no commune")


def test_the_indicator_must_be_in_the_comparison() -> None:
    with pytest.raises(KeyError, match="cost"):
        read(compare(Sample(indicators=(SERVICE,))), REFORM, COST, "it")


def test_titles_of_few_pairs_say_how_many() -> None:
    clear = reading(indicator=COST, median=-14.0, low=-22.0, high=-6.0, p_up=0.0, p_down=1.0, pairs=6)
    assert effects_title([clear], 2036, "it").startswith("In 6 repliche su 6: migliora 1")
    mostly = reading(indicator=COST, median=-14.0, low=-22.0, high=-6.0, p_up=0.0, p_down=5 / 6, pairs=6)
    assert effects_title([mostly], 2036, "it").startswith("In almeno 5 repliche su 6: migliora 1")


def test_flows_are_told_largest_first_with_their_certainty() -> None:
    less = FlowChange("region", "commune", more=False, size="80 mln €", probability=0.97)
    more = FlowChange("region", "union", more=True, size="20 mln €", probability=0.85)
    assert flows_title([less], 2036, 200, "it") == "La Regione versa 80 mln € in meno ai Comuni"
    assert flows_title([more], 2036, 200, "en") == "Very likely the region pays unions 20 mln € more"
    assert flows_title([less, more], 2036, 200, "en") == "The region pays communes 80 mln € less"
    few = flows_title([less], 2036, 5, "it")
    assert few == "Regione–Comuni: 80 mln € in meno in almeno 4 repliche su 5"
    among = FlowChange("commune", "commune", more=True, size="3 mln €", probability=1.0)
    assert flows_title([among], 2036, 200, "it") == "I Comuni versano 3 mln € in più ad altri Comuni"
    assert flows_title([], 2036, 200, "it") == "Nel 2036 nessun flusso fra livelli cambia in modo rilevante"
