"""Charts of a search: titles that say what came out, texts that do not touch, in both languages."""

from dataclasses import replace

import pytest

from experiments.charts.search.axes import lever_axes, objective_axes
from experiments.charts.search.convergence import draw_progress
from experiments.charts.search.labels import LABELS
from experiments.charts.search.parallel import draw_parallel, moved_by_all
from experiments.charts.search.placing import Box, place
from experiments.charts.search.tradeoff import draw_tradeoff, letter
from experiments.search.labels import LABELS as TERMINAL
from experiments.search.results import SearchOutcome, Standing
from experiments.search.words import WORDS
from tests.charts.test_layout import clashes
from tests.search.samples import sample

FOUR = "search.objectives={ampi: {}, below_essential: {}, cost: {}, gini: {}}"
LONG = "Legge regionale sul riordino delle funzioni amministrative e sulle gestioni associate " * 2

FAR_AHEAD, FAR_BEHIND = -1e9, 1e9
"""Costs of laws that nothing beats, and that everything beats."""


@pytest.fixture(scope="module")
def found() -> SearchOutcome:
    return sample("search=governance")


@pytest.fixture(scope="module")
def checked() -> SearchOutcome:
    outcome = sample("search=funds", FOUR, repeats=3)
    named = [replace(one, title={"it": LONG, "en": LONG}) for one in outcome.named]
    return replace(outcome, named=named)


@pytest.mark.parametrize("width", [8.0, 17.0])
@pytest.mark.parametrize("lang", ["it", "en"])
@pytest.mark.parametrize("case", ["found", "checked"])
def test_texts_do_not_touch(case: str, lang: str, width: float, request: pytest.FixtureRequest) -> None:
    outcome = request.getfixturevalue(case)
    for page, words, table in (
        draw_tradeoff(outcome, lang, width),
        draw_parallel(outcome, lang, width),
        draw_progress(outcome, lang, width),
    ):
        assert not clashes(page)
        assert len(words.title.split()) <= 14
        assert 0 < len(words.alternative) <= 250
        assert not table.empty


def test_titles_count_what_is_beaten(found: SearchOutcome) -> None:
    beaten = sum(one.standing(found.front) is Standing.beaten for one in found.named[1:])
    assert 0 < beaten < 10
    some = draw_tradeoff(found, "en", 17.0)[1].title
    assert some == f"Reforms found beat {beaten} of 10 other scenarios in every objective"
    assert "beat none of 10" in draw_tradeoff(_with_costs(found, FAR_AHEAD), "en", 17.0)[1].title
    assert "tutti i 10" in draw_tradeoff(_with_costs(found, FAR_BEHIND), "it", 17.0)[1].title
    alone = replace(found, named=found.named[:1])
    told = draw_tradeoff(alone, "it", 17.0)[1].title
    assert ("Nessuna riforma" in told) == (found.named[0].standing(found.front) is not Standing.beaten)


def _with_costs(outcome: SearchOutcome, cost: float) -> SearchOutcome:
    """Return an outcome whose named laws all have one cost in every objective."""
    named = []
    for one in outcome.named:
        assert one.tried is not None
        named.append(replace(one, tried=replace(one.tried, costs=(cost,) * len(one.tried.costs))))
    return replace(outcome, named=named)


def test_the_title_counts_levers_that_all_reforms_move(found: SearchOutcome) -> None:
    one = replace(found, front=found.front[-1:])
    moved = moved_by_all(one)
    assert moved == found.evaluator.space.changed(found.front[-1].point) > 0
    assert f"it moves {moved}" in draw_parallel(one, "en", 17.0)[1].title.replace("\u00a0", " ")
    twice = replace(one, front=[*one.front, replace(one.front[0], point=found.evaluator.space.base)])
    assert moved_by_all(twice) == 0
    assert "None of 25 levers" in draw_parallel(twice, "en", 17.0)[1].title


def test_the_title_says_who_wins(checked: SearchOutcome) -> None:
    found = replace(checked, convergence=checked.convergence.query("repeat == 1"))
    ends = found.convergence.groupby("method")["hypervolume"].last()
    title = draw_progress(found, "en", 17.0)[1].title
    assert f"hypervolume {ends['search']:.2f} against {ends['random']:.2f}" in title
    assert title.startswith("The search beats") == (ends["search"] > ends["random"])
    swapped = found.convergence.assign(
        method=found.convergence["method"].replace({"search": "random", "random": "search"})
    )
    assert "does not beat" in draw_progress(replace(found, convergence=swapped), "en", 17.0)[1].title
    assert "of 3 seeds" in draw_progress(checked, "en", 17.0)[1].title


def test_axes_hold_every_reform_where_it_stands(found: SearchOutcome) -> None:
    first = next(objective_axes(found))
    assert min(*first.front, first.present) == 0.0
    assert max(*first.front, first.present) == 1.0
    keys = {axis.key for axis in lever_axes(found)}
    lever = found.evaluator.space.levers
    moved = {
        one.key
        for at, one in enumerate(lever)
        if any(found.evaluator.space.parts(point.point)[at] != one.base for point in found.front)
    }
    assert {key.partition(".rules.")[0] for key in keys} >= {key.removesuffix(".rules") for key in moved}
    assert all(0.0 <= place <= 1.0 for axis in lever_axes(found) for place in axis.front)


def test_letters_find_places_that_are_free() -> None:
    frame, mark = Box(0.0, 0.0, 100.0, 100.0), (50.0, 50.0)
    sizes = [(5.0, 5.0)] * 20
    centres = place([mark] * 20, sizes, [Box.around(mark, 6.0, 6.0)], frame, 2.0)
    boxes = [Box.around(one, 5.0, 5.0) for one in centres]
    assert not any(box.meets(other) for at, box in enumerate(boxes) for other in boxes[at + 1 :])
    assert all(box.within(frame) for box in boxes)
    assert [letter(at) for at in (0, 25, 26, 53)] == ["A", "Z", "A1", "B2"]


def test_every_word_exists_in_both_languages() -> None:
    for table in (LABELS, TERMINAL, WORDS):
        for key, (italian, english) in table.items():
            assert italian.strip(), key
            assert english.strip(), key
