"""Money given for some functions: recipients spend it on them, beside what they would spend anyway."""

import numpy as np

from areavasta.rules.apportionment import Numbers


def ratios_to_plan(
    money: Numbers, earmarked: Numbers, planned: Numbers, planned_there: Numbers, most: float
) -> tuple[Numbers, Numbers]:
    """Return money over plan of the functions it is earmarked for, and of all others, (place,) each.

    `earmarked` EUR of the `money` go to the former first and the rest to all in proportion to plan; a
    negative amount is taken from the former and left to all. `planned_there` is the part of `planned` that
    is theirs. Nothing gets more than `most` times its plan: what is too much for the former goes to others.
    """
    first = np.minimum(earmarked, money)
    wanted = first + (money - first) * planned_there / np.maximum(planned, 1e-9)
    there = np.clip(wanted, 0.0, most * planned_there)
    others = (money - there) / np.maximum(planned - planned_there, 1e-9)
    return there / np.maximum(planned_there, 1e-9), np.minimum(others, most)
