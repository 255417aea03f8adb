import itertools
import shutil
from dataclasses import is_dataclass
from pathlib import Path

import pytest
from hydra import initialize_config_dir
from hydra.core.global_hydra import GlobalHydra
from omegaconf import DictConfig, ListConfig

from areavasta.settings import Financing, Scenario, Settings
from areavasta.territory_choice import SHIPPED, chosen_territory
from experiments import _hydra, compose
from experiments._config_files import GROUPS, ConfigurationError, options
from experiments._hydra import PROJECT_ROOT, compose_reform

SCENARIOS = options(PROJECT_ROOT, GROUPS["scenarios"])
TERRITORIES = options(PROJECT_ROOT, GROUPS["territory"])
RUNS = options(PROJECT_ROOT, GROUPS["run"])


@pytest.mark.parametrize(("scenario", "territory"), list(itertools.product(SCENARIOS, TERRITORIES)))
def test_every_scenario_composes_on_every_territory(scenario: str, territory: str) -> None:
    settings = compose(f"scenarios={scenario}", f"territory={territory}")
    assert settings.territory.name == territory
    assert settings.present_law.title.en == "Present law"
    assert (settings.scenario.title.en == "Present law") == (scenario == "status_quo")


@pytest.mark.parametrize("run", RUNS)
def test_every_run_composes(run: str) -> None:
    assert compose(f"run={run}").run.years > 0


def test_the_scenarios_of_the_project_are_all_there() -> None:
    expected = {"status_quo", "needs_based_fund", "stronger_provinces", "regional_centralism", "fund_cut"}
    assert expected <= set(SCENARIOS)


def test_the_folder_one_stands_in_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = compose("scenarios=fund_cut")
    monkeypatch.chdir(tmp_path)
    assert compose("scenarios=fund_cut") == here
    assert not list(tmp_path.iterdir())


def test_settings_are_plain_all_the_way_down() -> None:
    waiting: list[object] = [compose("scenarios=fund_cut")]
    while waiting:
        value = waiting.pop()
        assert not isinstance(value, DictConfig | ListConfig)
        if isinstance(value, dict):
            waiting += value.values()
        elif is_dataclass(value):
            waiting += vars(value).values()


def test_a_scenario_changes_its_own_keys_and_present_law_stays() -> None:
    settings = compose("scenarios=needs_based_fund")
    assert settings.scenario.allocation.region.rules.historical == 0.0
    assert settings.present_law.allocation.region.rules.historical == 1.0
    assert settings.scenario.functions == settings.present_law.functions


def test_the_command_line_wins_over_files() -> None:
    settings = compose("run=quick", "run.years=12", "scenarios=fund_cut", "scenario.financing=new_money")
    assert (settings.run.years, settings.run.draws) == (12, 0)
    assert settings.scenario.financing is Financing.new_money
    assert settings.scenario.equalisation.cut_per_head == 20.0


def test_dated_changes_keep_their_years_and_more_can_be_added() -> None:
    settings = compose("scenarios=fund_cut", "+scenario.changes={2033: {context: {ageing: 2.0}}}")
    assert settings.scenario.changes == {
        2030: {"equalisation": {"cut_per_head": 40.0}},
        2033: {"context": {"ageing": 2.0}},
    }


def test_composing_leaves_no_hydra_state() -> None:
    compose()
    assert not GlobalHydra.instance().is_initialized()
    with pytest.raises(ConfigurationError):
        compose("run.years=0")
    assert not GlobalHydra.instance().is_initialized()


def test_composing_inside_another_hydra_application_leaves_it_as_it_was() -> None:
    with initialize_config_dir(str(PROJECT_ROOT / "conf"), version_base="1.3"):
        outer = GlobalHydra.instance().hydra
        compose("scenarios=fund_cut")
        assert GlobalHydra.instance().hydra is outer


def test_each_reform_keeps_the_other_arguments() -> None:
    overrides = ("reforms=[fund_cut]", "run.years=9", "scenarios=stronger_provinces")
    settings = compose_reform(overrides, "fund_cut")
    assert settings.run.years == 9
    assert settings.scenario.title.en == "Cut of the equalisation fund"


def test_present_law_alone_is_the_law_without_arguments() -> None:
    settings = compose()
    assert isinstance(settings, Settings)
    assert isinstance(settings.scenario, Scenario)
    assert settings.scenario == settings.present_law


def test_all_mistakes_come_in_one_error_with_a_line_each() -> None:
    with pytest.raises(ConfigurationError) as error:
        compose("run.years=0", "scenario.effective=1900")
    assert len(str(error.value).splitlines()) == len(error.value.lines) == 2


def test_a_built_territory_is_chosen_by_name(tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(PROJECT_ROOT / "conf", project / "conf")
    shutil.copytree(PROJECT_ROOT / "scenarios", project / "scenarios")
    built = project / "results" / "territory"
    shutil.copytree(SHIPPED / "toy", built / "atlantis")
    (built / "atlantis.yaml").write_text("name: atlantis\nfolder: results/territory/atlantis\n")
    settings = _hydra.compose("territory=atlantis", root=project)
    assert chosen_territory(settings.territory).key == "atlantis"
