"""What one open page holds, and what happens when its user does something; every page has its own."""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs

import solara
import solara.lab
from solara.server import kernel_context

from experiments.dashboard.downloads import DOWNLOADS
from experiments.dashboard.explaining import Explained, explain
from experiments.dashboard.levers import levers, moved
from experiments.dashboard.request import (
    Request,
    RequestError,
    base_scenario,
    opening_request,
    settings_of,
)
from experiments.dashboard.running import Outcome, StoppedError, compare, opening
from experiments.dashboard.server import LANGUAGE
from experiments.dashboard.words import word
from experiments.engine_processes import RunError
from experiments.language import LANGUAGES

FIELDS = ("base", "territory", "pairs", "years", "seed")
"""Parts of a request that the page may set, besides levers."""


@dataclass(frozen=True)
class File:
    """A file that the browser saves, once for every number."""

    number: int
    name: str
    mime: str
    content: bytes


lang = solara.reactive(os.environ.get(LANGUAGE, LANGUAGES[0]))
request = solara.reactive(opening_request())
automatic = solara.reactive(True)
message = solara.reactive("")
year = solara.reactive(0)
place = solara.reactive(-1)
indicator = solara.reactive("service")
narrow = solara.reactive(False)
running: solara.Reactive[Request | None] = solara.reactive(None)
newest: solara.Reactive[Outcome | None] = solara.reactive(None)
file: solara.Reactive[File | None] = solara.reactive(None)
download_note = solara.reactive("")


def begin(search: str | None) -> None:
    """Take the language that the address asks for."""
    asked = parse_qs(search or "").get("lang", [lang.peek()])[-1]
    if asked in LANGUAGES:
        lang.set(asked)


def outcome() -> Outcome:
    """Return what is shown: the newest outcome, at first the one that every page opens with."""
    return newest.value or opening()


def shown_year() -> int:
    """Return the year that is shown, the horizon where the chosen one was not simulated."""
    years = outcome().years
    return year.value if year.value in years else years[-1]


def _wanted(task: Any) -> Callable[[], bool]:
    context = kernel_context.get_current_context()
    return lambda: bool(task.is_current()) and not context.closed_event.is_set()


@solara.lab.task
def simulate(asked: Request) -> None:
    """Run a request and show what comes out."""
    wanted = _wanted(simulate)

    def tell(share: float) -> None:
        if wanted():
            simulate.progress = share

    tell(0.0)
    try:
        found = compare(asked, tell, wanted)
    except (RequestError, RunError) as error:
        if wanted():
            message.set(word("failed", lang.value, told=error))
        return
    except StoppedError:
        return
    if wanted():
        message.set("")
        if outcome().request.territory != asked.territory:
            place.set(-1)
        newest.set(found)


@solara.lab.task
def work_out(found: Outcome, where: int, when: int, language: str) -> Explained:
    """Run the first pair again and explain one commune."""
    return explain(found, where, when, language)


@solara.lab.task
def prepare(kind: str) -> None:
    """Make a file and hand it to the browser."""
    found, language = outcome(), lang.value
    if kind not in DOWNLOADS:
        return
    download_note.set(word("preparing", language, name=word(f"download_{kind}", language)))
    try:
        made = DOWNLOADS[kind](found, language)
    except (RequestError, OSError) as error:
        download_note.set(word("failed", language, told=error))
        return
    number = file.value.number + 1 if file.value else 1
    file.set(File(number, made.name, made.mime, made.content))
    download_note.set(word("ready", language, name=made.name))


def start(*_: Any) -> None:
    """Run what is asked for now, unless it is running already."""
    message.set("")
    if not (simulate.pending and running.value == request.value):
        _simulate(request.value)


def _simulate(asked: Request) -> None:
    running.set(asked)
    simulate(asked)


def stop(*_: Any) -> None:
    """Stop a run; what was shown stays."""
    if simulate.pending:
        simulate.cancel()
        message.set(word("stopped", lang.value))


def choose(data: Any) -> None:
    """Set one part of the request, `{key, value}`; another scenario puts its own levers back."""
    key, value = _pair(data)
    if key not in FIELDS:
        return
    changed = replace(request.value, **{key: value})
    if key == "base":
        changed = replace(changed, moves={})
    _ask(changed)


def move(data: Any) -> None:
    """Move one lever, `{key, value}`, in the unit shown."""
    key, value = _pair(data)
    lever = levers().get(str(key))
    now = request.value
    try:
        if lever is not None and isinstance(value, int | float) and not isinstance(value, bool):
            value = value / lever.scale
        moves = moved(base_scenario(now.base, now.territory), now.moves, str(key), value)
    except (RequestError, ValueError) as error:
        message.set(word("failed", lang.value, told=error))
        return
    _ask(replace(now, moves=moves))


def put_back(*_: Any) -> None:
    """Put all levers back where the scenario has them."""
    _ask(replace(request.value, moves={}))


def switch(data: Any) -> None:
    """Show another language."""
    if data in LANGUAGES:
        lang.set(str(data))
        message.set("")
        download_note.set("")


def go_to_year(data: Any) -> None:
    """Show another year."""
    if data in outcome().years:
        year.set(int(data))


def go_to_place(data: Any) -> None:
    """Show one commune, by its position."""
    if type(data) is int and 0 <= data < len(outcome().territory.codes):
        place.set(data)


def _pair(data: Any) -> tuple[Any, Any]:
    return (data.get("key"), data.get("value")) if isinstance(data, dict) else (None, None)


def _ask(changed: Request) -> None:
    try:
        # What no law can hold is told here, and the form stays as it is.
        settings_of(changed)
    except RequestError as error:
        message.set(word("failed", lang.value, told=error))
        return
    message.set("")
    request.set(changed)
    if automatic.value and changed.pairs == 1:
        _simulate(changed)
