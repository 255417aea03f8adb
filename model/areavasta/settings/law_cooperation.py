"""What the law says of unions and agreements of communes: who decides, from what size on, for how long."""

from dataclasses import dataclass
from enum import Enum

from areavasta.settings.fields import Origin, constant


class CooperationRule(Enum):
    """Name the rule by which communes enter and leave unions."""

    voluntary = "voluntary"
    incentive = "incentive"
    mandatory = "mandatory"
    frozen = "frozen"


@dataclass
class Cooperation:
    """How communes join, leave and found unions, how unions take functions, and agreements for a function."""

    rule: CooperationRule = CooperationRule.voluntary
    mandatory_threshold: float = constant(
        5000.0, 0.0, 500000.0, unit="residents", origin=Origin.law, source="D.L. 78/2010 art. 14 c. 28",
        meaning="size below which the mandatory rule obliges a commune to be in a union",
    )  # fmt: skip
    exemption: bool = True
    newcomer_bonus: float = constant(
        1.0, 0.0, 5.0, unit="ratio", origin=Origin.choice, source="law",
        meaning="additional weight in incentives of who entered during lock-in, under the incentive rule",
    )  # fmt: skip
    lock_in_years: int = constant(
        5, 0, 20, unit="years", origin=Origin.law, source="L.R. 21/2012 art. 19",
        meaning="years after entry or exit before a commune may leave or enter again",
    )  # fmt: skip
    minimum_members: int = constant(
        2, 2, 30, unit="communes", origin=Origin.law, source="D.Lgs. 267/2000 art. 32",
        meaning="fewest communes that can found a union",
    )  # fmt: skip
    minimum_population: float = constant(
        10000.0, 0.0, 500000.0, unit="residents", origin=Origin.law, source="D.L. 78/2010 art. 14 c. 31",
        meaning="fewest residents with whom a union can be founded",
    )  # fmt: skip
    agreements: bool = True
    agreement_years: int = constant(
        3, 0, 20, unit="years", origin=Origin.law, source="D.L. 78/2010 art. 14 c. 31-bis",
        meaning="years for which a commune is bound by an agreement for a function",
    )  # fmt: skip
    agreement_incentives: bool = False
