"""Sentences in both languages, and charts whose texts do not touch."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from areavasta.settings.discover import Case, Criterion
from areavasta.settings.sensitivity import Outcome
from experiments.charts.discover import draw_discover
from experiments.charts.discover.boxes import draw_boxes
from experiments.charts.discover.path import draw_path
from experiments.charts.discover.regret import draw_regret
from experiments.charts.listing import read_charts
from experiments.discover.labels import WORDS
from experiments.discover.outcome import DiscoverOutcome
from experiments.discover.words import goal_text, regret_text, verdict_text
from experiments.factor_names import factor_name, factor_value
from tests.charts.test_layout import clashes
from tests.discover.conftest import TITLES, outcome, planted, points, wanted


@pytest.fixture(scope="module")
def found() -> DiscoverOutcome:
    worlds = points()
    misses = planted(worlds)
    noise = np.random.default_rng(1).normal(0.0, 0.05, len(worlds))
    base = 95.0 + noise
    values = {"status_quo": base, "reform": base + np.where(misses, 0.2, 3.0), "other": base + 5.0 * noise}
    return outcome(values, worlds, wanted())


def test_sentences_name_the_conditions(found: DiscoverOutcome) -> None:
    told = {
        lang: verdict_text(found.verdicts[0], TITLES["reform"], Case.fails, lang) for lang in ("it", "en")
    }
    assert told["it"].startswith("«Fondo per fabbisogni» non raggiunge l’obiettivo quando ")
    assert "Invecchiamento e spopolamento è almeno" in told["it"]
    assert "Condizioni ritrovate in altri mondi" in told["it"]
    assert told["en"].startswith("“Needs-based fund” misses the goal when ")
    assert " and " in told["en"]
    always = verdict_text(found.verdicts[1], TITLES["other"], Case.fails, "it")
    assert always == "«Unioni ovunque» non raggiunge l’obiettivo in tutti i mondi provati (400)."


def test_the_goal_is_told_with_its_unit() -> None:
    effect = Criterion("service", Outcome.effect, at_least=1.0)
    assert goal_text(effect, "it") == (
        "Obiettivo: Livello dei servizi (punti), differenza dalla legislazione vigente, almeno +1"
    )
    level = Criterion("cost", Outcome.level, at_least=700.0, at_most=800.0)
    assert goal_text(level, "en").endswith("between 700 and 800")


def test_factors_go_by_the_names_of_constants_and_provisions() -> None:
    assert factor_name("scenario.context.ageing", "it") == "Invecchiamento e spopolamento"
    assert factor_name("scenario.allocation.region.rules.standard_needs", "en").endswith("by standard needs")
    assert factor_name("parameters.cost.duplication", "it") != "parameters.cost.duplication"
    assert factor_value("scenario.equalisation.cut_per_head", 20.04, "it") == "20\u00a0€ per abitante"
    assert factor_value("scenario.codecision.rule", "unanimity", "it") != "unanimity"


def test_the_most_robust_choice_is_named(found: DiscoverOutcome) -> None:
    assert found.regret is not None
    assert found.regret["option"].iloc[0] == "reform"
    assert "La più robusta è «Fondo per fabbisogni»" in regret_text(
        found.regret, found.indicator, TITLES, "it"
    )
    tie = pd.DataFrame({"option": ["reform", "other"], "largest": [1.0, 1.5], "q90": [1.0, 1.0]})
    assert regret_text(tie, found.indicator, TITLES, "en") == (
        "“Needs-based fund” loses least in its worst world, but not by an effect that counts against "
        "“Unions everywhere”."
    )


@pytest.mark.parametrize("width", [8.0, 17.0])
@pytest.mark.parametrize("lang", ["it", "en"])
def test_texts_do_not_touch(found: DiscoverOutcome, lang: str, width: float) -> None:
    for page, words, table in (
        draw_boxes(found, found.verdicts[0], lang, width),
        draw_path(found, found.verdicts[0], lang, width),
        draw_regret(found, lang, width),
    ):
        assert not clashes(page)
        assert len(words.title.split()) <= 14
        assert 0 < len(words.alternative) <= 250
        assert not table.empty


def test_charts_are_listed(found: DiscoverOutcome, tmp_path: Path) -> None:
    draw_discover(found, tmp_path, "it")
    names = [entry.name for entry in read_charts(tmp_path)]
    assert names == ["0_regret", "reform_1_boxes", "reform_2_trajectory"]


def test_every_word_exists_in_both_languages() -> None:
    for key, (italian, english) in WORDS.items():
        assert italian.strip(), key
        assert english.strip(), key
