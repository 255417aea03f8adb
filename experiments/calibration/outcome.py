"""What a calibration found, as tidy tables: screening, waves, constants, figures, draws."""

import numpy as np
import pandas as pd

from experiments.calibration.problem import Numbers
from experiments.calibration.procedure import Calibration

QUANTILES = {"q05": 0.05, "q50": 0.50, "q95": 0.95}
"""Columns of quantiles: nine in ten lie between the first and the last."""

FITTED, INERT, PREDICTED = "fitted", "inert", "predicted"
"""Roles of figures: used, named to be used but moved by no calibrated constant, kept out and predicted."""

WITHIN, NEAR, OFF = "within", "near", "off"
"""Verdicts: at most two standard deviations from the published figure, at most three, more."""

VERDICT_EDGES = (2.0, 3.0)


def tables(calibration: Calibration) -> dict[str, pd.DataFrame]:
    """Return every table by the name of its file."""
    return {
        "screening": screening_table(calibration),
        "waves": waves_table(calibration),
        "emulators": emulators_table(calibration),
        "constants": constants_table(calibration),
        "constants_by_wave": constants_by_wave_table(calibration),
        "figures": figures_table(calibration),
        "posterior": draws_table(calibration),
    }


def screening_table(calibration: Calibration) -> pd.DataFrame:
    """Return a row for each constant and figure: effect, noise and response as in `Screening`."""
    problem, screening = calibration.problem, calibration.screening
    figures = [target.key for target in problem.targets]
    rows = pd.MultiIndex.from_product([problem.priors.names, figures], names=["constant", "figure"])
    count = len(problem.priors.names)
    chosen = np.isin(np.arange(count), calibration.selected)
    columns = {
        "effect": screening.effect.ravel(),
        "spread": screening.spread.ravel(),
        "noise": np.tile(screening.noise, count),
        "response": screening.response.ravel(),
        "above_chance": (screening.effect > screening.noise).ravel(),
        "calibrated": np.repeat(chosen, len(figures)),
    }
    return pd.DataFrame(columns, index=rows).reset_index()


def waves_table(calibration: Calibration) -> pd.DataFrame:
    """Return a row for each wave: runs, what is not ruled out, emulators, how the posterior moved."""
    return pd.DataFrame(
        [
            {
                "wave": wave.number,
                "runs": wave.runs,
                "points_trained_on": wave.trained_on,
                "not_ruled_out": wave.share,
                "explained": min(fit.explained for fit in wave.fits),
                "within_two_sd": float(np.mean([fit.within_two for fit in wave.fits])),
                "shift": wave.shift,
                "effective_size": wave.posterior.effective_size,
            }
            for wave in calibration.waves
        ]
    )


def emulators_table(calibration: Calibration) -> pd.DataFrame:
    """Return a row for each wave and figure: how points left out are predicted, and the noise of one run."""
    keys = [calibration.problem.targets[i].key for i in calibration.figures]
    return pd.DataFrame(
        [
            {
                "wave": wave.number,
                "figure": key,
                "explained": fit.explained,
                "within_two_sd": fit.within_two,
                "noise_sd": float(np.sqrt(emulator.noise)),
            }
            for wave in calibration.waves
            for key, fit, emulator in zip(keys, wave.fits, wave.emulators.figures, strict=True)
        ]
    )


def constants_table(calibration: Calibration) -> pd.DataFrame:
    """Return a row for each calibrated constant: prior, posterior, coverage of intervals."""
    priors = calibration.problem.priors.only(calibration.selected)
    shares = np.array(list(QUANTILES.values()))
    prior = priors.values(np.repeat(shares[:, np.newaxis], len(priors.names), axis=1))
    posterior = np.quantile(calibration.draws, shares, axis=0)
    told = calibration.screening.strongest[list(calibration.selected)]
    columns: dict[str, object] = {"constant": priors.names, "response": told}
    columns |= {"low": priors.low, "default": priors.mode, "high": priors.high}
    columns |= {f"prior_{name}": prior[i] for i, name in enumerate(QUANTILES)}
    columns |= {f"posterior_{name}": posterior[i] for i, name in enumerate(QUANTILES)}
    columns["coverage"] = calibration.coverage.by_constant
    columns["coverage_width"] = calibration.coverage.narrowing
    return pd.DataFrame(columns)


def constants_by_wave_table(calibration: Calibration) -> pd.DataFrame:
    """Return a row for each wave and constant: quantiles of the posterior so far; wave 0 is the prior."""
    priors = calibration.problem.priors.only(calibration.selected)
    shares = np.array(list(QUANTILES.values()))
    found = [(0, priors.values(np.repeat(shares[:, np.newaxis], len(priors.names), axis=1)))]
    found += [(wave.number, wave.posterior.quantiles(shares)) for wave in calibration.waves]
    rows = [
        {"wave": number, "constant": name, **dict(zip(QUANTILES, quantiles[:, i], strict=True))}
        for number, quantiles in found
        for i, name in enumerate(priors.names)
    ]
    return pd.DataFrame(rows)


def figures_table(calibration: Calibration) -> pd.DataFrame:
    """Return a row for each figure: published, simulated with prior and posterior draws, verdict.

    `distance` is that of the mean posterior run from the published figure, in standard deviations of both:
    the figure's, discrepancy included, and that of runs over draws and chance.
    """
    rows = []
    for i, target in enumerate(calibration.problem.targets):
        before, after = _finite(calibration.prior_figures[:, i]), _finite(calibration.posterior_figures[:, i])
        gap = (float(after.mean()) - target.value) / float(np.sqrt(target.variance + after.var()))
        gap = min(gap, 0.0) if target.at_least else gap
        role = PREDICTED if target.held_out else FITTED if i in calibration.figures else INERT
        row: dict[str, object] = {"figure": target.key, "role": role, "published": target.value}
        row["published_sd"] = float(np.sqrt(target.variance))
        row |= {f"prior_{name}": value for name, value in _quantiles(before).items()}
        row |= {f"posterior_{name}": value for name, value in _quantiles(after).items()}
        row["distance"], row["verdict"] = gap, verdict(gap)
        rows.append(row)
    return pd.DataFrame(rows)


def verdict(distance: float) -> str:
    """Return the verdict of a distance in standard deviations."""
    within, near = VERDICT_EDGES
    return WITHIN if abs(distance) <= within else NEAR if abs(distance) <= near else OFF


def draws_table(calibration: Calibration) -> pd.DataFrame:
    """Return the posterior sample: a row a draw, a column a constant."""
    names = calibration.problem.priors.only(calibration.selected).names
    return pd.DataFrame(calibration.draws, columns=list(names))


def _finite(values: Numbers) -> Numbers:
    found = values[np.isfinite(values)]
    return found if found.size else np.array([np.nan])


def _quantiles(values: Numbers) -> dict[str, float]:
    found = np.quantile(values, list(QUANTILES.values()))
    return dict(zip(QUANTILES, found.tolist(), strict=True))
