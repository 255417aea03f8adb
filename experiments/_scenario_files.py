"""Read scenarios without composing everything else anew for each, so that a list of them takes a second."""

import copy
from dataclasses import fields, replace
from pathlib import Path

from omegaconf import OmegaConf

from areavasta.functions import load_catalogue
from areavasta.settings import Law, Problem, Scenario, Settings, SettingsError, check_settings
from areavasta.settings.timeline import apply_changes
from experiments._config_checks import check_chain
from experiments._config_files import GROUPS, PRESENT_LAW, ConfigFile
from experiments._hydra import compose

LAW_KEYS = {item.name for item in fields(Law)}


def read_scenario(name: str, others: Settings, root: Path) -> Scenario:
    """Return a scenario as `compose` gives it; `others` are composed settings of present law.

    Raises ConfigurationError, whose text has one line for each problem.
    """
    *chain, start = check_chain(root, GROUPS["scenarios"], name)
    scenario = copy.deepcopy(others.present_law)
    problems: list[Problem] = []
    for file in reversed(chain):
        apply_changes(scenario, {key: file.values[key] for key in LAW_KEYS & {*file.values}}, "", problems)
    try:
        if start.name != PRESENT_LAW or problems:
            raise SettingsError(problems)
        scenario = _with_texts(scenario, chain)
        check_settings(replace(others, scenario=scenario), load_catalogue())
    except SettingsError:
        # What is wrong, or refers to other settings, the whole composition tells or resolves.
        return compose(f"scenarios={name}", root=root).scenario
    return scenario


def _with_texts(scenario: Scenario, chain: list[ConfigFile]) -> Scenario:
    """Return a scenario with title, reason, dates and financing of its files, the strongest first."""
    written = [{key: file.values[key] for key in {*file.values} - LAW_KEYS} for file in reversed(chain)]
    found = OmegaConf.to_container(OmegaConf.merge(*written)) if written else {}
    texts = {key: type(getattr(scenario, key))(**found[key]) for key in ("title", "reason") if key in found}
    paid = {"financing": type(scenario.financing)[found["financing"]]} if "financing" in found else {}
    return replace(scenario, **{**found, **texts, **paid})
