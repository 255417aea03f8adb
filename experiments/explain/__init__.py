"""Spiega il valore di un Comune, fino al centesimo / explain the value of a commune, to the cent."""


def main(arguments: list[str]) -> int:
    """Run the command and return its exit code."""
    from experiments.threads import limit_threads

    limit_threads()
    from experiments.explain.command import explain

    return explain(arguments)
