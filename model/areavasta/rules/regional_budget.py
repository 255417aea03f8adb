"""The region's money: a dated given, and how new spending fits in it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RegionalBudget:
    """Parts of the regional budget, EUR a year.

    `granted` is what present law gives the region for communes and unions; `new_money` what a reform adds
    from the State; `envelope`, `incentives` and `support` (monitoring, facilitation) what goes out.
    """

    granted: float
    new_money: float
    envelope: float
    incentives: float
    support: float


def regional_budget(
    present_envelope: float,
    present_incentives: float,
    envelope: float,
    incentives: float,
    residents: float,
    new_money: bool,
    present_support: float = 0.0,
    support: float = 0.0,
) -> RegionalBudget:
    """Return the budget from amounts in EUR a head and the residents of the first year.

    Within the envelope incentives and support come first and the communes' envelope shrinks by as much;
    with new money the State adds what is missing.
    """
    granted = (present_envelope + present_incentives + present_support) * residents
    asked = (envelope + incentives + support) * residents
    added = max(0.0, asked - granted) if new_money else 0.0
    paid = min(incentives * residents, granted + added)
    supported = min(support * residents, granted + added - paid)
    left = granted + added - paid - supported
    return RegionalBudget(granted, added, min(envelope * residents, left), paid, supported)
