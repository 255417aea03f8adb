"""The words of money in Italian and English: levels of government, kinds of flow and their rules."""

from experiments.language import LANGUAGES

LEVELS: dict[str, tuple[str, str]] = {
    "commune": ("Comuni", "communes"),
    "union": ("Unioni di Comuni", "unions"),
    "area": ("Province e Città metropolitana", "provinces and metropolitan city"),
    "agency": ("Agenzia dei Comuni", "agency of the communes"),
    "region": ("Regione", "region"),
    "state": ("Stato", "State"),
    "residents": ("residenti", "residents"),
    "suppliers": ("fornitori", "suppliers"),
}
"""Levels of accounts."""

KINDS: dict[str, tuple[str, str]] = {
    "own_revenue": ("Entrate proprie", "Own revenue"),
    "waste_tariff": ("Tariffa rifiuti", "Waste tariff"),
    "equalisation": ("Fondo di solidarietà comunale", "Equalisation fund"),
    "compensation": ("Compensazioni statali", "State compensations"),
    "service_equity": ("Fondo speciale equità dei servizi", "Service-equity fund"),
    "state_transfer": ("Trasferimenti dallo Stato", "State transfers"),
    "regional_allocation": ("Riparto regionale", "Regional allocation"),
    "area_allocation": ("Riparto di area vasta", "Area allocation"),
    "incentive": ("Incentivi alla gestione associata", "Incentives to joint management"),
    "quota": ("Quote alle Unioni", "Quotas to unions"),
    "solidarity": ("Solidarietà fra Comuni", "Solidarity between communes"),
    "devolved_resources": ("Risorse che seguono le funzioni", "Resources that follow functions"),
    "programme": ("Programmi di area vasta", "Area programmes"),
    "assistance": ("Assistenza tecnica e facilitazione", "Technical assistance and facilitation"),
    "knowledge": ("Conoscenza e partecipazione", "Knowledge and participation"),
    "delivery": ("Servizi erogati", "Services delivered"),
    "transition": ("Costi di riorganizzazione", "Costs of reorganisation"),
}
"""Kinds of flow: the closed list of the books."""

RULES: dict[str, tuple[str, str]] = {
    "agreement_incentive": ("per le convenzioni", "for agreements"),
    "agreements": ("accordi di programma", "agreements on programmes"),
    "analysis": ("analisi territoriali", "territorial analyses"),
    "area_pool": ("fondo dell'area", "pool of the area"),
    "area_taxes": ("tributi di Province e Città metropolitana", "taxes of areas"),
    "assistance": ("assistenza tecnica", "technical assistance"),
    "bes_gap": ("divari di benessere (BES)", "gaps of wellbeing (BES)"),
    "bes_update": ("aggiornamento del BES", "update of the BES"),
    "by_need": ("in base al fabbisogno", "by need"),
    "conference": ("conferenza dei livelli", "conference of levels"),
    "contribution": ("versamento dei contributori netti", "payment of net contributors"),
    "cost_of_members": ("costo delle funzioni conferite", "cost of delegated functions"),
    "destination_cost": ("costo del nuovo titolare", "cost of the new holder"),
    "dissolution": ("scioglimento dell'Unione", "dissolution of the union"),
    "drafting": ("elaborazione dei programmi", "drafting of programmes"),
    "equalisation": ("perequazione della capacità", "equalisation of capacity"),
    "facilitation": ("facilitazione regionale", "facilitation by the region"),
    "full_cost": ("a copertura del costo", "at full cost"),
    "fund": ("assegnazione del fondo", "share of the fund"),
    "historical": ("spesa storica", "historical spending"),
    "information_system": ("sistema informativo", "information system"),
    "joint": ("gestione associata o sovracomunale", "joint or higher management"),
    "monitoring": ("monitoraggio dei risultati", "monitoring of results"),
    "none": ("nessuna risorsa", "no resources"),
    "own": ("gestione diretta", "own management"),
    "participation": ("partecipazione", "participation"),
    "per_capita": ("per abitante", "per resident"),
    "performance": ("risultati", "performance"),
    "plans": ("piani attuativi", "implementing plans"),
    "programme_agreements": ("accordi dei programmi dell'Unione", "agreements on the union's programmes"),
    "programme_drafting": ("elaborazione dei programmi dell'Unione", "drafting of the union's programmes"),
    "programme_plans": ("piani dei programmi dell'Unione", "plans of the union's programmes"),
    "regional_envelope": ("dotazione regionale", "regional envelope"),
    "regional_functions": ("funzioni della Regione", "functions of the region"),
    "reorganisation": ("funzioni che cambiano titolare", "functions that change holder"),
    "social_need": ("fabbisogno sociale", "social need"),
    "standard_need": ("fabbisogno standard", "standard need"),
    "standard_needs": ("fabbisogni standard", "standard needs"),
    "tax_effort": ("sforzo fiscale deliberato", "tax effort chosen"),
    "union_agreements": ("accordi dell'Unione", "agreements of the union"),
    "union_drafting": ("elaborazione dell'Unione", "drafting by the union"),
    "union_incentive": ("per le Unioni", "for unions"),
    "union_plans": ("piani dell'Unione", "plans of the union"),
    "union_pool": ("fondo dell'Unione", "pool of the union"),
}
"""Rules by which flows are booked."""


def level_name(level: str, lang: str) -> str:
    """Return the name of a level of accounts."""
    return LEVELS[level][LANGUAGES.index(lang)]


def kind_name(kind: str, lang: str) -> str:
    """Return the name of a kind of flow."""
    return KINDS[kind][LANGUAGES.index(lang)]


def rule_name(rule: str, lang: str) -> str:
    """Return the name of a rule; one that somebody added goes by its key."""
    return RULES[rule][LANGUAGES.index(lang)] if rule in RULES else rule.replace("_", " ")
