"""The parts of the page that are written in Vue: what each is given, and what it tells back."""

from collections.abc import Callable
from typing import Any

import solara

Event = Callable[[Any], None]


@solara.component_vue("top.vue", vuetify=False)
def Top(lang: str, words: dict[str, str], event_switch: Event, event_narrow: Event) -> None:
    """Show the name of the application and the switch of languages."""


@solara.component_vue("form.vue", vuetify=False)
def Form(
    form: dict[str, Any],
    words: dict[str, str],
    running: dict[str, Any],
    event_choose: Event,
    event_move: Event,
    event_back: Event,
    event_run: Event,
    event_stop: Event,
    event_auto: Event,
) -> None:
    """Show what can be chosen, the levers, the button that runs."""


@solara.component_vue("map.vue", vuetify=False)
def Map(
    shapes: dict[str, Any],
    view: dict[str, Any],
    lang: str,
    words: dict[str, str],
    classes: list[str],
    year: int,
    place: int,
    event_go_year: Event,
    event_go_place: Event,
) -> None:
    """Show the communes in the classes of a year."""


@solara.component_vue("chart.vue", vuetify=False)
def Chart(
    svg: str, options: list[dict[str, str]], indicator: str, rows: list[dict[str, str]],
    words: dict[str, str], event_show: Event,
) -> None:  # fmt: skip
    """Show one indicator over the years, and all main ones at the horizon."""


@solara.component_vue("commune.vue", vuetify=False)
def Commune(
    view: dict[str, Any] | None, trees: dict[str, list[dict[str, Any]]] | None, fault: str,
    words: dict[str, str],
) -> None:  # fmt: skip
    """Show one commune and its explanation."""


@solara.component_vue("files.vue", vuetify=False)
def Files(
    kinds: list[dict[str, str]], file: dict[str, Any] | None, content: bytes, note: str, run: str,
    command: str, words: dict[str, str], event_download: Event,
) -> None:  # fmt: skip
    """Show what can be downloaded, the run's id and the command."""
