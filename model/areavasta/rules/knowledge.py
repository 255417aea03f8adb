"""What areas learn of their territory, how far they are wrong, and what working together does to trust."""

import numpy as np

from areavasta.rules.apportionment import Numbers


def collected(
    information: Numbers,
    system: Numbers,
    participation: Numbers,
    collection: float,
    participation_gain: float,
    decay: float,
) -> Numbers:
    """Return the information of a year later, 0 to 1, (area,): collected and told, less what is out of date.

    `system` and `participation` are intensities paid for, 0 to 1.
    """
    unknown = 1.0 - information
    learnt = (collection * system + participation_gain * participation) * unknown
    return np.asarray(information + learnt - decay * information)


def error_spread(information: Numbers, effort: Numbers, without: float, effect: float) -> Numbers:
    """Return the standard deviation of an observation: less with information and with effort at it."""
    return np.asarray(without * (1.0 - information) * (1.0 - effect * effort))


def persisting(error: Numbers, noise: Numbers, persistence: float) -> Numbers:
    """Return standard errors of a year later, of the same spread when `noise` is standard normal."""
    return np.asarray(persistence * error + np.sqrt(1.0 - persistence * persistence) * noise)


def observed_ratio(error: Numbers, spread: Numbers) -> Numbers:
    """Return observed over true, of mean one; exactly one without spread."""
    return np.asarray(np.exp(spread * error - 0.5 * spread * spread))


def catching_up(update: Numbers, longest_lag: float) -> Numbers:
    """Return the part of what is new that is known within the year, one when wholly updated."""
    return np.asarray(1.0 / (1.0 + longest_lag * (1.0 - update)))


def trust_after(trust: Numbers, own: Numbers, gained: Numbers, back: float) -> Numbers:
    """Return trust of a year later, (place,): it gains a part of what is missing, and goes back to its own.

    `gained` is the part that participation and agreements carried out give, `back` that of the way back.
    """
    return np.asarray(trust + gained * (1.0 - trust) + back * (own - trust))
