"""The manifest says everything that made the results; the same results have the same id."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from areavasta.observation import COMMUNE_COLUMNS
from areavasta.settings import Financing
from experiments import compose
from experiments._config_files import BUILT_TERRITORIES
from experiments._hydra import run_hydra
from experiments.charts.frame import source_line
from experiments.charts.listing import read_charts
from experiments.compare import compare
from experiments.comparison import load_comparison
from experiments.engine import territory_of
from experiments.manifest import describe, git_state, plain_settings, settings_hash, territory_origin
from experiments.results import read_manifest
from tests.results.conftest import ARGUMENTS, Finished

FILES = (
    "charts", "commune_verdicts.parquet", "communes.parquet", "effects.parquet", "flow_effects.parquet",
    "flows.parquet", "groups.parquet", "indicators.parquet", "manifest.json", "places.parquet",
)  # fmt: skip
RUN = ["scenario", "draw", "replicate", "year"]


def test_every_file_is_there_with_its_columns(finished: Finished) -> None:
    assert tuple(sorted(path.name for path in finished.folder.iterdir())) == FILES
    columns = {
        "indicators": [*RUN, "indicator", "value"],
        "communes": [*RUN, "istat_code", *COMMUNE_COLUMNS],
        "flows": [*RUN, "kind", "rule", "payer_level", "payee_level", "function", "cents"],
    }
    for name, expected in columns.items():
        assert list(pd.read_parquet(finished.folder / f"{name}.parquet").columns) == expected
    assert any((finished.folder / "charts").glob("fund_cut_2_effects_it.svg"))


def test_tables_hold_every_run_in_order(finished: Finished) -> None:
    frame = pd.read_parquet(finished.folder / "communes.parquet")
    assert len(frame) == 3 * 4 * 3 * 4, "scenarios, pairs, years, communes"
    runs = frame[["draw", "replicate", "scenario"]].drop_duplicates()
    assert runs[["draw", "replicate"]].drop_duplicates().to_numpy().tolist() == [
        [1, 1],
        [1, 2],
        [2, 1],
        [2, 2],
    ]
    assert runs["scenario"].tolist() == ["status_quo", "fund_cut", "stronger_provinces"] * 4
    assert (frame.dtypes[["cost", "cash", "transfers"]] == "float64").all()
    assert pd.read_parquet(finished.folder / "flows.parquet")["cents"].dtype == "int64"


def test_the_manifest_is_complete(finished: Finished) -> None:
    manifest = read_manifest(finished.folder)
    assert manifest["closing"]["discrepancy_cents"] == 0
    assert manifest["closing"]["lowest_local_balance_cents"] >= 0
    assert manifest["closing"]["runs"] == 3 * 4
    assert manifest["closing"]["years"] == 12 * (3 + 3), "burn-in included"
    assert manifest["closing"]["flows"] > 0
    assert list(manifest["scenarios"]) == ["status_quo", "fund_cut", "stronger_provinces"]
    assert manifest["scenarios"]["fund_cut"]["title"]["it"] == "Taglio del fondo di solidarietà"
    assert {key: manifest[key] for key in ("seed", "draws", "replicates", "pairs", "horizon")} == {
        "seed": 1, "draws": 2, "replicates": 2, "pairs": 4, "horizon": 2028,
    }  # fmt: skip
    assert manifest["territory"]["sha256"] == territory_of(compose(*ARGUMENTS).territory).sha256
    assert manifest["settings"]["scenarios"]["fund_cut"]["equalisation"]["cut_per_head"] > 0
    assert {"mesa", "numpy", "pyarrow"} <= set(manifest["packages"])
    for key in ("version", "python", "created", "run_id", "settings_hash", "wall_seconds", "git", "command"):
        assert key in manifest


def test_same_results_have_the_same_id(finished: Finished, root: Path) -> None:
    arguments = [*ARGUMENTS[:-1], "run.processes=2", "lang=en", "reforms=[fund_cut,stronger_provinces]"]
    assert run_hydra(arguments, "compare", compare, root) == 0
    first, second = read_manifest(finished.folder), read_manifest(root / "results" / "latest")
    assert (first["run_id"], first["settings_hash"]) == (second["run_id"], second["settings_hash"])
    assert json.dumps(first["settings"]) != json.dumps(second["settings"]), "processes are recorded"


def test_the_settings_hash_follows_what_matters() -> None:
    settings = compose(*ARGUMENTS)
    territory = territory_of(settings.territory)

    def hashed(*changes: str) -> str:
        return settings_hash(plain_settings({"status_quo": compose(*ARGUMENTS, *changes)}), territory)

    assert hashed() == hashed("run.processes=7", "lang=en", "output=/elsewhere")
    different = {hashed(), hashed("run.seed=2"), hashed("scenario.equalisation.cut_per_head=1.0")}
    assert len(different) == 3


def test_new_money_is_flagged() -> None:
    settings = compose(*ARGUMENTS)
    assert describe(settings)["new_money"] is False
    scenario = replace(settings.scenario, financing=Financing.new_money)
    assert describe(replace(settings, scenario=scenario))["new_money"] is True


def test_git_state_follows_the_tree(tmp_path: Path) -> None:
    assert git_state(tmp_path) is None
    identity = ["-c", "user.name=Prova", "-c", "user.email=prova@example.org"]
    for command in (["init", "-q"], [*identity, "commit", "-q", "--allow-empty", "-m", "first"]):
        subprocess.run(["git", "-C", str(tmp_path), *command], check=True)
    state = git_state(tmp_path)
    assert state is not None
    assert not state["dirty"]
    (tmp_path / "new.txt").write_text("new")
    later = git_state(tmp_path)
    assert later is not None
    assert later["dirty"]
    assert later["commit"] == state["commit"]


def test_a_comparison_reads_back_from_its_folder(finished: Finished) -> None:
    comparison = load_comparison(finished.folder)
    stored = pd.read_parquet(finished.folder / "effects.parquet")
    pd.testing.assert_frame_equal(comparison.effects, stored, check_dtype=False)
    assert comparison.titles["status_quo"]["it"] == "Legislazione vigente"
    assert comparison.pairs == 4


@pytest.mark.parametrize(
    ("arguments", "origin"),
    [
        ((), "published"),
        (("territory=toy",), "made_up"),
        (("territory=synthetic", "territory.synthetic_communes=20"), "made_up"),
    ],
)
def test_the_manifest_says_where_a_territory_comes_from(arguments: tuple[str, ...], origin: str) -> None:
    choice = compose(*arguments).territory
    territory = territory_of(choice)
    assert territory_origin(choice, territory) == origin
    own, built = (
        replace(choice, folder=folder, synthetic_communes=0)
        for folder in ("tables", f"{BUILT_TERRITORIES}/x")
    )
    imputed = replace(territory, imputed=(f"{territory.codes[0]} taxable_income_eur",))
    assert territory_origin(own, imputed) == "own"
    assert territory_origin(built, territory) == "own"
    assert territory_origin(built, imputed) == "imputed"


@pytest.mark.parametrize("lang", ["it", "en"])
def test_every_chart_of_a_made_up_territory_says_so(finished: Finished, lang: str) -> None:
    entries = [entry for entry in read_charts(finished.folder / "charts") if entry.lang == lang]
    assert entries
    for entry in entries:
        assert entry.source == source_line("made_up", lang)
        assert entry.source in entry.caption
        assert "OpenCivitas" not in entry.caption
