"""Settings: every key that a YAML file may write, with its unit, range, meaning and source."""

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
from areavasta.settings.run import BASE_YEAR, FIRST_YEAR, Language, Run, Settings, TerritoryChoice
from areavasta.settings.timeline import law_timeline

__all__ = [
    "AREA_KINDS",
    "BASE_YEAR",
    "FIRST_YEAR",
    "LEVELS",
    "CodecisionRule",
    "Financing",
    "Language",
    "Law",
    "NeedBasis",
    "Origin",
    "Parameters",
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
    "draw_parameters",
    "law_timeline",
    "suggestion",
]
