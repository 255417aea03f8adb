"""Spiega il valore di un Comune, fino al centesimo / explain the value of a commune, to the cent."""

EXAMPLES = (
    ("latest Bobbio --year 2032", "perché Bobbio sta così nel 2032 / why Bobbio stands so in 2032"),
    ("latest Bobbio --year 2032 --indicator spending --lang en", "la sola spesa / spending alone"),
    (
        "latest 033005 --function local_police",
        "una funzione, nell’ultimo anno / one function, in the last year",
    ),
)


def main(arguments: list[str]) -> int:
    """Run the command and return its exit code."""
    from experiments.threads import limit_threads

    limit_threads()
    from experiments.explain.command import explain

    return explain(arguments)
