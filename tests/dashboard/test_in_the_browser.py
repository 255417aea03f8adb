"""The dashboard in a real browser: choose, run, step, click, download; nothing comes from elsewhere."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from experiments._hydra import PROJECT_ROOT, run_hydra
from experiments.compare import compare
from experiments.results import read_manifest
from tests.dashboard.acting import (
    choose,
    saved,
    set_lever,
    wait_for_explanation,
    wait_for_run,
    wait_until_results_are_those_of_the_levers,
)
from tests.dashboard.conftest import DESKTOP, PHONE, opened

PARTS = ["av-top", "av-form", "av-map", "av-chart", "av-commune-panel", "av-files"]
"""Parts of the page in reading order."""

SMALL = """() => [...document.querySelectorAll('button, select, summary, input')]
    .filter((one) => one.offsetParent && !['radio', 'checkbox'].includes(one.type))
    .filter((one) => one.getBoundingClientRect().height < 43.5).map((one) => one.outerHTML.slice(0, 80))"""

NAMELESS = """() => [...document.querySelectorAll('input, select, button, textarea')]
    .filter((one) => !(one.labels && one.labels.length) && !one.getAttribute('aria-label')
        && !one.textContent.trim()).map((one) => one.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module")
def region(context: Any, address: str) -> Iterator[Any]:
    """Open the page once, on the region, for all that looks at it without asking for something else."""
    with opened(context, address, DESKTOP) as (page, _):
        yield page


def test_a_commune_is_found_clicked_and_explained(region: Any) -> None:
    page = region
    assert page.locator('.av-map [role="option"]').count() == 330
    page.fill("#av-find", "Bobbio")
    page.press("#av-find", "Enter")
    wait_for_explanation(page, "Bobbio, 2040")
    assert "Saldo iniziale" in page.text_content("#av-tree")
    page.click("text=Apri tutto")
    tree = page.text_content("#av-tree")
    page.click("text=Chiudi tutto")
    page.locator('#av-tree [role="row"][tabindex="0"]').focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.getAttribute('aria-level')") == "3"
    assert "Fondo di solidarietà comunale" in tree
    assert "Unione Montana Valli Trebbia e Luretta" in tree
    # A name is found as it is typed, once more too; one that is not there is told.
    for typed, found in (("forli'", "Forlì"), ("bobbio", "Bobbio")):
        page.fill("#av-find", typed)
        page.press("#av-find", "Enter")
        wait_for_explanation(page, f"{found}, 2040")
    page.fill("#av-find", "Bobbia")
    page.press("#av-find", "Enter")
    page.wait_for_selector("#av-not-found:has-text('Nessun Comune')")
    # The keyboard moves to a neighbour, and Enter chooses it.
    page.locator('[role="option"][aria-selected="true"]').focus()
    page.keyboard.press("ArrowRight")
    name = page.evaluate("document.activeElement.getAttribute('aria-label').split(':')[0]")
    assert name != "Bobbio"
    page.keyboard.press("Enter")
    wait_for_explanation(page, f"{name}, 2040")
    page.locator("#av-year").fill("2030")
    page.wait_for_selector("#av-map-title:has-text('2030')")
    wait_for_explanation(page, f"{name}, 2030")
    page.locator("label:has-text('Un Comune, un esagono')").click()
    page.locator("#av-c7").click()
    page.wait_for_selector("#av-c7[aria-selected=true]")
    page.click("text=Vai alla spiegazione")
    assert page.evaluate("document.activeElement.id") == "av-commune-title"


def test_what_is_being_typed_outlives_what_is_going_on(region: Any) -> None:
    number = region.locator('[data-lever="facilitation.level"] input[type="number"]')
    before = region.text_content("#av-run-id")
    set_lever(region, "solidarity.share", 15)
    number.fill("33")
    wait_for_run(region, before)
    assert number.input_value() == "33"
    before = region.text_content("#av-run-id")
    number.press("Enter")
    wait_for_run(region, before)
    assert "33%" in region.text_content("#av-provisions")


def test_languages_are_switched_and_all_has_a_name_and_room_for_a_finger(region: Any) -> None:
    for lang, name, note, run in (
        ("en", "Area Vasta: dashboard", "A single run", "Run"),
        ("it", "Area Vasta: cruscotto", "Una sola replica", "Simula"),
    ):
        region.click(f"button[lang={lang}]")
        region.wait_for_selector(f".av-note:has-text('{note}')")
        region.wait_for_selector(f".av-svg svg[lang={lang}][role=img]")
        region.wait_for_function("name => document.title === name", arg=name)
        assert region.evaluate("document.documentElement.lang") == lang
        assert region.text_content("#av-run") == run
        region.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert region.evaluate(NAMELESS) == []
        assert region.evaluate(SMALL) == []


def test_the_keyboard_reaches_every_part_in_reading_order(region: Any) -> None:
    region.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = false; })")
    region.evaluate("document.activeElement.blur(); document.querySelector('.av-skip').focus()")
    parts = ["av-top"]
    for _step in range(60):
        region.keyboard.press("Tab")
        part = region.evaluate(
            "all => document.activeElement.closest(all)?.className ?? ''",
            ", ".join(f".{one}" for one in PARTS),
        )
        if part and part not in parts:
            parts.append(part)
    assert parts == PARTS


