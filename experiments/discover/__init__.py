"""Trova in quali mondi una riforma fallisce / find in which worlds a reform fails."""

from experiments.threads import limit_threads

EXAMPLES = (
    ("discover=uncertain_world", "la riforma con tutti gli strumenti / the reform with all instruments"),
    (
        "discover=uncertain_world 'discover.reforms=[multilevel_governance,unions_everywhere]'",
        "anche quale riforma è più robusta / which reform is most robust, too",
    ),
    (
        "discover=uncertain_world discover.criterion.indicator=ampi discover.criterion.at_least=0.5",
        "un altro obiettivo / another goal",
    ),
    (
        "discover.sweep=results/latest discover.criterion.of=level discover.criterion.at_least=95",
        "i punti di uno sweep / the points of a sweep",
    ),
)

CHOICES = ("discover", "scenarios", "territory", "run", "engine")


def main(arguments: list[str]) -> int:
    """Run the command and return its exit code."""
    limit_threads()
    from experiments._hydra import run_hydra
    from experiments.discover.command import discover

    return run_hydra(arguments, "discover", discover)
