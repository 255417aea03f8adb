"""The command `calibrate`: its folder, its words, its mistakes; on figures that are quick to work out."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from areavasta.randomness import Streams
from areavasta.settings import Settings, constants_by_key, draw_parameters, load_posterior
from areavasta.settings.posterior import DRAWS, MANIFEST
from experiments import _odd, compose
from experiments._hydra import PROJECT_ROOT, run_hydra
from experiments.calibrate import calibrate, main
from experiments.calibration import model_runs, shipping
from experiments.calibration.problem import Numbers
from experiments.constants import constant_names
from experiments.validation.figures import FIGURES
from tests.results.conftest import make_root

AUTONOMY, FRICTION = "parameters.cooperation.autonomy", "parameters.cooperation.entry_friction"

ARGUMENTS = (
    "territory=toy", "run.posterior=none", "run.processes=1", "calibration.trajectories=3",
    "calibration.waves=2", "calibration.points=30", "calibration.candidates=512", "calibration.draws=40",
    "calibration.least_effective=40", "calibration.pseudo_truths=20", "calibration.figures=[exits,entries]",
)  # fmt: skip


def quick_figures(
    settings: Settings, names: Sequence[str], figures: Sequence[str], run: tuple[Numbers, int]
) -> Numbers:
    """Give exits that follow autonomy and entries that follow friction; the others are as published."""
    values = dict(zip(names, run[0], strict=True))
    chance = Streams(settings.run.seed, 0, run[1]).of("quick").normal(len(figures))
    found = {key: FIGURES[key].target for key in figures}
    found["exits"] += 6.0 * (values[AUTONOMY] - 11.0)
    found["entries"] -= values[FRICTION] - 30.0
    found["dissolutions"] = float("nan")
    return np.array([found[key] for key in figures]) + 0.2 * chance


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(model_runs, "simulate_figures", quick_figures)
    return make_root(tmp_path)


def test_a_calibration_from_the_command_line(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_hydra(list(ARGUMENTS), "calibrate", calibrate, root) == 0
    told = capsys.readouterr()
    assert told.err == ""
    folder = (root / "results" / "latest").resolve()
    assert folder.parent.name == "calibrate"
    constants = pd.read_parquet(folder / "constants.parquet")
    ends = {
        str(key): (float(low), float(high))
        for key, low, high in zip(
            *(constants[name] for name in ("constant", "posterior_q05", "posterior_q95")), strict=True
        )
    }
    assert set(ends) == {AUTONOMY, FRICTION}
    assert ends[AUTONOMY][0] < 11.0 < ends[AUTONOMY][1]
    assert ends[FRICTION][0] < 30.0 < ends[FRICTION][1]
    figures = pd.read_parquet(folder / "figures.parquet").set_index("figure")
    assert set(figures[figures["role"] == "fitted"].index) == {"exits", "entries"}
    assert (figures["role"] == "predicted").sum() == len(figures) - 2
    assert "capacity_needs_correlation" not in figures.index, "of another territory"
    assert figures.loc["exits", "verdict"] == "within"
    runs = pd.read_parquet(folder / "runs.parquet")
    assert runs["stage"].unique().tolist() == ["screening", "wave 1", "wave 2", "prediction"]
    assert len(runs) == json.loads((folder / MANIFEST).read_text())["runs"]
    for name in ("screening", "waves", "emulators", "constants_by_wave", "posterior"):
        assert len(pd.read_parquet(folder / f"{name}.parquet"))
    assert len(list((folder / "charts").glob("calibration_*_it.png"))) == 4
    printed = " ".join(told.out.split())
    assert f"2 costanti su {len(constants_by_key())} sono calibrate" in printed
    assert "Valore dell’autonomia comunale" in printed
    assert "Uscite dalle Unioni in undici anni" in printed


def test_its_posterior_can_be_used_and_shipped(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped, documentation = root / "shipped", root / "ODD.md"
    documentation.write_text("<!-- table calibrated_constants -->\n<!-- end -->\n", encoding="utf-8")
    for module in ("areavasta.settings.posterior", "experiments.calibration.shipping"):
        monkeypatch.setattr(f"{module}.SHIPPED_FOLDER", shipped)
    monkeypatch.setattr(_odd, "ODD", documentation)
    arguments = [*ARGUMENTS, "calibration.ship=true", "lang=en"]
    assert run_hydra(arguments, "calibrate", calibrate, root) == 0
    made = (root / "results" / "latest").resolve() / "posterior"
    assert (shipped / DRAWS).read_bytes() == (made / DRAWS).read_bytes()
    assert "| `cooperation.autonomy` | 13 |" in documentation.read_text(encoding="utf-8")
    posterior = load_posterior(str(made))
    assert posterior is not None
    table = pd.read_parquet(made.parent / "posterior.parquet")
    assert np.array_equal(np.array(posterior.rows), table.to_numpy()), "to the last bit"
    assert json.loads((made / MANIFEST).read_text())["draws_sha256"] == posterior.sha256
    drawn = draw_parameters(compose("territory=toy", f"run.posterior={made}"), 1, 3)
    assert drawn.cooperation.autonomy in table[AUTONOMY].to_numpy()
    assert shipping.shipped_manifest()["calibrated"] == list(table.columns)


def test_the_same_command_gives_the_same_posterior_without_a_run(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (str(root / name) for name in ("first", "second"))
    assert run_hydra([*ARGUMENTS, f"output={first}"], "calibrate", calibrate, root) == 0

    def never(*_: object) -> Numbers:
        raise AssertionError("a finished run ran again")

    monkeypatch.setattr(model_runs, "simulate_figures", never)
    assert run_hydra([*ARGUMENTS, f"output={second}"], "calibrate", calibrate, root) == 0
    made = [(root / name / "posterior" / DRAWS).read_bytes() for name in ("first", "second")]
    assert made[0] == made[1]


@pytest.mark.parametrize(
    ("argument", "told"),
    [
        (
            "calibration.figures=[exit]",
            "calibration.figures names exit, which is unknown; did you mean exits?",
        ),
        ("calibration.figures=[spending]", "calibration.figures names spending, which is a bound"),
        ("calibration.figures=[unions_2025]", "no figure responds to any constant"),
        (
            "calibration.figures=[dissolutions]",
            f"figure dissolutions: {3 * (2 + len(constants_by_key()))} runs",
        ),
        ("calibration.least_response=1000", "no figure responds to any constant"),
    ],
)
def test_mistakes_are_one_line(
    root: Path, capsys: pytest.CaptureFixture[str], argument: str, told: str
) -> None:
    assert run_hydra([*ARGUMENTS, argument], "calibrate", calibrate, root) == 2
    printed = capsys.readouterr()
    assert told in printed.err
    assert printed.err.count("\n") == 1
    assert not list((root / "results").glob("calibrate/*"))


def test_every_constant_has_a_name_in_both_languages() -> None:
    assert set(constant_names()) == set(constants_by_key())
    assert all(name["it"] and name["en"] for name in constant_names().values())


def test_the_plan_of_the_files_is_that_of_the_settings() -> None:
    assert (PROJECT_ROOT / "conf" / "calibration" / "default.yaml").is_file()
    assert compose("territory=toy", "run.posterior=none").calibration == Settings().calibration


def test_without_the_packages_of_research_it_says_what_to_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    assert main(["territory=toy"]) == 2
    told = capsys.readouterr().err.splitlines()
    assert told == ["calibrate: pyfixest, sklearn, threadpoolctl missing; run `make env-research`"]
