"""State of the territory: arrays over places and functions, without behaviour.

Axes, always in this order: place (communes by ISTAT code), function (catalogue order), level. A provider is
a body that delivers functions or a district; (provider, function) arrays hold what belongs to whoever
delivers.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from areavasta.codecision_state import CodecisionState
from areavasta.cooperation_state import CooperationState
from areavasta.holdings import Holdings, Spending
from areavasta.knowledge import Knowledge
from areavasta.programmes import Programmes
from areavasta.review_state import ReviewState

Numbers = NDArray[np.float64]


@dataclass
class Reorganisation:
    """Functions that moved in one year: the shares that levels gained, (gain,).

    `code` is their position in the ravelled table of shares (place, function, level).
    """

    year: int
    code: NDArray[np.intp]
    gained: Numbers


@dataclass(frozen=True)
class Moves:
    """Shares of functions away from their origin, in columns of one length, (move,).

    `share` went from `payer` to `payee`, accounts, in that place and function; `cell` is their position in a
    ravelled table (place, function), `left` and `reached` those of the two levels in one of (place, function,
    level that has the money).
    """

    place: NDArray[np.intp]
    function: NDArray[np.intp]
    cell: NDArray[np.intp]
    payer: NDArray[np.intp]
    payee: NDArray[np.intp]
    left: NDArray[np.intp]
    reached: NDArray[np.intp]
    share: Numbers

    def any(self) -> bool:
        """Say whether anything is away from its origin."""
        return self.share.size > 0


def no_moves() -> Moves:
    """Return the moves of the start: none."""
    nothing = np.zeros(0, dtype=np.intp)
    return Moves(nothing, nothing, nothing, nothing, nothing, nothing, nothing, np.zeros(0))


@dataclass
class State:
    """Everything that changes from year to year."""

    population: Numbers
    """Residents, (place,)."""
    capacity: Numbers
    """Fiscal capacity at standard effort, EUR a head, (place,)."""
    effort: Numbers
    """Tax effort over standard effort, (place,)."""
    effort_ceiling: float
    """Highest tax effort the law allows."""
    trust: Numbers
    """Trust in joint work, 0 to 1, (place,)."""
    base: Numbers
    """Efficient cost at scale one and no slack, EUR a head, (place, function)."""
    need: Numbers
    """Standard need, EUR a head, (place, function)."""
    needed: NDArray[np.bool_]
    """Where there is any; that changes in no year, (place, function)."""
    target: Numbers
    """Service level that the place is used to and aims at, share of standard, (place, function)."""
    felt: Numbers
    """Service level that citizens feel, share of standard, (place, function)."""
    shares: Numbers
    """Share of each function at each level, (place, function, level)."""
    origin: Numbers
    """The same under present law at the start."""
    delegated: NDArray[np.bool_]
    """Functions that the commune has given to its union, (place, function)."""
    union: NDArray[np.intp]
    """Union of each commune, -1 outside, (place,)."""
    slack: Numbers
    """Cost above the efficient one, share, (provider, function)."""
    slack_start: Numbers
    """Slack that each provider tends to without assistance and monitoring, share, (provider,)."""
    reorganised: NDArray[np.bool_]
    """Functions that a union reorganised, (provider, function)."""
    holdings: Holdings
    """Who holds what for whom: the shares above as a table."""
    wellbeing: Numbers
    """BES domains, standard deviations of the start, (place, domain)."""
    wellbeing_structure: Numbers
    """Domains as services at the start sustain them, (place, domain)."""
    ampi: Numbers
    """Adjusted Mazziotta-Pareto composite of the domains, (place,)."""
    historical_fund: Numbers
    """Historical part of the equalisation fund at full weight, EUR a year, (place,)."""
    region_history: list[Numbers]
    """Parts that communes received of the region's money in the last three years, (place,), oldest first."""
    area_history: list[Numbers]
    """The same for the money of areas; each sums to one."""
    area_revenue: Numbers
    """Own revenue of areas at the start, EUR a year, (area,)."""
    knowledge: Knowledge
    """What is known of the territory, and the work on it."""
    programmes: Programmes
    """Programmes of areas and unions, who signed them, and how far plans are."""
    cooperation: CooperationState
    """Entries, exits and functions of unions."""
    region_functions: float = 0.0
    """State money for the region's own functions, EUR a year."""
    price: float = 1.0
    """Price of services over the start."""
    reorganisations: list[Reorganisation] = field(default_factory=list)
    moved_since: NDArray[np.intp] = field(default_factory=lambda: np.zeros((0, 0), dtype=np.intp))
    """Year of the last move of each function, 0 when it never moved, (place, function)."""
    spent_before: Numbers = field(default_factory=lambda: np.zeros((0, 0, 0)))
    """Spending of old holders before a move, EUR per whole function, (place, function, level)."""
    moves: Moves = field(default_factory=no_moves)
    """Shares away from their origin."""
    spending_history: list[Spending] = field(default_factory=list)
    """Spending on holdings in the last three years, oldest first."""
    codecision: CodecisionState = field(default_factory=CodecisionState)
    """What the conference of levels left in force."""
    review: ReviewState = field(default_factory=ReviewState)
    """What areas took by review."""
