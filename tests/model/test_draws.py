"""Parameter draws: from a posterior, from ranges, and what somebody writes holds."""

from dataclasses import replace
from pathlib import Path

import pytest

from areavasta.settings import (
    Run,
    Settings,
    SettingsError,
    constants_by_key,
    draw_parameters,
    load_posterior,
    uncertain_constants,
)
from areavasta.settings.posterior import DRAWS, NONE, SHIPPED, SHIPPED_FOLDER
from experiments import compose
from experiments._config_files import ConfigurationError

KEYS = ("parameters.cooperation.autonomy", "parameters.slack.start")
ROWS = ((9.5, 0.10), (10.5, 0.12), (16.0, 0.15))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = [",".join(KEYS), *(",".join(map(repr, row)) for row in ROWS)]
    (tmp_path / DRAWS).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


def drawn(settings: Settings, draw: int, seed: int = 1) -> tuple[float, float]:
    parameters = draw_parameters(settings, seed, draw)
    return parameters.cooperation.autonomy, parameters.slack.start


def test_draws_are_rows_of_the_posterior_in_an_order_of_the_seed(folder: Path) -> None:
    settings = Settings(run=Run(posterior=str(folder)))
    first = [drawn(settings, draw) for draw in (1, 2, 3)]
    assert sorted(first) == sorted(ROWS)
    assert [drawn(settings, draw) for draw in (4, 5, 6)] == first
    orders = {tuple(drawn(settings, draw, seed) for draw in (1, 2, 3)) for seed in range(20)}
    assert len(orders) > 3
    by_file = Settings(run=Run(posterior=str(folder / DRAWS)))
    assert [drawn(by_file, draw) for draw in (1, 2, 3)] == first


def test_the_other_constants_are_drawn_as_without_a_posterior(folder: Path) -> None:
    with_rows = draw_parameters(Settings(run=Run(posterior=str(folder))), 1, 2)
    without = draw_parameters(Settings(run=Run(posterior=NONE)), 1, 2)
    ours = {place: getattr(section, item.name) for section, place, item in uncertain_constants(with_rows)}
    theirs = {place: getattr(section, item.name) for section, place, item in uncertain_constants(without)}
    assert {key for key in ours if ours[key] != theirs[key]} == set(KEYS)
    assert sum(theirs[key] != constants_by_key()[key].default for key in theirs) == len(theirs)


def test_draw_zero_is_the_settings_as_they_stand(folder: Path) -> None:
    settings = Settings(run=Run(posterior=str(folder)))
    assert draw_parameters(settings, 1, 0) is settings.parameters


def test_what_is_written_holds_in_every_draw(folder: Path) -> None:
    base = (f"run.posterior={folder}", "territory=toy")
    changed = compose(*base, "parameters.cooperation.autonomy=15")
    assert {drawn(changed, draw)[0] for draw in (1, 2, 3)} == {15.0}
    assert {drawn(changed, draw)[1] for draw in (1, 2, 3)} == {row[1] for row in ROWS}
    # The default, written, holds too; so does what a script changes without saying so.
    written = compose(*base, "parameters.cooperation.autonomy=13")
    assert {drawn(written, draw)[0] for draw in (1, 2, 3)} == {13.0}
    settings = compose(*base)
    scripted = replace(settings, parameters=replace(settings.parameters, slack=changed.parameters.slack))
    scripted.parameters.slack.start = 0.19
    assert {drawn(scripted, draw)[1] for draw in (1, 2, 3)} == {0.19}
    held = compose(*base, "run.held=[parameters.slack.start]")
    assert {drawn(held, draw)[1] for draw in (1, 2, 3)} == {held.parameters.slack.start}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "has no draws"),
        ("parameters.slack.start\n", "has no draws"),
        ("parameters.slack.strat\n0.1\n", "line 1: parameters.slack.strat is not an uncertain constant; did"),
        ("{0},{0}\n0.1,0.1\n".format("parameters.slack.start"), "line 1: parameters.slack.start stands"),
        ("parameters.slack.start\n0.1\n0.5\n", "line 3: parameters.slack.start is 0.5; it must lie between"),
        ("parameters.slack.start\nnan\n", "line 2: parameters.slack.start is nan; it must lie"),
        ("parameters.slack.start\n0,1\n", "line 2 has 2 values; it must have 1"),
        ("parameters.slack.start\nmany\n", "line 2: parameters.slack.start is 'many'; it must be a number"),
        (b"\xff\xfe\x00", "cannot be read"),
    ],
)  # fmt: skip
def test_a_wrong_posterior_is_told_in_one_line(tmp_path: Path, content: str | bytes, told: str) -> None:
    path = tmp_path / "draws.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ConfigurationError) as caught:
        compose("territory=toy", f"run.posterior={path}")
    assert len(caught.value.lines) == 1
    assert f"{path}: {told}" in caught.value.lines[0] or told in caught.value.lines[0]


def test_a_posterior_that_is_not_there_and_a_constant_that_is_none() -> None:
    with pytest.raises(
        ConfigurationError, match=r"run.posterior is nowhere; it must be shipped, none, a folder"
    ):
        compose("territory=toy", "run.posterior=nowhere")
    with pytest.raises(ConfigurationError, match=r"run.held names parameters.slack.strat.*did you mean"):
        compose("territory=toy", "run.held=[parameters.slack.strat]")
    with pytest.raises(SettingsError):
        load_posterior("nowhere")


def test_the_shipped_posterior_is_whole_and_small() -> None:
    posterior = load_posterior(SHIPPED)
    assert posterior is not None
    assert len(posterior.keys) >= 5
    assert len(posterior.rows) >= 100
    assert (SHIPPED_FOLDER / DRAWS).stat().st_size < 500_000
