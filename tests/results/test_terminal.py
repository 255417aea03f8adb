"""What the terminal shows: complete in both languages, narrow enough, plain when it is not a terminal."""

import re
from dataclasses import replace
from itertools import count
from pathlib import Path
from string import Formatter
from types import SimpleNamespace
from typing import Any

import pytest
from rich.console import Console

from areavasta.indicators import INDICATORS, MAIN_INDICATORS
from areavasta.territory import ALTITUDE_ZONES
from experiments import terminal
from experiments.comparison import Comparison, load_comparison
from experiments.comparison_communes import GROUPINGS, SIZE_CLASSES
from experiments.results import read_manifest
from experiments.terminal import make_console, show_comparison, show_folder, with_progress
from experiments.terminal_words import WORDS, word
from tests.results.conftest import Finished, row

ENGLISH = {
    "the", "of", "and", "with", "in", "by", "from", "to", "is", "are", "below", "above", "present", "law",
    "reform", "runs", "run", "communes", "residents", "better", "worse", "money", "difference", "points",
    "cost", "services", "years", "seed", "draws", "who", "at", "fewer", "more", "left", "functions", "all",
}  # fmt: skip
SHARED = {"in"}
"""Words that are Italian too."""


def shown(finished: Finished, lang: str, width: int, **changes: Any) -> str:
    comparison: Comparison = replace(load_comparison(finished.folder), **changes)
    console = make_console(width)
    with console.capture() as capture:
        show_comparison(console, comparison, read_manifest(finished.folder), lang, has_map=False)
    return capture.get()


def test_every_text_has_two_languages_with_the_same_blanks() -> None:
    for key, (italian, english) in WORDS.items():
        blanks = [
            {name for _, name, _, _ in Formatter().parse(text) if name is not None}
            for text in (italian, english)
        ]
        assert italian.strip(), key
        assert english.strip(), key
        assert blanks[0] == blanks[1], key


def test_every_group_and_grouping_has_a_name() -> None:
    for key in (*SIZE_CLASSES, *ALTITUDE_ZONES, *GROUPINGS):
        assert word(key, "it") != word(key, "en") or key == "1001_3000"


def test_italian_texts_have_no_english_words() -> None:
    for key, (italian, _) in WORDS.items():
        text = re.sub(r"\{\w+\}|run\.\w+|'reforms=\S+'", " ", italian).lower()
        assert not set(re.findall(r"[a-zà-ù]+", text)) & (ENGLISH - SHARED), key


def test_the_whole_page_is_italian(finished: Finished) -> None:
    page = shown(finished, "it", 100).lower().replace("toy region", "")
    assert not set(re.findall(r"[a-zà-ù]+", page)) & (ENGLISH - SHARED)


@pytest.mark.parametrize("lang", ["it", "en"])
@pytest.mark.parametrize("width", [80, 100])
def test_lines_fit_and_nothing_is_cut(finished: Finished, lang: str, width: int) -> None:
    page = shown(finished, lang, width)
    assert max(map(len, page.splitlines())) <= width
    assert "…" not in page
    assert "\x1b" not in page


@pytest.mark.parametrize("lang", ["it", "en"])
def test_the_page_has_every_part(finished: Finished, lang: str) -> None:
    comparison = load_comparison(finished.folder)
    page = " ".join(shown(finished, lang, 100).split())
    for key in MAIN_INDICATORS:
        assert page.count(INDICATORS[key].name[lang].replace("'", "’")) >= len(comparison.reforms)
    for scenario in comparison.reforms:
        assert comparison.titles[scenario][lang] in page
    for key in ("who_note", "money_note", "simulation", "no_map"):
        assert word(key, lang) in page
    for group in (*SIZE_CLASSES[:1], "plain"):
        assert word(group, lang) in page
    assert word("equal_money", lang) in page
    assert word("new_money", lang) not in page


@pytest.mark.parametrize("lang", ["it", "en"])
def test_new_money_is_flagged(finished: Finished, lang: str) -> None:
    page = " ".join(shown(finished, lang, 100, new_money=frozenset({"fund_cut"})).split())
    assert page.count(word("new_money", lang)) == 1
    which = word("reform", lang, number=1)
    assert word("new_money_note", lang, which=which) in page


