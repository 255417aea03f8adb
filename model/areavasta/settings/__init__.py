"""Settings: every key that a YAML file may write, with its unit, range, meaning and source."""

from areavasta.settings.calibration import CalibrationPlan
from areavasta.settings.check import Problem, SettingsError, check_settings, suggestion
from areavasta.settings.draws import draw_parameters
from areavasta.settings.fields import Origin
from areavasta.settings.law import (
    AREA_KINDS,
    LEVELS,
    Financing,
    Law,
    NeedBasis,
    ResourceRule,
    RuleWeights,
    Scenario,
    Text,
)
from areavasta.settings.law_codecision import CodecisionRule
from areavasta.settings.law_review import Reviewers
from areavasta.settings.parameters import Parameters
from areavasta.settings.posterior import Posterior, load_posterior
from areavasta.settings.run import BASE_YEAR, FIRST_YEAR, Language, Run, Settings, TerritoryChoice
from areavasta.settings.timeline import law_timeline
from areavasta.settings.uncertain import constants_by_key, uncertain_constants

__all__ = [
    "AREA_KINDS",
    "BASE_YEAR",
    "FIRST_YEAR",
    "LEVELS",
    "CalibrationPlan",
    "CodecisionRule",
    "Financing",
    "Language",
    "Law",
    "NeedBasis",
    "Origin",
    "Parameters",
    "Posterior",
    "Problem",
    "ResourceRule",
    "Reviewers",
    "RuleWeights",
    "Run",
    "Scenario",
    "Settings",
    "SettingsError",
    "TerritoryChoice",
    "Text",
    "check_settings",
    "constants_by_key",
    "draw_parameters",
    "law_timeline",
    "load_posterior",
    "suggestion",
    "uncertain_constants",
]
