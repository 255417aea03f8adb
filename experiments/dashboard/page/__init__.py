"""The page: what is asked for on the left, results in the middle, one commune on the right, files below."""

from typing import Any

import ipyvuetify as v
import solara

from experiments.charts.maps import class_names
from experiments.charts.words import label
from experiments.comparison_communes import RELEVANT_POINTS
from experiments.dashboard.downloads import DOWNLOADS, paths_svg
from experiments.dashboard.explaining import about_of
from experiments.dashboard.form import form
from experiments.dashboard.page import state
from experiments.dashboard.page.parts import Chart, Commune, Files, Form, Map, Top
from experiments.dashboard.request import Request, RequestError
from experiments.dashboard.running import Outcome, opening
from experiments.dashboard.scenario_file import command_of
from experiments.dashboard.view import (
    commune_view,
    headline,
    indicator_options,
    indicator_rows,
    map_shapes,
    map_view,
)
from experiments.dashboard.words import word, words
from experiments.language import percent


def _box(tag: str, name: str, *children: Any, **attributes: str) -> Any:
    return v.Html.element(tag=tag, class_=name, attributes=attributes, children=list(children))


@solara.component
def Page() -> None:
    """Show the whole page in its language."""
    search = solara.use_router().search
    solara.use_memo(lambda: state.begin(search), [])
    lang = state.lang.value
    solara.Title(word("title", lang))  # type: ignore[no-untyped-call]
    top = Top(
        lang=lang,
        words=words(lang, "title", "simulation", "language", "skip"),
        event_switch=state.switch,
        event_narrow=lambda data: state.narrow.set(bool(data)),
    )
    left, middle, right = Levers(lang), Results(lang), Explanation(lang)
    # On a narrow page results come first, for the eye and for the keyboard alike.
    columns = [middle, right, left] if state.narrow.value else [left, middle, right]
    _box("div", "av", top, _box("div", "av-columns", *columns), Downloads(lang))


@solara.component
def Levers(lang: str) -> None:
    """Show the left side."""
    asked, running = state.request.value, state.simulate.pending
    shown = solara.use_memo(lambda: _form(asked, lang), [asked, lang])
    if isinstance(shown, RequestError):
        _box("p", "av-alert", word("failed", lang, told=shown))
        return
    stale = state.outcome().request != asked and not running
    share = percent(state.simulate.progress or 0.0, lang)
    status = word("waiting", lang, share=share) if running else word("done", lang)
    Form(
        form=shown,
        words=words(
            lang, "levers", "scenario", "territory", "years", "pairs", "seed", "reset", "auto", "auto_help",
            "run", "stop", "provisions", "no_provisions", "moved",
        ),
        running={
            "pending": running,
            "share": state.simulate.progress or 0.0,
            "status": word("stale", lang) if stale else status,
            "message": state.message.value or _fault(state.simulate.exception, lang),
            "automatic": state.automatic.value,
        },
        event_choose=state.choose,
        event_move=state.move,
        event_back=state.put_back,
        event_run=state.start,
        event_stop=state.stop,
        event_auto=lambda data: state.automatic.set(bool(data)),
    )  # fmt: skip


def _form(asked: Request, lang: str) -> dict[str, Any] | RequestError:
    try:
        return form(asked, lang)
    except RequestError as error:
        return error


def _fault(error: Exception | None, lang: str) -> str:
    """Say that a task failed in a way that nobody foresaw; its traceback is where the command was given."""
    return word("failed", lang, told=type(error).__name__) if error else ""


@solara.component
def Results(lang: str) -> None:
    """Show the middle of the page."""
    found = state.outcome()
    head = solara.use_memo(lambda: headline(found, lang), [found, lang])
    notes = [_box("p", "av-note", note) for note in head["notes"]]
    _box(
        "main", "av-results",
        _box("p", "av-kicker", head["subtitle"]),
        _box("h1", "av-headline", head["title"]),
        *notes,
        MapOf(found, lang),
        ChartOf(found, lang),
        id="av-results", tabindex="-1",
    )  # fmt: skip


