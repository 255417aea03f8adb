"""Finished runs leave nothing in the memory of their process."""

import gc

from areavasta.model import TerritorialModel
from experiments import compose
from experiments.engine import release, set_apart
from experiments.store import RunTask
from experiments.store.simulating import finished_model

RUNS = 12


def models() -> int:
    return sum(isinstance(one, TerritorialModel) for one in gc.get_objects())


def test_models_do_not_wait_for_a_late_search() -> None:
    settings = compose("territory=toy", "run.years=1")
    set_apart()
    gc.collect()
    gc.disable()
    try:
        before = models()
        for seed in range(RUNS):
            release(finished_model(RunTask(settings, seed)))
        assert models() == before
    finally:
        gc.enable()
