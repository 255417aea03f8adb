"""Factors: what may vary and over what, with one clear line for each mistake."""

from typing import Any

import pytest

from areavasta.settings import Parameters
from areavasta.settings.sweep import Method, Sweep
from experiments import compose
from experiments._config_files import ConfigurationError
from experiments.designs.factors import Factor, read_factors, sweep_problems
from experiments.designs.keys import ranges

SCENARIOS = ("fund_cut", "status_quo")
DUPLICATION = "parameters.cost.duplication"


def one(key: str, content: Any) -> Factor:
    factors, problems = read_factors({key: content}, SCENARIOS)
    assert not problems
    return factors[0]


def problem(key: str, content: Any) -> str:
    factors, problems = read_factors({key: content}, SCENARIOS)
    assert not factors
    (found,) = problems
    assert found.key == f"sweep.factors.{key}"
    return found.message


@pytest.mark.parametrize("content", [{}, None])
def test_a_factor_without_more_takes_the_range_of_its_setting(content: Any) -> None:
    assert one(DUPLICATION, content) == Factor(DUPLICATION, 0.0, 0.2)
    assert one("territory.synthetic_communes", content).whole
    assert one("scenario.resources.rule", content).values == (
        "historical", "standard_need", "destination_cost", "none",
    )  # fmt: skip
    assert one("scenarios", content).values == SCENARIOS


def test_a_factor_takes_one_end_or_both_or_values() -> None:
    assert one(DUPLICATION, {"low": 0.1}) == Factor(DUPLICATION, 0.1, 0.2)
    assert one(DUPLICATION, {"low": 0.05, "high": 0.1}) == Factor(DUPLICATION, 0.05, 0.1)
    assert one(DUPLICATION, [0, 0.1]).values == (0.0, 0.1)
    assert one("run.seed", [3, 1]).values == (3, 1)
    assert one("scenario.functions.local_police.province.area", {}) == Factor(
        "scenario.functions.local_police.province.area", 0.0, 1.0
    )


@pytest.mark.parametrize(
    ("key", "content", "message"),
    [
        ("parameters.cost.duplicaton", {}, "cannot be a factor; did you mean parameters.cost.duplication?"),
        ("duplication", {}, "cannot be a factor; did you mean parameters.cost.duplication?"),
        (
            "run.draws", [1, 2],
            "cannot be a factor; a factor is scenarios, or a key of scenario, present_law, parameters, "
            "territory, run.years, run.seed",
        ),
        (DUPLICATION, {"low": -1}, "has low -1; it must lie between 0 and 0.2 (share of cost)"),
        (DUPLICATION, {"low": 0.1, "high": 0.1}, "goes from 0.1 to 0.1; low must be below high"),
        (DUPLICATION, {"hig": 0.1}, "has the key hig; a range has low and high; did you mean high?"),
        (DUPLICATION, ["a"], "has the value 'a'; it must be a number, with a point for decimals"),
        (DUPLICATION, [True], "has the value True; it must be a number, with a point for decimals"),
        (DUPLICATION, [0.1, 0.1], "has a value twice; write each once"),
        (DUPLICATION, [], "has no values; write at least one, or {} for all"),
        (
            DUPLICATION, 0.1,
            "is 0.1; write {low: ..., high: ...}, a list of values, or {} for its whole range",
        ),
        ("run.seed", [1.5], "has the value 1.5; it must be a whole number"),
        ("run.years", {"high": 900}, "has high 900; it must lie between 1 and 100 (years)"),
        (
            "scenarios", ["fundcut"],
            "has the value 'fundcut'; it must be one of fund_cut, status_quo; did you mean fund_cut?",
        ),
        ("scenario.resources.rule", {"low": 0}, "has no range; write values among historical, standard_need, "
         "destination_cost, none"),
    ],
)  # fmt: skip
def test_each_mistake_is_one_clear_line(key: str, content: Any, message: str) -> None:
    assert problem(key, content) == message


def test_points_of_sobol_are_a_power_of_two() -> None:
    (found,) = sweep_problems(Sweep(points=100, factors={DUPLICATION: {}}), SCENARIOS)
    assert str(found) == "sweep.points is 100; sobol needs a power of two, such as 64 or 128"


def test_listed_factors_have_as_many_values_each() -> None:
    factors = {DUPLICATION: [0.0, 0.1], "run.seed": [1], "parameters.cost.transition": {}}
    told = [str(found) for found in sweep_problems(Sweep(Method.listed, factors=factors), SCENARIOS)]
    assert told == [
        "sweep.factors.run.seed has 1 values; with method listed every factor has as many, here 2",
        "sweep.factors.parameters.cost.transition is a range; method listed needs lists of values",
    ]


def test_a_mistake_on_the_command_line_names_the_argument() -> None:
    argument = "sweep.factors={parameters.cost.duplication: {low: 1}}"
    with pytest.raises(ConfigurationError) as raised:
        compose(argument)
    assert str(raised.value) == (
        f"command line, {argument}: sweep.factors.parameters.cost.duplication has low 1; "
        "it must lie between 0 and 0.2 (share of cost)"
    )


def test_every_number_of_the_parameters_can_be_a_factor() -> None:
    known = ranges()
    assert known["parameters.cost.duplication"].high == 0.2
    assert sum(key.startswith("parameters.") for key in known) > 50
    assert Parameters().cost.duplication <= known["parameters.cost.duplication"].high
    assert not {"lang", "output", "run.draws", "sweep.points"} & set(known)


def test_shares_of_the_way_reach_every_value() -> None:
    assert [Factor("a", 1.0, 3.0).at(share) for share in (0.0, 0.5, 1.0)] == [1.0, 2.0, 3.0]
    whole = Factor("a", 1, 3, whole=True)
    assert [whole.at(share) for share in (0.0, 0.34, 0.67, 0.999, 1.0)] == [1, 2, 3, 3, 3]
    assert [Factor("a", values=("x", "y")).at(share) for share in (0.0, 0.49, 0.5, 1.0)] == [
        "x", "x", "y", "y",
    ]  # fmt: skip
    assert whole.levels(9) == (1, 2, 3)
    assert Factor("a", 0.0, 1.0).levels(3) == (0.0, 0.5, 1.0)
