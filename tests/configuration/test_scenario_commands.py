"""Commands about scenarios: a list, one in full, and a sketch that changes nothing until it is filled in."""

import shutil
from pathlib import Path

import pytest

from areavasta.settings import Settings
from experiments import _hydra, compose, new, scenarios
from experiments._config_files import GROUPS, options
from experiments._hydra import PROJECT_ROOT
from experiments.provisions import provisions

NAMES = options(PROJECT_ROOT, GROUPS["scenarios"])


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for folder in ("conf", "scenarios"):
        shutil.copytree(PROJECT_ROOT / folder, tmp_path / folder)
    monkeypatch.setattr(_hydra, "PROJECT_ROOT", tmp_path)
    return tmp_path


def both(name: str) -> Settings:
    return compose(f"scenarios={name}")


@pytest.mark.parametrize("lang", ["it", "en"])
def test_every_scenario_is_listed_with_its_title(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert scenarios.main(["--lang", lang]) == 0
    told = capsys.readouterr().out
    for name in NAMES:
        assert f"{name}: {getattr(both(name).scenario.title, lang)}\n" in told


def test_one_scenario_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    assert scenarios.main(["needs_based_fund", "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert "From 1\u00a0January\u00a02027" in told
    assert "by past spending" in told
    assert "by standard needs" in told
    assert "allocation.region.rules" in told


def test_present_law_changes_nothing() -> None:
    settings = both("status_quo")
    assert provisions(settings.present_law, settings.scenario, "it") == []


def test_no_such_scenario(capsys: pytest.CaptureFixture[str]) -> None:
    assert scenarios.main(["stronger"]) == 2
    assert "did you mean stronger_provinces?" in capsys.readouterr().err


def test_a_new_reform_composes_and_changes_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new.main(["roads_to_unions"]) == 0
    assert "'reforms=[roads_to_unions]'" in capsys.readouterr().out
    settings = _hydra.compose("scenarios=roads_to_unions", root=project)
    assert provisions(settings.present_law, settings.scenario, "it") == []
    assert settings.scenario.title.it == "Roads to unions"


def test_every_commented_line_can_be_put_in_force(project: Path) -> None:
    """The sketch with all its sections in force is present law still: the comments are valid YAML."""
    law = (project / "scenarios" / "status_quo.yaml").read_text(encoding="utf-8")
    lines = new.sketch("all_of_it", law).splitlines()
    start = lines.index("# functions:")
    text = "\n".join([*lines[:start], *(_uncommented(line) for line in lines[start:])]) + "\n"
    (project / "scenarios" / "all_of_it.yaml").write_text(text, encoding="utf-8")
    settings = _hydra.compose("scenarios=all_of_it", root=project)
    assert provisions(settings.present_law, settings.scenario, "it") == []


def _uncommented(line: str) -> str:
    told = line.removeprefix("# ")
    return (
        told
        if told.startswith("  ") or (told.partition(":")[0].replace("_", "").isalpha() and ": " not in told)
        else line
    )


@pytest.mark.parametrize(
    ("name", "told"), [("fund_cut", "is there already"), ("Roads", "small letters"), ("../x", "cannot")]
)
def test_what_cannot_be_written(
    name: str, told: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(project.rglob("*"))
    assert new.main([name]) == 2
    written = capsys.readouterr().err
    assert told in written
    assert len(written.splitlines()) == 1
    assert sorted(project.rglob("*")) == before


def test_a_broken_reform_does_not_hide_the_others(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (project / "scenarios" / "fund_cut.yaml").read_text(encoding="utf-8")
    (project / "scenarios" / "broken.yaml").write_text(
        text + "functions: {planning_building: {province: {commune: 0.1}}}\n", encoding="utf-8"
    )
    assert scenarios.main([]) == 2
    told = capsys.readouterr()
    assert all(f"{name}: " in told.out for name in NAMES)
    assert "scenarios/broken.yaml, line" in told.err
    assert len(told.err.splitlines()) == 1
