"""Every word that the table of validation shows, in Italian and English."""

WORDS: dict[str, tuple[str, str]] = {
    "title": ("Validazione: il modello e le cifre pubblicate", "Validation: the model and published figures"),
    "kicker": ("Validazione", "Validation"),
    "scope": (
        "{territory}, legislazione vigente, anni {first}–{last}; {pairs}: {draws} dei parametri per "
        "{replicates}; seme {seed}.",
        "{territory}, present law, years {first}–{last}; {pairs}: {draws} of the parameters by {replicates}; "
        "seed {seed}.",
    ),
    "scope_central": (
        "{territory}, legislazione vigente, anni {first}–{last}; {pairs} con i valori centrali dei "
        "parametri; seme {seed}.",
        "{territory}, present law, years {first}–{last}; {pairs} at the central values of the parameters; "
        "seed {seed}.",
    ),
    "pair": ("replica", "run"),
    "pairs": ("repliche", "runs"),
    "draw": ("estrazione", "draw"),
    "draws": ("estrazioni", "draws"),
    "figure": ("Cifra", "Figure"),
    "published": ("Pubblicato", "Published"),
    "ours": ("Modello", "Model"),
    "interval": ("9 repliche su 10", "9 runs in 10"),
    "status": ("Stato", "Status"),
    "verdict": ("Esito", "Verdict"),
    "source": ("Fonte", "Source"),
    "rests_on": ("Incertezza della cifra", "Uncertainty of the figure"),
    "input": ("ingresso", "input"),
    "calibrated": ("calibrato", "calibrated"),
    "identity": ("identità", "identity"),
    "emergent": ("emergente", "emergent"),
    "held_out": ("tenuto fuori", "held out"),
    "within": ("concorde", "within"),
    "near": ("vicino", "near"),
    "off": ("discorde", "off"),
    "not_comparable": ("non confront.", "not compar."),
    "missing": ("assente", "missing"),
    "pattern_1": ("1. Fabbisogno e costo per dimensione", "1. Need and cost by size"),
    "pattern_2": ("2. Effetto delle Unioni", "2. Effect of unions"),
    "pattern_3": ("3. Fondo perequativo", "3. Equalisation fund"),
    "pattern_4": ("4. Comuni e Unioni nel tempo", "4. Communes and unions in time"),
    "pattern_5": ("5. Chi sta in Unione", "5. Who is in a union"),
    "pattern_6": ("6. Spesa, disuguaglianza, informazione", "6. Spending, inequality, information"),
    "pattern_7": ("7. Codecisione e chiarezza", "7. Co-decision and clarity"),
    "pattern_8": ("8. Identità", "8. Identities"),
    "exactly": ("{value}", "{value}"),
    "at_least": ("almeno {value}", "at least {value}"),
    "above_zero": ("sopra zero", "above zero"),
    "below_zero": ("sotto zero", "below zero"),
    "zero": ("zero", "zero"),
    "why": ("Perché non concordano:", "Why they do not agree:"),
    "negligible": ("sotto l’effetto minimo rilevante", "below the smallest relevant effect"),
    "no_reason": ("motivo non noto", "reason not known"),
    "count": (
        "{status}: {within} concordi, {near} vicini, {off} discordi",
        "{status}: {within} within, {near} near, {off} off",
    ),
    "evidence": ("Prove (emergenti e tenuti fuori)", "Evidence (emergent and held out)"),
    "no_evidence": (
        "Non prove (ingresso, calibrati, identità)",
        "No evidence (input, calibrated, identities)",
    ),
    "rule": (
        "Concorde: la mediana dista dalla cifra pubblicata non più delle due forchette di nove casi su "
        "dieci, della cifra e del modello, sommate come errori indipendenti. Vicino: non più del doppio. "
        "Un verso deve valere nell’80% delle repliche (vicino: nella metà). Solo le cifre emergenti e "
        "quelle tenute fuori sono prove.",
        "Within: the median lies no farther from the published figure than both nine-in-ten ranges, of the "
        "figure and of the model, added as independent errors. Near: no farther than twice that. A direction "
        "must hold in 80% of runs (near: in half). Only emergent and held-out figures are evidence.",
    ),
    "figures_line": (
        "pubblicato {published}; modello {median} (9 repliche su 10 {interval}); {status}",
        "published {published}; model {median} (9 runs in 10 {interval}); {status}",
    ),
    "figures_line_exact": (
        "pubblicato {published}; modello {median}; {status}",
        "published {published}; model {median}; {status}",
    ),
    "effects": (
        "Effetto dell’ingresso in Unione, % (mediana e intervallo fra estrazioni)",
        "Effect of joining a union, % (median and interval over draws)",
    ),
    "panel": ("Chi entra", "Who joins"),
    "formed": ("Unioni fondate di nuovo, anni a caso", "Unions founded anew, years at random"),
    "joined": ("Comuni che scelgono di entrare", "Communes that choose to join"),
    "estimator": ("Stimatore", "Estimator"),
    "twfe": ("effetti fissi a due vie", "two-way fixed effects"),
    "did2s": ("due stadi (Gardner 2022)", "two stages (Gardner 2022)"),
    "spending": ("Spesa", "Spending"),
    "cost": ("Costo", "Cost"),
    "service": ("Servizio", "Service"),
    "own_revenue": ("Entrate proprie", "Own revenue"),
    "effects_note": (
        "Controlli: Comuni mai in Unione, i tre più simili per residenti, altitudine e reddito. Errori per "
        "Comune e anni dall’ingresso in union_effect.parquet.",
        "Controls: communes never in a union, the three nearest in residents, altitude and income. Errors "
        "by commune and years since entry in union_effect.parquet.",
    ),
    "drift": (
        "Avvio: variazione annua del Comune medio, {burn_in} e {later}: {parts}.",
        "Spin-up: yearly change of the mean commune, {burn_in} and {later}: {parts}.",
    ),
    "drift_part": ("{name} {first} e {last}%", "{name} {first} and {last}%"),
    "chart_title": (
        "{within} cifre emergenti su {all} concordano con quelle pubblicate",
        "{within} of {all} emergent figures agree with those published",
    ),
    "chart_subtitle": (
        "Distanza dalla cifra pubblicata, {territory}, legislazione vigente; intervallo: 9 repliche su 10",
        "Distance from the published figure, {territory}, present law; interval: 9 runs in 10",
    ),
    "chart_axis": (
        "multipli della semiampiezza dell’incertezza pubblicata",
        "multiples of the half-width of the published uncertainty",
    ),
    "chart_note": (
        "Fascia grigia: incertezza della cifra pubblicata (nove casi su dieci). Segno pieno: prove "
        "(emergenti, tenute fuori); vuoto: ingresso e calibrate. Tondo: concorde; rombo: vicino; quadrato: "
        "discorde. Freccia: oltre la scala. Versi e identità sono in tabella.",
        "Grey strip: uncertainty of the published figure (nine cases in ten). Filled mark: evidence "
        "(emergent, held out); hollow: input and calibrated. Circle: within; diamond: near; square: off. "
        "Arrowhead: off the scale. Directions and identities are in the table.",
    ),
    "chart_kind": ("Punti e intervalli", "Dots and intervals"),
}

UNITS: dict[str, tuple[str, str]] = {
    "elasticity": ("", ""),
    "correlation": ("", ""),
    "gini": ("", ""),
    "log_sd": ("", ""),
    "residents": ("residenti", "residents"),
    "euro": ("€ per abitante", "€ per resident"),
    "euro_total": ("€", "€"),
    "percent": ("%", "%"),
    "percentage_points": ("punti percentuali", "percentage points"),
    "communes": ("Comuni", "communes"),
    "unions": ("Unioni", "unions"),
    "years": ("anni", "years"),
    "gini_points": ("punti Gini", "Gini points"),
    "cents": ("centesimi", "cents"),
}
"""Units of figures, by their key in the tables of figures."""


def word(key: str, lang: str, **values: object) -> str:
    """Return words in a language, with their values filled in."""
    return WORDS[key][0 if lang == "it" else 1].format(**values)


def unit(key: str, lang: str) -> str:
    """Return a unit in a language."""
    return UNITS[key][0 if lang == "it" else 1]
