"""What READMEs and tutorials tell a reader to type can be read, and what they tell of is there."""

import argparse
import re
import shlex
from importlib import import_module
from pathlib import Path

import pytest
import yaml

from experiments import _hydra
from experiments._hydra import PROJECT_ROOT, run_hydra
from experiments.charts.listing import read_charts
from experiments.compare import compare
from experiments.explain import main as explain
from experiments.report import main as report
from tests.configuration.test_commands import Read, read_arguments, read_settings

TUTORIALS = PROJECT_ROOT / "experiments" / "tutorials"
TEXTS = [PROJECT_ROOT / "README.md", PROJECT_ROOT / "README.it.md", *sorted(TUTORIALS.glob("*.md"))]
LINE = re.compile(r"(?:\.venv/bin/python|python) -m experiments ((?:[^`\n]|(?<=[^`\n])\n(?=\S))+?)(?=`|\n|$)")
MAKE = re.compile(r"(?:^|`)make ([a-z-]+)", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")
NEW = {"planning_to_provinces", "piano_alle_province", "my_reform"}
"""Reforms that a reader writes on the way."""


def commands_of(path: Path) -> list[str]:
    found = LINE.findall(path.read_text(encoding="utf-8"))
    return [told for line in found if (told := line.partition(" #")[0].strip().rstrip(":;,."))]


@pytest.mark.parametrize("line", sorted({line for path in TEXTS for line in commands_of(path)}))
def test_every_command_can_be_read(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NEW:
        line = line.replace(f"[{name}]", "[fund_cut]")
    name, *words = shlex.split(line)
    words = [word for word in words if not word.startswith(("territory=toscana", "territory.folder="))]
    if name in ("NAME", "NOME") or "--help" in words:
        return
    monkeypatch.setattr(
        argparse.ArgumentParser, "parse_args", read_arguments(argparse.ArgumentParser.parse_args)
    )
    monkeypatch.setattr(_hydra, "run_hydra", read_settings)
    with pytest.raises(Read):
        import_module(f"experiments.{name}").main(words)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_target_and_file_is_there(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    targets = (PROJECT_ROOT / "Makefile").read_text(encoding="utf-8")
    for target in MAKE.findall(text):
        assert re.search(rf"^[a-z ]*\b{target}\b[a-z ]*:", targets, re.MULTILINE), target
    for link in LINK.findall(text):
        assert (path.parent / link).exists(), link


def test_the_two_languages_have_the_same_chapters_and_commands() -> None:
    for italian in TUTORIALS.glob("*.it.md"):
        english = italian.with_name(italian.name.replace(".it.", ".en."))
        both = [path.read_text(encoding="utf-8") for path in (italian, english)]
        assert len({tuple(re.findall(r"^#+", text, re.MULTILINE)) for text in both}) == 1, italian.name
        names = [[shlex.split(line)[0] for line in commands_of(path)] for path in (italian, english)]
        assert names[0] == names[1], italian.name


@pytest.mark.long
@pytest.mark.parametrize("lang", ["it", "en"])
def test_the_tutorial_for_officials_goes_through(lang: str, tmp_path: Path) -> None:
    """Its reform, compared on the toy territory, reported and explained."""
    import shutil

    text = (TUTORIALS / f"official.{lang}.md").read_text(encoding="utf-8")
    written = re.search(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert written is not None
    assert yaml.safe_load(written[1])["effective"] == 2027
    for name in ("conf", "scenarios"):
        shutil.copytree(PROJECT_ROOT / name, tmp_path / name)
    (tmp_path / "scenarios" / "written.yaml").write_text(written[1], encoding="utf-8")
    output = tmp_path / "output"
    arguments = ["reforms=[written]", "run=quick", "territory=toy", "run.processes=1", f"output={output}"]
    assert run_hydra([*arguments, f"lang={lang}"], "compare", compare, tmp_path) == 0
    assert report([str(output), "--lang", lang, "--no-pdf"]) == 0
    assert (output / "report" / f"report_{lang}.html").is_file()
    assert explain([str(output), "001002", "--lang", lang]) == 0
    names = {one.name.removeprefix("written") for one in read_charts(output / "charts")}
    told = (TUTORIALS / f"reports.{lang}.md").read_text(encoding="utf-8")
    for name in re.findall(r"\| `?N[A-Z]+(_[0-9]_[a-z]+)", told):
        # The toy territory has no map, and nobody asked for the parts of the instruments.
        assert name.startswith(("_3_", "_5_")) or any(one.startswith(name) for one in names), name
