"""The words of an explanation, in Italian and English."""

from experiments.language import LANGUAGES

WORDS: dict[str, tuple[str, str]] = {
    # Money.
    "books": ("Conti del Comune (saldo finale)", "Books of the commune (closing balance)"),
    "opening": ("Saldo iniziale", "Opening balance"),
    "inflows": ("Entrate", "Inflows"),
    "outflows": ("Uscite", "Outflows"),
    "from": ("da {who}", "from {who}"),
    "to": ("a {who}", "to {who}"),
    # Services.
    "felt": ("quanto i cittadini ne ricevono", "what citizens feel of it"),
    "weight": ("peso nel fabbisogno del Comune", "weight in the commune's need"),
    "share": ("quota della funzione", "share of the function"),
    "proximity": ("prossimità al cittadino", "proximity to the citizen"),
    "level": ("livello del servizio", "service level"),
    "spent": ("spesa per il Comune", "spending for the commune"),
    "cost": ("costo del servizio standard", "cost of the standard service"),
    "residents": ("residenti del Comune", "residents of the commune"),
    "base": ("costo base per abitante (€)", "base cost per resident (€)"),
    "duplication": ("sovrapposizione di titolari", "overlap of holders"),
    "scale": ("dimensione: {served} residenti serviti", "scale: {served} residents served"),
    "slack": ("inefficienza", "slack"),
    "coordination": ("coordinamento fra {members} Comuni", "coordination between {members} communes"),
    "alone": ("coordinamento: nessuno", "coordination: none"),
    "essential_met": ("livello essenziale (LEP) raggiunto", "essential level (LEP) met"),
    "essential_not_met": ("sotto il livello essenziale (LEP)", "below the essential level (LEP)"),
    "not_needed": ("qui non c'è fabbisogno", "no need here"),
    "euro": ("euro", "euro"),
    # Holders.
    "own": ("il Comune", "the commune"),
    "union": ("{name}", "{name}"),
    "district": ("distretto {name}", "district {name}"),
    "agreement": ("convenzione con capofila {name}", "agreement led by {name}"),
    "agency": ("Agenzia dei Comuni", "agency of the communes"),
    "area": ("{name}", "{name}"),
    "region": ("Regione", "region"),
    # Quantities of communes.
    "population": ("Residenti", "Residents"),
    "need": ("Fabbisogno standard per abitante", "Standard need per resident"),
    "cost_column": ("Costo del servizio standard per abitante", "Cost of the standard service per resident"),
    "spending": ("Spesa per i servizi comunali per abitante", "Spending on communal services per resident"),
    "service": ("Livello dei servizi", "Service level"),
    "below_essential": ("Funzioni sotto il livello essenziale", "Functions below the essential level"),
    "own_revenue": ("Entrate proprie per abitante", "Own revenue per resident"),
    "transfers": ("Trasferimenti netti per abitante", "Net transfers per resident"),
    "tax_effort": ("Sforzo fiscale", "Tax effort"),
    "cash": ("Cassa per abitante", "Cash per resident"),
    "trust": ("Fiducia nel lavoro comune", "Trust in joint work"),
    "slack_column": ("Inefficienza media", "Mean slack"),
    "ampi": ("Benessere (AMPI, modellato e non osservato)", "Wellbeing (AMPI, modelled, not observed)"),
    "economy": ("BES: economia", "BES: economy"),
    "services": ("BES: servizi", "BES: services"),
    "social": ("BES: società", "BES: social"),
    "environment": ("BES: ambiente", "BES: environment"),
    "functions_in_union": ("Funzioni conferite all'Unione", "Functions held by the union"),
    "functions_in_agreement": ("Funzioni in convenzione", "Functions by agreement"),
    "staff": ("Personale dei servizi comunali (unità)", "Staff of communal services (FTE)"),
    "union_column": ("Unione di appartenenza, numero nelle tabelle", "Union, its number in the tables"),
    "no_union": ("nessuna", "none"),
    # What makes them.
    "capacity": ("capacità fiscale per abitante (€)", "fiscal capacity per resident (€)"),
    "effort": ("sforzo fiscale", "tax effort"),
    "effort_note": (
        "si muove verso ciò che i servizi previsti richiedono, fra {low} e {high}",
        "moves toward what planned services need, between {low} and {high}",
    ),
    "trust_note": (
        "cambia con accordi, partecipazione e codecisione; torna verso il valore proprio del Comune",
        "moves with agreements, participation and co-decision; reverts to the commune's own level",
    ),
    "drivers_note": ("da demografia e scenario", "from demography and scenario"),
    "before_tax": ("flussi prima dei tributi dell'anno", "flows before this year's taxes"),
    "mean_of_domains": ("media dei domini", "mean of domains"),
    "imbalance": ("penalità per squilibrio fra domini", "penalty for unbalanced domains"),
    "domain_part": ("un quarto del dominio normalizzato", "a quarter of the scaled domain"),
    "domain_note": (
        "si muove lentamente verso ciò che i servizi sostengono, suoi e dei vicini; "
        "sotto, i servizi del dominio e il loro peso",
        "moves slowly toward what services sustain, its own and its neighbours'; "
        "below, the services of the domain and their weight",
    ),
    "weight_in_domain": ("peso {weight} nel dominio", "weight {weight} in the domain"),
    "slack_money": ("costo dovuto a inefficienza (€)", "cost that is slack (€)"),
    "efficient_money": ("costo efficiente (€)", "efficient cost (€)"),
    # Command.
    "title": ("{commune}, {year} – {scenario}", "{commune}, {year} – {scenario}"),
    "pair": ("Estrazione {draw}, replica {replicate}", "Draw {draw}, replicate {replicate}"),
    "overview": ("Servizi, funzione per funzione", "Services, function by function"),
    "change": (
        "Differenza: {reform} meno {present}",
        "Difference: {reform} minus {present}",
    ),
    "unchanged": ("Nessuna differenza", "No difference"),
    "before_after": ("da {before} a {after}", "from {before} to {after}"),
    "part_before_after": (
        "contributo a ciò che sta sopra; da {before} a {after}",
        "contribution to what is above; from {before} to {after}",
    ),
}
"""Each in Italian and English."""


def say(key: str, lang: str, **values: object) -> str:
    """Return a word or sentence in a language, with its values filled in."""
    return WORDS[key][LANGUAGES.index(lang)].format(**values)
