"""A command on a machine that fails in some runs: `python -m tests.faults.ailing KIND COMMAND ARGUMENTS`.

One run in four is ill, always the same ones. Kinds: `memory`, of which an ill run asks too much; `killed`,
where the process of an ill run is killed, as the system does to one that takes too much; `sound`, where all
is well.
"""

import os
import signal
import sys

import numpy as np

from areavasta.model import TerritorialModel
from experiments.engine import Companions
from experiments.store import simulating, writer
from experiments.store.identity import Namer, RunTask

ONE_IN = 4
"""Ill is one run in so many."""

whole = simulating.finished_model


def is_ill(run: str) -> bool:
    """Return whether a run, told by its name in the store, is ill."""
    return int(run[:8], 16) % ONE_IN == 0


def finished_model(task: RunTask, runs: Companions | None = None) -> TerritorialModel:
    """Run a task, unless it is ill."""
    if is_ill(Namer().identity(task).run):
        if KIND == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        np.zeros(2**55)
    return whole(task, runs)


KIND = sys.argv[1] if len(sys.argv) > 1 else "sound"
if __name__ in ("__main__", "__mp_main__"):
    # Other processes import this module too, and then are as ill.
    writer.SHORTEST_WAIT = 0.2
    if KIND != "sound":
        simulating.finished_model = finished_model

if __name__ == "__main__":
    from experiments.__main__ import main
    from experiments.charts import discover, responses, search, sensitivity

    # What is drawn does not depend on the machine, and takes most of the time of a short command.
    for module, name in (
        (responses, "draw_sweep"), (sensitivity, "draw_sensitivity"), (discover, "draw_discover"),
        (search, "draw_search"),
    ):  # fmt: skip
        setattr(module, name, lambda *_: [])
    sys.exit(main(sys.argv[2:]))
