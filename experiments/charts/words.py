"""Hold every word that a chart shows, in Italian and English."""

from __future__ import annotations

LABELS: dict[str, tuple[str, str]] = {
    # Shared by all charts: provenance and scenarios.
    "reform": ("Riforma", "Reform"),
    "present_law": ("Legislazione vigente", "Present law"),
    "new_money": ("con risorse aggiuntive", "with new money"),
    "new_money_note": (
        "La riforma ha risorse aggiuntive: non è a parità di spesa.",
        "The reform has new money: it is not at equal spending.",
    ),
    "source_published": (
        "Fonte: simulazione Area Vasta; dati ISTAT, MEF, OpenCivitas.",
        "Source: Area Vasta simulation; data by ISTAT, MEF, OpenCivitas.",
    ),
    "source_imputed": (
        "Fonte: simulazione Area Vasta; residenti e confini ISTAT; fabbisogni, redditi, imposte, servizi e "
        "Unioni imputati da modelli.",
        "Source: Area Vasta simulation; residents and borders by ISTAT; needs, income, taxes, services and "
        "unions imputed by models.",
    ),
    "source_made_up": (
        "Fonte: simulazione Area Vasta; territorio inventato.",
        "Source: Area Vasta simulation; a made-up territory.",
    ),
    "source_own": (
        "Fonte: simulazione Area Vasta; dati del territorio di chi lo ha fornito.",
        "Source: Area Vasta simulation; data of the territory as its tables give them.",
    ),
    "run": (
        "Esecuzione {run_id}, impostazioni {settings}, {pairs}, {day}.",
        "Run {run_id}, settings {settings}, {pairs}, {day}.",
    ),
    "pair": ("replica", "run"),
    "pairs": ("repliche", "runs"),
    "one_pair_note": (
        "Una sola replica: nessun intervallo, nessuna probabilità.",
        "A single run: no interval, no probability.",
    ),
    "commune": ("Comune", "commune"),
    "communes": ("Comuni", "communes"),
    "LEP": ("LEP: livelli essenziali delle prestazioni.", "LEP: essential levels of services."),
    "AMPI": (
        "AMPI: indice composito di benessere, modellato e non osservato.",
        "AMPI: composite index of wellbeing, modelled, not observed.",
    ),
    # Paths.
    "paths_chart": ("Linee con fasce", "Lines with bands"),
    "in_force": ("in vigore dal {day}", "in force from {day}"),
    "nine_reform": ("9 su 10 (riforma)", "9 in 10 (reform)"),
    "half_reform": ("1 su 2 (riforma)", "1 in 2 (reform)"),
    "nine_present": ("9 su 10 (leg. vig.)", "9 in 10 (pres. law)"),
    "difference": ("Riforma meno legislazione vigente", "Reform minus present law"),
    "strip": ("entro ±{size}: trascurabile", "within ±{size}: negligible"),
    "paths_note": (
        "Linee: mediana. Fascia scura: una replica su due; fascia chiara e linee punteggiate: 9 su 10. "
        "Stessi sorteggi nei due scenari.",
        "Lines: median. Dark band: one run in two; light band and dotted lines: 9 in 10. "
        "Same draws in both scenarios.",
    ),
    # Effects.
    "effects_chart": ("Punti e intervalli", "Dots and intervals"),
    "effects_subtitle": (
        "Differenza dalla legislazione vigente nel {year}, {territory}",
        "Difference from present law in {year}, {territory}",
    ),
    "interval": ("intervallo: 9 repliche su 10", "interval: 9 runs in 10"),
    "worsens_arrow": ("← peggiora", "← worse"),
    "improves_arrow": ("migliora →", "better →"),
    "falls_arrow": ("← diminuisce", "← falls"),
    "rises_arrow": ("aumenta →", "rises →"),
    "strip_heading": ("trascur.", "neglig."),
    "neutral_heading": ("Né meglio né peggio", "Neither better nor worse"),
    "multiples": ("multipli dell’effetto minimo rilevante", "multiples of the smallest relevant effect"),
    "effects_note": (
        "Segno pieno: tutto l’intervallo supera l’effetto minimo rilevante. "
        "Probabilità: quota di repliche oltre quell’effetto.",
        "Filled mark: the whole interval exceeds the smallest relevant effect. "
        "Probability: share of runs beyond that effect.",
    ),
    "off_scale_note": ("Freccia: oltre la scala.", "Arrowhead: off the scale."),
    "smallest_effects": (
        "Effetti minimi, dall’alto e nelle unità delle righe: {sizes}.",
        "Smallest effects, from the top and in the units of the rows: {sizes}.",
    ),
    "improves": ("migliora", "better"),
    "worsens": ("peggiora", "worse"),
    "rises": ("aumenta", "rises"),
    "falls": ("diminuisce", "falls"),
    "no_difference": ("nessuna differenza", "no difference"),
    "negligible_effect": ("effetto trascurabile", "negligible effect"),
    "in_pairs": ("{verb} in {share}", "{verb} in {share}"),
    "share_of_pairs": ("{count} repliche su {pairs}", "{count} of {pairs} runs"),
    "share_of_pairs_one": ("{count} replica su {pairs}", "{count} of {pairs} runs"),
    "one_pair": ("una sola replica", "a single run"),
    "sign_word": ("{verb}, {word} ({chance})", "{verb}, {word} ({chance})"),
    "sign_uncertain": (
        "segno incerto ({chance} {verb}, {other_chance} {other})",
        "sign uncertain ({chance} {verb}, {other_chance} {other})",
    ),
    "relevance_uncertain": (
        "rilevanza incerta ({chance} {verb})",
        "relevance uncertain ({chance} {verb})",
    ),
    # Map.
    "map_chart": ("Mappa e cartogramma a esagoni", "Map and hexagon cartogram"),
    "map_years_subtitle": (
        "Livello dei servizi percepito, {territory}: differenza mediana dal {first} al {year}, punti "
        "percentuali dello standard",
        "Service level that citizens feel, {territory}: median difference from {first} to {year}, percentage "
        "points of the standard",
    ),
    "map_subtitle": (
        "Livello dei servizi percepito nel {year}, {territory}: differenza mediana dalla "
        "legislazione vigente, punti percentuali dello standard",
        "Felt level of services in {year}, {territory}: median difference from present law, "
        "percentage points of the standard",
    ),
    "worse_heading": ("peggiorano", "worse"),
    "middle_heading": ("invariati o incerti", "unchanged or uncertain"),
    "better_heading": ("migliorano", "better"),
    "class_low": ("{edge} e oltre", "{edge} or less"),
    "class_middle": ("{span}, o incerti", "{span}, or uncertain"),
    "class_high": ("{edge} e oltre", "{edge} or more"),
    "real_borders": ("Confini reali", "Real borders"),
    "hexagons": ("Un Comune, un esagono", "One commune, one hexagon"),
    "area_outline": ("area (Provincia, CM)", "area (province, MC)"),
    "union_outline": ("Unione di Comuni", "union of communes"),
    "commune_outline": ("Comune", "commune"),
    "map_range": ("Differenze mediane dei Comuni", "Median differences of communes"),
    "new_breach": (
        "più funzioni sotto il livello essenziale (probabilità di almeno l’80%)",
        "more functions below the essential level (probability of at least 80%)",
    ),
    "map_note": (
        "Cambia classe chi supera {edge} con probabilità di almeno l’80%.",
        "A commune changes class when it exceeds {edge} with a probability of at least 80%.",
    ),
    "map_note_one": (
        "Cambia classe chi supera {edge} nell’unica replica.",
        "A commune changes class when it exceeds {edge} in the single run.",
    ),
    "point": ("punto", "point"),
    "points": ("punti", "points"),
    "metropolitan_city": ("Città metropolitana di {name}", "Metropolitan City of {name}"),
    "unions_date": ("Unioni al 31.12.2022.", "Unions on 31 December 2022."),
    "imputed_communes": (
        "Di {communes} Comuni sono imputati fabbisogni, redditi, tributi, servizi e Unioni.",
        "Need, income, taxes, services and unions of {communes} communes are imputed.",
    ),
    "imputed": (
        "Imputati: capacità fiscale residua dei Comuni, funzioni iniziali di {unions}.",
        "Imputed: residual fiscal capacity of communes, initial functions of {unions}.",
    ),
    "union": ("Unione", "union"),
    "unions": ("Unioni", "unions"),
    # Size classes.
    "groups_chart": ("Barre divergenti per fascia demografica", "Diverging bars by size class"),
    "groups_subtitle": (
        "Comuni per effetto sui servizi nel {year}, {territory}, % per fascia demografica (residenti)",
        "Communes by effect on services in {year}, {territory}, % by size class (residents)",
    ),
    "up_to": ("fino a {high}", "up to {high}"),
    "between": ("{low}–{high}", "{low}–{high}"),
    "above": ("oltre {low}", "above {low}"),
    "all_communes": ("Tutti i Comuni", "All communes"),
    "by_residents": ("Pesati per residenti", "Weighted by residents"),
    "residents": ("{count} residenti", "{count} residents"),
    "million": ("{count} mln", "{count}m"),
    "middle_lines": ("invariati|o incerti", "unchanged|or uncertain"),
    "groups_note_one": (
        "Invariati: entro ±{edge} (effetto minimo rilevante) nell’unica replica. "
        "Ogni riga somma a 100, salvo arrotondamenti.",
        "Unchanged: within ±{edge} (smallest relevant effect) in the single run. "
        "Every row adds up to 100, but for rounding.",
    ),
    "groups_note": (
        "Invariati o incerti: entro ±{edge} (effetto minimo rilevante) o senza l’80% di probabilità. "
        "Ogni riga somma a 100, salvo arrotondamenti.",
        "Unchanged or uncertain: within ±{edge} (smallest relevant effect) or short of a probability of 80%. "
        "Every row adds up to 100, but for rounding.",
    ),
    # Instruments.
    "instruments_chart": ("Cascata degli strumenti", "Waterfall of the instruments"),
    "instruments_subtitle": (
        "{name}, {unit}, {territory}, {year}: dalla legislazione vigente alla riforma, "
        "strumento per strumento",
        "{name}, {unit}, {territory}, {year}: from present law to the reform, one instrument at a time",
    ),
    "only_together": ("Solo insieme", "Only together"),
    "full_reform": ("Riforma intera", "Full reform"),
    "improves_left": ("← migliora", "← better"),
    "worsens_right": ("peggiora →", "worse →"),
    "instruments_axis": (
        "differenza dalla legislazione vigente, {unit}",
        "difference from present law, {unit}",
    ),
    "instruments_note": (
        "Barra: effetto mediano dello strumento da solo, aggiunto ai precedenti; linea: il suo intervallo; "
        "striscia: effetto minimo rilevante (±{size}). Solo insieme: riforma intera meno la somma degli "
        "effetti da soli, replica per replica.",
        "Bar: median effect of the instrument alone, added to those before; line: its interval; strip: "
        "smallest relevant effect (±{size}). Only together: full reform minus the sum of the effects alone, "
        "run by run.",
    ),
    # Responses to the factors of a sweep.
    "responses_chart": ("Piccoli multipli", "Small multiples"),
    "responses_subtitle": (
        "Indicatori principali nel {year} lungo i valori del fattore, {territory}; {runs} simulazioni",
        "Main indicators in {year} along the values of the factor, {territory}; {runs} simulations",
    ),
    "response_panel": (
        "{change} fra gli estremi; {share} della varianza",
        "{change} end to end; {share} of variance",
    ),
    "responses_ends": (
        "{name}: {change} da un estremo all’altro, {certainty}",
        "{name}: {change} from end to end, {certainty}",
    ),
    "responses_ends_sure": ("{name}: {change} da un estremo all’altro", "{name}: {change} from end to end"),
    "responses_choices": (
        "{name}: {change} fra una scelta e l’altra, {certainty}",
        "{name}: {change} between choices, {certainty}",
    ),
    "responses_choices_sure": (
        "{name}: {change} fra una scelta e l’altra",
        "{name}: {change} between choices",
    ),
    "responses_short": ("{name}: {change}, {certainty}", "{name}: {change}, {certainty}"),
    "responses_short_sure": ("{name}: {change}", "{name}: {change}"),
    "responses_nothing": (
        "Nel {year} il fattore non sposta in modo chiaro e rilevante alcun indicatore principale",
        "In {year} the factor moves no main indicator in a clear and relevant way",
    ),
    "responses_note": (
        "Punto e linea: mediana dei gruppi di valori; barra: 9 simulazioni su 10, con gli altri fattori che "
        "variano; striscia: effetto minimo rilevante attorno al primo gruppo. Varianza: quota che il "
        "fattore spiega da solo.",
        "Dot and line: median of groups of values; bar: 9 simulations in 10, while the other factors vary; "
        "strip: smallest relevant effect around the first group. Variance: part that the factor explains "
        "alone.",
    ),
    "responses_choices_note": (
        "Punto: mediana; barra: 9 simulazioni su 10, con gli altri fattori che variano; striscia: effetto "
        "minimo rilevante attorno alla mediana più bassa. Estremi: mediana più alta e più bassa. Varianza: "
        "quota che il fattore spiega da solo.",
        "Dot: median; bar: 9 simulations in 10, while the other factors vary; strip: smallest relevant "
        "effect around the lowest median. Ends: highest and lowest median. Variance: part that the factor "
        "explains alone.",
    ),
    # Flows of money.
    "flows_chart": ("Tabella dei flussi", "Table of flows"),
    "flows_subtitle": (
        "Flussi di denaro fra livelli nel {year}, {territory}, {unit}; fra parentesi la differenza dalla "
        "legislazione vigente",
        "Money between levels in {year}, {territory}, {unit}; in brackets the difference from present law",
    ),
    "flows_note": (
        "Mediane. Colore: differenza di almeno {least} con probabilità di almeno l’80%. Aree: Province e "
        "Città metropolitana. Residenti: imposte e tariffe. Esclusi i pagamenti ai fornitori e i flussi "
        "più piccoli.",
        "Medians. Colour: difference of at least {least} with a probability of at least 80%. Areas: "
        "provinces and metropolitan city. Residents: taxes and tariffs. Payments to suppliers and the "
        "smallest flows are left out.",
    ),
    "millions": ("mln\u00a0€", "€m"),
    "thousands": ("mila\u00a0€", "€k"),
    "billions": ("mrd\u00a0€", "€bn"),
    "trillions": ("mila\u00a0mrd\u00a0€", "€tn"),
    "per_resident": ("€ per abitante", "€ per resident"),
    "more_money": ("di più", "more"),
    "less_money": ("di meno", "less"),
    "same_money": ("come oggi o incerto", "as today, or uncertain"),
    "who_pays": ("Chi versa", "Who pays"),
    "who_receives": ("Chi riceve", "Who receives"),
    "payer_residents": ("Residenti", "Residents"),
    "payer_state": ("Stato", "State"),
    "payer_region": ("Regione", "Region"),
    "payer_area": ("Aree", "Areas"),
    "payer_commune": ("Comuni", "Communes"),
    "payer_union": ("Unioni", "Unions"),
    "payer_agency": ("Agenzia", "Agency"),
    "payee_commune": ("Comuni", "Communes"),
    "payee_union": ("Unioni", "Unions"),
    "payee_agency": ("Agenzia", "Agency"),
    "payee_area": ("Aree", "Areas"),
    "payee_region": ("Regione", "Region"),
    "payee_state": ("Stato", "State"),
    "instruments_medians_note": (
        "Le mediane non si sommano esattamente.",
        "Medians do not add up exactly.",
    ),
}


def label(key: str, lang: str, **values: object) -> str:
    """Return a label in a language, with its values filled in."""
    return LABELS[key][0 if lang == "it" else 1].format(**values)
