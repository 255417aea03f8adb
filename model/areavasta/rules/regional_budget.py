"""The region's money: a dated given, and how new spending fits in it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RegionalBudget:
    """Parts of the regional budget, EUR a year.

    `granted` is what present law gives the region for communes and unions; `new_money` what a reform adds
    from the State; `envelope` and `incentives` what goes out.
    """

    granted: float
    new_money: float
    envelope: float
    incentives: float


def regional_budget(
    present_envelope: float,
    present_incentives: float,
    envelope: float,
    incentives: float,
    residents: float,
    new_money: bool,
) -> RegionalBudget:
    """Return the budget from amounts in EUR a head and the residents of the first year.

    Within the envelope incentives come first and the communes' envelope shrinks by as much; with new
    money the State adds what is missing.
    """
    granted = (present_envelope + present_incentives) * residents
    asked = (envelope + incentives) * residents
    added = max(0.0, asked - granted) if new_money else 0.0
    paid = min(incentives * residents, granted + added)
    return RegionalBudget(granted, added, min(envelope * residents, granted + added - paid), paid)
