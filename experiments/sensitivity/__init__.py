"""Da che cosa dipendono i risultati / what results depend on, and how surely."""

from experiments.threads import limit_threads


def main(arguments: list[str]) -> int:
    """Run the command and return its exit code."""
    limit_threads()
    from experiments._hydra import run_hydra
    from experiments.sensitivity.command import sensitivity

    return run_hydra(arguments, "sensitivity", sensitivity)
