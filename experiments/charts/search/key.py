"""Draw the keys of the charts of a search: marks with words, as many to a line as fit."""

from collections.abc import Sequence

from experiments.charts import style
from experiments.charts.page import Page
from experiments.charts.style import LABEL

Mark = tuple[str, str, bool, float, str]
"""Shape (a dash is a line, two dashes a broken one), colour, whether filled, size, words."""

SYMBOL, APART = 14.0, 12.0
DASHES = {"-": "-", "--": (0, (2.2, 1.2))}


def draw_key(page: Page, top: float, marks: Sequence[Mark]) -> float:
    """Draw marks with their words from a top edge and return the bottom edge."""
    x = page.left
    for shape, color, filled, size, told in marks:
        lines = style.wrap(told, LABEL, page.measure - SYMBOL)
        width = SYMBOL + max(style.width_of(line, LABEL) for line in lines)
        if x > page.left and x + width > page.right:
            x, top = page.left, top + LABEL.leading
        y = top + 0.55 * LABEL.leading
        if shape in DASHES:
            page.line([(x, y), (x + SYMBOL - 3.0, y)], color, size, linestyle=DASHES[shape])
        else:
            page.marker(x + 5.0, y, shape, color, filled=filled, size=size)
        page.paragraph(x + SYMBOL, top, lines, LABEL)
        if len(lines) > 1:
            top += (len(lines) - 1) * LABEL.leading
        x += width + APART
    return top + LABEL.leading + 1.0
