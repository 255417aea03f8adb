"""The command from end to end, on a generated territory."""

import json
from pathlib import Path

import pandas as pd
import pytest

from experiments import compose
from experiments._config_files import ConfigurationError
from experiments._hydra import Invocation
from experiments.charts.listing import read_charts
from experiments.terminal import make_console
from experiments.validate import main, validate
from experiments.validation.contrasts import CONTRASTS
from experiments.validation.figures import FIGURES
from experiments.validation.identities import IDENTITIES
from experiments.validation.page import fragment
from experiments.validation.rows import rows_judged
from experiments.validation.terminal import show_validation
from experiments.validation.verdicts import Judgement, Verdict

SMALL = (
    "territory=synthetic", "territory.synthetic_communes=40", "run.draws=0", "run.replicates=1",
    "run.processes=1",
)  # fmt: skip
KEYS = {*FIGURES, *CONTRASTS, *IDENTITIES}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("results") / "small"
    assert main([*SMALL, f"output={output}"]) == 0
    return output


def test_every_row_is_in_the_table_whatever_came_out(folder: Path) -> None:
    table = pd.read_parquet(folder / "validation.parquet").set_index("key")
    assert set(table.index) == KEYS
    assert (table.loc[list(IDENTITIES), "verdict"] == "within").all()
    assert table.loc["capacity_needs_correlation", "verdict"] == "not_comparable"
    assert table["verdict"].isin([verdict.value for verdict in Verdict]).all()


def test_values_estimates_and_drift_are_written_by_pair(folder: Path) -> None:
    values = pd.read_parquet(folder / "figures.parquet")
    assert set(values["figure"]) <= set(FIGURES) | set(CONTRASTS)
    assert set(CONTRASTS) <= set(values["figure"])
    assert not values["value"].isna().any()
    estimates = pd.read_parquet(folder / "union_effect.parquet")
    assert set(estimates["estimator"]) == {"twfe", "did2s"}
    assert set(estimates["outcome"]) == {"spending", "cost", "service"}
    assert len(pd.read_parquet(folder / "spin_up.parquet")) == 8


def test_the_manifest_says_what_was_run(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["command"] == "validate"
    assert (manifest["first_year"], manifest["horizon"]) == (2023, 2034)
    assert manifest["territory"]["communes"] == 40


def test_fragments_and_chart_are_there_in_their_languages(folder: Path) -> None:
    for lang, told in (("it", "Validazione"), ("en", "Validation")):
        text = (folder / f"validation_{lang}.html").read_text(encoding="utf-8")
        assert text.startswith(f'<section class="validation" lang="{lang}">')
        assert told in text
        assert text.count("<tr ") == len(KEYS)
    charts = [(entry.name, entry.lang) for entry in read_charts(folder / "charts")]
    assert charts == [("validation", "en"), ("validation", "it")]


@pytest.mark.parametrize("lang", ["it", "en"])
def test_the_screen_tells_figures_verdicts_and_reasons(lang: str, folder: Path) -> None:
    table = pd.read_parquet(folder / "validation.parquet").to_dict("records")
    judged = {
        row["key"]: Judgement(row["median"], row["low"], row["high"], Verdict(row["verdict"]))
        for row in table
    }
    frames = {name: pd.read_parquet(folder / f"{name}.parquet") for name in ("union_effect", "spin_up")}
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    console = make_console(width=80)
    with console.capture() as captured:
        show_validation(console, rows_judged(judged), frames, manifest, lang)
    shown = captured.get()
    assert max(map(len, shown.splitlines())) <= 80
    words = {
        "it": ("concorde", "pubblicato", "Effetto dell’ingresso in Unione", "Avvio: variazione annua"),
        "en": ("within", "published", "Effect of joining a union", "Spin-up: yearly change"),
    }
    for told in words[lang]:
        assert told in shown
    for row in rows_judged(judged):
        if row.disagrees:
            assert row.name[lang].split()[0] in shown


@pytest.mark.long
def test_the_same_settings_give_the_same_table_to_the_byte(folder: Path) -> None:
    again = folder.with_name("again")
    assert main([*SMALL, "run.processes=2", f"output={again}"]) == 0
    first, second = (one / "validation.parquet" for one in (folder, again))
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    "argument",
    ["scenarios=fund_cut", "scenarios@present_law=status_quo", "reforms=[fund_cut]", "run.years=30",
     "scenario.effective=2028"],
)  # fmt: skip
def test_a_reform_has_no_place_here(argument: str) -> None:
    with pytest.raises(ConfigurationError, match="leave it out") as told:
        validate(compose(*SMALL), Invocation("validate", (*SMALL, argument)))
    assert len(str(told.value).splitlines()) == 1


def test_html_is_escaped() -> None:
    judged = dict.fromkeys(KEYS, Judgement(1.0, 0.0, 2.0, Verdict.off))
    manifest = {
        "draws": 0, "replicates": 1, "pairs": 1, "seed": 1, "first_year": 2023, "horizon": 2034,
        "territory": {"name": {"it": "<b>Emilia & Romagna</b>", "en": "x"}},
    }  # fmt: skip
    text = fragment(rows_judged(judged), manifest, "it")
    assert "&lt;b&gt;Emilia &amp; Romagna&lt;/b&gt;" in text
    assert "<b>" not in text
