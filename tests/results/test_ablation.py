"""Instruments of a reform of several sections, removed and alone, from its file to tables and charts."""

import io
import re
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
import pytest

from areavasta.settings import Scenario, Settings
from areavasta.settings.law import Taxation
from experiments._config_files import ConfigurationError
from experiments._hydra import PROJECT_ROOT, compose, run_hydra
from experiments.ablation import ALONE, FULL, REMOVED, TOGETHER, Ablation, build_ablation
from experiments.compare import compare
from experiments.comparison import load_comparison
from experiments.instruments import LABELS, Part, instrument_label, instruments, sections, variants
from experiments.results import ResultsError, read_manifest
from experiments.terminal import make_console
from experiments.terminal_ablation import show_ablation
from tests.results.conftest import ARGUMENTS
from tests.results.test_terminal import ENGLISH, SHARED

REFORM = """
# @package scenario
defaults: [status_quo, _self_]
title: {it: Riforma di prova, en: Trial reform}
reason: {it: Più strumenti insieme., en: Several instruments at once.}
effective: 2027
financing: new_money
equalisation: {cut_per_head: 20.0}
facilitation: {level: 0.5}
allocation: {region: {rules: {historical: 0.0, standard_needs: 1.0}}}
changes:
  2028: {equalisation: {cut_per_head: 40.0}, allocation: {area: {per_head: 10.0}}}
  2035: {taxation: {surtax_ceiling: 0.01}}
"""
KEYS = ("equalisation", "taxation", "allocation.region", "allocation.area", "facilitation")
NULL = "taxation"
"""Instrument that changes nothing before the horizon of 2028."""


def test_every_section_of_the_law_has_a_name_in_both_languages() -> None:
    found = tuple(sections())
    assert {"functions", "allocation.region", "allocation.area", "context"} <= set(found)
    assert "allocation" not in found
    assert set(found) <= set(LABELS)
    for lang in ("it", "en"):
        names = [instrument_label(key, lang) for key in LABELS]
        assert all(name.strip() for name in names)
        assert len(set(names)) == len(names)


def write_reform(root: Path) -> Path:
    for folder in ("conf", "scenarios"):
        shutil.copytree(PROJECT_ROOT / folder, root / folder)
    (root / "scenarios" / "several.yaml").write_text(REFORM.lstrip(), encoding="utf-8")
    return root


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_reform(tmp_path_factory.mktemp("ablation"))


def settings_of(project: Path) -> dict[str, Settings]:
    reform = compose(*ARGUMENTS, "scenarios=several", root=project)
    return {"status_quo": replace(reform, scenario=reform.present_law), "several": reform}


def test_instruments_are_the_sections_that_differ(project: Path) -> None:
    settings = settings_of(project)
    law = settings["status_quo"].scenario
    assert instruments(law, settings["several"].scenario) == KEYS
    assert instruments(law, replace(law, effective=2030)) == ()


def test_variants_split_sections_and_dates(project: Path) -> None:
    settings = settings_of(project)
    law, reform = settings["status_quo"].scenario, settings["several"].scenario
    found = variants(settings)
    assert len(found) == 2 * len(KEYS)
    without = found["several-without_equalisation"].settings.scenario
    assert without.equalisation == law.equalisation
    assert without.facilitation == reform.facilitation
    assert without.changes == {2028: {"allocation": {"area": {"per_head": 10.0}}}, 2035: reform.changes[2035]}
    only = found["several-only_equalisation"].settings.scenario
    assert only.equalisation == reform.equalisation
    assert only.allocation == law.allocation
    assert only.changes == {2028: {"equalisation": {"cut_per_head": 40.0}}}
    assert found["several-only_allocation.area"].settings.scenario.changes == {
        2028: {"allocation": {"area": {"per_head": 10.0}}}
    }
    for variant in found.values():
        scenario = variant.settings.scenario
        assert (scenario.financing, scenario.effective) == (reform.financing, reform.effective)
        kept = {variant.instrument} if variant.part is Part.only else set(KEYS) - {variant.instrument}
        assert set(instruments(law, scenario)) == kept
    assert reform.title.it == "Riforma di prova", "the reform itself is left as it was"


