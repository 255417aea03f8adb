"""Words of the charts of a search, in Italian and English."""

LABELS: dict[str, tuple[str, str]] = {
    # Trade-offs.
    "tradeoff_chart": ("Grafico dei compromessi", "Chart of trade-offs"),
    "beats_all": (
        "Le riforme trovate superano in tutti gli obiettivi tutti i {all} altri scenari",
        "Reforms found beat all {all} other scenarios in every objective",
    ),
    "beats_some": (
        "Le riforme trovate superano in tutti gli obiettivi {count} altri scenari su {all}",
        "Reforms found beat {count} of {all} other scenarios in every objective",
    ),
    "beats_none": (
        "Le riforme trovate non superano in tutti gli obiettivi alcuno dei {all} altri scenari",
        "Reforms found beat none of {all} other scenarios in every objective",
    ),
    "beats_law": (
        "Le riforme trovate superano la legislazione vigente in tutti gli obiettivi",
        "Reforms found beat present law in every objective",
    ),
    "not_beats_law": (
        "Nessuna riforma trovata supera la legislazione vigente in tutti gli obiettivi",
        "No reform found beats present law in every objective",
    ),
    "subtitle": (
        "Differenze dalla legislazione vigente nel {year}, {territory}; {statistic} di {runs} per riforma; "
        "{tried} riforme provate",
        "Differences from present law in {year}, {territory}; {statistic} of {runs} a reform; "
        "{tried} reforms tried",
    ),
    "mean": ("media", "mean"),
    "median": ("mediana", "median"),
    "cautious": ("ciò che raggiunge il {share}", "what {share} reach"),
    "run": ("simulazione", "run"),
    "runs": ("simulazioni", "runs"),
    "better_key": (
        "meglio della legislazione vigente in entrambi",
        "better than present law in both",
    ),
    "up": ("migliora\u00a0↑", "better\u00a0↑"),
    "down": ("migliora\u00a0↓", "better\u00a0↓"),
    "right": ("migliora\u00a0→", "better\u00a0→"),
    "left": ("←\u00a0migliora", "←\u00a0better"),
    "front_key": ("riforme trovate che nessun’altra supera", "reforms found that no other beats"),
    "recommended_key": ("la riforma da guardare per prima", "the reform to look at first"),
    "present_key": ("legislazione vigente", "present law"),
    "named_key": ("altri scenari:", "other scenarios:"),
    "tried_key": ("altre riforme provate", "other reforms tried"),
    "tradeoff_note": (
        "Stessi sorteggi per tutte le riforme. Fuori dal riquadro: riforme provate molto peggiori.",
        "Same draws for all reforms. Outside the frames: reforms tried that do much worse.",
    ),
    "extremes": ("{name}: da {worst} a {best}.", "{name}: {worst} to {best}."),
    # Parallel coordinates.
    "parallel_chart": ("Coordinate parallele", "Parallel coordinates"),
    "shared_all": (
        "Tutte le {count} riforme non superate muovono {levers} fra {all}",
        "All {count} unbeaten reforms move the same {levers} of {all}",
    ),
    "shared_none": (
        "Nessuna delle {all} leve è mossa da tutte le {count} riforme non superate",
        "None of {all} levers is moved by all {count} unbeaten reforms",
    ),
    "shared_one": (
        "Una sola riforma non è superata: muove {levers} su {all}",
        "A single reform is unbeaten: it moves {levers} of {all}",
    ),
    "same_lever": ("la stessa leva", "lever"),
    "same_levers": ("le stesse {number} leve", "{number} levers"),
    "parallel_subtitle": (
        "Riforme che nessun’altra supera: obiettivi e leve, {territory}, {year}; {statistic} di {runs}",
        "Reforms that no other beats: objectives and levers, {territory}, {year}; {statistic} of {runs}",
    ),
    "objectives_heading": (
        "Obiettivi, differenza dalla legislazione vigente",
        "Objectives, difference from present law",
    ),
    "levers_heading": ("Leve", "Levers"),
    "today": ("oggi: {value}", "today: {value}"),
    "picked": ("riforma: {value}", "reform: {value}"),
    "others_key": ("le altre non superate", "the other unbeaten ones"),
    "member": ("{name}: {member}", "{name}: {member}"),
    "left_out": (
        "Mostrati i {shown} assi (leve o loro parti) più lontani dalla legislazione vigente; tutti nei dati.",
        "Shown: the {shown} axes (levers or parts of them) farthest from present law; all are in the data.",
    ),
    "parallel_note": (
        "Ogni linea è una riforma; attraversa ogni asse dove la riforma sta.",
        "Every line is a reform; it crosses each axis where the reform stands.",
    ),
    # Convergence.
    "convergence_chart": ("Linee di convergenza", "Lines of convergence"),
    "search_wins": (
        "La ricerca supera i tentativi a caso: ipervolume {search} contro {random}",
        "The search beats random trials: hypervolume {search} against {random}",
    ),
    "random_wins": (
        "La ricerca non supera i tentativi a caso: ipervolume {search} contro {random}",
        "The search does not beat random trials: hypervolume {search} against {random}",
    ),
    "check_wins": (
        "La ricerca supera i tentativi a caso con {wins} semi su {all}",
        "The search beats random trials under {wins} of {all} seeds",
    ),
    "alone": (
        "Nell’ultimo quarto dei tentativi l’ipervolume cresce di {growth}",
        "In the last quarter of trials hypervolume grows by {growth}",
    ),
    "goal_reached": (
        "Il minor cambiamento trovato muove {levers}",
        "The least change found moves {levers}",
    ),
    "lever": ("leva", "lever"),
    "levers": ("leve", "levers"),
    "goal_missed": (
        "Nessuna riforma provata raggiunge l’obiettivo",
        "No reform tried reaches the goal",
    ),
    "convergence_subtitle": (
        "Ipervolume per riforme provate, {territory}, {year}; {runs} per riforma",
        "Hypervolume by reforms tried, {territory}, {year}; {runs} a reform",
    ),
    "goal_subtitle": (
        "Leve mosse e corsa percorsa, per riforme provate, {territory}, {year}; {runs} per riforma",
        "Levers moved and ranges gone through, by reforms tried, {territory}, {year}; {runs} a reform",
    ),
    "hypervolume_axis": ("Ipervolume, da 0 a 1", "Hypervolume, 0 to 1"),
    "change_axis": ("Cambiamento: leve mosse più corsa", "Change: levers moved plus ranges"),
    "trials_axis": ("Riforme provate →", "Reforms tried →"),
    "search_line": ("ricerca", "search"),
    "random_line": ("a caso", "random"),
    "convergence_note": (
        "Ipervolume: parte dello spazio degli obiettivi che le riforme provate superano, sulla stessa scala "
        "per tutti. Nell’ultimo quarto dei tentativi la ricerca cresce di {growth}.",
        "Hypervolume: part of the space of objectives that the reforms tried beat, on one scale for all. In "
        "the last quarter of trials the search grows by {growth}.",
    ),
    "seeds_note": (
        "Linee sottili: {count} semi; linee spesse: mediana.",
        "Thin lines: {count} seeds; thick lines: median.",
    ),
    "goal_note": (
        "Gli ultimi passi riportano le leve, una alla volta, verso la legislazione vigente.",
        "The last steps take levers back toward present law, one by one.",
    ),
}
"""Words, in Italian and English."""


def say(key: str, lang: str, **values: object) -> str:
    """Return words in a language, with their values filled in."""
    return LABELS[key][0 if lang == "it" else 1].format(**values)
