"""The manifest of results: what was run, on what, by which version, and that the books closed."""

import hashlib
import json
import platform
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from enum import Enum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from areavasta import __version__
from areavasta.settings import (
    BASE_YEAR,
    Financing,
    Settings,
    TerritoryChoice,
    constants_by_key,
    law_timeline,
    load_posterior,
    uncertain_constants,
)
from areavasta.territory import Territory
from experiments._config_files import BUILT_TERRITORIES
from experiments.engine import Closing
from experiments.results import PUBLISHED
from experiments.store.identity import code_version

PACKAGES = ("mesa", "numpy", "scipy", "pandas", "pyarrow", "hydra-core", "matplotlib", "rich", "SALib")
"""Packages whose versions results may depend on."""

WITHOUT_EFFECT = (
    "calibration",
    "reforms",
    "sweep",
    "sensitivity",
    "search",
    "discover",
    "engine",
    "lang",
    "output",
)
"""Settings that change no result; so does the number of processes."""

TOY = "toy"
"""Name of the shipped territory that is made up."""

SHORT = 8
"""Digits of short hashes."""

GIT_SECONDS = 20.0


def make_manifest(
    command: str, scenarios: Mapping[str, Settings], territory: Territory, created: datetime, root: Path
) -> dict[str, Any]:
    """Return everything known before the runs; the first scenario is what the others are compared with."""
    first = next(iter(scenarios.values()))
    plain = plain_settings(scenarios)
    return {
        "project": "area-vasta",
        "version": __version__,
        "command": command,
        "created": created.isoformat(timespec="seconds"),
        "git": git_state(root),
        "code": code_version(),
        "python": platform.python_version(),
        "packages": package_versions(),
        "settings_hash": settings_hash(plain, territory),
        "settings": plain,
        "language": first.lang.value,
        "scenarios": {name: describe(settings) for name, settings in scenarios.items()},
        "first_year": BASE_YEAR,
        "horizon": BASE_YEAR + first.run.years - 1,
        "seed": first.run.seed,
        "draws": first.run.draws,
        "replicates": first.run.replicates,
        "pairs": max(first.run.draws, 1) * first.run.replicates,
        "posterior": describe_posterior(first),
        "territory": {
            "key": territory.key,
            "name": territory_name(territory),
            "origin": territory_origin(first.territory, territory),
            "areas": dict(zip(territory.area_keys, territory.area_names, strict=True)),
            "communes": len(territory.codes),
            "residents": int(territory.population.sum()),
            "sha256": territory.sha256,
            "imputed_figures": len(territory.imputed),
            "imputed_communes": territory.imputed_communes,
            "unions_with_imputed_functions": sum(known is None for known in territory.union_functions),
        },
    }


def finish_manifest(
    manifest: dict[str, Any], folder: Path, closing: Closing, table: str = "indicators.parquet"
) -> None:
    """Add what is known after the runs: the closing of the books and the id of the run.

    The id follows from settings and results: the same results have the same id.
    """
    digest = hashlib.sha256(manifest["settings_hash"].encode())
    digest.update((folder / table).read_bytes())
    manifest["run_id"] = digest.hexdigest()[:SHORT]
    manifest["closing"] = asdict(closing)


def describe(settings: Settings) -> dict[str, Any]:
    """Return title, reason, first year, financing of a scenario, and its essential level at the horizon."""
    scenario, horizon = settings.scenario, BASE_YEAR - 1 + settings.run.years
    laws = law_timeline(settings.present_law, scenario)
    last = [law for first_year, law in laws if first_year <= horizon][-1]
    return {
        "title": asdict(scenario.title),
        "reason": asdict(scenario.reason),
        "effective": scenario.effective,
        "financing": scenario.financing.value,
        "new_money": scenario.financing is Financing.new_money,
        "essential_level": last.services.essential_level,
    }


def describe_posterior(settings: Settings) -> dict[str, Any]:
    """Return where parameter draws come from, and which constants are calibrated or held."""
    posterior = load_posterior(settings.run.posterior)
    constants = constants_by_key()
    held = {
        key
        for section, key, item in uncertain_constants(settings.parameters)
        if getattr(section, item.name) != item.default or key in settings.run.held
    }
    calibrated = set(posterior.keys if posterior else ()) - held
    return {
        "choice": settings.run.posterior,
        "sha256": posterior.sha256 if posterior else None,
        "calibrated": sorted(calibrated),
        "held": sorted(held),
        "from_range": len(constants) - len(calibrated) - len(held),
    }


def territory_origin(choice: TerritoryChoice, territory: Territory) -> str:
    """Say where the figures of a territory come from, in the word that sources of charts are kept by."""
    if choice.synthetic_communes or (choice.folder is None and choice.name == TOY):
        return "made_up"
    if choice.folder is None:
        return PUBLISHED
    # Tables that `territory build` made: residents and borders published, the rest imputed.
    built = Path(choice.folder).parent.parts[-2:] == Path(BUILT_TERRITORIES).parts
    return "imputed" if built and territory.imputed_communes else "own"


def territory_name(territory: Territory) -> dict[str, str]:
    """Return the name of a territory in both languages."""
    return {"it": territory.region_name, "en": territory.region_name}


def plain_settings(scenarios: Mapping[str, Settings]) -> dict[str, Any]:
    """Return the settings that all scenarios share, present law and the law of each, as plain values."""
    first = next(iter(scenarios.values()))
    shared = {key: value for key, value in _plain(asdict(first)).items() if key not in WITHOUT_EFFECT}
    del shared["scenario"]
    return {
        **shared,
        "scenarios": {name: _plain(asdict(settings.scenario)) for name, settings in scenarios.items()},
    }


def settings_hash(plain: dict[str, Any], territory: Territory) -> str:
    """Return a short hash of all settings that results depend on, and of the tables they name."""
    # Where tables and draws lie does not matter, but what is in them.
    run = {key: value for key, value in plain["run"].items() if key != "processes"}
    posterior = load_posterior(run["posterior"])
    run["posterior"] = posterior.sha256 if posterior else None
    told = {**plain, "run": run, "territory": territory.sha256}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:SHORT]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value.value if isinstance(value, Enum) else value


def package_versions(names: Sequence[str] = PACKAGES) -> dict[str, str]:
    """Return the versions of packages, by default those that results may depend on."""
    found = {}
    for name in names:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def git_state(root: Path) -> dict[str, Any] | None:
    """Return commit and whether files differ from it; None without git or commits."""
    commit = _git(root, "rev-parse", "HEAD")
    if commit is None:
        return None
    changes = _git(root, "status", "--porcelain")
    return {"commit": commit, "dirty": changes is None or bool(changes)}


def _git(root: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *arguments],
            capture_output=True, text=True, check=True, timeout=GIT_SECONDS,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()