def test_what_no_law_can_hold_is_told_and_the_form_stays(context: Any, address: str) -> None:
    """The scenario changes again in 2030: it cannot take effect later."""
    with opened(context, address, DESKTOP) as (page, _):
        choose(page, "toy", "fund_cut")
        set_lever(page, "effective", 2031)
        page.wait_for_selector("text=must come after the effective year 2031")
        set_lever(page, "effective", 2028)
        page.wait_for_selector("text=must come after the effective year 2031", state="detached")
        page.wait_for_selector("#av-status:has-text('Le leve sono cambiate')")


def test_choose_run_and_download_then_the_command_line_gives_the_same(
    context: Any, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(context, address, DESKTOP) as (page, _):
        choose(page, "toy", "fund_cut")
        page.select_option("#av-pairs", "5")
        set_lever(page, "allocation.region.rules.equalisation", 35)
        set_lever(page, "incentives.amount_per_head", 12.5)
        page.locator('details:has([data-lever="codecision.rule"]) summary').click()
        page.select_option('[data-lever="codecision.rule"] select', "unanimity")
        page.fill("#av-years", "2")
        page.press("#av-years", "Tab")
        page.wait_for_selector("#av-status:has-text('Le leve sono cambiate')")
        page.click("#av-run")
        wait_until_results_are_those_of_the_levers(page)
        provisions = page.text_content("#av-provisions").replace("\xa0", " ")
        assert "12,50 € per abitante" in provisions
        assert "all’unanimità" in provisions
        scenario, law = saved(page, "scenario")
        name, data = saved(page, "parquet")
        _, tables = saved(page, "csv")
        _, charts = saved(page, "charts")
        command = page.text_content("#av-command")
    pictures = zipfile.ZipFile(io.BytesIO(charts)).namelist()
    assert {Path(one).suffix for one in pictures} >= {".png", ".svg", ".csv"}
    assert any(one.endswith("/indicators.csv") for one in zipfile.ZipFile(io.BytesIO(tables)).namelist())
    # Numbers are compared; their pictures are drawn once, above.
    monkeypatch.setattr("experiments.compare.draw", lambda *_: False)
    manifest, effects = _run_on_the_command_line(tmp_path, scenario, law, command)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        stem = name.removesuffix(".zip")
        downloaded = pd.read_parquet(io.BytesIO(archive.read(f"{stem}/effects.parquet")))
    pd.testing.assert_frame_equal(downloaded, effects, check_exact=True)
    assert manifest["run_id"] in name
    assert manifest["pairs"] == 5


def _run_on_the_command_line(folder: Path, name: str, law: bytes, command: str) -> tuple[Any, pd.DataFrame]:
    """Put the scenario where scenarios are, run the command that the page shows, and read the results."""
    (folder / "conf").symlink_to(PROJECT_ROOT / "conf")
    scenarios = folder / "scenarios"
    scenarios.mkdir()
    for path in (PROJECT_ROOT / "scenarios").glob("*.yaml"):
        (scenarios / path.name).symlink_to(path)
    (scenarios / name).write_bytes(law)
    arguments = command.removeprefix("python -m experiments compare ").replace("'", "").split()
    assert arguments[0] == f"reforms=[{name.removesuffix('.yaml')}]"
    assert run_hydra([*arguments, "run.processes=1"], "compare", compare, folder) == 0
    results = folder / "results" / "latest"
    return read_manifest(results), pd.read_parquet(results / "effects.parquet")


def test_on_a_phone_results_come_first_in_one_column(context: Any, address: str) -> None:
    with opened(context, address, PHONE) as (page, _):
        page.wait_for_function(
            "() => document.querySelector('.av-columns').lastElementChild.classList.contains('av-form')"
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        tops = [
            page.locator(one).bounding_box()["y"]
            for one in (".av-headline", ".av-picture", ".av-svg", ".av-form")
        ]
        assert tops == sorted(tops)
        # The keyboard goes the same way: the first stop after the map is not a lever.
        page.locator("#av-year").focus()
        page.keyboard.press("Tab")
        assert page.evaluate("!document.activeElement.closest('.av-form')")