@pytest.mark.parametrize("lang", ["it", "en"])
def test_a_reform_that_is_never_in_force_and_another_yardstick_are_told(
    finished: Finished, lang: str
) -> None:
    manifest, comparison = read_manifest(finished.folder), load_comparison(finished.folder)
    plain = " ".join(shown(finished, lang, 100).split())
    late = {**comparison.effective, "fund_cut": comparison.horizon + 1}
    beware = word("not_in_force_note", lang, which=word("reform", lang, number=1), year=comparison.horizon)
    assert beware not in plain
    assert beware in " ".join(shown(finished, lang, 100, effective=late).split())
    manifest["scenarios"]["fund_cut"]["essential_level"] = 0.95
    console = make_console(100)
    with console.capture() as capture:
        show_comparison(console, comparison, manifest, lang, has_map=False)
    told = {"which": word("reform", lang, number=1), "level": "95%", "present": "90%"}
    yardstick = word("essential_level_note", lang, **told)
    assert yardstick not in plain
    assert yardstick in " ".join(capture.get().split())


@pytest.mark.parametrize("lang", ["it", "en"])
def test_a_single_run_claims_no_probability(finished: Finished, lang: str) -> None:
    page = " ".join(shown(finished, lang, 100, pairs=1).split())
    assert word("who_note_one", lang) in page
    assert word("difference_note", lang) not in page
    assert word("difference_note", lang) in " ".join(shown(finished, lang, 100).split())


def test_numbers_follow_the_language(finished: Finished) -> None:
    italian, english = shown(finished, "it", 100), shown(finished, "en", 100)
    assert "35.000 residenti" in italian
    assert "35,000 residents" in english
    cost = row(load_comparison(finished.folder).effects, "cost", "fund_cut")
    base = f"{cost['base']:.1f}"
    assert base.replace(".", ",") in italian
    assert base in english


def test_figures_and_verdicts_of_a_reform_are_those_of_the_comparison(finished: Finished) -> None:
    lines = shown(finished, "en", 100).splitlines()
    clarity = row(load_comparison(finished.folder).effects, "clarity", "stronger_provinces")
    second = next(i for i, line in enumerate(lines) if line.startswith("2. Stronger provinces"))
    at = next(i for i in range(second, len(lines)) if lines[i].startswith("Clarity of competences"))
    figures = lines[at].split()
    assert figures[3:5] == [f"{100 * clarity['base']:.1f}", f"{100 * clarity['reform']:.1f}"]
    assert "percentage points: better in 4 of 4 runs" in lines[at + 1]


def test_the_command_printed_plain_text_and_where_the_results_are(finished: Finished) -> None:
    assert "\x1b" not in finished.printed
    last = finished.printed.strip().splitlines()[-1]
    assert last.startswith(f"Risultati: {finished.folder}")


def test_a_path_is_never_broken(tmp_path: Path) -> None:
    console = Console(width=40, highlight=False)
    folder = tmp_path / ("long" * 20)
    with console.capture() as capture:
        show_folder(console, folder, 3.21, "it")
    assert capture.get().splitlines() == [f"Risultati: {folder} (3,2 s)"]


def test_progress_passes_everything_on_in_silence(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(with_progress(range(5), 5, "it")) == [0, 1, 2, 3, 4]
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(("lang", "told"), [("it", "Simulo 2.000/5.000"), ("en", "Simulating 2,000/5,000")])
def test_a_log_gets_a_line_a_minute(
    lang: str, told: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = count(0.0, 40.0)
    monkeypatch.setattr(terminal, "time", SimpleNamespace(monotonic=lambda: next(seconds)))
    with terminal.run_progress(lang) as show:
        for thousand in range(1, 6):
            show(1000 * thousand, 5000)
    out, log = capsys.readouterr()
    assert not out
    lines = log.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(told)


def test_every_effect_says_how_much_is_parameters_and_how_much_is_chance(finished: Finished) -> None:
    comparison = load_comparison(finished.folder)
    page = " ".join(shown(finished, "en", 100).split())
    share = row(comparison.effects, "spending", "fund_cut")["parameter_share"]
    told = f"uncertainty: {100 * share:.0f}% parameters, {100 - 100 * share:.0f}% chance"
    assert told in page
    unknown = comparison.effects.assign(parameter_share=float("nan"))
    assert "uncertainty:" not in shown(finished, "en", 100, effects=unknown)


def test_where_parameter_draws_come_from_is_told(finished: Finished) -> None:
    posterior = read_manifest(finished.folder)["posterior"]
    assert posterior["choice"] == "shipped"
    told = f"{len(posterior['calibrated'])} calibrated on published figures, {posterior['from_range']} drawn"
    assert told in " ".join(shown(finished, "en", 100).split())
