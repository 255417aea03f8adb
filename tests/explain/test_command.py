"""The command: what a user types, what comes back, and what is refused in one line."""

import shutil
from pathlib import Path

import pytest

from areavasta.accounts import Kind
from areavasta.rules import fund_allocation, resources
from areavasta.territory_choice import chosen_territory
from experiments import compose
from experiments.explain import main
from experiments.explain.command import find_commune
from experiments.explain.words import WORDS
from experiments.money_words import KINDS, LEVELS, RULES
from experiments.rerun import FinishedRuns
from experiments.results import ResultsError, read_manifest, write_manifest
from tests.explain.conftest import run


@pytest.fixture(scope="session")
def commune(finished: Path) -> str:
    return FinishedRuns(finished).territory.names[0]


def test_money_services_and_difference_are_shown(
    finished: Path, commune: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(finished), commune]) == 0
    shown = capsys.readouterr().out
    for words in (f"{commune}, 2029", "Saldo iniziale", "Entrate proprie", "Titolare", "Differenza: "):
        assert words in shown
    assert main([str(finished), commune, "--year", "2027", "--lang", "en", "--alone"]) == 0
    shown = capsys.readouterr().out
    assert "Opening balance" in shown
    assert "Difference" not in shown


def test_the_run_is_the_one_of_the_results(finished: Path) -> None:
    import pandas as pd

    runs = FinishedRuns(finished)
    model = runs.model("fund_cut", (1, 2), 2028)
    table = pd.read_parquet(finished / "communes.parquet")
    rows = table[(table.scenario == "fund_cut") & (table.replicate == 2) & (table.year == 2028)]
    assert rows["service"].to_numpy() == pytest.approx(model.mean_service, abs=1e-6)
    assert rows["cash"].iloc[0] * rows["population"].iloc[0] == pytest.approx(model.ledger.balance[0] / 100)


@pytest.mark.parametrize("option", [["--indicator", "spending"], ["--function", "local_police"]])
def test_one_quantity_or_function_is_opened(
    finished: Path, commune: str, option: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(finished), commune, *option]) == 0
    assert "×" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nowhere", "X"], "is no folder"),
        (["{results}", "Nessuno"], "is not in"),
        (["{results}", "{commune}", "--year", "2050"], "go from 2026 to 2029"),
        (["{results}", "{commune}", "--scenario", "fund_cup"], "did you mean fund_cut?"),
        (["{results}", "{commune}", "--indicator", "servce"], "did you mean service?"),
        (["{results}", "{commune}", "--function", "local_polic"], "did you mean local_police?"),
        (["{results}", "{commune}", "--draw", "3"], "draws 1 to 1"),
    ],
)
def test_mistakes_are_told_in_one_line(
    finished: Path, commune: str, arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = [word.format(results=finished, commune=commune) for word in arguments]
    assert main(told) == 2
    error = capsys.readouterr().err
    assert says in error
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"code": "0" * 12}, "was made by code 000000000000"),
        ({"command": "sweep"}, "holds no results of `compare` or `run`, but of sweep"),
        ({"settings": {"scenarios": {}}}, "settings cannot be read"),
    ],
)
def test_results_of_other_code_or_kind_are_refused(
    finished: Path, tmp_path: Path, change: dict[str, object], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "results"
    shutil.copytree(finished, folder)
    write_manifest(folder, {**read_manifest(folder), **change})
    assert main([str(folder), "X"]) == 2
    error = capsys.readouterr().err
    assert says in error
    assert error.count("\n") == 1


def test_results_of_another_territory_are_refused(
    finished: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "results"
    shutil.copytree(finished, folder)
    manifest = read_manifest(folder)
    manifest["territory"]["sha256"] = "0"
    write_manifest(folder, manifest)
    assert main([str(folder), "X"]) == 2
    assert "are not those of these results" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("forli", "Forlì"), ("FORLI'", "Forlì"), (" bobbio ", "Bobbio"), ("037006", "Bologna"),
        ("Reggio nell’Emilia", "Reggio nell'Emilia"), ("sant’agata feltria", "Sant'Agata Feltria"),
    ],
)  # fmt: skip
def test_accents_capitals_and_apostrophes_of_a_name_do_not_count(asked: str, found: str) -> None:
    territory = chosen_territory(compose().territory)
    assert territory.names[find_commune(territory, asked)] == found


def test_communes_that_begin_as_asked_are_named() -> None:
    with pytest.raises(ResultsError, match="Castelnovo di Sotto or Castelnovo ne' Monti"):
        find_commune(chosen_territory(compose().territory), "castelnovo")


def test_every_word_exists_in_both_languages() -> None:
    for words in (WORDS, KINDS, RULES, LEVELS):
        for key, (italian, english) in words.items():
            assert italian.strip(), key
            assert english.strip(), key


def test_every_kind_and_rule_has_a_name() -> None:
    assert set(KINDS) == {kind.value for kind in Kind}
    assert {*fund_allocation.RULES, *resources.RULES} <= set(RULES)
    for scenario in ("multilevel_governance", "unions_everywhere", "stronger_provinces"):
        flows = run(scenario, "territory=toy").observation.tables().flows
        assert set(flows["rule"]) <= set(RULES)
