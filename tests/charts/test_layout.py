"""No text of any chart may touch another one or leave the page."""

import numpy as np
import pytest

from experiments.charts.page import Block, Page, spread
from experiments.charts.style import LABEL, TITLE, width_of, wrap
from tests.charts.cases import CASES, LONG, draw_all
from tests.charts.samples import REFORM, Sample, compare

# Ink may come this near, in points.
TOUCH = 0.05


def clashes(page: Page) -> list[str]:
    """List the texts that overlap or leave the page, by the box of their ink."""
    texts = [text for text in page.texts if text.text.strip()]
    boxes = np.asarray([text.extent().extents for text in texts])
    outside = (boxes[:, :2] < 0.0).any(axis=1)
    outside |= (boxes[:, 2] > page.width) | (boxes[:, 3] > page.height)
    found = [f"{texts[item].text!r} leaves the page" for item in np.flatnonzero(outside)]
    for item, box in enumerate(boxes):
        rest = boxes[item + 1 :]
        apart = (rest[:, 0] >= box[2] - TOUCH) | (rest[:, 2] <= box[0] + TOUCH)
        apart |= (rest[:, 1] >= box[3] - TOUCH) | (rest[:, 3] <= box[1] + TOUCH)
        found += [f"{texts[item].text!r} on {texts[item + 1 + n].text!r}" for n in np.flatnonzero(~apart)]
    return found


@pytest.mark.parametrize("lang", ["it", "en"])
@pytest.mark.parametrize("case", CASES)
def test_texts_do_not_touch_at_column_width(case: str, lang: str) -> None:
    for name, (page, _, _) in draw_all(CASES[case], lang):
        assert not clashes(page), name


@pytest.mark.parametrize("case", ["usual", "long_names"])
def test_texts_do_not_touch_at_page_width(case: str) -> None:
    for name, (page, _, _) in draw_all(CASES[case], "it", 17.0):
        assert not clashes(page), name


def test_a_clash_is_found() -> None:
    page = Page(8.0)
    page.text(20.0, 30.0, "first", LABEL)
    page.text(22.0, 31.0, "second", LABEL)
    page.text(page.right - 3.0, 60.0, "beyond the edge", LABEL)
    page.close(100.0)
    assert len(clashes(page)) == 2


def test_nothing_is_cut_from_long_words() -> None:
    title = compare(CASES["long_names"]).titles[REFORM]["it"]
    lines = wrap(title, TITLE, 60.0)
    assert " ".join(lines) == title
    assert all(width_of(line, TITLE) <= 61.0 for line in lines)
    word = "Donaudampfschifffahrtsgesellschaft"
    assert "".join(wrap(word, TITLE, 40.0)) == word


def test_pages_have_the_width_asked_for() -> None:
    for width in (8.0, 17.0):
        for _, (page, _, _) in draw_all(Sample(indicators=(LONG,)), "it", width):
            assert page.figure.get_size_inches()[0] * 2.54 == pytest.approx(width)


def test_blocks_are_moved_apart_and_stay_in_order() -> None:
    blocks = [Block(anchor, (("x", LABEL),)) for anchor in (50.0, 49.0, 51.0, 10.0)]
    tops = spread(blocks, 0.0, 100.0)
    height = LABEL.leading
    order = sorted(tops)
    assert np.diff(order).min() >= height - 1e-9
    assert tops[1] < tops[0] < tops[2]
    assert tops[3] == pytest.approx(10.0 - height / 2.0)


def test_blocks_stay_between_top_and_bottom_when_they_fit() -> None:
    blocks = [Block(99.0, (("x", LABEL),)) for _ in range(4)]
    tops = spread(blocks, 0.0, 100.0)
    assert max(tops) + LABEL.leading <= 100.0 + 1e-9
    assert min(tops) >= 0.0
