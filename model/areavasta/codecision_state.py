"""State of co-decision: what is in force, what waits, and how often the levels agreed."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from areavasta.settings import Law

Numbers = NDArray[np.float64]


@dataclass
class CodecisionState:
    """What the conference leaves from year to year."""

    weights: Numbers = field(default_factory=lambda: np.zeros(0))
    """Weights of the allocation rules in force for the region's envelope, (rule,)."""
    proposal: Numbers = field(default_factory=lambda: np.zeros(0))
    """The same as the region proposed them this year."""
    competences: Law = field(default_factory=Law)
    """The law whose competence table is in force."""
    waiting_since: int = 0
    """Year in which the conference first had the waiting move of functions before it, 0 when none waits."""
    years_waited: int = 0
    """Years that moves of functions waited in all."""
    meetings: int = 0
    """Years since 2026 in which the conference met."""
    agreements: int = 0
    """Those in which it agreed."""
