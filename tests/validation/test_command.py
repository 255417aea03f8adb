"""The command from end to end, on a generated territory."""

import json
from pathlib import Path

import pandas as pd
import pytest

from experiments import compose
from experiments._config_files import ConfigurationError
from experiments._hydra import Invocation
from experiments.validate import main, validate
from experiments.validation.contrasts import CONTRASTS
from experiments.validation.figures import FIGURES
from experiments.validation.identities import IDENTITIES
from experiments.validation.page import fragment
from experiments.validation.rows import rows_judged
from experiments.validation.verdicts import Judgement, Verdict

SMALL = (
    "territory=synthetic", "territory.synthetic_communes=60", "run.draws=0", "run.replicates=1",
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
    # No commune of this territory has more than 60,000 residents.
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
    assert manifest["territory"]["communes"] == 60


def test_fragments_and_chart_are_there_in_their_languages(folder: Path) -> None:
    for lang, told in (("it", "Validazione"), ("en", "Validation")):
        text = (folder / f"validation_{lang}.html").read_text(encoding="utf-8")
        assert text.startswith(f'<section class="validation" lang="{lang}">')
        assert told in text
        assert text.count("<tr ") == len(KEYS)
    charts = {path.name for path in (folder / "charts").iterdir()}
    assert charts == {"validation_it.png", "validation_it.svg", "validation_it.csv"}


@pytest.mark.parametrize("lang", ["it", "en"])
def test_the_screen_tells_figures_verdicts_and_reasons(
    lang: str, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    assert main([*SMALL, f"lang={lang}", f"output={folder}_{lang}"]) == 0
    shown = capsys.readouterr().out
    assert max(map(len, shown.splitlines()[:-1])) <= 100
    words = {
        "it": ("concorde", "pubblicato", "Effetto dell’ingresso in Unione"),
        "en": ("within", "published", "Effect of joining a union"),
    }
    for told in words[lang]:
        assert told in shown
    # The same settings give the same table, to the byte.
    first, second = (Path(f"{folder}{end}") / "validation.parquet" for end in ("", f"_{lang}"))
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
