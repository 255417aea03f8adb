"""Finished runs leave nothing in the memory of their process."""

import gc

from areavasta.model import TerritorialModel
from experiments import compose
from experiments.engine import set_apart
from experiments.store import RunTask
from experiments.store.simulating import companions

RUNS = 12


def models() -> int:
    return sum(isinstance(one, TerritorialModel) for one in gc.get_objects())


def test_models_do_not_wait_for_a_late_search() -> None:
    scenarios = [
        compose("territory=toy", "run.years=1", f"scenarios={name}") for name in ("status_quo", "fund_cut")
    ]
    set_apart()
    gc.collect()
    gc.disable()
    try:
        before = models()
        for seed in range(RUNS):
            runs = companions([RunTask(one, seed) for one in scenarios])
            for one in scenarios:
                runs.finished(one)
            runs.release()
        assert models() == before
    finally:
        gc.enable()
