"""Every word that the tables in the terminal show, in Italian and English."""

WORDS: dict[str, tuple[str, str]] = {
    "compare_title": ("Confronto con la legislazione vigente", "Comparison with present law"),
    "run_title": ("Simulazione: {title}", "Simulation: {title}"),
    "simulation": ("Simulazione, non previsione.", "A simulation, not a forecast."),
    "scope": (
        "{territory}: {communes}, {residents} residenti nel 2023; anni {first}–{last}.",
        "{territory}: {communes}, {residents} residents in 2023; years {first}–{last}.",
    ),
    "commune": ("Comune", "commune"),
    "communes": ("Comuni", "communes"),
    "pairs": (
        "{pairs} di ogni scenario, con gli stessi sorteggi: {draws} dei parametri "
        "per {replicates}; seme {seed}.",
        "{pairs} of every scenario, with the same chance: {draws} of the parameters "
        "by {replicates}; seed {seed}.",
    ),
    "pairs_central": (
        "{pairs} di ogni scenario, con gli stessi sorteggi e i valori centrali dei parametri; seme {seed}.",
        "{pairs} of every scenario, with the same chance and the central values of the parameters; "
        "seed {seed}.",
    ),
    "calibrated": (
        "Costanti incerte: {calibrated} calibrate sui dati pubblicati, {others} estratte dal proprio "
        "intervallo{held}.",
        "Uncertain constants: {calibrated} calibrated on published figures, {others} drawn from their "
        "range{held}.",
    ),
    "not_calibrated": (
        "Costanti incerte: non calibrate, {others} estratte dal proprio intervallo{held}.",
        "Uncertain constants: not calibrated, {others} drawn from their range{held}.",
    ),
    "held": ("; fissate: {held}", "; held: {held}"),
    "from_parameters": (
        "incertezza: {share}\u00a0parametri, {rest}\u00a0caso",
        "uncertainty: {share}\u00a0parameters, {rest}\u00a0chance",
    ),
    "pair": (
        "replica",
        "run",
    ),
    "pairs_noun": (
        "repliche",
        "runs",
    ),
    "draw": ("estrazione", "draw"),
    "draws": ("estrazioni", "draws"),
    "reform_line": ("{title}; dal {year}, {money}", "{title}; from {year}, {money}"),
    "equal_money": ("a parità di risorse regionali", "at equal regional money"),
    "new_money": ("CON RISORSE AGGIUNTIVE", "WITH NEW MONEY"),
    "new_money_note": (
        "Attenzione: {which} con risorse aggiuntive: il confronto con la legislazione vigente non è a parità "
        "di spesa.",
        "Beware: {which} with new money: the comparison with present law is not at equal spending.",
    ),
    "not_in_force_note": (
        "Attenzione: {which}: in vigore dopo il {year}, ultimo anno simulato; qui senza effetto.",
        "Beware: {which}: in force after {year}, the last simulated year; without effect here.",
    ),
    "essential_level_note": (
        "Attenzione: {which}: livello essenziale {level}, oggi {present}; le funzioni sotto il livello sono "
        "contate con metri diversi.",
        "Beware: {which}: essential level {level}, today {present}; functions below the level are counted by "
        "different yardsticks.",
    ),
    "reform": ("riforma {number}", "reform {number}"),
    "reforms": ("riforme {number}", "reforms {number}"),
    "indicator": ("Nel {year}", "In {year}"),
    "present_law": ("Legge vigente", "Present law"),
    "the_reform": ("Riforma", "Reform"),
    "difference": ("Differenza", "Difference"),
    "interval": (
        "9 repliche su 10",
        "9 runs in 10",
    ),
    "difference_note": (
        "Valori: mediane delle repliche. Differenza: mediana delle differenze replica per replica, che può "
        "scostarsi da quella fra i due valori.",
        "Values: medians of runs. Difference: median of the differences run by run, which may depart from "
        "that of the two values.",
    ),
    "money": (
        "Chi paga e chi riceve nel {year}, € per abitante",
        "Who pays and who gets in {year}, € per resident",
    ),
    "money_note": (
        "Differenze mediane dalla legislazione vigente.",
        "Median differences from present law.",
    ),
    "who": (
        "Chi migliora e chi peggiora nel {year}: Comuni (e quota dei residenti)",
        "Who is better and worse off in {year}: communes (and share of residents)",
    ),
    "who_note": (
        "Migliora il Comune il cui servizio percepito sale di almeno 1 punto dello standard in almeno l’80% "
        "delle repliche; peggiora nel caso opposto; gli altri sono invariati o incerti.",
        "A commune is better off when its felt service rises by at least 1 point of the standard in at least "
        "80% of runs; worse off in the opposite case; the others are unchanged or uncertain.",
    ),
    "who_note_one": (
        "Migliora il Comune il cui servizio percepito sale di almeno 1 punto dello standard; peggiora nel "
        "caso opposto; gli altri sono invariati.",
        "A commune is better off when its felt service rises by at least 1 point of the standard; worse off "
        "in the opposite case; the others are unchanged.",
    ),
    "group": ("Gruppo", "Group"),
    "better": ("migl.", "better"),
    "worse": ("pegg.", "worse"),
    "all": ("Tutti", "All"),
    "size": ("Per residenti", "By residents"),
    "altitude": ("Per altimetria", "By altitude"),
    "area": ("Per area", "By area"),
    "up_to_1000": ("fino a 1.000", "up to 1,000"),
    "1001_3000": ("1.001–3.000", "1,001–3,000"),
    "3001_5000": ("3.001–5.000", "3,001–5,000"),
    "5001_10000": ("5.001–10.000", "5,001–10,000"),
    "10001_20000": ("10.001–20.000", "10,001–20,000"),
    "20001_60000": ("20.001–60.000", "20,001–60,000"),
    "above_60000": ("oltre 60.000", "above 60,000"),
    "plain": ("pianura", "plain"),
    "coastal_hill": ("collina litoranea", "coastal hill"),
    "internal_hill": ("collina interna", "internal hill"),
    "coastal_mountain": ("montagna litoranea", "coastal mountain"),
    "internal_mountain": ("montagna interna", "internal mountain"),
    "essential": (
        "Livelli essenziali, riforma {number}: {more} con più funzioni sotto il livello, {fewer} con meno.",
        "Essential levels, reform {number}: {more} with more functions below the level, {fewer} with fewer.",
    ),
    "shares": (
        "Da che cosa dipende l’incertezza: la quota della varianza dovuta ai parametri, mediana degli "
        "indicatori, è {shares}; il resto è caso.",
        "What the uncertainty depends on: the share of variance due to the parameters, median of the "
        "indicators, is {shares}; the rest is chance.",
    ),
    "share": ("{share} (riforma {number})", "{share} (reform {number})"),
    "no_shares": (
        "Per separare caso e parametri servono almeno 2 estrazioni e 2 repliche (run.draws, run.replicates).",
        "Telling chance from parameters takes at least 2 draws and 2 replicates (run.draws, run.replicates).",
    ),
    "imputed": (
        "Con cautela per i singoli Comuni: la capacità fiscale residua è imputata, e così le "
        "funzioni iniziali di {unions}.",
        "With care for single communes: their residual fiscal capacity is imputed, and so are the initial "
        "functions of {unions}.",
    ),
    "imputed_communes": (
        "Attenzione: di {communes} sono noti solo residenti e confini; fabbisogni, redditi, tributi, servizi "
        "e Unioni sono imputati. I risultati valgono per l'insieme, non per il singolo Comune.",
        "Beware: of {communes} only residents and boundaries are known; need, income, taxes, services and "
        "unions are imputed. Results hold for the whole, not for a single commune.",
    ),
    "imputed_capacity": (
        "Con cautela per i singoli Comuni: la loro capacità fiscale residua è imputata.",
        "With care for single communes: their residual fiscal capacity is imputed.",
    ),
    "union": ("Unione", "union"),
    "unions": ("Unioni", "unions"),
    "closing": (
        "Conti: {runs}, {flows} flussi di denaro, scarto {cents} centesimi.",
        "Books: {runs}, {flows} flows of money, discrepancy {cents} cents.",
    ),
    "run": (
        "simulazione",
        "simulation",
    ),
    "runs": (
        "simulazioni",
        "simulations",
    ),
    "instruments": (
        "Riforma {number}, strumento per strumento, nel {year}: quanto manca togliendone uno",
        "Reform {number}, one instrument at a time, in {year}: what is lost by removing one",
    ),
    "instrument": ("Strumento", "Instrument"),
    "all_instruments": ("Tutti insieme", "All together"),
    "only_together": ("Solo insieme", "Only together"),
    "no_instrument_moves": (
        "Nessuno strumento sposta un indicatore principale oltre l’effetto minimo rilevante.",
        "No instrument moves a main indicator beyond its smallest relevant effect.",
    ),
    "instruments_note": (
        "Mediana e 9 repliche su 10 della riforma intera meno la riforma senza lo strumento. Tutti insieme: "
        "riforma intera meno legislazione vigente. Solo insieme: quell’effetto meno la somma degli effetti "
        "di ogni strumento da solo. ▲ migliora, ▼ peggiora, "
        "↑ aumenta, ↓ diminuisce oltre l’effetto minimo rilevante in almeno l’80% delle repliche "
        "(△ ▽: almeno il 60%); ? incerto; = trascurabile.",
        "Median and 9 runs in 10 of the full reform minus the reform without the instrument. "
        "All together: full reform minus present law. Only together: that effect minus the sum of the "
        "effects of each instrument alone. ▲ better, "
        "▼ worse, ↑ rises, ↓ falls beyond the smallest relevant effect in at least 80% of runs "
        "(△ ▽: at least 60%); ? uncertain; = negligible.",
    ),
    "no_map": ("Il territorio non ha confini: nessuna mappa.", "The territory has no boundaries: no map."),
    "results": (
        "Risultati: {folder} ({seconds} s)",
        "Results: {folder} ({seconds} s)",
    ),
    "sweep_title": ("Esplorazione delle impostazioni", "Sweep over settings"),
    "sweep_scope": (
        "{territory}, {year}: {points}, {method}; {runs} simulazioni, con gli stessi sorteggi in ogni punto.",
        "{territory}, {year}: {points}, {method}; {runs} simulations, with the same chance at every point.",
    ),
    "grid": ("ogni combinazione dei valori", "every combination of values"),
    "latin_hypercube": ("ipercubo latino", "Latin hypercube"),
    "sobol": ("successione di Sobol", "Sobol sequence"),
    "listed": ("indicati uno per uno", "listed one by one"),
    "point": ("punto", "point"),
    "points": ("punti", "points"),
    "sweep_failed": (
        "Attenzione: {runs} non riuscite, elencate in failures.parquet; le tabelle non le comprendono.",
        "Beware: {runs} failed, listed in failures.parquet; the tables leave them out.",
    ),
    "sweep_table": ("Che cosa sposta ogni fattore nel {year}", "What each factor moves in {year}"),
    "sweep_factor": ("Fattore e indicatore", "Factor and indicator"),
    "sweep_change": ("Fra gli estremi", "Between the ends"),
    "sweep_share": ("Varianza", "Variance"),
    "sweep_note": (
        "Differenza fra le mediane ai valori più alti e più bassi del fattore (per le scelte: fra la mediana "
        "più alta e la più bassa), mentre gli altri fattori variano. Varianza: quota che il fattore spiega "
        "da solo. Tre indicatori per fattore: quelli con la differenza più grande, in multipli dell’effetto "
        "minimo rilevante, per la quota di varianza.",
        "Difference between medians at the highest and the lowest values of the factor (for choices: between "
        "the highest and the lowest median), while the other factors vary. Variance: part that the factor "
        "explains alone. Three indicators a factor: those with the largest difference, in smallest relevant "
        "effects, times the part of variance.",
    ),
    "median": ("Mediana", "Median"),
    "interval_in": (
        "9 repliche su 10, {year}",
        "9 runs in 10, {year}",
    ),
    "simulating": ("Simulo", "Simulating"),
    "drawing": ("Disegno i grafici…", "Drawing the charts…"),
    "rate": (
        "{rate} repliche/s",
        "{rate} runs/s",
    ),
    "remaining": ("ancora {time}", "{time} left"),
    "nothing": (
        "La legislazione vigente non si confronta con sé stessa: indicare una riforma, per esempio "
        "'reforms=[needs_based_fund]'.",
        "Present law is not compared with itself: name a reform, for example 'reforms=[needs_based_fund]'.",
    ),
}


def word(key: str, lang: str, **values: object) -> str:
    """Return words in a language, with their values filled in."""
    return WORDS[key][0 if lang == "it" else 1].format(**values)