def test_dates_of_present_law_hold_where_the_reform_is_left_out(project: Path) -> None:
    settings = settings_of(project)
    law = replace(settings["status_quo"].scenario, changes={2031: {"context": {"ageing": 2.0}}})
    reform = replace(law, changes={}, taxation=Taxation(effort_floor=0.8), effective=2030)
    found = variants(
        {
            "law": replace(settings["several"], scenario=law),
            "r": replace(settings["several"], scenario=reform),
        }
    )
    assert found["r-only_taxation"].settings.scenario.changes == law.changes
    assert found["r-without_context"].settings.scenario.changes == law.changes
    assert found["r-only_context"].settings.scenario.changes == {}


def test_a_variant_that_no_law_can_be_is_one_line(project: Path) -> None:
    settings = settings_of(project)
    law = replace(settings["status_quo"].scenario, changes={2028: {"context": {"ageing": 2.0}}})
    reform: Scenario = replace(law, changes={}, effective=2030)
    with pytest.raises(
        ConfigurationError, match=r"r-without_context: scenario\.changes\.2028 must come after"
    ):
        variants(
            {
                "law": replace(settings["several"], scenario=law),
                "r": replace(settings["several"], scenario=reform),
            }
        )


@dataclass(frozen=True)
class Ablated:
    folder: Path
    printed: str
    ablation: Ablation


@pytest.fixture(scope="session")
def ablated(project: Path) -> Ablated:
    patch = pytest.MonkeyPatch()
    printed = io.StringIO()
    patch.setattr("sys.stdout", printed)
    try:
        arguments = [*ARGUMENTS, "reforms=[several,fund_cut]", "ablate=true"]
        assert run_hydra(arguments, "compare", compare, project) == 0
    finally:
        patch.undo()
    folder = (project / "results" / "latest").resolve()
    return Ablated(folder, printed.getvalue(), build_ablation(folder, read_manifest(folder)))


def test_the_manifest_lists_the_variants(ablated: Ablated) -> None:
    manifest = read_manifest(ablated.folder)
    assert list(manifest["scenarios"]) == ["status_quo", "several", "fund_cut"]
    told = manifest["variants"]
    assert len(told) == 2 * len(KEYS) + 2
    assert told["fund_cut-only_equalisation"] == {
        "reform": "fund_cut", "instrument": "equalisation", "part": "only"
    }  # fmt: skip
    assert manifest["settings"]["ablate"] is True
    assert manifest["closing"]["runs"] == (3 + len(told)) * 4
    assert manifest["closing"]["discrepancy_cents"] == 0


def test_variants_are_in_the_indicators_alone(ablated: Ablated) -> None:
    full = {"status_quo", "several", "fund_cut"}
    names = {
        kind: set(pd.read_parquet(ablated.folder / f"{kind}.parquet")["scenario"])
        for kind in ("indicators", "communes", "flows", "effects")
    }
    assert names["indicators"] == full | set(read_manifest(ablated.folder)["variants"])
    assert names["communes"] == names["flows"] == full
    assert names["effects"] == full - {"status_quo"}
    assert load_comparison(ablated.folder).reforms == ("several", "fund_cut")


def test_the_table_is_stored(ablated: Ablated) -> None:
    stored = pd.read_parquet(ablated.folder / "ablation.parquet")
    pd.testing.assert_frame_equal(stored, ablated.ablation.effects, check_dtype=False)
    assert {"median", "q05", "q95", "p_up", "p_down"} <= set(stored.columns)
    assert ablated.ablation.instruments == {"several": KEYS, "fund_cut": ("equalisation",)}
    assert set(stored["measure"]) == {REMOVED, ALONE, TOGETHER, FULL}


