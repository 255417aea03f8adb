"""Where, how long and how often: the keys that files in `conf/` write, and all settings together."""

from dataclasses import dataclass, field
from enum import Enum

from areavasta.settings.calibration import CalibrationPlan
from areavasta.settings.discover import Discover
from areavasta.settings.fields import Origin, constant
from areavasta.settings.law import Scenario
from areavasta.settings.parameters import Parameters
from areavasta.settings.search import Search
from areavasta.settings.sensitivity import Sensitivity
from areavasta.settings.sweep import Sweep

FIRST_YEAR = 2023
"""First simulated year: 1 January 2023, with the unions of the end of 2022."""

BASE_YEAR = 2026
"""First year that `run.years` counts; the years before it are the burn-in under present law."""


class Language(Enum):
    """Name the language of tables and charts."""

    it = "it"
    en = "en"


@dataclass
class TerritoryChoice:
    """A shipped territory, a folder of tables, or a generated one."""

    name: str = "emilia_romagna"
    folder: str | None = None
    synthetic_communes: int = constant(
        0, 0, 200000, unit="communes", origin=Origin.choice, source="run",
        meaning="size of a generated territory; zero loads tables",
    )  # fmt: skip
    synthetic_seed: int = constant(
        1, 0, 2**31, unit="seed", origin=Origin.choice, source="run", meaning="seed of a generated territory"
    )


@dataclass
class Run:
    """Length and number of simulations, and where parameter draws come from.

    `posterior`: `shipped`, `none` (every constant from its range) or a folder or file of draws. `held` names
    constants that keep their value in every draw; the command line adds those it sets.
    """

    years: int = constant(
        15, 1, 100, unit="years", origin=Origin.choice, source="run", meaning="simulated years from 2026"
    )
    draws: int = constant(
        10, 0, 100000, unit="draws", origin=Origin.choice, source="run",
        meaning="parameter draws; zero runs the defaults alone, as draw 0",
    )  # fmt: skip
    replicates: int = constant(
        2, 1, 100000, unit="replicates", origin=Origin.choice, source="run", meaning="replicates of each draw"
    )
    seed: int = constant(
        1, 0, 2**62, unit="seed", origin=Origin.choice, source="run", meaning="seed of every random draw"
    )
    processes: int = constant(
        0, 0, 4096, unit="processes", origin=Origin.choice, source="run", meaning="zero uses every core"
    )
    posterior: str = "shipped"
    held: list[str] = field(default_factory=list)


class EngineKind(Enum):
    """Name what runs the simulations: processes of this machine, or workers of Dask."""

    processes = "processes"
    dask = "dask"


@dataclass
class EngineChoice:
    """What runs the simulations; `address` is that of a Dask scheduler, without which one starts here."""

    kind: EngineKind = EngineKind.processes
    address: str | None = None


@dataclass
class Settings:
    """All settings of a command: the model reads the laws, `territory`, `run` and `parameters`."""

    present_law: Scenario = field(default_factory=Scenario)
    scenario: Scenario = field(default_factory=Scenario)
    territory: TerritoryChoice = field(default_factory=TerritoryChoice)
    run: Run = field(default_factory=Run)
    parameters: Parameters = field(default_factory=Parameters)
    calibration: CalibrationPlan = field(default_factory=CalibrationPlan)
    reforms: list[str] = field(default_factory=list)
    ablate: bool = False
    sweep: Sweep = field(default_factory=Sweep)
    sensitivity: Sensitivity = field(default_factory=Sensitivity)
    search: Search = field(default_factory=Search)
    discover: Discover = field(default_factory=Discover)
    engine: EngineChoice = field(default_factory=EngineChoice)
    lang: Language = Language.it
    output: str | None = None
