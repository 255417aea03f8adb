"""Constants of councils and unions when they decide on joint work."""

from dataclasses import dataclass

from areavasta.settings.fields import assumed


@dataclass
class CooperationConstants:
    """What weighs when a council joins or leaves a union, EUR a head and year, and how unions vote."""

    initial_functions: float = assumed(
        0.0, -0.2, 0.2, "probability",
        "added to the catalogue's chance that a union of unknown functions held each in 2022, where it is "
        "neither 0 nor 1",
        "spread of the nine unions whose functions are known",
    )  # fmt: skip
    attention: float = assumed(
        0.2, 0.05, 0.3, "a year", "probability that a council, or a union, takes the matter up",
        "five-year terms",
    )  # fmt: skip
    logit_scale: float = assumed(
        6.0, 3.0, 12.0, "EUR a head", "scale of the logit by which councils choose", "tuned"
    )
    autonomy: float = assumed(
        13.0, 6.0, 18.0, "EUR a head", "mean value of deciding alone", "tuned to exits 2015-2025"
    )
    autonomy_spread: float = assumed(0.6, 0.4, 0.9, "log-sd", "spread of that value between communes")
    entry_friction: float = assumed(
        25.0, 10.0, 40.0, "EUR a head", "what entering takes where nobody facilitates", "tuned to entries"
    )
    exit_barrier: float = assumed(6.0, 0.0, 15.0, "EUR a head", "what leaving takes", "tuned to exits")
    peer_weight: float = assumed(
        6.0, 0.0, 12.0, "EUR a head", "weight of the share of neighbours that are in a union"
    )
    perception_error: float = assumed(
        12.0, 0.0, 30.0, "EUR a head", "sd of the error in the perceived saving, without information"
    )
    political_spread: float = assumed(6.0, 0.0, 12.0, "EUR a head", "sd of the yearly political shock")
    common_politics: float = assumed(
        0.5, 0.2, 0.8, "share of variance", "part of that shock common to a union", "events 2015-2025"
    )
    opt_out: float = assumed(1.0, 0.0, 4.0, "EUR a head", "loss by a function beyond which a member keeps it")
    vote_threshold: float = assumed(
        3.0, 0.0, 8.0, "EUR a head", "mean gain of members above which a union takes a further function"
    )
