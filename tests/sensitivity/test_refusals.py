"""Outcomes that are not finite, and settings that make no sense, in one line."""

import numpy as np
import pytest

from areavasta.settings.sensitivity import Analysis, Outcome, Sensitivity
from experiments.results import ResultsError
from experiments.sensitivity.analysis import analyse
from experiments.sensitivity.checks import sensitivity_problems
from tests.sensitivity.conftest import ANGLES, COST, index_of, ishigami, points_of, study_of

FACTORS: dict[str, object] = {"parameters.cost.duplication": {}, "parameters.cost.transition": {}}


@pytest.mark.parametrize(("method", "n"), [(Analysis.sobol, 64), (Analysis.morris, 10)])
def test_outcomes_that_are_not_finite_are_refused_by_row(method: Analysis, n: int) -> None:
    study = study_of(ANGLES, method, n)
    shares, points = points_of(study)
    values = ishigami(points)[:, None]
    values[[3, 17], 0] = np.nan, np.inf
    with pytest.raises(ResultsError) as caught:
        analyse(study, shares, values, [COST])
    assert str(caught.value).startswith(
        f"{method.value}: 2 of {len(points)} points have no finite outcome: 3 (cost), 17 (cost); "
    )
    assert len(str(caught.value).splitlines()) == 1


def test_pawn_takes_the_finite_part() -> None:
    study = study_of(ANGLES, Analysis.pawn, 400)
    shares, points = points_of(study)
    values = ishigami(points)[:, None]
    kept = analyse(study, shares[2:], values[2:], [COST])
    values[:2] = np.nan
    found = analyse(study, shares, values, [COST])
    assert found.used == {"cost": 398}
    assert index_of(found, "median") == index_of(kept, "median")
    values[30:] = np.nan
    few = study_of(ANGLES, Analysis.pawn, 400, slices=20)
    with pytest.raises(ResultsError, match="cost: 28 points with a finite value are too few"):
        analyse(few, shares, values, [COST])


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ({"n": 100}, "sensitivity.n is 100; sobol needs a power of two, such as 64 or 128"),
        (
            {"method": Analysis.morris, "levels": 5},
            "sensitivity.levels is 5; morris needs an even number",
        ),
        (
            {"method": Analysis.pawn, "n": 16},
            "sensitivity.n is 16; pawn with 10 slices needs 20 or more",
        ),
        (
            {"groups": {"costs": ["parameters.cost.duplicaton"]}},
            "sensitivity.groups.costs has parameters.cost.duplicaton, which is no factor; "
            "did you mean parameters.cost.duplication?",
        ),
        (
            {"groups": {"a": ["parameters.cost.transition"], "b": ["parameters.cost.transition"]}},
            "sensitivity.groups.b has parameters.cost.transition, which is in a already",
        ),
        (
            {"groups": {"costs": "parameters.cost.transition"}},
            "sensitivity.groups.costs is 'parameters.cost.transition'; it must be a list of factors, such as "
            "[parameters.cost.duplication]",
        ),
        (
            {"indicators": ["spendin"]},
            "sensitivity.indicators names spendin, which is none; did you mean spending?",
        ),
        (
            {"factors": {"parameters.cost.duplication": [0.1]}},
            "sensitivity.factors.parameters.cost.duplication has one value; what does not vary is no factor",
        ),
        (
            {"sweep": "somewhere", "of": Outcome.effect, "factors": {}},
            "sensitivity.of is effect; the points of a sweep have one law each",
        ),
    ],
)
def test_what_makes_no_sense_is_one_line(wanted: dict[str, object], told: str) -> None:
    settings = Sensitivity(**{"factors": FACTORS, **wanted})  # type: ignore[arg-type]
    assert [str(problem) for problem in sensitivity_problems(settings, ["status_quo"])] == [told]


def test_shipped_analyses_hold() -> None:
    from experiments import compose

    assert len(compose("sensitivity=screening").sensitivity.factors) == 20
    variance = compose("sensitivity=variance").sensitivity
    assert (variance.method, variance.n, len(variance.factors)) == (Analysis.sobol, 512, 20)
