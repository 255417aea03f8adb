"""What a user of the page does, and waits for."""

from pathlib import Path
from typing import Any


def set_lever(page: Any, key: str, value: float) -> None:
    group = page.locator(f'details:has([data-lever="{key}"])')
    if group.get_attribute("open") is None:
        group.locator("summary").click()
    number = page.locator(f'[data-lever="{key}"] input[type="number"]')
    number.fill(str(value))
    number.press("Tab")


def wait_until_results_are_those_of_the_levers(page: Any) -> None:
    page.wait_for_selector("#av-status:has-text('Risultati aggiornati')")


def wait_for_run(page: Any, before: str) -> str:
    page.wait_for_function(
        "before => document.getElementById('av-run-id').textContent !== before && "
        "!document.querySelector('.av-form progress')",
        arg=before,
    )
    return str(page.text_content("#av-run-id"))


def wait_for_explanation(page: Any, title: str) -> None:
    page.wait_for_selector(f"#av-commune-title:has-text('{title}')")
    page.wait_for_selector("#av-tree")


def choose(page: Any, territory: str, scenario: str) -> None:
    """Choose territory and scenario, wait for both runs, and have no more of them run by themselves."""
    before = str(page.text_content("#av-run-id"))
    page.select_option("#av-territory", territory)
    before = wait_for_run(page, before)
    page.select_option("#av-base", scenario)
    wait_for_run(page, before)
    page.uncheck(".av-check input")


def saved(page: Any, kind: str) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.click(f"#av-get-{kind}")
    download = waiting.value
    return download.suggested_filename, Path(download.path()).read_bytes()
