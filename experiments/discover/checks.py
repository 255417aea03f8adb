"""Checks of what a discovery is asked for, before anything runs."""

from collections.abc import Collection, Iterator

from areavasta.indicators import INDICATORS
from areavasta.settings import Problem, suggestion
from areavasta.settings.discover import Criterion, Discover
from areavasta.settings.sensitivity import Outcome
from experiments.designs.factors import read_factors
from experiments.designs.keys import SCENARIOS


def discover_problems(wanted: Discover, scenarios: Collection[str]) -> list[Problem]:
    """Return everything wrong with a discovery that its types do not tell."""
    factors, problems = read_factors(wanted.factors, scenarios, "discover")
    problems += [*_criterion_problems(wanted.criterion), *_reform_problems(wanted, scenarios)]
    for factor in factors:
        place = f"discover.factors.{factor.key}"
        if factor.key == SCENARIOS:
            problems.append(Problem(place, "cannot be a factor; name reforms in discover.reforms"))
        elif len(factor.values) == 1:
            problems.append(Problem(place, "has one value; what does not vary is no factor"))
    if wanted.sweep is not None and wanted.criterion.of is Outcome.effect:
        told = "is effect; the points of a sweep have one law each: write discover.criterion.of=level"
        problems.append(Problem("discover.criterion.of", told))
    return problems


def _criterion_problems(criterion: Criterion) -> Iterator[Problem]:
    key, place = criterion.indicator, "discover.criterion"
    if key not in INDICATORS:
        yield Problem(f"{place}.indicator", f"names {key}, which is none{suggestion(key, INDICATORS)}")
    low, high = criterion.at_least, criterion.at_most
    if low is None and high is None:
        yield Problem(place, "has no value; write at_least or at_most, such as discover.criterion.at_least=1")
    if low is not None and high is not None and low > high:
        yield Problem(place, f"asks for at least {low:g} and at most {high:g}; at_least must not be above")


def _reform_problems(wanted: Discover, scenarios: Collection[str]) -> Iterator[Problem]:
    for name in wanted.reforms:
        if name not in scenarios:
            near = suggestion(name, scenarios) or f"; there are {', '.join(scenarios)}"
            yield Problem("discover.reforms", f"names {name}, which is no scenario{near}")
    if len(set(wanted.reforms)) != len(wanted.reforms):
        yield Problem("discover.reforms", "has a name twice; write each once")
