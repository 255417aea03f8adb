"""How commands refuse bad input: clear lines on standard error, and one exit code."""

import re
import sys

BAD_INPUT = 2
"""Exit code when input is wrong."""

LONG_WORD = re.compile(r"\S{201,}")
"""A word that no reader needs whole: the longest paths and lists of choices without blanks are shorter."""

ENDS = 60
"""Characters of such a word that are shown at either end."""


def refuse(*problems: object) -> int:
    """Print what is wrong, a line a problem, and return the exit code.

    What the input holds is shown harmlessly: signs that would move or colour a terminal become dots, and
    words too long to read are cut in the middle.
    """
    for problem in problems:
        for line in str(problem).split("\n"):
            print(clear(line), file=sys.stderr)
    return BAD_INPUT


def clear(text: str) -> str:
    """Return a line of text without control signs and with long words cut in the middle."""
    shown = "".join(sign if sign.isprintable() else "·" for sign in text)
    return LONG_WORD.sub(lambda found: f"{found[0][:ENDS]}…{found[0][-ENDS:]}", shown)