def test_a_null_instrument_contributes_exactly_nothing(ablated: Ablated) -> None:
    frame = ablated.ablation.effects
    null = frame[frame["instrument"] == NULL]
    assert len(null) == 2 * frame["indicator"].nunique()
    assert (null[["median", "q05", "q95", "p_up", "p_down"]] == 0.0).all(axis=None)
    others = frame[(frame["measure"] == ALONE) & (frame["instrument"] == "equalisation")]
    assert (others["median"] != 0.0).any()


def test_a_reform_of_one_instrument_is_that_instrument(ablated: Ablated) -> None:
    frame = ablated.ablation.effects
    columns = ["median", "q05", "q95", "p_up", "p_down"]
    single = frame[frame["reform"] == "fund_cut"]
    parts = {
        measure: rows.set_index("indicator")[columns]
        for measure, rows in single.groupby("measure", sort=False)
    }
    assert (parts[TOGETHER] == 0.0).all(axis=None)
    pd.testing.assert_frame_equal(parts[FULL], parts[ALONE])
    pd.testing.assert_frame_equal(parts[FULL], parts[REMOVED])


def test_the_full_effect_is_that_of_the_comparison(ablated: Ablated) -> None:
    frame = ablated.ablation.effects
    full = frame[(frame["measure"] == FULL) & (frame["reform"] == "several")].set_index("indicator")
    effects = load_comparison(ablated.folder).effects
    usual = effects[effects["scenario"] == "several"].set_index("indicator")
    for column in ("median", "q05", "q95", "p_up", "p_down"):
        assert full[column].equals(usual[column]), column
    assert full["level_from"].equals(usual["base"].rename("level_from"))


def test_a_lost_variant_is_one_line(ablated: Ablated, tmp_path: Path) -> None:
    frame = pd.read_parquet(ablated.folder / "indicators.parquet")
    frame[frame["scenario"] != "several-only_facilitation"].to_parquet(tmp_path / "indicators.parquet")
    with pytest.raises(ResultsError, match="have no number"):
        build_ablation(tmp_path, read_manifest(ablated.folder))


def shown(ablated: Ablated, lang: str, width: int) -> str:
    console = make_console(width)
    with console.capture() as capture:
        show_ablation(console, load_comparison(ablated.folder), ablated.ablation, lang)
    return capture.get()


@pytest.mark.parametrize("lang", ["it", "en"])
@pytest.mark.parametrize("width", [80, 100])
def test_the_tables_fit_and_name_every_instrument(ablated: Ablated, lang: str, width: int) -> None:
    page = shown(ablated, lang, width)
    assert max(map(len, page.splitlines())) <= width
    assert "…" not in page
    words = " ".join(page.split())
    for key in KEYS:
        assert instrument_label(key, lang).split()[0] in words
    for name in {"it": ("Tutti insieme", "Solo insieme"), "en": ("All together", "Only together")}[lang]:
        assert name in words
    assert {"it": "CON RISORSE AGGIUNTIVE", "en": "WITH NEW MONEY"}[lang] in words


def test_the_italian_tables_are_italian(ablated: Ablated) -> None:
    page = shown(ablated, "it", 100).lower()
    assert not set(re.findall(r"[a-zà-ù]+", page)) & (ENGLISH - SHARED)
    assert "strumento per strumento" in ablated.printed


def test_without_the_key_nothing_is_ablated(project: Path) -> None:
    arguments = ["territory=toy", "run=quick", "run.years=2", "run.processes=1", "reforms=[fund_cut]"]
    output = project / "plain"
    assert run_hydra([*arguments, f"output={output}"], "compare", compare, project) == 0
    assert not (output / "ablation.parquet").exists()
    assert "variants" not in read_manifest(output)


def test_charts_of_instruments_are_drawn(ablated: Ablated) -> None:
    names = [path.name for path in (ablated.folder / "charts").glob("several_5_instruments_*_it.*")]
    assert names
    assert len(names) % 3 == 0
