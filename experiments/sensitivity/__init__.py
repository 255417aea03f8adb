"""Da che cosa dipendono i risultati / what results depend on, and how surely."""

from experiments.threads import limit_threads

EXAMPLES = (
    ("sensitivity=screening", "quali ipotesi contano (Morris) / which assumptions matter (Morris)"),
    ("sensitivity=variance", "quanto conta ciascuna (Sobol; ore) / how much each matters (Sobol; hours)"),
    (
        "sensitivity=screening scenarios=needs_based_fund sensitivity.of=effect",
        "quali ipotesi stanno dietro l’effetto di una riforma / those behind a reform’s effect",
    ),
    (
        "sensitivity.sweep=results/latest sensitivity.method=pawn",
        "da uno `sweep` finito, senza altre simulazioni / from a finished `sweep`, no more runs",
    ),
)

CHOICES = ("sensitivity", "scenarios", "territory", "run", "engine")


def main(arguments: list[str]) -> int:
    """Run the command and return its exit code."""
    limit_threads()
    from experiments._hydra import run_hydra
    from experiments.sensitivity.command import sensitivity

    return run_hydra(arguments, "sensitivity", sensitivity)
