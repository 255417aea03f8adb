"""Pages of an analysis: no text touches another, figures are those of the tables, words fit the method."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache

import numpy as np
import pytest

from areavasta.indicators import INDICATORS, MAIN_INDICATORS
from areavasta.settings.sensitivity import Analysis, Sensitivity
from experiments.charts.page import Page
from experiments.charts.sensitivity.bars import draw_bars
from experiments.charts.sensitivity.convergence import draw_convergence
from experiments.charts.sensitivity.heat import draw_heat
from experiments.charts.sensitivity.network import draw_network, interactions
from experiments.charts.sensitivity.wording import verdict_title
from experiments.constants import constant_name
from experiments.designs.factors import Factor
from experiments.sensitivity.analysis import analyse
from experiments.sensitivity.checks import SEED
from experiments.sensitivity.results import SensitivityOutcome
from experiments.sensitivity.study import Numbers, Study
from experiments.sensitivity.verdicts import judge
from tests.charts.test_layout import clashes
from tests.sensitivity.conftest import points_of

KEYS = [
    "parameters.scale.administration_small", "parameters.cost.duplication", "parameters.knowledge.need_error",
    "scenario.allocation.region.rules.standard_needs", "parameters.accountability.monitoring_effect",
    "parameters.cooperation.autonomy", "parameters.trust.start", "parameters.conference.consultation_effect",
    "parameters.programming.benefit", "parameters.need.social_growth", "parameters.slack.start",
    "parameters.slack.speed", "parameters.wellbeing.ampi_response",
]  # fmt: skip
SIZES = {Analysis.sobol: 256, Analysis.morris: 16, Analysis.pawn: 400}


def outcomes(points: Numbers) -> Numbers:
    """Return an outcome that five factors move, two of them only together, and a bit of chance."""
    x = points
    return 24 * x[:, 0] + 60 * (x[:, 1] - 0.5) * (x[:, 2] - 0.5) + 12 * x[:, 3] ** 2 + 4 * x[:, 4] + x[:, -1]


@lru_cache
def outcome_of(method: Analysis) -> SensitivityOutcome:
    factors = tuple(Factor(key, 0.0, 1.0) for key in [*KEYS, SEED])
    study = Study(Sensitivity(method=method, n=SIZES[method]), factors, 1)
    shares, points = points_of(study)
    indicators = [INDICATORS[key] for key in MAIN_INDICATORS]
    sizes = np.array([3.0 * one.smallest_relevant_effect for one in indicators])
    values = outcomes(points)[:, None] / 30.0 * sizes
    values[:, 3] = 7.0
    values[:, 1] = points[:, -1]
    found = analyse(study, shares, values, indicators)
    return SensitivityOutcome(
        study, found, tuple(judge(study, found, indicators)), len(points), len(points), 0,
        {"it": "Legislazione vigente", "en": "Present law"}, {"it": "Emilia-Romagna", "en": "Emilia-Romagna"},
        2040, False, "abc", "def", date(2026, 11, 23),
    )  # fmt: skip


@pytest.mark.parametrize("lang", ["it", "en"])
@pytest.mark.parametrize("method", list(Analysis))
def test_no_texts_touch(method: Analysis, lang: str) -> None:
    outcome = outcome_of(method)
    draw: list[Callable[[], tuple[Page, object, object]]] = [
        lambda: draw_heat(outcome, lang, 17.0),
        lambda: draw_convergence(outcome, lang, 17.0),
        *(lambda one=one: draw_bars(outcome, one, lang, 17.0) for one in outcome.verdicts[:3]),
        lambda: draw_bars(outcome, outcome.verdicts[0], lang, 8.0),
    ]
    for number, page in enumerate(draw):
        assert not clashes(page()[0]), (method, number)


@pytest.mark.parametrize("lang", ["it", "en"])
def test_the_network_has_the_pair_that_acts_together(lang: str) -> None:
    outcome = outcome_of(Analysis.sobol)
    verdict = outcome.verdicts[0]
    pairs = interactions(outcome, verdict)
    assert (KEYS[1], KEYS[2]) in set(zip(pairs["factor"], pairs["other"], strict=True))
    page, words, table = draw_network(outcome, verdict, lang, 17.0)
    assert not clashes(page)
    assert constant_name("parameters.cost.duplication", lang) in words.title
    assert len(table) == len(pairs)


def test_titles_state_what_matters_most() -> None:
    outcome = outcome_of(Analysis.sobol)
    cost, spending, *_ = outcome.verdicts
    assert verdict_title(outcome, cost, "it").startswith(
        "Costo a servizio costante: conta soprattutto «Economie di scala dell’amministrazione, sotto 5.000 "
        "residenti» ("
    )
    assert verdict_title(outcome, spending, "en") == "Spending: chance matters more than any factor (100%)"


@pytest.mark.parametrize("method", list(Analysis))
def test_the_data_of_a_page_are_those_of_the_analysis(method: Analysis) -> None:
    outcome = outcome_of(method)
    _, words, table = draw_bars(outcome, outcome.verdicts[0], "it", 17.0)
    main = table[table["index"] == outcome.index].set_index("factor")["value"]
    for one in outcome.verdicts[0].factors:
        assert main[one.factor] == one.value
    assert len(words.alternative) <= 250
    _, _, cells = draw_heat(outcome, "it", 17.0)
    assert len(cells) == len(outcome.verdicts) * len(outcome.study.units)
