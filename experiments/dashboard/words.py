"""Every word of the page that no other table holds, in Italian and English."""

from experiments.language import LANGUAGES

WORDS: dict[str, tuple[str, str]] = {
    "title": ("Area Vasta: cruscotto", "Area Vasta: dashboard"),
    "simulation": ("Simulazione, non previsione", "A simulation, not a forecast"),
    "language": ("Lingua", "Language"),
    "skip": ("Vai ai risultati", "Go to the results"),
    # What is asked for.
    "levers": ("Scenario e leve", "Scenario and levers"),
    "scenario": ("Scenario di partenza", "Scenario to start from"),
    "found": ("Trovate dall’ultima ricerca", "Found by the latest search"),
    "conditions": (
        "In quali mondi l’obiettivo si raggiunge o si manca",
        "In which worlds the goal is reached or missed",
    ),
    "territory": ("Territorio", "Territory"),
    "years": ("Anni simulati dal 2026", "Years simulated from 2026"),
    "pairs": ("Repliche di ogni scenario", "Runs of each scenario"),
    "pairs_one": ("1, con i valori centrali", "1, with the central values"),
    "pairs_many": ("{count}, con estrazioni dei parametri", "{count}, with draws of the parameters"),
    "seed": ("Seme dei sorteggi", "Seed of the draws"),
    "terms": ("Decorrenza e risorse", "Start and money"),
    "funds": ("Fondi", "Funds"),
    "unions": ("Unioni di Comuni", "Unions of communes"),
    "knowledge": ("Conoscenza e assistenza", "Knowledge and assistance"),
    "decisions": ("Decisioni e responsabilità", "Decisions and accountability"),
    "effective": ("Anno di entrata in vigore", "Year of entry into force"),
    "effective_help": (
        "primo anno in cui vale ciò che lo scenario cambia; prima vale la legislazione vigente",
        "first year in which what the scenario changes holds; present law holds before",
    ),
    "rule_label": ("Fondo regionale {rule}", "Regional fund {rule}"),
    "rule_help": (
        "parte del fondo regionale ripartita così; le altre regole si dividono il resto",
        "part of the regional fund that is shared so; the other rules share the rest",
    ),
    "as_in_law": ("legislazione vigente: {value}", "present law: {value}"),
    "as_in_scenario": ("scenario: {value}", "scenario: {value}"),
    "moved": ("modificata", "changed"),
    "reset": ("Rimetti le leve dello scenario", "Put the scenario’s levers back"),
    "auto": ("Simula a ogni modifica", "Simulate at every change"),
    "auto_help": ("solo con una replica", "with one run only"),
    "run": ("Simula", "Run"),
    "stop": ("Ferma", "Stop"),
    "stopped": ("Simulazione fermata.", "The simulation was stopped."),
    "waiting": ("In corso: {share}", "Running: {share}"),
    "done": ("Risultati aggiornati.", "Results are up to date."),
    "stale": (
        "Le leve sono cambiate: i risultati sono della simulazione precedente.",
        "The levers have changed: results are those of the simulation before.",
    ),
    "provisions": ("Che cosa cambia", "What changes"),
    "no_provisions": ("Non cambia nulla.", "Nothing changes."),
    # The results.
    "against": (
        "{title}, a confronto con la legislazione vigente, con gli stessi sorteggi",
        "{title}, compared with present law, on the same draws",
    ),
    "one_pair": (
        "Una sola replica: nessun intervallo, nessuna probabilità. Con più repliche si vede quanto è certo.",
        "A single run: no interval, no probability. More runs show how certain it is.",
    ),
    "new_money": (
        "Con risorse aggiuntive: il confronto non è a parità di spesa.",
        "With new money: the comparison is not at equal spending.",
    ),
    "map": ("Mappa", "Map"),
    "map_subtitle": (
        "Livello dei servizi percepito: differenza mediana dalla legislazione vigente, punti percentuali "
        "dello standard",
        "Felt level of services: median difference from present law, percentage points of the standard",
    ),
    "map_subtitle_one": (
        "Livello dei servizi percepito: differenza dalla legislazione vigente in una sola replica, punti "
        "percentuali dello standard",
        "Felt level of services: difference from present law in a single run, percentage points of the "
        "standard",
    ),
    "view": ("Forma della mappa", "Shape of the map"),
    "find": ("Cerca un Comune", "Find a commune"),
    "not_found": ("Nessun Comune con questo nome.", "No commune of this name."),
    "year": ("Anno", "Year"),
    "earlier": ("Anno precedente", "Year before"),
    "later": ("Anno successivo", "Year after"),
    "map_help": (
        "Frecce: passa al Comune vicino; Invio: mostra la spiegazione.",
        "Arrows: move to the next commune; Enter: show the explanation.",
    ),
    "to_explanation": ("Vai alla spiegazione", "Go to the explanation"),
    "breach": (
        "Triangolo: più funzioni sotto il livello essenziale che con la legislazione vigente",
        "Triangle: more functions below the essential level than under present law",
    ),
    "indicator": ("Indicatore", "Indicator"),
    "table": ("Indicatori principali nel {year}", "Main indicators in {year}"),
    "column_present": ("Legislazione vigente", "Present law"),
    "column_reform": ("Riforma", "Reform"),
    "column_difference": ("Differenza", "Difference"),
    "column_interval": ("9 repliche su 10", "9 runs in 10"),
    "column_verdict": ("Esito", "Outcome"),
    # One commune.
    "commune": ("Comune", "Commune"),
    "choose": (
        "Scegli un Comune sulla mappa o per nome: qui compare la spiegazione.",
        "Choose a commune on the map or by name: its explanation appears here.",
    ),
    "in_year": ("{name}, {year}", "{name}, {year}"),
    "of_area": ("{area}; {residents} residenti nel 2023", "{area}; {residents} residents in 2023"),
    "quantity": ("Voce", "Item"),
    "service": ("Servizi percepiti, % dello standard", "Felt services, % of standard"),
    "cost": ("Costo, € per abitante", "Cost, € per resident"),
    "spending": ("Spesa, € per abitante", "Spending, € per resident"),
    "own_revenue": ("Entrate proprie, € per abitante", "Own revenue, € per resident"),
    "transfers": ("Trasferimenti, € per abitante", "Transfers, € per resident"),
    "below_essential": ("Funzioni sotto il livello essenziale", "Functions below the essential level"),
    "ampi": ("Benessere (AMPI)", "Wellbeing (AMPI)"),
    "medians": (
        "Mediane; fra parentesi 9 repliche su 10. La differenza è la mediana delle differenze, replica per "
        "replica, e può scostarsi da quella fra le due colonne.",
        "Medians; in brackets 9 runs in 10. The difference is the median of the differences, run by run, and "
        "may depart from that of the two columns.",
    ),
    "better": ("migliora", "better"),
    "worse": ("peggiora", "worse"),
    "unchanged": ("senza cambiamenti rilevanti", "no relevant change"),
    "uncertain": ("esito incerto", "outcome uncertain"),
    "in_single": ("{verdict} in una sola replica", "{verdict} in a single run"),
    "in_many": ("{verdict} in almeno 8 repliche su 10", "{verdict} in at least 8 runs in 10"),
    "points": ("punti", "points"),
    "services_verdict": ("Servizi: {size}; {verdict}.", "Services: {size}; {verdict}."),
    "why": ("Perché questo valore", "Why this value"),
    "why_pair": (
        "Prima replica, rifatta con tutti i movimenti: ogni somma torna al centesimo.",
        "First run, done again with every flow: each sum closes to the cent.",
    ),
    "tree_difference": ("Differenza", "Difference"),
    "tree_reform": ("Riforma", "Reform"),
    "tree_present": ("Legislazione vigente", "Present law"),
    "explaining": ("Ricostruzione in corso…", "Working it out…"),
    "open_all": ("Apri tutto", "Open all"),
    "close_all": ("Chiudi tutto", "Close all"),
    # What can be downloaded.
    "downloads": ("Scarica", "Download"),
    "download_scenario": ("Scenario (YAML)", "Scenario (YAML)"),
    "download_parquet": ("Dati (Parquet)", "Data (Parquet)"),
    "download_csv": ("Dati (CSV)", "Data (CSV)"),
    "download_charts": ("Grafici (PNG, SVG, CSV)", "Charts (PNG, SVG, CSV)"),
    "preparing": ("Preparazione di {name}…", "Preparing {name}…"),
    "ready": ("Scaricato: {name}", "Downloaded: {name}"),
    "run_id": ("Esecuzione {run_id}, impostazioni {settings}", "Run {run_id}, settings {settings}"),
    "command": ("Lo stesso confronto dalla riga di comando", "The same comparison from the command line"),
    "command_help": (
        "con lo scenario scaricato nella cartella scenarios/",
        "with the downloaded scenario in the folder scenarios/",
    ),
    "failed": ("Non riuscito: {told}", "Failed: {told}"),
}


def word(key: str, lang: str, **values: object) -> str:
    """Return a word of the page in a language, with its values filled in."""
    return WORDS[key][LANGUAGES.index(lang)].format(**values)


def words(lang: str, *keys: str) -> dict[str, str]:
    """Return words of the page that a component shows as they are, by key."""
    return {key: word(key, lang) for key in keys}
