"""A copy of the project's laws with a reform that changes nothing."""

import shutil
from pathlib import Path

import pytest

from experiments._hydra import PROJECT_ROOT

NULL_REFORM = """\
# @package scenario
defaults: [status_quo, _self_]
title: {it: Riforma nulla, en: Null reform}
reason: {it: Non cambia nulla., en: It changes nothing.}
effective: 2027
changes:
  2029: {incentives: {amount_per_head: 4.01}}
"""


@pytest.fixture(scope="session")
def null_reform_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("project")
    for folder in ("conf", "scenarios"):
        shutil.copytree(PROJECT_ROOT / folder, root / folder)
    (root / "scenarios" / "null_reform.yaml").write_text(NULL_REFORM, encoding="utf-8")
    return root
