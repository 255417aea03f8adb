"""The reform that the README shows is complete and runs."""

import re
import shutil
from pathlib import Path

from areavasta import TerritorialModel
from experiments._hydra import PROJECT_ROOT, compose


def test_the_reform_of_the_readme_runs(tmp_path: Path) -> None:
    text = (PROJECT_ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(r"```yaml\n(.*?)```", text, flags=re.DOTALL)
    assert found
    for folder in ("conf", "scenarios"):
        shutil.copytree(PROJECT_ROOT / folder, tmp_path / folder)
    (tmp_path / "scenarios" / "planning_to_provinces.yaml").write_text(found[1], encoding="utf-8")
    settings = compose("scenarios=planning_to_provinces", "territory=toy", root=tmp_path)
    model = TerritorialModel(settings, seed=1).run_years(6)
    assert model.observation.latest("area_spending") > 0
    assert len(found[1].splitlines()) <= 12
