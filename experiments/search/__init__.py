"""Cerca riforme che nessun'altra supera / search for reforms that no other beats."""

from experiments.threads import limit_threads

EXAMPLES = (
    ("search=funds", "criteri di riparto, incentivi, solidarietà / allocation rules, incentives, solidarity"),
    (
        "search=governance 'search.start=[multilevel_governance]' run.processes=2",
        "tutti gli strumenti, da una riforma / all instruments, from a reform",
    ),
    (
        "search=governance 'search.goal={indicator: below_essential, at_most: 10}'",
        "il minor cambiamento che raggiunge un obiettivo / the least change that reaches a goal",
    ),
    ("search=robust", "purché riescano anche con un taglio / that do well under a cut, too"),
    (
        "search=funds search.check=true",
        "cinque ricerche a confronto con il caso / five searches against chance",
    ),
)

CHOICES = ("search", "territory", "run", "scenarios", "engine")


def main(arguments: list[str]) -> int:
    """Run the command and return its exit code."""
    limit_threads()
    from experiments._hydra import run_hydra
    from experiments.search.command import search

    return run_hydra(arguments, "search", search)
