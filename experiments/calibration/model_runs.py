"""The model as a simulator: its uncertain constants, its figures, and runs that are kept."""

import copy
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

import numpy as np

from areavasta.accounts import BooksError
from areavasta.settings import Parameters, Settings, SettingsError, uncertain_constants
from experiments import validation
from experiments.calibration.problem import CalibrationError, Numbers, Priors, Problem, Target
from experiments.calibration.runs import KeptSimulator, Progress, RunTable
from experiments.engine import NO_MEMORY, territory_of
from experiments.engine_processes import RunError, map_in_order
from experiments.store.identity import code_version
from experiments.validation.figures import FIGURES, UNION_EFFECTS, FigureError, Status, measured
from experiments.validation.formation import run_formation
from experiments.validation.history import present_law_only, record_history
from experiments.validation.union_effect import effects_of_run

PREDICTED = (Status.calibrated, Status.emergent, Status.held_out)
"""Kinds of figure that a calibration looks at: what goes in and what is true by construction tell nothing."""


def model_problem(settings: Settings) -> Problem:
    """Return what is calibrated: every uncertain constant that nobody holds, and figures of one run.

    Fitted are the figures that the plan names, else those whose status is `calibrated`; every other one that
    is evidence is predicted. Raises CalibrationError for a name that cannot be fitted.
    """
    fitted = fitted_figures(settings)
    keys = [
        key
        for key, figure in FIGURES.items()
        if key in fitted or (figure.status in PREDICTED and figure.comparable)
    ]
    targets = tuple(
        Target(
            key, FIGURES[key].target, FIGURES[key].sd, settings.calibration.discrepancy * FIGURES[key].sd,
            held_out=key not in fitted, at_least=FIGURES[key].bound == "least",
        )
        for key in keys
    )  # fmt: skip
    return Problem(model_priors(settings), targets)


def fitted_figures(settings: Settings) -> list[str]:
    """Return the keys of the figures to fit; raise CalibrationError for one that cannot be."""
    from areavasta.settings import suggestion

    usable = {key: figure for key, figure in FIGURES.items() if figure.comparable and not figure.bound}
    chosen = settings.calibration.figures
    for key in chosen:
        if key not in FIGURES:
            raise CalibrationError(
                f"calibration.figures names {key}, which is unknown{suggestion(key, FIGURES)}"
            )
        if key not in usable:
            why = "is a bound" if FIGURES[key].bound else "is of another territory"
            raise CalibrationError(f"calibration.figures names {key}, which {why}; fit figures with a value")
    return chosen or [key for key, figure in usable.items() if figure.status is Status.calibrated]


def model_priors(settings: Settings) -> Priors:
    """Return the priors of all uncertain constants that settings do not hold at a value of their own."""
    kept = [
        (place, item)
        for section, place, item in uncertain_constants(settings.parameters)
        if getattr(section, item.name) == item.default and place not in settings.run.held
    ]
    low = np.array([float(item.metadata["low"]) for _, item in kept])
    mode = np.array([float(item.default) for _, item in kept])
    high = np.array([float(item.metadata["high"]) for _, item in kept])
    whole = np.array([isinstance(item.default, int) for _, item in kept])
    return Priors(tuple(place for place, _ in kept), low, mode, high, whole)


def with_values(settings: Settings, names: Sequence[str], values: Numbers) -> Settings:
    """Return settings with these constants."""
    parameters: Parameters = copy.deepcopy(settings.parameters)
    wanted = dict(zip(names, values.tolist(), strict=True))
    for section, place, item in uncertain_constants(parameters):
        if place in wanted:
            whole = isinstance(item.default, int)
            setattr(section, item.name, int(wanted[place]) if whole else wanted[place])
    return replace(settings, parameters=parameters)


def simulate_figures(
    settings: Settings, names: Sequence[str], figures: Sequence[str], run: tuple[Numbers, int]
) -> Numbers:
    """Return figures of one run with these constants and replicate; not a number for one it cannot give.

    Raises RunError for a run that fails.
    """
    values, replicate = run
    chosen = present_law_only(with_values(settings, names, values))
    territory = territory_of(settings.territory)
    seed = settings.run.seed
    try:
        history = record_history(chosen, seed, 0, replicate, territory)
        effects: dict[str, float] = {}
        if set(figures) & set(UNION_EFFECTS):
            effects = effects_of_run(run_formation(chosen, seed, 0, replicate, territory))
    except (BooksError, SettingsError) as error:
        told = "; ".join(str(error).splitlines())
        raise RunError(f"a run with replicate {replicate} of seed {seed} failed: {told}") from None
    except MemoryError:
        raise RunError(f"a run with replicate {replicate} of seed {seed} failed: {NO_MEMORY}") from None

    def figure(key: str) -> float:
        if key in effects:
            return effects[key]
        try:
            return measured(key, history)
        except FigureError:
            return np.nan

    return np.array([figure(key) for key in figures])


def sources_digest(folder: Path) -> str:
    """Return a short digest of the code and tables in a folder."""
    digest = hashlib.blake2b(digest_size=8)
    for path in sorted([*folder.glob("*.py"), *folder.glob("*.csv")]):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def model_simulator(settings: Settings, problem: Problem, folder: Path, progress: Progress) -> KeptSimulator:
    """Return the simulator of a problem of the model, whose runs are kept in a folder."""
    names = problem.priors.names
    figures = [target.key for target in problem.targets]
    work = partial(simulate_figures, settings, names, figures)

    def run(tasks: list[tuple[Numbers, int]]) -> Iterator[Numbers]:
        return map_in_order(work, tasks, settings.run.processes)

    table = RunTable(folder / runs_identity(settings, names, figures), figures)
    return KeptSimulator(table, run, progress, problem.fitted)


def runs_identity(settings: Settings, names: Sequence[str], figures: Sequence[str]) -> str:
    """Return a digest of all that runs depend on, but for constants and replicate."""
    told = {
        "code": [code_version(), sources_digest(Path(validation.__file__).parent)],
        "territory": territory_of(settings.territory).sha256,
        "seed": settings.run.seed,
        "law": asdict(settings.present_law),
        "parameters": asdict(settings.parameters),
        "constants": names,
        "figures": figures,
    }
    text = json.dumps(told, sort_keys=True, default=str)
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
