"""Trova in quali mondi una riforma fallisce / find in which worlds a reform fails."""

from experiments.threads import limit_threads


def main(arguments: list[str]) -> int:
    """Run the command and return its exit code."""
    limit_threads()
    from experiments._hydra import run_hydra
    from experiments.discover.command import discover

    return run_hydra(arguments, "discover", discover)
