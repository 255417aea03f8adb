"""Which of many cases every change is tested with; the others are long, and run with `make test-long`."""

from collections.abc import Sequence
from typing import Any

import pytest


def thinned(cases: Sequence[Any], every: int = 3) -> list[Any]:
    """Return all cases, each but the first of `every` marked long."""
    return [
        case if place % every == 0 else pytest.param(case, marks=pytest.mark.long)
        for place, case in enumerate(cases)
    ]
