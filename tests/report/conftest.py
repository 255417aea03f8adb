"""A comparison with a hostile reform, its analysis, and the reports of both, made once."""

import io
import shutil
import sys
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import html5lib
import pytest

from experiments._hydra import PROJECT_ROOT, run_hydra
from experiments.compare import compare
from experiments.report import write_report
from experiments.search.command import search
from experiments.sensitivity.command import sensitivity

TOY = ("territory=toy", "run.years=4", "run.processes=1")
TITLE = "<script>alert('no')</script> & \"5 virgolette\""
HOSTILE = """# @package scenario
defaults: [status_quo, _self_]
title:
  it: &title >-
    <script>alert('no')</script> & "5 virgolette"
  en: *title
reason:
  it: <img src="//example.invalid/x.png"> perché sì
  en: <img src="//example.invalid/x.png"> because
effective: 2027
allocation: {region: {rules: {historical: 0.4, standard_needs: 0.6}}}
changes:
  2029: {allocation: {region: {per_head: 60.0}}}
"""


@dataclass(frozen=True)
class Made:
    """A folder of results and the report of it: HTML by language, and the folder they are in."""

    folder: Path
    output: Path
    pages: dict[str, str]


@contextmanager
def quiet() -> Any:
    patch = pytest.MonkeyPatch()
    patch.setattr(sys, "stdout", io.StringIO())
    # Pictures are as good, and drawn sooner, with fewer dots.
    patch.setattr("experiments.charts.style.DPI", 40)
    try:
        yield
    finally:
        patch.undo()


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("project")
    for name in ("conf", "scenarios"):
        shutil.copytree(PROJECT_ROOT / name, root / name)
    (root / "scenarios" / "hostile.yaml").write_text(HOSTILE, encoding="utf-8")
    return root


def _run(command: str, task: Callable[..., int], root: Path, *arguments: str) -> Path:
    with quiet():
        assert run_hydra([*TOY, *arguments], command, task, root) == 0
    return (root / "results" / "latest").resolve()


@pytest.fixture(scope="session")
def compared(project: Path) -> Path:
    return _run(
        "compare", compare, project,
        "reforms=[hostile]", "ablate=true", "run.draws=10", "run.replicates=2",
    )  # fmt: skip


@pytest.fixture(scope="session")
def analysed(project: Path) -> Path:
    return _run(
        "sensitivity", sensitivity, project, "sensitivity=screening", "sensitivity.n=4",
        "sensitivity.indicators=[cost,service]", "sensitivity.replicates=1",
        "sensitivity.factors={parameters.cost.duplication: {}, parameters.slack.start: {}}",
    )  # fmt: skip


def _made(folder: Path, output: Path, printed: str = "") -> Made:
    pages = {}
    for lang in ("it", "en"):
        path, *_ = write_report(folder, lang, output, pdf=lang == printed)
        pages[lang] = path.read_text(encoding="utf-8")
    return Made(folder, output, pages)


@pytest.fixture(scope="session")
def report(compared: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    return _made(compared, tmp_path_factory.mktemp("report"), printed="it")


@pytest.fixture(scope="session")
def several_report(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = _run(
        "compare", compare, project, "reforms=[hostile,fund_cut]", "run.draws=2", "run.replicates=2"
    )
    return _made(folder, tmp_path_factory.mktemp("several"))


@pytest.fixture(scope="session")
def search_report(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = _run(
        "search", search, project, "run.draws=2", "run.replicates=1", "reforms=[fund_cut,no_incentives]",
        "search.levers={scenario.functions.civil_protection: {}, scenario.cooperation.rule: {}}",
        "search.objectives={cost: {}, below_essential: {}, communes_worse: {}}", "search.population=4",
        "search.generations=2", "search.fresh=1", "search.check=true",
    )  # fmt: skip
    return _made(folder, tmp_path_factory.mktemp("search"), printed="it")


@pytest.fixture(scope="session")
def goal_report(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = _run(
        "search", search, project, "run.draws=2", "run.replicates=1", "search.random=false",
        "search.levers={scenario.incentives.amount_per_head: {low: 0, high: 16}}", "search.population=4",
        "search.goal={indicator: service_small, at_least: 100}", "search.generations=2", "search.fresh=0",
        "reforms=[fund_cut]",
    )  # fmt: skip
    return _made(folder, tmp_path_factory.mktemp("goal"))


@pytest.fixture(scope="session")
def other_report(analysed: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    return _made(analysed, tmp_path_factory.mktemp("other"))


def parsed(page: str) -> Any:
    """Return the tree of a page; a page that is not valid raises."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
