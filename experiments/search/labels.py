"""Words that the terminal says of a search, in Italian and English."""

LABELS: dict[str, tuple[str, str]] = {
    "title": ("Ricerca di riforme", "Search for reforms"),
    "goal_title": (
        "Il minor cambiamento che raggiunge l’obiettivo",
        "The least change that reaches the goal",
    ),
    "scope": (
        "{territory}, {year}: {levers}, {tried} in {generations}; {runs} di ciascuna, con gli stessi "
        "sorteggi, rispetto alla legislazione vigente.",
        "{territory}, {year}: {levers}, {tried} in {generations}; {runs} of each, with the same chance, "
        "against present law.",
    ),
    "lever": ("leva", "lever"),
    "levers": ("leve", "levers"),
    "trial": ("riforma provata", "reform tried"),
    "trials": ("riforme provate", "reforms tried"),
    "generation": ("generazione", "generation"),
    "generations": ("generazioni", "generations"),
    "simulation": ("Simulazione, non previsione.", "A simulation, not a forecast."),
    "run": ("simulazione", "simulation"),
    "runs": ("simulazioni", "simulations"),
    "equal_money": ("A parità di risorse regionali.", "At equal regional money."),
    "new_money": ("CON RISORSE AGGIUNTIVE, che sono un obiettivo.", "WITH NEW MONEY, which is an objective."),
    "statistic_mean": ("Valori: media delle simulazioni.", "Values: mean of runs."),
    "statistic_median": ("Valori: mediana delle simulazioni.", "Values: median of runs."),
    "statistic_cautious": (
        "Valori: ciò che raggiunge almeno il {share} delle simulazioni.",
        "Values: what at least {share} of runs reach.",
    ),
    "bounds": ("Vincoli: {bounds}.", "Bounds: {bounds}."),
    "refused": (
        "Non provate perché non ammesse: {inadmissible}; non riuscite: {failed}; oltre un vincolo: {breaks}.",
        "Not tried because not admitted: {inadmissible}; failed: {failed}; beyond a bound: {breaks}.",
    ),
    "unbeaten": (
        "{count} che nessun’altra supera in tutto; {written} fra gli scenari.",
        "{count} that no other beats in everything; {written} among the scenarios.",
    ),
    "reform": ("riforma", "reform"),
    "reforms": ("riforme", "reforms"),
    "written": ("{count} scritte", "{count} written"),
    "present_law_holds": (
        "Nessuna riforma provata fa meglio della legislazione vigente, che rispetta già i vincoli.",
        "No reform tried does better than present law, which is within the bounds already.",
    ),
    "none_holds": (
        "Nessuna riforma provata rispetta i vincoli; la più vicina: {nearest}.",
        "No reform tried is within the bounds; the nearest: {nearest}.",
    ),
    "nothing_measured": (
        "Nessuna riforma provata ha dato un risultato; il primo motivo: {reason}",
        "No reform tried gave a result; the first reason: {reason}",
    ),
    "table": ("Differenze dalla legislazione vigente nel {year}", "Differences from present law in {year}"),
    "name": ("Riforma", "Reform"),
    "recommended": ("La riforma da guardare per prima: {title}", "The reform to look at first: {title}"),
    "moves": ("Che cosa cambia", "What it changes"),
    "today": ("Oggi", "Today"),
    "then": ("Riforma", "Reform"),
    "standing_beaten": (
        "Superate in tutti gli obiettivi: {names}.",
        "Beaten in every objective: {names}.",
    ),
    "standing_unbeaten": (
        "Non superate da alcuna riforma trovata: {names}.",
        "Not beaten by any reform found: {names}.",
    ),
    "standing_beyond": ("Oltre un vincolo: {names}.", "Beyond a bound: {names}."),
    "standing_failed": ("Senza risultato: {names}.", "Without a result: {names}."),
    "hypervolume": (
        "Ipervolume: {search} con la ricerca, {random} con altrettanti tentativi a caso.",
        "Hypervolume: {search} by the search, {random} by as many random trials.",
    ),
    "hypervolume_alone": ("Ipervolume: {search}.", "Hypervolume: {search}."),
    "check": (
        "Con {count} semi: la ricerca supera i tentativi a caso {wins} volte; ipervolume {search} contro "
        "{random} (mediane).",
        "Over {count} seeds: the search beats random trials {wins} times; hypervolume {search} against "
        "{random} (medians).",
    ),
    "fresh": (
        "Riprovate con altri sorteggi ({runs} di ciascuna): mantengono ciò che promettono {kept} su {all}.",
        "Tried again with other draws ({runs} of each): {kept} of {all} keep what they promise.",
    ),
    "fresh_one": (
        "{name}: promesso {promised} (9 su 10: {interval}), con altri sorteggi {fresh} {verdict}",
        "{name}: promised {promised} (9 in 10: {interval}), with other draws {fresh} {verdict}",
    ),
    "kept": ("– mantenuto", "– kept"),
    "broken": ("– NON mantenuto", "– NOT kept"),
    "least": (
        "{moved} e {distance} di corsa: {goal}. Raggiunto: {reached}.",
        "{moved} and {distance} of their ranges: {goal}. Reached: {reached}.",
    ),
    "lever_moved": ("leva mossa", "lever moved"),
    "levers_moved": ("leve mosse", "levers moved"),
    "note": (
        "Certezza: quota delle simulazioni oltre l’effetto minimo rilevante. Una riforma trovata è quella "
        "che riesce meglio con i sorteggi della ricerca: vale la prova con altri sorteggi.",
        "Certainty: share of runs beyond the smallest relevant effect. A reform found is one that does best "
        "with the draws of the search: what counts is the trial with other draws.",
    ),
    "how": ("Per confrontarla:", "To compare it:"),
}
"""Labels, in Italian and English."""


def label(key: str, lang: str, **values: object) -> str:
    """Return a label in a language, with its values filled in."""
    return LABELS[key][0 if lang == "it" else 1].format(**values)
