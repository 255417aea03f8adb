"""Judge one call of a command: did it end well, and did it say what is wrong as it should?"""

import contextlib
import io
import signal
import traceback
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import FrameType

LONGEST_SECONDS = 60
"""A call that takes longer hangs, in processor time; a report of the toy territory takes ten at most."""

LONGEST_WAIT = 1200
"""Seconds by the clock after which a call hangs that works nothing, however busy the machine."""

MOST_CHARACTERS = 2000
"""A line that is longer is not clear."""


class HangError(Exception):
    """Tell that a call took too long."""


@dataclass(frozen=True)
class Verdict:
    """What came of a call: its exit code and, in words, what it did wrong; nothing if all is well."""

    code: int
    told: str
    wrong: str = ""


def judge(call: Callable[[], int], *, nonsense: bool = False, names: tuple[str, ...] = ()) -> Verdict:
    """Call a command and judge how it ends.

    A good end is exit code 0, or 2 with at least one line, each of them clear, on standard error.
    `nonsense` says that 0 would be wrong; `names` are words of which a refusal names at least one.
    """
    out, error = io.StringIO(), io.StringIO()
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(error), _clock():
            code = call()
    except SystemExit as leaves:
        code = leaves.code if isinstance(leaves.code, int) else 2
    except HangError:
        return Verdict(1, "", f"hangs: not done after {LONGEST_SECONDS} s of work")
    except BaseException:  # the very thing that is looked for
        return Verdict(1, error.getvalue(), f"raises: {traceback.format_exc(limit=-4)}")
    told = error.getvalue()
    return Verdict(code, told, _wrong(code, told, nonsense, names))


def _wrong(code: int, told: str, nonsense: bool, names: tuple[str, ...]) -> str:
    lines = told.splitlines()
    if "Traceback" in told:
        return "shows a traceback"
    if code == 0:
        return "accepts nonsense" if nonsense else ""
    if code != 2:
        return f"ends with code {code}"
    if not lines or not all(line.strip() for line in lines):
        return f"says nothing clear: {told!r}"
    if any(len(line) > MOST_CHARACTERS for line in lines):
        return f"says too much in one line: {told[:300]!r}"
    if names and not any(name in told for name in names):
        return f"does not name the place: {told[:300]!r}"
    return ""


@contextlib.contextmanager
def _clock() -> Iterator[None]:
    def ring(_: int, __: FrameType | None) -> None:
        raise HangError

    before = {kind: signal.signal(kind, ring) for kind in (signal.SIGALRM, signal.SIGPROF)}
    signal.alarm(LONGEST_WAIT)
    signal.setitimer(signal.ITIMER_PROF, LONGEST_SECONDS)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            yield
    finally:
        signal.alarm(0)
        signal.setitimer(signal.ITIMER_PROF, 0)
        for kind, answer in before.items():
            signal.signal(kind, answer)
