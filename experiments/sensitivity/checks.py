"""Checks of what a sensitivity analysis is asked for, before anything runs."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from areavasta.indicators import INDICATORS
from areavasta.settings import Problem, suggestion
from areavasta.settings.sensitivity import Analysis, Outcome, Sensitivity
from experiments.designs.factors import Factor, read_factors

SEED = "run.seed"
"""Key of the factor that is chance."""

SEEDS = 2**20
"""Seeds, from `run.seed` on, among which chance is taken."""

RESERVED = ("dummy", "chance")
"""Names that stand for the dummy factor and for the seed."""


def sensitivity_problems(wanted: Sensitivity, scenarios: Collection[str]) -> list[Problem]:
    """Return everything wrong with an analysis that its types do not tell."""
    factors, problems = read_factors(wanted.factors, scenarios, "sensitivity")
    problems += list(_group_problems(wanted, [str(key) for key in wanted.factors]))
    problems += list(_size_problems(wanted))
    problems += [
        Problem("sensitivity.indicators", f"names {key}, which is none{suggestion(key, INDICATORS)}")
        for key in wanted.indicators
        if key not in INDICATORS
    ]
    problems += [
        Problem(f"sensitivity.factors.{factor.key}", "has one value; what does not vary is no factor")
        for factor in factors
        if len(factor.values) == 1
    ]
    if wanted.sweep is not None and wanted.of is Outcome.effect:
        problems.append(Problem("sensitivity.of", "is effect; the points of a sweep have one law each"))
    if wanted.sweep is not None and wanted.factors:
        problems.append(Problem("sensitivity.factors", "are those of the sweep; give no others"))
    return problems


def _size_problems(wanted: Sensitivity) -> Iterator[Problem]:
    if wanted.sweep is not None:
        return
    if wanted.method is Analysis.sobol and wanted.n & (wanted.n - 1):
        below = 1 << (wanted.n.bit_length() - 1)
        told = f"is {wanted.n}; sobol needs a power of two, such as {below} or {2 * below}"
        yield Problem("sensitivity.n", told)
    if wanted.method is Analysis.morris and wanted.levels % 2:
        yield Problem("sensitivity.levels", f"is {wanted.levels}; morris needs an even number")
    if wanted.method is Analysis.pawn and wanted.n < 2 * wanted.slices:
        least = 2 * wanted.slices
        yield Problem(
            "sensitivity.n", f"is {wanted.n}; pawn with {wanted.slices} slices needs {least} or more"
        )


def _group_problems(wanted: Sensitivity, keys: Sequence[str]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    if wanted.groups and (wanted.method is Analysis.pawn or wanted.sweep is not None):
        yield Problem("sensitivity.groups", "needs method morris or sobol, and points of its own")
    for name, members in wanted.groups.items():
        place = f"sensitivity.groups.{name}"
        if name in RESERVED or name in keys:
            yield Problem(place, "has the name of a factor; choose another")
        if not _is_list(members):
            yield Problem(
                place, f"is {members!r}; it must be a list of factors, such as [{keys[0] if keys else ''}]"
            )
            continue
        for member in members:
            if member not in keys:
                yield Problem(place, f"has {member}, which is no factor{suggestion(str(member), keys)}")
            elif member in seen:
                yield Problem(place, f"has {member}, which is in {seen[member]} already")
            seen.setdefault(str(member), str(name))


def _is_list(members: Any) -> bool:
    return isinstance(members, Sequence) and not isinstance(members, str) and bool(members)


def read_study_factors(wanted: Sensitivity, scenarios: Collection[str], seed: int) -> tuple[Factor, ...]:
    """Return the factors of checked settings; chance, when asked for, is the last."""
    factors, _ = read_factors(wanted.factors, scenarios, "sensitivity")
    if wanted.chance and all(factor.key != SEED for factor in factors):
        factors = (*factors, Factor(SEED, float(seed), float(seed + SEEDS - 1), whole=True))
    return factors