@solara.component
def MapOf(found: Outcome, lang: str) -> None:
    """Show the map of an outcome."""
    shapes = solara.use_memo(lambda: map_shapes(found), [found.request.territory])
    view = solara.use_memo(lambda: map_view(found, lang), [found, lang])
    Map(
        shapes=shapes,
        view=view,
        lang=lang,
        words={
            **words(
                lang,
                "map",
                "view",
                "find",
                "not_found",
                "year",
                "earlier",
                "later",
                "map_help",
                "breach",
                "to_explanation",
            ),
            **{kind: word(kind, lang) for kind in ("better", "worse", "unchanged", "points")},
            **_labels(lang),
        },
        classes=class_names(RELEVANT_POINTS, lang),
        year=state.shown_year(),
        place=state.place.value,
        event_go_year=state.go_to_year,
        event_go_place=state.go_to_place,
    )


def _labels(lang: str) -> dict[str, str]:
    names = (
        "worse_heading", "middle_heading", "better_heading", "real_borders", "hexagons", "area_outline",
        "union_outline", "commune_outline", "commune", "communes",
    )  # fmt: skip
    return {name: label(name, lang) for name in names}


@solara.component
def ChartOf(found: Outcome, lang: str) -> None:
    """Show the chart of the chosen indicator and the table of all."""
    chosen = state.indicator.value
    svg = solara.use_memo(lambda: paths_svg(found, chosen, lang), [found, chosen, lang])
    rows = solara.use_memo(lambda: indicator_rows(found, lang), [found, lang])
    options = indicator_options(lang)
    known = {option["value"] for option in options}
    Chart(
        svg=svg,
        options=options,
        indicator=chosen,
        rows=rows,
        words={
            **words(
                lang, "indicator", "column_present", "column_reform", "column_difference",
                "column_interval", "column_verdict",
            ),
            "table": word("table", lang, year=found.comparison.horizon),
        },
        event_show=lambda data: state.indicator.set(data) if data in known else None,
    )  # fmt: skip


@solara.component
def Explanation(lang: str) -> None:
    """Show the right side: one commune."""
    found, where, when = state.outcome(), state.place.value, state.shown_year()
    chosen = 0 <= where < len(found.territory.codes)

    def ask() -> None:
        if chosen:
            state.work_out(found, where, when, lang)

    solara.use_effect(ask, [found, where, when, lang])
    view = commune_view(found, where, when, lang) if chosen else None
    tree = state.work_out.value
    # The explanation of what was shown before is not one of what is shown now.
    fits = chosen and tree is not None and tree.about == about_of(found, where, when, lang)
    Commune(
        view=view,
        trees=tree.trees if tree is not None and fits else None,
        fault=_fault(state.work_out.exception, lang),
        words=words(
            lang, "commune", "choose", "quantity", "column_present", "column_reform", "column_difference",
            "why", "why_pair", "tree_difference", "tree_reform", "tree_present", "explaining",
            "open_all", "close_all",
        ),
    )  # fmt: skip


@solara.component
def Downloads(lang: str) -> None:
    """Show the foot of the page."""
    found, file = state.outcome(), state.file.value
    told = found.manifest
    Files(
        kinds=[{"key": kind, "text": word(f"download_{kind}", lang)} for kind in DOWNLOADS],
        file={"number": file.number, "name": file.name, "mime": file.mime} if file else None,
        content=file.content if file else b"",
        note=_fault(state.prepare.exception, lang) or state.download_note.value,
        run=word("run_id", lang, run_id=told["run_id"], settings=told["settings_hash"]),
        command=command_of(found.request),
        words=words(lang, "downloads", "command", "command_help"),
        event_download=lambda data: state.prepare(str(data)),
    )


@solara.component
def Layout(children: list[Any]) -> None:
    """Show the page alone, without Solara's own bars."""
    _box("div", "av-root", *children)


def get_ready(lang: str) -> None:
    """Work out what every page opens with, so that the first one need not wait; raises as `compare` does."""
    found = opening()
    map_shapes(found)
    form(found.request, lang)
    paths_svg(found, state.indicator.peek(), lang)
