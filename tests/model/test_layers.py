"""Imports go one way: rules, settings and state at the bottom, then agents, the model, the experiments."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
PACKAGE = PROJECT / "model" / "areavasta"
FORBIDDEN = {"hydra", "omegaconf", "SALib", "matplotlib", "pandas", "experiments", "tests"}
RULES_MAY_KNOW = ("areavasta.rules", "numpy", "dataclasses", "collections")


def imports(path: Path) -> set[str]:
    """Return the modules a file imports when it runs; what only type checkers read does not count."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    found: set[str] = set()
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_package_knows_neither_hydra_nor_charts(path: Path) -> None:
    assert not {name.split(".")[0] for name in imports(path)} & FORBIDDEN


@pytest.mark.parametrize("path", sorted((PACKAGE / "rules").glob("*.py")), ids=lambda path: path.name)
def test_rules_know_numpy_only(path: Path) -> None:
    assert all(name.startswith(RULES_MAY_KNOW) for name in imports(path))


def test_nothing_below_the_model_imports_it() -> None:
    for path in FILES:
        if path.name not in ("model.py", "__init__.py"):
            assert "areavasta.model" not in imports(path), path


def test_settings_know_only_chance_and_themselves() -> None:
    for path in (PACKAGE / "settings").glob("*.py"):
        ours = {name for name in imports(path) if name.startswith("areavasta")}
        assert all(name.startswith(("areavasta.settings", "areavasta.randomness")) for name in ours), path


OF_AN_EXTRA = {
    "experiments.dashboard.page", "experiments.dashboard.site", "experiments.engine_dask",
    "experiments.search.optimising",
}  # fmt: skip
"""Modules that are read only by commands which say what `make` target installs what they lack."""

MODULE_OF = {"scikit-learn": "sklearn"}
"""Modules whose package has another name."""

WITHOUT_EXTRAS = """
import importlib, pkgutil, sys
lacking = set(sys.argv[1].split(","))

class Lacking:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in lacking:
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Lacking())
import experiments
for module in pkgutil.walk_packages(experiments.__path__, "experiments."):
    if not module.name.endswith("__main__"):
        try:
            importlib.import_module(module.name)
        except ModuleNotFoundError:
            print(module.name)
"""


def test_what_make_compare_installs_is_enough_for_every_module_but_those_of_an_extra() -> None:
    """`report`, `explain` and charts must work where nothing but `make compare` ran."""
    extras = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    lines = [line for extra in ("build", "dashboard", "research") for line in extras[extra]]
    wanted = {re.split(r"[^\w-]", line)[0] for line in lines}
    modules = {MODULE_OF.get(name, name.replace("-", "_")) for name in wanted} | {"distributed"}
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_EXTRAS, ",".join(modules)],
        cwd=PROJECT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert set(done.stdout.split()) == OF_AN_EXTRA
