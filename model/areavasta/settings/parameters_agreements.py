"""Constants of councils when they decide on managing one function together by agreement."""

from dataclasses import dataclass

from areavasta.settings.fields import assumed


@dataclass
class AgreementConstants:
    """What weighs when a council makes or leaves an agreement for one function, EUR a head and year."""

    attention: float = assumed(
        0.2, 0.05, 0.4, "a year", "probability that a council looks at managing one function by agreement",
        "five-year terms",
    )  # fmt: skip
    logit_scale: float = assumed(
        1.5, 0.75, 3.0, "EUR a head", "scale of the logit by which councils make and leave agreements"
    )
    autonomy_share: float = assumed(
        0.15, 0.05, 0.4, "share", "loss of autonomy by one agreement over that by entering a union",
        "a union holds six to seven functions",
    )  # fmt: skip
    friction: float = assumed(
        5.0, 2.0, 10.0, "EUR a head", "what making an agreement takes where nobody facilitates"
    )
    peer_weight: float = assumed(
        1.0, 0.0, 2.0, "EUR a head", "weight of the share of neighbours that manage the function jointly"
    )
    perception_error: float = assumed(
        2.0, 0.0, 5.0, "EUR a head", "sd of the error in the perceived saving, without information"
    )
    largest: float = assumed(5.0, 2.0, 10.0, "communes", "most communes in an agreement")
    coordination: float = assumed(
        1.5, 1.0, 2.0, "ratio", "coordination cost of an agreement over that of a union of as many communes"
    )
